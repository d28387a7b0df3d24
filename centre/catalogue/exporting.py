"""Writing rows out: one row a line, as they read back equal, with the words that may be written."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from app.domain.errors import BadInput
from centre.catalogue.acts import book_of
from centre.catalogue.fields import FieldType, RowKind, row_kind
from centre.catalogue.headings import ID, SCOPE, columns_of, heading, is_field
from centre.catalogue.names import NameBook
from centre.catalogue.rows import ListedRow, rows_of, scope_names
from centre.catalogue.texts import SEPARATOR, write_field
from centre.service import Centre
from centre.words import say

_MOST_CELL = 450
"""Whoever opens a sheet reads no more than 500 characters of a cell."""
_ROWS_CHECKED = 2_000
_WIDTH = 18


def export_rows(centre: Centre, kind: str, path: Path, *, restricted: bool = False) -> int:
    """Write all rows of a kind into a new .xlsx; how many. With none it is an empty form. Classes of
    which only entitled people see who is in them are left out unless ``restricted`` is said.

    Raises:
        BadInput: the file is there already, or is no .xlsx.
    """
    declared = row_kind(kind)
    if path.suffix.lower() != ".xlsx":
        raise BadInput("centre.template_ending")
    if path.exists():
        raise BadInput("centre.rows_file_there", file=str(path))
    with centre.store.reading() as tx:
        book, sites = book_of(centre, tx), scope_names(tx)
        lines = [
            cells_of(declared, one, book, sites)
            for one in rows_of(tx, kind)
            if restricted or not getattr(one.value, "is_restricted", False)
        ]
    write_sheet(declared, lines, path)
    return len(lines)


def cells_of(
    kind: RowKind, row: ListedRow, book: NameBook, sites: dict[str, str]
) -> tuple[str, ...]:
    """A row as the texts of its columns."""
    cells = []
    for name in columns_of(kind):
        field = is_field(kind, name)
        if field is not None:
            cells.append(write_field(kind, field, getattr(row.value, name), book))
        else:
            cells.append(row.id if name == ID else sites.get(row.scope, ""))
    return tuple(cells)


def write_sheet(kind: RowKind, lines: list[tuple[str, ...]], path: Path) -> None:
    """Write headings and lines; every cell is text, so nothing of it is taken for a formula.

    What is too long for one cell goes on in further columns of the same heading: people, people 2
    """
    columns = columns_of(kind)
    cut = [[pieces_of(text) for text in cells] for cells in lines]
    wide = [max((len(cells[at]) for cells in cut), default=1) for at in range(len(columns))]
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
        as_text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(say(f"centre.rowkind_{kind.kind}"))
        place = 0
        for at, name in enumerate(columns):
            for more in range(wide[at]):
                sheet.set_column(place, place, _WIDTH, as_text)
                told = heading(kind, name) + (f" {more + 1}" if more else "")
                sheet.write_string(0, place, told, bold)
                for row, cells in enumerate(cut, start=1):
                    if more < len(cells[at]) and cells[at][more]:
                        sheet.write_string(row, place, cells[at][more], as_text)
                words = words_allowed(kind, name)
                if words:
                    choice = {"validate": "list", "source": words, "error_type": "warning"}
                    sheet.data_validation(1, place, _ROWS_CHECKED, place, choice)
                place += 1
        sheet.freeze_panes(1, 1)


def pieces_of(text: str) -> list[str]:
    """A list of things in pieces that a cell holds."""
    pieces = [""]
    for one in text.split(SEPARATOR):
        longer = f"{pieces[-1]}{SEPARATOR}{one}" if pieces[-1] else one
        if len(longer) <= _MOST_CELL or not pieces[-1]:
            pieces[-1] = longer
        else:
            pieces.append(one)
    return pieces


def words_allowed(kind: RowKind, name: str) -> list[str]:
    """The few words a column may hold; empty when it holds anything."""
    field = is_field(kind, name)
    if name == SCOPE or field is None:
        return []
    if field.type is FieldType.FLAG:
        return [say("centre.word_flag_yes"), say("centre.word_flag_no")]
    if field.type is FieldType.WORD:
        return [say(f"centre.word_{name}_{one.value}") for one in kind.words_of(name)]
    return []
