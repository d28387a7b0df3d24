"""Who of a file is active at another site too: a remark for the office, never an obstacle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, or_, select

from app.domain.written_forms import match_form
from app.rosters.sheets.sheet_rows import RosterRow
from centre.store.tables import people, sites

_AT_ONCE = 400
_A_FEW = 5


def active_elsewhere(
    tx: Connection, site: str, rows: Sequence[RosterRow]
) -> list[tuple[str, tuple[tuple[str, object], ...]]]:
    """A remark for each row whose identity number, or name and telephone, is known elsewhere."""
    by_identity = {row.identity: row for row in rows if row.identity}
    by_phone: dict[str, list[RosterRow]] = {}
    for row in rows:
        if row.phone:
            by_phone.setdefault(row.phone, []).append(row)
    told: dict[tuple[str, int, str], tuple[str, tuple[tuple[str, object], ...]]] = {}
    for start in range(0, max(len(by_identity), len(by_phone)), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        query = (
            select(people.c.name, people.c.phone, people.c.identity, sites.c.name.label("site"))
            .join(sites, sites.c.id == people.c.site)
            .where(
                people.c.site != site,
                people.c.active,
                or_(
                    people.c.identity.in_(list(by_identity)[some]),
                    people.c.phone.in_(list(by_phone)[some]),
                ),
            )
            .order_by(people.c.id)
        )
        for found in tx.execute(query):
            alike = [
                row
                for row in by_phone.get(found.phone, ())
                if match_form(row.name) == match_form(found.name)
            ]
            if found.identity in by_identity:
                alike.append(by_identity[found.identity])
            for row in alike:
                values = (("name", row.name), ("row", row.row), ("site", found.site))
                told[row.sheet, row.row, found.site] = ("roster.also_elsewhere", values)
    return _gathered(told)


def _gathered(
    told: Mapping[tuple[str, int, str], tuple[str, tuple[tuple[str, object], ...]]],
) -> list[tuple[str, tuple[tuple[str, object], ...]]]:
    """One remark for a site where many are active: somebody took another site's file perhaps."""
    counts = Counter(site for _, _, site in told)
    remarks = []
    begun: set[str] = set()
    for place in sorted(told):
        key, values = told[place]
        site = place[2]
        if counts[site] <= _A_FEW:
            remarks.append((key, values))
        elif site not in begun:
            begun.add(site)
            remarks.append(("roster.many_elsewhere", (*values, ("count", counts[site]))))
    return remarks
