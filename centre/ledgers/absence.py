"""The clock of every member of the county, a site, or one: by the day they were last seen."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, select

from app.areas.absence.absence import CLOCKED, UNSEEN_KINDS, Absence, absence_of
from app.areas.people.person import Person
from app.domain.time import local_date
from app.domain.values import dataclass
from app.wire.codec import read_row
from centre.interpretation.aliases import one_people
from centre.ledgers.scope import LedgerScope, streamed
from centre.store.prepared import Prepared
from centre.store.projection_tables import session_lines

_SEEN = Prepared(
    select(session_lines.c.session)
    .where(
        session_lines.c.person.in_(bindparam("who", expanding=True)),
        session_lines.c.from_ms == bindparam("from_ms"),
        session_lines.c.came == 1,
    )
    .order_by(session_lines.c.session),
    lists=("who",),
)
_MOMENTS = Prepared(
    select(*(session_lines.c[name] for name in ("person", "kind", "from_ms", "came"))).where(
        session_lines.c.person.in_(bindparam("who", expanding=True)),
        session_lines.c.day <= bindparam("last"),
    ),
    lists=("who",),
)


@dataclass(frozen=True, slots=True)
class PersonAbsence:
    """Somebody's clock, by name and site."""

    name: str
    site: str
    is_seen: bool
    absence: Absence
    """Of the whole county it names no session; of a site or person it does."""


def county_absence(tx: Connection, scope: LedgerScope) -> Iterator[PersonAbsence]:
    """The clock on the last day of the scope: site by site, by name.

    Whoever has several ids was seen when any of them was; the county's list has them once.
    """
    values: dict[str, object] = dict(scope.values)
    values |= {f"unseen{place}": kind for place, kind in enumerate(sorted(UNSEEN_KINDS))}
    unseen = ", ".join(f":unseen{place}" for place in range(len(UNSEEN_KINDS)))
    where = f"p.active AND {scope.of_people('p')}"
    sql = f"""
WITH own AS (SELECT p.id FROM people p WHERE {where}), s AS (
  SELECT l.person, MIN(l.from_ms) AS first,
    MAX(CASE WHEN l.came = 1 AND l.kind NOT IN ({unseen}) THEN l.from_ms END) AS seen
  FROM session_lines l JOIN own ON own.id = l.person WHERE l.day <= :last GROUP BY l.person
)
SELECT p.id, p.name, p.site, p.body, s.first, s.seen
FROM people p LEFT JOIN s ON s.person = p.id WHERE {where} ORDER BY p.site, p.name, p.id"""  # noqa: S608 - no part of it was typed in
    is_narrow = bool(scope.site or scope.person)
    joined = one_people(tx)
    spans = _spans(tx, sorted(joined), scope.last)
    for row in streamed(tx, sql, values):
        person = read_row(row.body, Person)
        if person.kind not in CLOCKED:
            continue
        first, seen, ids = row.first, row.seen, [row.id]
        if row.id in joined:
            one = joined[row.id]
            if not is_narrow and one.counted != row.id:
                continue
            ids = sorted(one.ids)
            first = min((spans[of][0] for of in ids if of in spans), default=None)
            seen = max((at for of in ids if of in spans and (at := spans[of][1])), default=None)
        at_ms = first if seen is None else seen
        day = "" if at_ms is None else local_date(int(at_ms)).isoformat()
        session = ""
        if is_narrow and seen is not None:
            found = _SEEN.all(tx, {"who": ids, "from_ms": seen})
            session = found[0].session if found else ""
        told = absence_of(person, (day, 0, session), scope.last)
        yield PersonAbsence(row.name, row.site, seen is not None, told)


def _spans(tx: Connection, ids: list[str], last: str) -> dict[str, tuple[int, int | None]]:
    """Id → the first moment somebody was listed, and the last they were seen."""
    found: dict[str, tuple[int, int | None]] = {}
    for row in _MOMENTS.all(tx, {"who": ids, "last": last}) if ids else ():
        first, seen = found.get(row.person, (row.from_ms, None))
        if row.came and row.kind not in UNSEEN_KINDS:
            seen = max(row.from_ms, seen or 0)
        found[row.person] = min(first, row.from_ms), seen
    return found
