"""What every reader of a file kind gives: sheets with the rows that hold anything."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

MOST_COLUMNS = 200
_CELL_CHARACTERS = 500
_ZEROS = re.compile(r"0{2,}\Z")
_DECIMALS = re.compile(r"0\.(0+)\Z")
_NO_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')

Cell = str | int | float | bool | None


class Refused(Exception):
    """The file can't be read; ``key`` and ``values`` make the sentence."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(slots=True)
class RawSheet:
    """One sheet; rows with their number from 0, merged ranges as top, left, bottom, right."""

    name: str
    visible: bool = True
    is_table: bool = True
    errors_known: bool = True
    merges_known: bool = True
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    cut_at: str = ""

    def add(self, place: int, row: list[Cell]) -> None:
        """Keep a row if it holds anything; what stands too far to the right is named."""
        while row and (row[-1] is None or (isinstance(row[-1], str) and not row[-1].strip())):
            row.pop()
        if not row:
            return
        if len(row) > MOST_COLUMNS:
            far = next(at for at in range(MOST_COLUMNS, len(row)) if row[at] is not None)
            self.cut_at = self.cut_at or cell_name(place, far)
            del row[MOST_COLUMNS:]
        self.rows.append((place, row))

    def told(self) -> dict[str, object]:
        """As JSON, with the merged ranges filled downwards."""
        filled = self._fill_down()
        told = {name: getattr(self, name) for name in self.__slots__ if name != "merged"}
        return {**told, "filled": filled}

    def _fill_down(self) -> list[tuple[int, int]]:
        """A value merged over several rows stands in each; where it was not written is told."""
        rows = dict(self.rows)
        places = sorted(rows)
        filled: list[tuple[int, int]] = []
        for top, left, bottom, _ in self.merged:
            value = rows[top][left] if left < len(rows.get(top, ())) else None
            if value is None:
                continue
            for place in places[bisect_right(places, top) : bisect_right(places, bottom)]:
                row = rows[place]
                row.extend([None] * (left + 1 - len(row)))
                row[left] = value
                filled.append((place, left))
        return filled


def cell_name(row: int, column: int) -> str:
    """ "B3" for row 2 and column 1, both from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def plain(value: Any) -> Cell:  # noqa: ANN401 - whatever a cell holds
    """A cell as text, number or truth value; dates as ISO text."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)[:_CELL_CHARACTERS]


def shown_by(number_format: str) -> tuple[str, int] | None:
    """How a number format changes what is seen, where that matters: zeros, decimals, no day."""
    code = number_format.split(";")[0]
    bare = _NO_FORMAT.sub("", code).strip().lower()
    if _ZEROS.match(bare):
        return "zeros", len(bare)
    decimals = _DECIMALS.match(bare)
    if decimals:
        return "decimals", len(decimals[1])
    if "y" in bare and "m" in bare and "d" not in bare and "h" not in bare:
        return "month", 0
    return None


def as_shown(value: Cell, shown: tuple[str, int] | None) -> Cell:
    """The value as its number format shows it: 12345678 as "0012345678", a date without its day."""
    if shown is None or isinstance(value, bool):
        return value
    how, width = shown
    if how == "month" and isinstance(value, str):
        return value[:7]
    if how == "zeros" and isinstance(value, int | float) and value >= 0 and value == int(value):
        return f"{int(value):0{width}d}"
    if how == "decimals" and isinstance(value, float) and not value.is_integer():
        return f"{value:.{width}f}"
    return value
