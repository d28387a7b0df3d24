"""F1 where no page of the operator is in front: on a locked sheet, and at the first setting up."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, takewhile

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.words import CATALOGUE, say
from ui.pages.parts.layout import row, words
from ui.printing.paper import CENTRE, INNER_MM, MARGIN_MM, Paper
from ui.theme import look
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.panel import label
from ui.windows.veil import Veil


def lines_of(page: str) -> tuple[str, ...]:
    """What is to be known (``help.PAGE.1`` …), in the order of need."""
    keys = (f"help.{page}.{number}" for number in count(1))
    return tuple(say(key) for key in takewhile(CATALOGUE.__contains__, keys))


def title_of(page: str) -> str:
    """The sheet's title."""
    return say("help.title", page=say(f"help.page.{page}"))


def draw_page_help(paper: Paper, page: str) -> None:
    """The same sheet on paper."""
    paper.text((MARGIN_MM, 16, INNER_MM, 14), title_of(page), size=9, weight=700, align=CENTRE)
    y = 44.0
    for number, line in enumerate(lines_of(page), 1):
        paper.text((MARGIN_MM, y, 10, 8), str(number), size=6.5, weight=700)
        y += paper.paragraph((MARGIN_MM + 12, y + 0.5, INNER_MM - 12, 60), line, size=6.5) + 8


class PageHelp(Veil):
    """Hidden until ``open``; ``closed`` when it goes. Without ``printing`` it can only be read."""

    closed = Signal()

    def __init__(
        self, parent: QWidget, page: str, printing: Callable[[], None] | None = None
    ) -> None:
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
        self.print_button = SecondaryButton(say("help.print"), icon="printer")
        if printing is None:
            self.print_button.hide()
        self.close_button = PrimaryButton(say("help.close"))
        buttons = row(self.print_button, self.close_button)
        buttons.setStretch(1, 1)
        rows.addSpacing(look.scaled(8))
        rows.addLayout(buttons)
        self.hold(self.card)
        self.close_button.clicked.connect(self.hide)
        if printing is not None:
            self.print_button.clicked.connect(printing)

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
        other = self.print_button if self.close_button.hasFocus() else self.close_button
        if other.isVisible():
            other.setFocus(Qt.FocusReason.TabFocusReason)
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
