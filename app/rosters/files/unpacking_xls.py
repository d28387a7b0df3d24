"""The old .xls (and WPS's .et, which is the same), read by xlrd: it tells errors and formats."""

from __future__ import annotations

import datetime
import struct
import sys

import xlrd
from xlrd.sheet import Cell as XlsCell
from xlrd.sheet import Sheet as XlsSheet

from app.rosters.files import unpacking_calamine
from app.rosters.files.unpacking import Cell, RawSheet, Refused, as_shown, plain, shown_by

_BROKEN = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    struct.error,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
)


def read(content: bytes) -> list[RawSheet]:
    """All sheets; what xlrd can't read, calamine may, though without its errors."""
    try:
        book = xlrd.open_workbook(
            file_contents=content, logfile=sys.stderr, formatting_info=True, ragged_rows=True
        )
        return [_sheet(book, sheet) for sheet in book.sheets()]
    except _BROKEN as bad:
        if "encrypt" in str(bad):
            raise Refused("roster.sheet_locked") from bad
    try:
        return unpacking_calamine.read(content, is_xlsx=False)
    except Refused as bad:
        raise Refused("roster.sheet_not_excel") from bad


def _sheet(book: xlrd.Book, opened: XlsSheet) -> RawSheet:
    sheet = RawSheet(opened.name, visible=opened.visibility == 0)
    for place in range(opened.nrows):
        sheet.add(place, [_cell(book, cell) for cell in opened.row(place)])
    sheet.merged = [
        (top, left, below - 1, right - 1) for top, below, left, right in opened.merged_cells
    ]
    return sheet


def _cell(book: xlrd.Book, cell: XlsCell) -> Cell:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#VALUE!"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return plain(cell.value)
    number_format = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    value = plain(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        value = _date(cell.value, book.datemode)
    return as_shown(value, shown_by(number_format))


def _date(number: float, datemode: int) -> Cell:
    try:
        found = xlrd.xldate.xldate_as_datetime(number, datemode)
    except (ValueError, OverflowError):
        return number
    if number < 1:
        return str(found.time())
    return plain(found if isinstance(found, datetime.datetime) else str(found))
