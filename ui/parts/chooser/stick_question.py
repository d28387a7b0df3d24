"""Several sticks are in place: which one? A card over the page with one large row for each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.words import say
from ui.parts.chooser.listing import name_to_show
from ui.parts.lists.course_row import CourseRow, CourseShown
from ui.parts.overlay import CardOverlay

WIDE_PX = 640


class StickQuestion(CardOverlay):
    """``ask`` shows it; Esc or the button puts it away and nothing happens."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title.setText(say("op.sending.which_stick"))
        self.close_button.setText(say("choose.none_of_them"))
        self.sticks: list[CourseRow] = []

    def ask(self, sticks: tuple[Path, ...], then: Callable[[Path], None]) -> None:
        """``then`` gets the one that is touched."""
        for old in self.sticks:
            self.rows.removeWidget(old)
            old.deleteLater()
        self.rows.removeWidget(self.close_button)
        self.sticks = []
        for stick in sticks:
            name = say("choose.stick", name=name_to_show(stick.name or str(stick)))
            line = CourseRow(CourseShown(name, (name_to_show(str(stick)),), icon="usb"))
            line.clicked.connect(partial(self._on_touched, stick, then))
            self.sticks.append(line)
            self.rows.addWidget(line)
        self.rows.addWidget(self.close_button)
        self.open_wide(WIDE_PX, ())

    def _on_touched(self, stick: Path, then: Callable[[Path], None], _on: bool = False) -> None:
        self.hide()
        then(stick)
