"""The clock of every member of the county, a site, or one: by the day they were last seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from app.areas.absence.absence import CLOCKED, UNSEEN_KINDS, Absence, absence_of
from app.areas.people.person import Person
from app.wire.codec import read_row
from centre.ledgers.scope import LedgerScope, streamed


@dataclass(frozen=True, slots=True)
class PersonAbsence:
    """Somebody's clock, by name and site."""

    name: str
    site: str
    absence: Absence


def county_absence(tx: Connection, scope: LedgerScope) -> Iterator[PersonAbsence]:
    """The clock on the last day of the scope: site by site, by name."""
    values: dict[str, object] = dict(scope.values)
    values |= {f"unseen{place}": kind for place, kind in enumerate(sorted(UNSEEN_KINDS))}
    unseen = ", ".join(f":unseen{place}" for place in range(len(UNSEEN_KINDS)))
    where = f"p.active AND {scope.of_people('p')}"
    sql = f"""
WITH own AS (SELECT p.id FROM people p WHERE {where}), s AS (
  SELECT l.person, MIN(l.day) AS first,
    MAX(CASE WHEN l.came = 1 AND l.kind NOT IN ({unseen})
      THEN l.day || ' ' || l.to_ms || ' ' || l.session END) AS seen
  FROM session_lines l JOIN own ON own.id = l.person WHERE l.day <= :last GROUP BY l.person
)
SELECT p.id, p.name, p.site, p.body, s.first, s.seen
FROM people p LEFT JOIN s ON s.person = p.id WHERE {where} ORDER BY p.site, p.name, p.id"""  # noqa: S608 - no part of it was typed in
    for row in streamed(tx, sql, values):
        person = read_row(row.body, Person)
        if person.kind not in CLOCKED:
            continue
        day, to_ms, session = (row.seen or f"{row.first or ''} 0 ").split(" ")
        told = absence_of(person, (day, int(to_ms), session), scope.last)
        yield PersonAbsence(row.name, row.site, told)
