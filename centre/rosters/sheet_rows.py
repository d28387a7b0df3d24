"""From a sheet to rows of people: where the header is, which column is which, what is wrong.

A row that cannot be read is reported with its number as the office sees it; it never
stops the others from being read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.errors import BadInput
from app.domain.people import PersonKind, StandingKind
from centre.rosters.cells import birth_of, identity_of, name_of, phone_of, text_of
from centre.rosters.opening import Cell, Sheet
from centre.rosters.sheet_words import COLUMN_WORDS, GENDER_WORDS, KIND_WORDS, STATUS_WORDS

_HEADER_WITHIN = 5
_GONE = "gone"


class _Say(Protocol):
    def __call__(self, key: str, **values: object) -> None: ...


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person as a row of the sheet tells it; ``row`` counts from 1 as on the screen."""

    row: int
    name: str
    member_no: str
    branch: str
    group: str
    phone: str
    birth: str
    gender: str
    kind: PersonKind
    card_no: str
    standing: StandingKind | None
    active: bool
    identity: str = ""
    sheet: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RowTrouble:
    """What is wrong in one row: a key of the words and its values; ``cell`` is as "B3"."""

    row: int
    key: str
    values: tuple[tuple[str, object], ...] = ()
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """One heading of a sheet and what it was taken for; ``meaning`` is empty when ignored."""

    sheet: str
    cell: str
    heading: str
    meaning: str


@dataclass(frozen=True, slots=True)
class SheetRemark:
    """Something of the file that was left out, or cleaned before use, to be said by its cell."""

    sheet: str
    cell: str
    key: str
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadRoster:
    """Everything a file holds, and what was made of it."""

    rows: tuple[RosterRow, ...]
    troubles: tuple[RowTrouble, ...]
    columns: tuple[ReadColumn, ...] = ()
    left_out: tuple[SheetRemark, ...] = ()
    cleaned: tuple[SheetRemark, ...] = ()


def read_roster(sheets: Sequence[Sheet], file: str) -> ReadRoster:
    """Read the first sheet that has a header.

    Raises:
        BadInput: no sheet has one.
    """
    for sheet in sheets:
        header = _find_header(sheet)
        if header is not None:
            return _read_rows(sheet, *header)
    raise BadInput("centre.sheet_no_header", file=file)


def _find_header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Row index of the header and column → index; None when there is no header."""
    best: tuple[int, dict[str, int]] | None = None
    for place, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        columns: dict[str, int] = {}
        for index, cell in enumerate(row):
            word = "".join(text_of(cell).split()).split("(")[0].strip("*:").lower()
            column = COLUMN_WORDS.get(word)
            if column is not None:
                columns.setdefault(column, index)
        if "name" in columns and len(columns) > 1 and (best is None or len(columns) > len(best[1])):
            best = (place, columns)
    return best


def _read_rows(sheet: Sheet, header: int, columns: Mapping[str, int]) -> ReadRoster:
    rows: list[RosterRow] = []
    troubles: list[RowTrouble] = []
    branch_above: Cell = None
    for place, row in enumerate(sheet.rows[header + 1 :], start=header + 2):
        cells = {name: row[index] for name, index in columns.items() if index < len(row)}
        if not any(text_of(cell) for name, cell in cells.items() if name != "branch"):
            continue
        if not sheet.merges_known and "branch" in columns and not text_of(cells.get("branch")):
            cells["branch"] = branch_above
        branch_above = cells.get("branch")
        found, wrong = _read_row(place, cells, has_branch="branch" in columns)
        troubles.extend(wrong)
        if found is not None:
            rows.append(found)
    if not rows and not troubles:
        raise BadInput("centre.sheet_empty")
    return ReadRoster(tuple(rows), tuple(troubles))


def _read_row(
    place: int, cells: Mapping[str, Cell], *, has_branch: bool
) -> tuple[RosterRow | None, list[RowTrouble]]:
    wrong: list[RowTrouble] = []

    def say(key: str, **values: object) -> None:
        wrong.append(RowTrouble(place, key, tuple(values.items())))

    name = name_of(cells.get("name"))
    branch = name_of(cells.get("branch"))
    if not name:
        say("centre.row_no_name")
    if has_branch and not branch:
        say("centre.row_no_branch")
    phone = birth = gender = number = ""
    try:
        phone = phone_of(cells.get("phone"))
    except BadInput as bad:
        say(bad.key, **bad.values)
    try:
        birth = birth_of(cells.get("birth"))
        identity = identity_of(cells.get("identity"))
        if identity is not None:
            birth, gender, number = birth or identity.birth, identity.gender, identity.number
    except BadInput as bad:
        say(bad.key, **bad.values)
    kind = _word(cells, "kind", KIND_WORDS, PersonKind.MEMBER.value, say)
    gender = _word(cells, "gender", GENDER_WORDS, gender, say)
    status = _word(cells, "status", STATUS_WORDS, "", say)
    status = status or STATUS_WORDS.get(text_of(cells.get("note")), "")
    if wrong:
        return None, wrong
    row = RosterRow(
        row=place,
        name=name[:60],
        member_no=text_of(cells.get("member_no"))[:40],
        branch=branch[:80],
        group=text_of(cells.get("group"))[:40],
        phone=phone,
        birth=birth,
        gender=gender,
        kind=PersonKind(kind),
        card_no=text_of(cells.get("card_no"))[:40],
        standing=StandingKind(status) if status and status != _GONE else None,
        active=status != _GONE,
        identity=number,
    )
    return row, []


def _word(
    cells: Mapping[str, Cell],
    column: str,
    words: Mapping[str, str],
    otherwise: str,
    say: _Say,
) -> str:
    spelled = "".join(text_of(cells.get(column)).split())
    if not spelled:
        return otherwise
    meaning = words.get(spelled)
    if meaning is None:
        say("centre.row_word", value=spelled[:40])
        return otherwise
    return meaning
