"""A form as a frozen value: what stands on the sheet, and which records each figure comes from.

A builder (``app.areas.forms.sheets``) makes it out of values, saying its words in the language in
use; a renderer draws it. Whoever draws knows nothing of what it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum

from app.domain.values import dataclass

Say = Callable[..., str]
"""Says a key of the catalogue with its values."""
Value = str | int | float | None
"""What stands in a cell; None is empty, to be filled in by hand."""

HEAD_WIDTH = 12
"""Parts of a line of the head; fields follow each other until they are used up."""


class Align(StrEnum):
    """Where a value stands in its column."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class FormCell:
    """A value, and the ids of the records behind it: "which ones?" can be asked of a figure."""

    value: Value = None
    origin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: ``key`` for programs, ``title`` for people, its share of the width in mm."""

    key: str
    title: str
    width: float
    align: Align = Align.START
    wraps: bool = False
    """Whether long words take more lines rather than smaller letters."""
    is_strong: bool = False
    """Whether it is what the eye looks for: somewhat larger."""


@dataclass(frozen=True, slots=True)
class FormTable:
    """Rows under columns; ``total`` is the last, set apart."""

    key: str
    columns: tuple[FormColumn, ...]
    rows: tuple[tuple[FormCell, ...], ...]
    total: tuple[FormCell, ...] | None = None
    title: str = ""
    empty: str = ""
    """What is said on a screen where there are no rows."""
    is_figures: bool = False
    """Whether its one line is what a screen shows large."""

    @property
    def filled(self) -> FormTable:
        """The table without lines that are left to be written on."""
        return replace(
            self,
            rows=tuple(row for row in self.rows if any(cell.value is not None for cell in row)),
        )

    @property
    def lines(self) -> tuple[tuple[FormCell, ...], ...]:
        """All rows, the total last."""
        return self.rows if self.total is None else (*self.rows, self.total)


@dataclass(frozen=True, slots=True)
class FormField:
    """A label and its value. ``span`` is its share of a line of the head; ``room_mm`` the least
    height in a box, where something is added by hand."""

    key: str
    label: str
    cell: FormCell
    span: int = HEAD_WIDTH
    room_mm: float = 0.0
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class FormBoxes:
    """Labels on the left, values in boxes beside them."""

    key: str
    fields: tuple[FormField, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The whole sheet; ``name`` says which form it is, ``file_name`` what its file is called."""

    name: str
    title: str
    file_name: str
    head: tuple[FormField, ...]
    parts: tuple[FormTable | FormBoxes, ...]
    signatures: tuple[str, ...] = ()
    note: str = ""
    """A line in small letters at the foot of each page."""
    is_note_strong: bool = False
    is_wide: bool = False
    """Whether the sheet lies on its side."""

    @property
    def tables(self) -> tuple[FormTable, ...]:
        """Its parts that are tables."""
        return tuple(part for part in self.parts if isinstance(part, FormTable))


def shown(value: Value) -> str:
    """A value as it stands on paper: a figure without needless zeros."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)


def cells_of(form: Form) -> Iterator[FormCell]:
    """Every cell of a form, from top to bottom."""
    yield from (one.cell for one in form.head)
    for part in form.parts:
        if isinstance(part, FormTable):
            for line in part.lines:
                yield from line
        else:
            yield from (one.cell for one in part.fields)


def origins_in(form: Form) -> tuple[str, ...]:
    """Ids of all records behind the form, each once."""
    return tuple(dict.fromkeys(name for cell in cells_of(form) for name in cell.origin))


def figure(value: Value, *origin: str) -> FormCell:
    """A figure with the records behind it."""
    return FormCell(value, origin)


def percent(part: int, whole: int) -> int | None:
    """Whole percent, rounded down; None of nothing."""
    return None if whole == 0 else part * 100 // whole


def hours_of(minutes: int) -> float:
    """Minutes as hours with one decimal, rounded down."""
    return minutes * 10 // 60 / 10
