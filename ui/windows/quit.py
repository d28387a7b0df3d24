"""Leaving the program: asked only while a session runs, and always in the same order."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.words import say
from ui.parts.forms.confirm import ConfirmQuestion
from ui.parts.overlay import Overlay, wrap
from ui.theme import look


class QuitQuestion(Overlay):
    """Lies over the window and asks; ``leave`` when the answer is yes."""

    leave = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.question = ConfirmQuestion(self)
        self.hold(self.question, above=2, below=3)
        self.question.no.clicked.connect(self.hide)
        self.question.yes.clicked.connect(self.leave)

    def ask(self, title: str) -> None:
        """Ask whether to leave a session that runs."""
        self.question.ask(
            say("op.quit.ask", title=title), say("op.quit.stay"), say("op.quit.leave")
        )
        self.cover()
        width = min(look.scaled(640), self.width() - look.scaled(48))
        self.question.setFixedWidth(width)
        wrap(self.question.text, width - 2 * look.scaled(20))
        self.question.no.setFocus()
