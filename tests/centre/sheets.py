"""Roster sheets as offices make them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter


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
