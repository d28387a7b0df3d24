"""Reading a list of outside training or of an online class: who attended what, when, how long.

The list is a table with columns for name, end of the telephone number, hours or minutes, title and
day (their words stand in the catalogue); one of its rows is one person at one training.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.areas.people.person import Person
from app.domain.errors import BadInput
from app.domain.ids import PersonId
from app.domain.values import dataclass
from app.domain.written_forms import match_form
from app.rosters.files.opening import Cell, Sheet
from app.rosters.sheets.cells import birth_of, text_of

MINUTES_A_CREDIT_HOUR = 60
MOST_MINUTES = 31 * 24 * 60
COLUMNS = ("name", "tail", "hours", "minutes", "title", "day", "organiser")
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """One row: ``person`` is who it means, or ``trouble`` (a key) why it can't be taken."""

    number: int
    name: str
    title: str = ""
    day: str = ""
    minutes: int = 0
    organiser: str = ""
    person: PersonId | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class OutsideGroup:
    """People of one training for the same time: one session."""

    title: str
    day: str
    minutes: int
    organiser: str
    people: tuple[PersonId, ...]


def read_rows(
    sheets: Sequence[Sheet], words: Mapping[str, frozenset[str]], people: Iterable[Person]
) -> tuple[OutsideRow, ...]:
    """Every row of the first table whose heading has a name, a title and a day.

    Raises:
        BadInput: no sheet has such a table, or it is too long.
    """
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        by_name[match_form(person.name)].append(person)
    for sheet in sheets:
        for place, row in enumerate(sheet.rows):
            columns = _columns(row, words)
            if {"name", "title", "day"} <= columns.keys():
                below = sheet.rows[place + 1 :]
                if len(below) > MOST_ROWS:
                    raise BadInput("refusal.too_many", count=len(below), most=MOST_ROWS)
                found = (
                    _row(number, cells, columns, by_name)
                    for number, cells in enumerate(below, place + 2)
                )
                return tuple(one for one in found if one is not None)
    raise BadInput("refusal.no_outside_list")


def groups_of(rows: Iterable[OutsideRow]) -> tuple[OutsideGroup, ...]:
    """The sessions that sound rows come to, by day; nobody is twice in one."""
    found: dict[tuple[str, str, int, str], dict[PersonId, None]] = defaultdict(dict)
    for one in rows:
        if one.person is not None and not one.trouble:
            found[one.day, one.title, one.minutes, one.organiser][one.person] = None
    return tuple(
        OutsideGroup(title, day, minutes, organiser, tuple(people))
        for (day, title, minutes, organiser), people in sorted(found.items())
    )


def _columns(row: Sequence[Cell], words: Mapping[str, frozenset[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        said = text_of(cell).replace(" ", "")
        for name, known in words.items():
            if said in known:
                found.setdefault(name, place)
    return found


def _row(
    number: int,
    cells: Sequence[Cell],
    columns: Mapping[str, int],
    by_name: Mapping[str, list[Person]],
) -> OutsideRow | None:
    told = {
        name: text_of(cells[place]) if place < len(cells) else "" for name, place in columns.items()
    }
    if not any(told.values()):
        return None
    name, title = told.get("name", ""), told.get("title", "")
    minutes, day = _minutes(told), _day(told.get("day", ""))
    same = by_name.get(match_form(name), [])
    tail = told.get("tail", "")[-4:]
    if tail:
        same = [one for one in same if one.phone_tail == tail]
    trouble = ""
    if not name or not title:
        trouble = "outside.no_name"
    elif not day:
        trouble = "outside.no_day"
    elif not 0 < minutes <= MOST_MINUTES:
        trouble = "outside.no_minutes"
    elif len(same) != 1:
        trouble = "outside.several" if same else "outside.nobody"
    person = same[0].id if len(same) == 1 else None
    organiser = told.get("organiser", "")
    return OutsideRow(number, name, title, day, minutes, organiser, person, trouble)


def _minutes(told: Mapping[str, str]) -> int:
    for column, times in (("minutes", 1), ("hours", MINUTES_A_CREDIT_HOUR)):
        try:
            return round(float(told.get(column) or "") * times)
        except (ValueError, OverflowError):
            continue
    return 0


def _day(text: str) -> str:
    try:
        return date.fromisoformat(birth_of(text, _unsaid)).isoformat()
    except (BadInput, ValueError):
        return ""


def _unsaid(key: str, **values: object) -> None:
    """How a day was read is seen in what it comes to."""
