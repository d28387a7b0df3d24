"""A roster's spreadsheet at a station: the same reading and dry run as at the centre.

A full telephone number and an identity number are not kept here: of the one only the last four
digits are matched and kept, of the other nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.areas.people.person import Person, Standing
from app.areas.people.proposals import Proposal
from app.areas.people.views import PersonChange
from app.rosters.files.opening import open_sheets
from app.rosters.import_plan import Decided, ImportOutcome, ReadFile, Standpoint, work_out
from app.rosters.roster_person import RosterPerson
from app.rosters.sheets.sheet_rows import read_roster

if TYPE_CHECKING:
    from app.areas.people.verbs import People
    from app.store.reading import StoreReading

_TAIL = 4
_OVER = "0001-01-01"


def read_file(path: Path) -> ReadFile:
    """Any thread: what a spreadsheet holds; it may take as long as a slow stick does.

    Raises:
        BadInput: it is no roster.
    """
    sheets = open_sheets(path)
    roster = read_roster(sheets, path.name)
    rows = tuple(replace(row, phone=row.phone[-_TAIL:]) for row in roster.rows)
    return ReadFile(path.name, replace(roster, rows=rows), sheets)


def import_read(
    people: People, file: ReadFile, decided: Decided | None, *, apply: bool
) -> ImportOutcome:
    """Work out what a file changes here, and change it if ``apply``."""
    with people.tools.store.read() as reading:
        before = _standpoint(reading, people.tools.clock.now().wall_ms)
    done = work_out(file, decided or Decided(), before, apply=apply)
    if apply:
        names = {**before.names, **done.fresh_units}
        people.take_in(_changes(before.held, done.changing, names))
    return done.outcome


def _standpoint(reading: StoreReading, now_ms: int) -> Standpoint:
    everyone = (*reading.people(), *reading.stopped_people())
    held = {str(one.id): _held(one, reading.proposals(one.id)) for one in everyone}
    return Standpoint("", held, reading.branch_names(), now_ms, lambda _number: "")


def _held(person: Person, said: Iterable[Proposal]) -> RosterPerson:
    told = {name: value for one in said for name, value in one.said}
    born = "" if person.birth_year is None else f"{person.birth_year:04d}"
    return RosterPerson(
        site="",
        person=person,
        member_no=told.get("member_no", ""),
        unit=person.units[0] if person.units else "",
        phone=person.phone_tail,
        birth=told["birth"] if told.get("birth", "").startswith(born or "-") else born,
    )


def _changes(
    held: Mapping[str, RosterPerson],
    changing: Iterable[RosterPerson],
    names: Mapping[str, str],
) -> Iterable[PersonChange]:
    for now in changing:
        was = held.get(now.person.id)
        old = {} if was is None else _fields(was, names)
        new = _fields(now, names)
        says = {name: value for name, value in new.items() if value != old.get(name, "")}
        is_active = was is None or was.person.active
        yield PersonChange(
            now.person.id,
            says,
            tuple(_standings(() if was is None else was.person.standings, now.person.standings)),
            None if is_active is now.person.active else not now.person.active,
        )


def _fields(one: RosterPerson, names: Mapping[str, str]) -> dict[str, str]:
    person = one.person
    return {
        "name": person.name,
        "phone_tail": one.phone[-_TAIL:],
        "birth": one.birth,
        "gender": person.gender,
        "kind": person.kind.value,
        "unit": names.get(one.unit, ""),
        "group": person.group,
        "card_no": person.card_no,
        "member_no": one.member_no,
        "post": "+".join(person.posts),
    }


def _standings(was: tuple[Standing, ...], now: tuple[Standing, ...]) -> Iterable[Standing]:
    yield from (one for one in now if one not in was)
    kinds = {one.kind for one in now}
    yield from (
        replace(one, until=_OVER, since=_OVER[:-1] + "2") for one in was if one.kind not in kinds
    )
