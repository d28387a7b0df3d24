"""Leaving the program: asked only while a session runs, and always in the same order."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.words import say
from ui.parts.forms.confirm import ConfirmQuestion
from ui.theme import look


class QuitQuestion(QWidget):
    """Lies over the window and asks; ``leave`` when the answer is yes."""

    leave = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("veil", True)
        self.question = ConfirmQuestion(self)
        rows = QVBoxLayout(self)
        rows.addStretch(2)
        rows.addWidget(self.question, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(3)
        self.question.no.clicked.connect(self.hide)
        self.question.yes.clicked.connect(self.leave)
        self.hide()

    def ask(self, title: str) -> None:
        """Ask whether to leave a session that runs."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.question.ask(
            say("op.quit.ask", title=title), say("op.quit.stay"), say("op.quit.leave")
        )
        width = min(look.scaled(640), self.width() - look.scaled(48))
        self.question.setFixedWidth(width)
        # A layout in the middle of a veil asks nobody how high words get when they wrap.
        text = self.question.text
        text.ensurePolished()
        text.setMinimumHeight(text.heightForWidth(width - 2 * look.scaled(20)))
        self.raise_()
        self.show()
        self.question.no.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A veil over what lies below."""
        veil = QColor(0, 0, 0, 110)
        QPainter(self).fillRect(self.rect(), veil)
