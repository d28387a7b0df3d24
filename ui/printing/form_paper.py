"""Draws any form on A4: title, head, tables and boxes, over as many pages as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from app.areas.forms.form import (
    HEAD_WIDTH,
    Align,
    Form,
    FormBoxes,
    FormCell,
    FormColumn,
    FormField,
    FormTable,
    shown,
)
from app.words import say
from ui.printing.paper import CENTRE, LEFT, MARGIN_MM, RIGHT, Paper, size_of_page

ROW_MM = 9.0
_TITLE_Y_MM = {False: 14.0, True: 8.0}
_HEAD_Y_MM = {False: 30.0, True: 22.0}
"""Upright, and on its side."""
_HEAD_ROW_MM = 8.0
_FOOT_MM = 16.0
"""Of the sheet's lower edge: the note and the number of the page."""
_GAP_MM = 4.0
_LABEL_MM = 34.0
_PAD_MM = 2.0
_BOX_ROW_MM = 11.0
_SIGNED_MM = 8.0
_NARROW_MM = 18.0
_ALIGN = {Align.START: LEFT, Align.MIDDLE: CENTRE, Align.END: RIGHT}
_Drawn = Callable[[Paper], None]
_Box = tuple[float, float, float, float]


def draw_forms(paper: Paper, forms: Sequence[Form]) -> None:
    """One form after another, each from a page of its own; the first page lies as the first form."""
    for place, form in enumerate(forms):
        if place:
            paper.new_page(is_wide=form.is_wide)
        draw_form(paper, form)


def draw_form(paper: Paper, form: Form) -> None:
    """The whole form, from the page that is begun."""
    pages = _Layout(paper, form).pages
    for number, page in enumerate(pages, 1):
        if number > 1:
            paper.new_page(is_wide=form.is_wide)
        for drawn in page:
            drawn(paper)
        _foot(paper, form, number, len(pages))


def page_count(paper: Paper, form: Form) -> int:
    """Sheets the form needs."""
    return len(_Layout(paper, form).pages)


class _Layout:
    """What is drawn on which page; nothing is drawn before all is placed."""

    def __init__(self, paper: Paper, form: Form) -> None:
        self._paper = paper
        self._width, height = size_of_page(is_wide=form.is_wide)
        self._inner = self._width - 2 * MARGIN_MM
        self._lowest = height - _FOOT_MM - 6
        self.pages: list[list[_Drawn]] = [[]]
        self._y = _HEAD_Y_MM[form.is_wide]
        self._place_title(form)
        self._place_head(form.head)
        for part in form.parts:
            self._place_part(part)
        self._place_signatures(form.signatures)

    def _draw(self, drawn: _Drawn) -> None:
        self.pages[-1].append(drawn)

    def _turn(self) -> None:
        self.pages.append([])
        self._y = MARGIN_MM

    def _place_title(self, form: Form) -> None:
        box = (MARGIN_MM, _TITLE_Y_MM[form.is_wide], self._inner, 12.0)
        self._draw(_words(box, form.title, size=8, weight=700, align=CENTRE))

    def _place_head(self, fields: Sequence[FormField]) -> None:
        used = 0
        for one in fields:
            if used + one.span > HEAD_WIDTH:
                used, self._y = 0, self._y + _HEAD_ROW_MM
            unit = self._inner / HEAD_WIDTH
            box = (MARGIN_MM + used * unit, self._y, one.span * unit - 1, _HEAD_ROW_MM)
            words = f"{one.label}{shown(one.cell.value)}"
            weight = 700 if one.is_strong else 400
            self._draw(_words(box, words, size=4.2, weight=weight))
            used += one.span
        self._y += (_HEAD_ROW_MM if fields else 0) + _GAP_MM

    def _place_part(self, part: FormTable | FormBoxes) -> None:
        if part.title:
            if self._y + 3 * ROW_MM > self._lowest:
                self._turn()
            box = (MARGIN_MM, self._y, self._inner, ROW_MM)
            self._draw(_words(box, part.title, size=4.8, weight=700))
            self._y += ROW_MM
        if isinstance(part, FormBoxes):
            for field in part.fields:
                self._place_box(field)
        else:
            self._place_table(part)
        self._y += _GAP_MM

    def _place_table(self, table: FormTable) -> None:
        whole = sum(one.width for one in table.columns)
        widths = tuple(one.width * self._inner / whole for one in table.columns)
        self._place_headings(table.columns, widths)
        for place, row in enumerate(table.lines):
            is_total = table.total is not None and place == len(table.rows)
            height = self._row_height(table.columns, widths, row)
            if self._y + height > self._lowest:
                self._turn()
                self._place_headings(table.columns, widths)
            self._place_row(table.columns, widths, row, height, is_total=is_total)

    def _row_height(
        self, columns: Sequence[FormColumn], widths: Sequence[float], row: Sequence[FormCell]
    ) -> float:
        heights = (
            self._paper.height_of(shown(cell.value), width - 3, size=4.0) + 2
            for column, width, cell in zip(columns, widths, row, strict=True)
            if column.wraps
        )
        return max(ROW_MM, *heights, 0)

    def _place_headings(self, columns: Sequence[FormColumn], widths: Sequence[float]) -> None:
        x, y = MARGIN_MM, self._y
        for column, width in zip(columns, widths, strict=True):
            self._draw(_heading((x, y, width, ROW_MM), column.title))
            x += width
        self._y += ROW_MM

    def _place_row(
        self,
        columns: Sequence[FormColumn],
        widths: Sequence[float],
        row: Sequence[FormCell],
        height: float,
        *,
        is_total: bool,
    ) -> None:
        x = MARGIN_MM
        for column, width, cell in zip(columns, widths, row, strict=True):
            box = (x, self._y, width, height)
            words, align = shown(cell.value), _ALIGN[column.align]
            size = 4.8 if column.is_strong else 4.0
            weight = 700 if is_total else 400
            self._draw(_cell(box, words, align, size=size, weight=weight, wraps=column.wraps))
            x += width
        self._y += height

    def _place_box(self, field: FormField) -> None:
        """A label and its value, as high as its words need."""
        words = shown(field.cell.value)
        room = self._inner - _LABEL_MM - 2 * _PAD_MM
        taken = self._paper.height_of(words, room, size=4.4)
        height = max(taken + 2 * _PAD_MM, field.room_mm, _BOX_ROW_MM)
        if self._y + height > self._lowest:
            self._turn()
        above = _PAD_MM if field.room_mm else (height - taken) / 2
        y = self._y
        label = (MARGIN_MM, y, _LABEL_MM, height)
        box = (MARGIN_MM + _LABEL_MM, y, self._inner - _LABEL_MM, height)
        inside = (box[0] + _PAD_MM, y + above, room, height - above)

        def drawn(paper: Paper) -> None:
            paper.frame(label, tint=True)
            paper.text(label, field.label, size=4.4, weight=700, align=CENTRE)
            paper.frame(box)
            paper.paragraph(inside, words, size=4.4)

        self._draw(drawn)
        self._y += height

    def _place_signatures(self, signatures: Sequence[str]) -> None:
        if not signatures:
            return
        if self._y + _SIGNED_MM > self._lowest:
            self._turn()
        part, y = self._inner / len(signatures), self._y
        for place, words in enumerate(signatures):
            box = (MARGIN_MM + place * part, y, part - 4, 8.0)
            self._draw(_words(box, words, size=4.4))
        self._y += _SIGNED_MM


