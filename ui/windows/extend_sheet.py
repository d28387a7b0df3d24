"""Over the operator's window when the room has no screen of its own: what to press, drawn."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.words import say
from ui.audience.picture.extend_picture import ExtendPicture
from ui.parts.layout import words
from ui.parts.overlay import CardOverlay


class ExtendSheet(CardOverlay):
    """``cover_now`` opens it; it goes by its button, or by itself when a screen comes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title.setText(say("room.extend.title"))
        self.setAccessibleName(say("room.extend.title"))
        self.picture, self._said = ExtendPicture(), words(say("room.extend.also"), "body")
        for part in (self.picture, self._said, self.close_button):
            self.rows.addWidget(part)

    def cover_now(self) -> None:
        """Lie over everything; Enter closes it."""
        self.open_wide(820, [self._said])
