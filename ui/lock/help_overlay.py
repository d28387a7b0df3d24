"""F1 where no page of the operator is in front: on a locked sheet, and at the first setting up.

It can only be read there: a printer's or a file's own window would lead members past the lock.
"""

from __future__ import annotations

from itertools import count, takewhile

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.words import CATALOGUE, say
from ui.parts.layout import words
from ui.parts.overlay import Overlay
from ui.theme import look
from ui.widgets.buttons import PrimaryButton
from ui.widgets.panel import label


def lines_of(page: str) -> tuple[str, ...]:
    """What is to be known (``help.PAGE.1`` …), in the order of need."""
    keys = (f"help.{page}.{number}" for number in count(1))
    return tuple(say(key) for key in takewhile(CATALOGUE.__contains__, keys))


def title_of(page: str) -> str:
    """The sheet's title."""
    return say("help.title", page=say(f"help.page.{page}"))


class HelpOverlay(Overlay):
    """Hidden until ``open``; ``closed`` when it goes."""

    closed = Signal()

    def __init__(self, parent: QWidget, page: str) -> None:
        super().__init__(parent)
        self.card = QFrame()
        self.card.setProperty("role", "card")
        rows = QVBoxLayout(self.card)
        pad = look.scaled(28)
        rows.setContentsMargins(pad, pad, pad, pad)
        rows.setSpacing(look.scaled(14))
        self.title = label(title_of(page), "title")
        rows.addWidget(self.title)
        self.lines = [words(f"{at}.  {line}") for at, line in enumerate(lines_of(page), 1)]
        for line in self.lines:
            line.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            rows.addWidget(line)
        self.close_button = PrimaryButton(say("help.close"))
        rows.addSpacing(look.scaled(8))
        rows.addWidget(self.close_button)
        self.hold(self.card)
        self.close_button.clicked.connect(self.hide)

    def open(self) -> None:
        """Show the sheet."""
        around = self.parentWidget()
        room = self.width() if around is None else around.width()
        width = min(look.scaled(860), max(room - look.scaled(96), 400))
        self.card.setFixedWidth(width)
        for line in self.lines:
            # A layout in the middle of a veil asks nobody how high words get when they wrap.
            line.ensurePolished()
            line.setMinimumHeight(line.heightForWidth(width - 2 * look.scaled(28)))
        self.cover()
        self.close_button.setFocus()

    def focusNextPrevChild(self, _following: bool) -> bool:
        """Tab stays on the sheet."""
        self.close_button.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, F1 and Enter close it; no key goes further."""
        keys = (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in keys:
            self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """The keypad listens again."""
        super().hideEvent(event)
        self.closed.emit()
