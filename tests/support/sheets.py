"""Roster sheets as offices make them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from app.rosters.files.opening import Cell, Sheet
from app.rosters.sheets.sheet_rows import ReadRoster, read_roster
from centre.words import say


def write_sheet(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    merges: Sequence[tuple[int, int, int, int, str]] = (),
    sheets_before: Sequence[str] = (),
) -> Path:
    """Write an .xlsx: cells as they are, merged ranges over them."""
    book = xlsxwriter.Workbook(str(path))
    for name in sheets_before:
        book.add_worksheet(name).write(0, 0, "这里只有说明")
    sheet = book.add_worksheet("名册")
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(place, column, cell)
    for merge in merges:
        sheet.merge_range(*merge)
    book.close()
    return path


def one_sheet(*rows: Sequence[Cell], name: str = "名册") -> Sheet:
    """A sheet as the child process gives it."""
    return Sheet(name, tuple(tuple(row) for row in rows), merges_known=True)


def read_one(*rows: Sequence[Cell], name: str = "名册") -> ReadRoster:
    """What reading makes of one sheet."""
    return read_roster([one_sheet(*rows, name=name)], "r.xlsx")


def said(roster: ReadRoster) -> list[tuple[str, str]]:
    """Cell and key of everything that was cleaned."""
    return [(one.cell, one.key.removeprefix("roster.")) for one in roster.cleaned]


def wrong(roster: ReadRoster) -> list[tuple[int, str, str]]:
    """Row, cell and key of everything that can't be read."""
    return [(one.row, one.cell, one.key.removeprefix("roster.")) for one in roster.troubles]


def left_out(roster: ReadRoster) -> list[tuple[str, str, str]]:
    """Sheet, cell and key of everything that was left out."""
    return [(one.sheet, one.cell, one.key.removeprefix("roster.")) for one in roster.left_out]


def every_sentence(roster: ReadRoster) -> list[str]:
    """All that is said of a file, each as its sentence: a missing value fails here."""
    troubles = [
        say(one.key, **{"row": one.row, "sheet": one.sheet, "cell": one.cell, **dict(one.values)})
        for one in roster.troubles
    ]
    remarks = [
        say(one.key, **{"sheet": one.sheet, "cell": one.cell, **dict(one.values)})
        for one in (*roster.left_out, *roster.cleaned)
    ]
    return troubles + remarks
