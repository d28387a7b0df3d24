"""What reading a file gives: its rows of people, and every remark on what was not taken as it is."""

from __future__ import annotations

from dataclasses import field

from app.areas.people.person import PersonKind, StandingKind
from app.domain.values import dataclass
from app.rosters.files.unpacking import cell_name


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
    posts: tuple[str, ...] = ()
    """Posts in the branch, by their codes."""


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


@dataclass(slots=True)
class Findings:
    """Gathers what one file gives while it is read; rows and columns are counted from 0 here."""

    sheet: str = ""
    rows: list[RosterRow] = field(default_factory=list)
    troubles: list[RowTrouble] = field(default_factory=list)
    columns: list[ReadColumn] = field(default_factory=list)
    left_out: list[SheetRemark] = field(default_factory=list)
    cleaned: list[SheetRemark] = field(default_factory=list)

    def wrong(self, row: int, column: int | None, key: str, **values: object) -> None:
        """Something in this row can't be read."""
        cell = "" if column is None else cell_name(row, column)
        self.troubles.append(RowTrouble(row + 1, key, tuple(values.items()), self.sheet, cell))

    def clean(self, row: int, column: int, key: str, **values: object) -> None:
        """A cell was taken otherwise than it is written."""
        told = tuple(values.items())
        self.cleaned.append(SheetRemark(self.sheet, cell_name(row, column), key, told))

    def leave_out(self, cell: str, key: str, **values: object) -> None:
        """Something of the sheet was not taken in."""
        self.left_out.append(SheetRemark(self.sheet, cell, key, tuple(values.items())))

    def column(self, cell: str, heading: str, meaning: str) -> None:
        """A heading, and what it was taken for."""
        self.columns.append(ReadColumn(self.sheet, cell, heading[:60], meaning))

    def gathered(self) -> ReadRoster:
        """All of it."""
        return ReadRoster(
            tuple(self.rows),
            tuple(self.troubles),
            tuple(self.columns),
            tuple(self.left_out),
            tuple(self.cleaned),
        )