def _words(
    box: _Box,
    words: str,
    *,
    size: float,
    weight: int = 400,
    align: Qt.AlignmentFlag = LEFT,
) -> _Drawn:
    """One line of words."""
    return lambda paper: paper.text(box, words, size=size, weight=weight, align=align)


def _heading(box: _Box, words: str) -> _Drawn:
    """A heading; in a narrow column its unit stands below it, so that letters stay large."""
    x, y, width, height = box
    above, space, unit = words.rpartition(" ")
    if not space or width >= _NARROW_MM:
        return _cell(box, words, CENTRE, weight=700, tint=True)

    def drawn(paper: Paper) -> None:
        paper.frame(box, tint=True)
        half = height / 2
        paper.text((x + 1, y + 0.6, width - 2, half), above, size=3.4, weight=700, align=CENTRE)
        paper.text((x + 1, y + half - 0.4, width - 2, half), unit, size=3, weight=700, align=CENTRE)

    return drawn


def _cell(
    box: _Box,
    words: str,
    align: Qt.AlignmentFlag,
    *,
    size: float = 4.0,
    weight: int = 400,
    tint: bool = False,
    wraps: bool = False,
) -> _Drawn:
    """A framed cell."""
    x, y, width, height = box

    def drawn(paper: Paper) -> None:
        paper.frame(box, tint=tint)
        if wraps and words:
            taken = paper.height_of(words, width - 3, size=size)
            paper.paragraph(
                (x + 1.5, y + max((height - taken) / 2, 0.5), width - 3, height), words, size=size
            )
        else:
            inside = (x + 1.5, y, width - 3, height)
            paper.text(inside, words, size=size, weight=weight, align=align)

    return drawn


def _foot(paper: Paper, form: Form, page: int, pages: int) -> None:
    width, height = size_of_page(is_wide=form.is_wide)
    inner, y = width - 2 * MARGIN_MM, height - _FOOT_MM
    strong = form.is_note_strong
    weight = 700 if strong else 400
    paper.text((MARGIN_MM, y, inner - 42, 6), form.note, size=3.4, weight=weight, grey=not strong)
    of = say("paper.page", page=page, pages=pages)
    paper.text((MARGIN_MM + inner - 40, y, 40, 6), of, size=3.4, align=RIGHT, grey=True)
