"""F1: one sheet about the page in front, to read or to print."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, takewhile
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.words import CATALOGUE, say
from ui.parts.layout import row, words
from ui.parts.overlay import Overlay
from ui.state.page_names import PageName
from ui.theme import look
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.panel import label

if TYPE_CHECKING:
    from ui.printing.paper import Paper


def help_lines(place: PageName) -> tuple[str, ...]:
    """What is to be known of a page, in the order of need."""
    keys = (f"help.{place.value}.{number}" for number in count(1))
    return tuple(say(key) for key in takewhile(CATALOGUE.__contains__, keys))


def help_title(place: PageName) -> str:
    """The sheet's title."""
    return say("help.title", page=say(f"help.page.{place.value}"))


def draw_help(paper: Paper, place: PageName) -> None:
    """The same sheet on paper, in letters for the wall."""
    from ui.printing.paper import CENTRE, INNER_MM, MARGIN_MM

    paper.text((MARGIN_MM, 16, INNER_MM, 14), help_title(place), size=9, weight=700, align=CENTRE)
    y = 44.0
    for number, line in enumerate(help_lines(place), 1):
        paper.text((MARGIN_MM, y, 10, 8), str(number), size=6.5, weight=700)
        box = (MARGIN_MM + 12, y + 0.5, INNER_MM - 12, 60)
        y += paper.paragraph(box, line, size=6.5) + 8


class HelpSheet(Overlay):
    """``show_page`` opens it; ``printing`` is asked to print a page's sheet."""

    def __init__(self, parent: QWidget, printing: Callable[[PageName], None]) -> None:
        super().__init__(parent)
        self._place = PageName.TODAY
        card = QFrame()
        card.setProperty("role", "card")
        rows = QVBoxLayout(card)
        pad = look.scaled(28)
        rows.setContentsMargins(pad, pad, pad, pad)
        rows.setSpacing(look.scaled(14))
        self.title = label("", "title")
        rows.addWidget(self.title)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(look.scaled(12))
        rows.addLayout(self._lines)
        self.print_button = SecondaryButton(say("help.print"), icon="printer")
        self.close_button = PrimaryButton(say("help.close"))
        buttons = row(self.print_button, self.close_button)
        buttons.setStretch(0, 1)
        buttons.setStretch(1, 1)
        rows.addSpacing(look.scaled(8))
        rows.addLayout(buttons)
        self.card = card
        self.hold(card)
        self.print_button.clicked.connect(lambda: printing(self._place))
        self.close_button.clicked.connect(self.hide)

    def show_page(self, place: PageName) -> None:
        """Open the sheet of a page."""
        self._place = place
        self.title.setText(help_title(place))
        self.setAccessibleName(help_title(place))
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        width = min(look.scaled(860), max(self.parentWidget().width() - look.scaled(96), 400))
        self.card.setFixedWidth(width)
        for number, line in enumerate(help_lines(place), 1):
            shown = words(f"{number}.  {line}", "body")
            shown.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(shown)
            # A layout in the middle of a veil asks nobody how high words get when they wrap.
            shown.ensurePolished()
            shown.setMinimumHeight(shown.heightForWidth(width - 2 * look.scaled(28)))
        self.cover()
        self.close_button.setFocus()
