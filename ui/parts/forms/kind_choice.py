"""Choosing the kind of a session: all of them as large words, the ordinary one first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.areas.sessions.activity_lines import kind_word
from app.areas.sessions.kinds import SessionKind
from app.words import say
from ui.parts.layout import ScrollColumn, column, row
from ui.theme import look, tokens
from ui.widgets.buttons import SecondaryButton
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import label

ACROSS = 3


class KindChoice(QWidget):
    """``chosen`` is told the kind that was touched."""

    def __init__(self, chosen: Callable[[SessionKind], None], back: Callable[[], None]) -> None:
        super().__init__()
        self._across = ACROSS
        self._grid = grid = QGridLayout()
        grid.setSpacing(look.scaled(tokens.GAP))
        self.buttons: dict[SessionKind, FitButton] = {}
        for kind in SessionKind:
            button = self.buttons[kind] = FitButton(kind_word(kind))
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
            button.clicked.connect(partial(chosen, kind))
        self._arrange(ACROSS)
        leave = SecondaryButton(say("op.cancel"))
        leave.clicked.connect(back)
        self._place = place = ScrollColumn()
        place.rows.setAlignment(Qt.AlignmentFlag(0))
        place.rows.addLayout(grid, 1)
        rows = column(label(say("op.kind.choose"), "section"), place, row(leave, None))
        rows.setStretch(1, 1)
        self.setLayout(rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two beside one another where three could not be read."""
        super().resizeEvent(event)
        room = self.width() - self._place.verticalScrollBar().sizeHint().width() - look.scaled(4)
        each = (room - (ACROSS - 1) * self._grid.spacing()) // ACROSS
        across = ACROSS if all(one.reads_in(each) for one in self.buttons.values()) else 2
        if across != self._across:
            self._arrange(across)

    def _arrange(self, across: int) -> None:
        self._across = across
        for at, button in enumerate(self.buttons.values()):
            self._grid.addWidget(button, at // across, at % across)
        for at in range(ACROSS):
            self._grid.setColumnStretch(at, int(at < across))
