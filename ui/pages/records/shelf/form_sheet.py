"""A form on the screen: its head in a line, figures large, tables calm; nothing is typed here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGridLayout, QHeaderView, QSizePolicy, QTableView, QWidget

from app.areas.forms.form import Form, FormBoxes, FormCell, FormColumn, FormTable, shown
from app.words import say
from ui.pages.records.shelf.form_model import FormModel
from ui.pages.records.shelf.form_row import FormRow, in_words
from ui.parts.layout import ScrollColumn, words
from ui.theme import look, tokens
from ui.widgets.panel import label
from ui.widgets.tile_paint import MUTED, PLAIN, Dress
from ui.widgets.tiles.name_tile import NameTile

_ROW_PX = 48
_FIGURES_ACROSS = {False: 4, True: 7}
_FIGURE_PX = 84
_MOST_COLUMNS = 6
_CELL_PAD_PX = 28
_LABEL_PX = 150


class FigureTile(NameTile):
    """A figure with its word below; soft when nothing is behind it."""

    def dress(self) -> Dress:
        """Only what can be asked about looks like a button."""
        return PLAIN if self.isEnabled() else MUTED


class FormSheet(ScrollColumn):
    """``asked(origin)`` when a figure is touched that has records behind it."""

    asked = Signal(tuple)

    def show_form(self, form: Form) -> None:
        """Show a form from its top."""
        told = "　".join(f"{one.label}{shown(one.cell.value)}" for one in form.head)
        parts: list[QWidget] = [words(told, "body")] if told else []
        for told_part in form.parts:
            part = told_part.filled if isinstance(told_part, FormTable) else told_part
            if part.title:
                parts.append(label(part.title, "section"))
            if isinstance(part, FormBoxes):
                parts.append(_boxes(part))
            elif part.is_figures:
                parts.append(self._figures(part))
            elif part.lines and self._has_room(part):
                parts.append(self._table(part, part.title or form.title))
            elif part.lines:
                parts += (self._row(part, line) for line in part.lines)
            else:
                parts.append(words(part.empty, "body"))
        if form.note:
            parts.append(words(form.note, "caption"))
        self.show_parts(tuple(parts))
        self.rows.addStretch(1)  # what the rows do not need is below them
        self.verticalScrollBar().setValue(0)

    def _has_room(self, part: FormTable) -> bool:
        """Whether every word of it fits into a table; else its lines are told in words."""
        metrics = QFontMetricsF(look.font(look.scaled(tokens.OPERATOR.body), 600))
        wide = sum(
            max(metrics.horizontalAdvance(one) for one in (column.title, *told))
            for column, *told in zip(
                part.columns,
                *([shown(cell.value) for cell in line] for line in part.lines),
                strict=True,
            )
        )
        pads = len(part.columns) * look.scaled(_CELL_PAD_PX)
        return len(part.columns) <= _MOST_COLUMNS and wide + pads <= self.viewport().width()

    def _figures(self, part: FormTable) -> QWidget:
        """One line of figures: each with its word, large enough to be touched."""
        made = QWidget()
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.scaled(tokens.GAP))
        across = _FIGURES_ACROSS[look.is_wide()]
        for place, (column, cell) in enumerate(zip(part.columns, part.rows[0], strict=True)):
            at = divmod(place, across)
            grid.addWidget(self._figure(column, cell), *at)
            grid.setColumnStretch(at[1], 1)
        return made

    def _figure(self, column: FormColumn, cell: FormCell) -> QWidget:
        tile = FigureTile(shown(cell.value) or say("form.no_figure"), column.title)
        tile.setFixedHeight(look.scaled(_FIGURE_PX))
        tile.setEnabled(bool(cell.origin))
        tile.clicked.connect(self._asker(cell.origin))
        return tile

    def _asker(self, origin: tuple[str, ...]) -> Callable[[], None]:
        return lambda: self.asked.emit(origin)

    def _row(self, part: FormTable, line: tuple[FormCell, ...]) -> QWidget:
        made = FormRow(*in_words(part, line))
        origin = tuple(dict.fromkeys(one for cell in line for one in cell.origin))
        made.setEnabled(bool(origin))
        made.clicked.connect(self._asker(origin))
        return made

    def _table(self, part: FormTable, name: str) -> QTableView:
        view = QTableView()
        model = FormModel(part)
        model.setParent(view)
        view.setModel(model)
        view.setAccessibleName(name)
        view.setSelectionMode(QTableView.SelectionMode.NoSelection)
        view.setShowGrid(False)
        view.setAlternatingRowColors(True)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(look.scaled(_ROW_PX))
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = view.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        widest = max(range(len(part.columns)), key=lambda at: part.columns[at].width)
        head.setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(look.scaled(56))
        lines = len(part.lines)
        view.setFixedHeight(head.sizeHint().height() + lines * look.scaled(_ROW_PX) + 4)
        view.clicked.connect(self._on_cell)
        view.activated.connect(self._on_cell)
        return view

    def _on_cell(self, at: QModelIndex) -> None:
        model = at.model()
        if isinstance(model, FormModel) and model.cell(at).origin:
            self.asked.emit(model.cell(at).origin)


def _boxes(part: FormBoxes) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(look.scaled(12))
    for place, one in enumerate(part.fields):
        grid.addWidget(label(one.label, "caption"), place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words(shown(one.cell.value), "body"), place, 1)
    grid.setColumnMinimumWidth(0, look.scaled(_LABEL_PX))
    grid.setColumnStretch(1, 1)
    return made
