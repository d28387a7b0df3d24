"""F1: one sheet about the page in front, to read or to print."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.words import say
from ui.parts.layout import clear, row
from ui.parts.overlay import CardOverlay, help_lines, help_title, numbered
from ui.parts.session_frame import has_room
from ui.state.current_session import CurrentSession
from ui.state.page_names import PageName
from ui.theme import look
from ui.widgets.buttons import SecondaryButton

if TYPE_CHECKING:
    from ui.printing.paper import Paper


def draw_help(paper: Paper, place: PageName, *, spread: bool = False) -> None:
    """The same sheet on paper, in letters for the wall."""
    from ui.printing.paper import CENTRE, INNER_MM, MARGIN_MM

    paper.text((MARGIN_MM, 16, INNER_MM, 14), help_title(place), size=9, weight=700, align=CENTRE)
    y = 44.0
    for number, line in enumerate(help_lines(place, spread=spread), 1):
        paper.text((MARGIN_MM, y, 10, 8), str(number), size=6.5, weight=700)
        box = (MARGIN_MM + 12, y + 0.5, INNER_MM - 12, 60)
        y += paper.paragraph(box, line, size=6.5) + 8


def print_help(window: QWidget, room: CurrentSession, place: PageName) -> None:
    """Offer to print the sheet of a page."""
    from ui.printing.print_or_save import offer  # the printer's library is loaded to print

    spread = has_room(window)
    offer(window, room, lambda paper: draw_help(paper, place, spread=spread), help_title(place))


class HelpSheet(CardOverlay):
    """``show_page`` opens it; ``printing`` is asked to print a page's sheet."""

    def __init__(self, parent: QWidget, printing: Callable[[PageName], None]) -> None:
        super().__init__(parent)
        self._place = PageName.TODAY
        self._lines = QVBoxLayout()
        self._lines.setSpacing(look.scaled(12))
        self.rows.addLayout(self._lines)
        self.print_button = SecondaryButton(say("help.print"), icon="printer")
        self.practise = SecondaryButton(say("practice.begin"), icon="play")
        self.practise.clicked.connect(self.hide)
        buttons = row(self.practise, self.print_button, self.close_button)
        for at in range(3):
            buttons.setStretch(at, 1)
        self.rows.addSpacing(look.scaled(8))
        self.rows.addLayout(buttons)
        self.print_button.clicked.connect(lambda: printing(self._place))

    def show_page(self, place: PageName) -> None:
        """Open the sheet of a page."""
        self._place = place
        self.title.setText(help_title(place))
        self.setAccessibleName(help_title(place))
        clear(self._lines)
        lines = numbered(place, spread=has_room(self.window()))
        for line in lines:
            self._lines.addWidget(line)
        self.open_wide(860, lines)
