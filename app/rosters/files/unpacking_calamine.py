"""Workbooks of newer kinds (.xlsx, .xlsb, .ods), read by calamine.

Calamine gives an error and a formula that nobody has calculated as empty cells; for .xlsx
the marks read from the file itself stand over them.
"""

from __future__ import annotations

import io

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from app.rosters.files.unpacking import Cell, RawSheet, Refused, as_shown, cell_name, plain
from app.rosters.files.xlsx_marks import Marks, marks_of

_MOST_AREA = 10_000_000
_TABLES = (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet)


def read(content: bytes, *, is_xlsx: bool) -> list[RawSheet]:
    """All sheets of the workbook."""
    marks = marks_of(content) if is_xlsx else {}
    for name, known in marks.items():
        _check_area(name, known)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as locked:
        raise Refused("roster.sheet_locked") from locked
    except CalamineError as broken:
        raise Refused("roster.sheet_broken") from broken
    sheets = []
    for about in book.sheets_metadata:
        sheet = RawSheet(about.name, visible=about.visible == SheetVisibleEnum.Visible)
        sheets.append(sheet)
        if about.typ not in _TABLES:
            sheet.is_table = False
            continue
        sheet.errors_known = about.name in marks
        try:
            _fill(sheet, book.get_sheet_by_name(about.name), marks.get(about.name, Marks()))
        except CalamineError as broken:
            raise Refused("roster.sheet_broken") from broken
    return sheets


def _fill(sheet: RawSheet, opened: CalamineSheet, marks: Marks) -> None:
    left = 0 if opened.start is None else opened.start[1]
    over = marks.by_row()
    for place, values in enumerate(opened.iter_rows()):
        row: list[Cell] = [None] * left
        row.extend(plain(value) for value in values)
        for column, text, shown in over.pop(place, ()):
            row.extend([None] * (column + 1 - len(row)))
            row[column] = text or as_shown(row[column], shown)
        sheet.add(place, row)
    for place in sorted(over):
        cells = [(column, text) for column, text, _ in over[place] if text]
        width = max((column + 1 for column, _ in cells), default=0)
        sheet.add(place, [dict(cells).get(column) for column in range(width)])
    ranges = opened.merged_cell_ranges
    sheet.merges_known = ranges is not None
    sheet.merged = [(*first, *last) for first, last in ranges or ()]


def _check_area(name: str, marks: Marks) -> None:
    """Calamine keeps a sheet as one block, so one cell far away costs all between."""
    if (marks.last_row + 1) * (marks.last_column + 1) > _MOST_AREA:
        far = cell_name(*marks.furthest)
        raise Refused("roster.sheet_far_cell", sheet=name, cell=far)
