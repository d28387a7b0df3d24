"""Which stick, or which place? A card over the page with one large row for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.words import say
from ui.parts.chooser.listing import FilePlace, name_to_show
from ui.parts.lists.course_row import CourseRow, CourseShown
from ui.parts.overlay import CardOverlay

WIDE_PX = 640
PLACE_ICONS = {"stick": "usb", "desktop": "screen", "documents": "note"}


class RowQuestion(CardOverlay):
    """Esc or the button puts it away and nothing happens."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.title.setText(title)
        self.close_button.setText(say("choose.none_of_them"))
        self.lines: list[CourseRow] = []

    def show_rows(self, rows: Iterable[tuple[CourseShown, Callable[[], None]]]) -> None:
        """Ask among these; what is touched is called."""
        for old in self.lines:
            self.rows.removeWidget(old)
            old.deleteLater()
        self.rows.removeWidget(self.close_button)
        self.lines = []
        for shown, then in rows:
            line = CourseRow(shown)
            line.clicked.connect(partial(self._on_touched, then))
            self.lines.append(line)
            self.rows.addWidget(line)
        self.rows.addWidget(self.close_button)
        self.open_wide(WIDE_PX, ())

    def _on_touched(self, then: Callable[[], None], _on: bool = False) -> None:
        self.hide()
        then()


class StickQuestion(RowQuestion):
    """Several sticks are in place: ``ask`` which one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, say("op.sending.which_stick"))

    def ask(self, sticks: tuple[Path, ...], then: Callable[[Path], None]) -> None:
        """``then`` gets the one that is touched."""
        self.show_rows(
            (
                CourseShown(_stick_word(stick), (name_to_show(str(stick)),), icon="usb"),
                partial(then, stick),
            )
            for stick in sticks
        )


class PlaceQuestion(RowQuestion):
    """Where is it to be put: a stick, the desktop, the documents?"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, say("choose.where_to"))

    def ask(self, places: tuple[FilePlace, ...], then: Callable[[FilePlace], None]) -> None:
        """``then`` gets the one that is touched; where there is one alone nobody is asked."""
        if len(places) == 1:
            then(places[0])
            return
        self.show_rows(
            (CourseShown(_place_word(one), icon=PLACE_ICONS[one.kind]), partial(then, one))
            for one in places
        )


def _place_word(one: FilePlace) -> str:
    return _stick_word(one.path) if one.kind == "stick" else say(f"choose.{one.kind}")


def _stick_word(stick: Path) -> str:
    return say("choose.stick", name=name_to_show(stick.name or str(stick)))
