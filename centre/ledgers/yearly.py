"""Yearly evidence: one person's sheet in full, or a line of counts a person; never a score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import Connection, select

from app.areas.hours.hours import HoursAccount
from app.areas.hours.session_lines import SessionLine
from app.areas.turnout import seats
from app.areas.yearly.yearly import PRACTICE_KINDS, YearlySheet, yearly_sheet
from app.domain.values import dataclass
from centre.interpretation.aliases import one_people
from centre.ledgers.hours import account_of, county_hours
from centre.ledgers.scope import LedgerScope, lines_of_people, lines_of_person, streamed
from centre.store.tables import people


@dataclass(frozen=True, slots=True)
class PersonYear:
    """How often somebody came, was excused or away, taught, practised and was visited."""

    person: str
    name: str
    site: str
    minutes: int
    target: int
    expected: int
    attended: int
    on_leave: int
    absent: int
    lessons: int
    practice: int
    visits: int
    pending: int


def sheet_of(tx: Connection, person: str, year: int) -> YearlySheet:
    """A person's sheet with the sessions behind each line."""
    home = tx.scalar(select(people.c.site).where(people.c.id == person)) or ""
    lines = lines_of_person(tx, person)
    return yearly_sheet(person, year, lines, account_of(tx, person, home, year))


def county_year(tx: Connection, scope: LedgerScope, year: int) -> Iterator[PersonYear]:
    """One line a person of the roster, by site and name."""
    values: dict[str, object] = {**scope.values, "first": f"{year:04}-01-01"}
    values |= {"last": f"{year:04}-12-31"}
    values |= {f"practice{place}": kind for place, kind in enumerate(sorted(PRACTICE_KINDS))}
    practice = ", ".join(f":practice{place}" for place in range(len(PRACTICE_KINDS)))
    excused = seats.EXPECTED | seats.ON_LEAVE
    known = excused | seats.CAME
    sql = f"""
WITH own AS (SELECT p.id FROM people p WHERE p.active AND {scope.of_people("p")})
SELECT l.person, SUM(l.seat & {seats.EXPECTED}) AS expected,
  SUM((l.seat & {seats.CAME}) / {seats.CAME}) AS attended, SUM(l.lessons) AS lessons,
  SUM(CASE WHEN l.seat & {excused} = {excused} THEN 1 ELSE 0 END) AS on_leave,
  SUM(CASE WHEN l.seat & {known} = {seats.EXPECTED} THEN 1 ELSE 0 END) AS absent,
  SUM(CASE WHEN l.seat & {seats.CAME} > 0 AND l.kind IN ({practice}) THEN 1 ELSE 0 END) AS practice,
  SUM((l.seat & {seats.VISITED}) / {seats.VISITED}) AS visits,
  SUM((l.seat & {seats.PENDING}) / {seats.PENDING}) AS pending
FROM session_lines l JOIN own ON own.id = l.person
WHERE l.day BETWEEN :first AND :last AND l.seat > 0 GROUP BY l.person"""  # noqa: S608 - no part of it was typed in
    counted = {row.person: tuple(row)[1:] for row in streamed(tx, sql, values)}
    joined = one_people(tx)
    lines = dict(lines_of_people(tx, sorted(joined)))
    for one in county_hours(tx, scope, year):
        told = counted.get(one.person, (0,) * 8)
        if one.person in joined:
            every = [line for of in joined[one.person].ids for line in lines.get(of, ())]
            told = _counts(one.person, year, every)
        expected, attended, lessons, on_leave, absent, practised, visits, pending = map(int, told)
        yield PersonYear(
            person=one.person,
            name=one.name,
            site=one.site,
            minutes=one.minutes,
            target=one.target,
            expected=expected,
            attended=attended,
            on_leave=on_leave,
            absent=absent,
            lessons=lessons,
            practice=practised,
            visits=visits,
            pending=pending,
        )


def _counts(person: str, year: int, lines: Iterable[SessionLine]) -> tuple[int, ...]:
    """The counts of somebody with several ids: each real session once."""
    own = [replace(line, person=person) for line in lines]
    sheet = yearly_sheet(person, year, own, HoursAccount(person, year, 0, "", ()))
    parts = (sheet.expected, sheet.attended, sheet.lessons, sheet.on_leave, sheet.absent)
    return tuple(map(len, (*parts, sheet.practice, sheet.visits, sheet.pending)))
