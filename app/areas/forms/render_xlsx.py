"""Writing forms as a spreadsheet: a page each, figures as numbers, words as text, ready to print."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

from app.areas.forms.form import Align, Form, FormBoxes, FormCell, FormTable

_MM_A_CHAR = 2.1
_LABEL_CHARS = 16
_MOST_WORDS = 32_000
"""Characters a cell takes."""
_MOST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_A4 = 9


def xlsx_of(forms: Sequence[Form]) -> bytes:
    """The forms as one workbook."""
    import xlsxwriter

    kept = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(kept, options) as book:
        names: set[str] = set()
        for form in forms:
            name = _free_name(form.file_name, names)
            names.add(name.lower())
            _Worksheet(book, book.add_worksheet(name)).write(form)
    return kept.getvalue()


def _free_name(wanted: str, taken: set[str]) -> str:
    plain = _NOT_IN_NAMES.sub(" ", wanted).strip()[:_MOST_NAME] or "1"
    number, name = 1, plain
    while name.lower() in taken:
        number += 1
        tail = f" {number}"
        name = plain[: _MOST_NAME - len(tail)] + tail
    return name


class _Worksheet:
    """One worksheet being written from the top."""

    def __init__(self, book: object, sheet: object) -> None:
        add = getattr(book, "add_format")  # noqa: B009  # the library has no types
        edge = {"border": 1, "valign": "vcenter"}
        self._sheet = getattr(sheet, "write_string"), getattr(sheet, "write_number")  # noqa: B009
        self._page = sheet
        self._title = add({"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"})
        self._part = add({"bold": True, "font_size": 13})
        self._label = add({"bold": True, "valign": "top"})
        self._plain = add({"align": "left", "valign": "top", "text_wrap": True})
        self._heading = add(
            {**edge, "bold": True, "bg_color": "#E7E6E2", "align": "center", "text_wrap": True}
        )
        self._body = {
            align: add({**edge, "align": said, "text_wrap": True})
            for align, said in (
                (Align.START, "left"),
                (Align.MIDDLE, "center"),
                (Align.END, "right"),
            )
        }
        self._sum = add({**edge, "bold": True, "align": "center"})
        self._row = 0

    def write(self, form: Form) -> None:
        """The whole form."""
        sheet = self._page
        width = max((len(one.columns) for one in form.tables), default=2)
        self._set_widths(form)
        sheet.merge_range(0, 0, 0, max(width - 1, 1), form.title, self._title)  # type: ignore[attr-defined]  # the library has no types
        sheet.set_row(0, 30)  # type: ignore[attr-defined]  # the same
        self._row = 1
        for one in form.head:
            self._put(self._row, 0, FormCell(one.label.strip().rstrip("：:")), self._label)
            self._put(self._row, 1, one.cell, self._plain)
            self._row += 1
        for part in form.parts:
            self._write_part(part)
        self._row += 1
        for words in form.signatures:
            self._put(self._row, 0, FormCell(words), self._label)
            self._row += 1
        self._set_up(form)

    def _write_part(self, part: FormTable | FormBoxes) -> None:
        self._row += 1
        if part.title:
            self._put(self._row, 0, FormCell(part.title), self._part)
            self._row += 1
        if isinstance(part, FormBoxes):
            for field in part.fields:
                self._put(self._row, 0, FormCell(field.label), self._heading)
                self._put(self._row, 1, field.cell, self._body[Align.START])
                self._row += 1
            return
        for place, column in enumerate(part.columns):
            self._put(self._row, place, FormCell(column.title), self._heading)
        self._row += 1
        for row in part.rows:
            for place, (column, cell) in enumerate(zip(part.columns, row, strict=True)):
                self._put(self._row, place, cell, self._body[column.align])
            self._row += 1
        for place, cell in enumerate(part.total or ()):
            self._put(self._row, place, cell, self._sum)
        self._row += 1 if part.total else 0

    def _put(self, row: int, place: int, cell: FormCell, how: object) -> None:
        words, number = self._sheet
        if cell.value is None:
            self._page.write_blank(row, place, None, how)  # type: ignore[attr-defined]  # the same
        elif isinstance(cell.value, str):
            words(row, place, cell.value[:_MOST_WORDS], how)
        else:
            number(row, place, cell.value, how)

    def _set_widths(self, form: Form) -> None:
        """As wide as the widest part wants each column."""
        wanted: dict[int, float] = {}
        for table in form.tables:
            for place, column in enumerate(table.columns):
                wanted[place] = max(wanted.get(place, 0), column.width / _MM_A_CHAR)
        boxes = any(isinstance(part, FormBoxes) for part in form.parts)
        if boxes:
            wanted[0] = max(wanted.get(0, 0), _LABEL_CHARS)
            wanted[1] = max(wanted.get(1, 0), 0 if form.tables else 70)
        for place, width in wanted.items():
            self._page.set_column(place, place, width)  # type: ignore[attr-defined]  # the same

    def _set_up(self, form: Form) -> None:
        page: object = self._page
        for name, values in _print_set_up(form):
            getattr(page, name)(*values)


def _print_set_up(form: Form) -> Iterable[tuple[str, tuple[object, ...]]]:
    yield "set_paper", (_A4,)
    if form.is_wide:
        yield "set_landscape", ()
    yield "fit_to_pages", (1, 0)
    yield "set_margins", (0.6, 0.6, 0.6, 0.7)
    note = form.note.replace("&", "&&")[:180]
    yield "set_footer", (f"&L&9{note}&R&9&P / &N",)
