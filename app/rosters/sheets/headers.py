"""Where a sheet's heading stands, in one row or several, and which column is which."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.errors import BadInput
from app.domain.values import dataclass
from app.domain.written_forms import match_form
from app.rosters.files.opening import Cell, Sheet
from app.rosters.files.unpacking import cell_name
from app.rosters.sheets.cells import text_of
from app.rosters.sheets.sheet_words import column_meaning, column_rank

_MOST_HEADING_ROWS = 3
_LONGEST_HEADING = 40
_NAMES = frozenset({"name", "family_name"})
_SEVERAL_TAKEN = frozenset({"phone", "kind", "status", "away", "note"})
"""Of these every column is looked at; of others the first in the order of words is taken."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: where it stands and what it means (None when it is unknown)."""

    row: int
    column: int
    text: str
    meaning: str | None

    @property
    def cell(self) -> str:
        """As "B3"."""
        return cell_name(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Header:
    """The heading of a table: its first and last row, and the columns of each meaning."""

    first: int
    last: int
    headings: tuple[Heading, ...]
    columns: Mapping[str, tuple[int, ...]]

    def heading_of(self, column: int) -> str:
        """The text over a column."""
        return next((one.text for one in self.headings if one.column == column), "")

    def meaning_of(self, heading: Heading) -> str:
        """What it was taken for; empty when another column was taken instead, or none."""
        meaning = heading.meaning or ""
        return meaning if heading.column in self.columns.get(meaning, ()) else ""


def header_at(sheet: Sheet, place: int) -> Header | None:
    """The header that begins in this row, if one does.

    Raises:
        BadInput: a heading stands twice in it.
    """
    row = sheet.rows[place]
    if not _may_be_header(row):
        return None
    found = {one.column: one for one in _headings(sheet, place)}
    if not any(one.meaning in _NAMES for one in found.values()):
        return None
    last = place
    while last + 1 < min(len(sheet.rows), place + _MOST_HEADING_ROWS):
        below = _headings_below(sheet, last + 1, found)
        if not below:
            break
        last += 1
        found.update(below)
    headings = tuple(found[column] for column in sorted(found))
    known = [one for one in headings if one.meaning is not None]
    if len(known) < 2 or not _is_mostly_headings(headings):
        return None
    _refuse_twice(sheet, headings)
    return Header(place, last, headings, _columns(headings))


def same_header(one: Header, other: Header) -> bool:
    """Whether a header only stands there again, as printed titles do."""
    return one.columns == other.columns


def _may_be_header(row: tuple[Cell, ...]) -> bool:
    for cell in row:
        if isinstance(cell, str) and ("名" in cell or "姓" in cell or "ame" in cell.casefold()):
            return True
    return False


def _headings(sheet: Sheet, place: int) -> list[Heading]:
    found = []
    for column, cell in enumerate(sheet.rows[place]):
        text = text_of(cell)
        if text:
            meaning = column_meaning(text) if len(text) <= _LONGEST_HEADING else None
            found.append(Heading(place, column, text, meaning))
    return found


def _headings_below(sheet: Sheet, place: int, above: Mapping[int, Heading]) -> dict[int, Heading]:
    """Headings of a second row, under groups such as 联系方式; empty when people begin there."""
    named = [column for column, one in above.items() if one.meaning in _NAMES]
    own = [one for one in _headings(sheet, place) if (place, one.column) not in sheet.filled]
    if not own or any(one.column in named for one in own):
        return {}
    if any(isinstance(sheet.rows[place][one.column], int | float) for one in own):
        return {}
    known = [one for one in own if one.meaning is not None]
    if not known or len(known) * 2 < len(own):
        return {}
    return {one.column: one for one in own}


def _is_mostly_headings(headings: tuple[Heading, ...]) -> bool:
    """A line of an explanation may name columns too, but its other cells are sentences."""
    long = sum(1 for one in headings if one.meaning is None and len(one.text) > 20)
    return long * 2 <= len(headings)


def _refuse_twice(sheet: Sheet, headings: tuple[Heading, ...]) -> None:
    seen: dict[str, Heading] = {}
    for one in headings:
        if not one.meaning:
            continue
        form = "name" if one.meaning == "name" else match_form(one.text)
        first = seen.setdefault(form, one)
        if first is not one:
            raise BadInput(
                "roster.sheet_heading_twice",
                sheet=sheet.name,
                heading=one.text,
                first=first.cell,
                second=one.cell,
            )


def _columns(headings: tuple[Heading, ...]) -> dict[str, tuple[int, ...]]:
    by_meaning: dict[str, list[Heading]] = {}
    for one in headings:
        if one.meaning:
            by_meaning.setdefault(one.meaning, []).append(one)
    columns = {}
    for meaning, found in by_meaning.items():
        ranked = sorted(found, key=lambda one: (column_rank(one.text), one.column))
        kept = ranked if meaning in _SEVERAL_TAKEN else ranked[:1]
        columns[meaning] = tuple(one.column for one in kept)
    if "name" in columns or "given_name" not in columns:
        columns.pop("family_name", None)
        columns.pop("given_name", None)
    return columns
