"""The sheet "which ones?": the sessions behind a figure, over the window; a touch opens one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.areas.sessions.views import SessionView
from app.words import say
from ui.parts.layout import ScrollColumn, row
from ui.parts.lists.course_row import CourseRow, CourseShown
from ui.parts.overlay import Overlay, lie_over
from ui.state.formatting import day_of
from ui.theme import look, tokens
from ui.widgets.buttons import QuietButton
from ui.widgets.panel import label

WIDTH = 560


class BehindSheet(Overlay):
    """``chosen(id)`` when a session is touched, ``put_away`` when nobody asks any more."""

    chosen = Signal(str)
    put_away = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self.card = QFrame()
        self.card.setProperty("role", "card")
        rows = QVBoxLayout(self.card)
        pad = look.scaled(24)
        rows.setContentsMargins(pad, look.scaled(16), pad, look.scaled(16))
        rows.setSpacing(look.scaled(tokens.GAP))
        self.title = label("", "section")
        self.close_button = QuietButton(say("help.close"), icon="cross")
        self.close_button.clicked.connect(self.put_away)
        head = row(self.title, self.close_button)
        head.setStretch(0, 1)
        self.list = ScrollColumn()
        rows.addLayout(head)
        rows.addWidget(self.list, 1)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self.card, 1, Qt.AlignmentFlag.AlignRight)

    def show_sessions(self, found: tuple[SessionView, ...] | None) -> None:
        """Show these, or go away."""
        if found is None:
            if self.isVisible():
                self.hide()
                self._owner.setFocus()  # never to the next button by chance
            return
        lie_over(self, self._owner)
        self.title.setText(say("op.books.behind", count=len(found)))
        parts = []
        for view in found:
            part = CourseRow(_row_of(view))
            part.clicked.connect(lambda _on=False, one=view.session.id: self.chosen.emit(one))
            parts.append(part)
        self.list.show_parts(tuple(parts))
        self.cover()
        self.card.setFixedWidth(min(look.scaled(WIDTH), self.width() - look.scaled(24)))
        self.close_button.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch beside the sheet puts it away."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.put_away.emit()


def _row_of(view: SessionView) -> CourseShown:
    turnout = view.turnout
    came = say("op.records.line", arrived=turnout.arrived, expected=turnout.expected)
    return CourseShown(title=view.session.title, under=(day_of(view.session.held_ms), came))
