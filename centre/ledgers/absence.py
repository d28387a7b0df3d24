"""The clock of every member of the county, a site, or one: by the day they were last seen."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, select

from app.areas.absence.absence import CLOCKED, UNSEEN_KINDS, Absence, absence_of
from app.areas.people.person import Person
from app.domain.time import local_date
from app.domain.values import dataclass
from app.wire.codec import read_row
from centre.ledgers.scope import LedgerScope, streamed
from centre.store.prepared import Prepared
from centre.store.projection_tables import session_lines

_SEEN = Prepared(
    select(session_lines.c.session)
    .where(
        session_lines.c.person == bindparam("who"),
        session_lines.c.from_ms == bindparam("from_ms"),
        session_lines.c.came == 1,
    )
    .order_by(session_lines.c.session)
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
    """The clock on the last day of the scope: site by site, by name."""
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
    for row in streamed(tx, sql, values):
        person = read_row(row.body, Person)
        if person.kind not in CLOCKED:
            continue
        at_ms = row.first if row.seen is None else row.seen
        day = "" if at_ms is None else local_date(int(at_ms)).isoformat()
        session = ""
        if is_narrow and row.seen is not None:
            at = _SEEN.one(tx, {"who": row.id, "from_ms": row.seen})
            session = "" if at is None else at.session
        told = absence_of(person, (day, 0, session), scope.last)
        yield PersonAbsence(row.name, row.site, row.seen is not None, told)
