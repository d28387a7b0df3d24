"""A value one sets by hand: a wheel that scrolls the page over it changes nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider

from ui.theme import look, tokens


class HandSlider(QSlider):
    """Lies across; hears the wheel only while it has the focus, else the page scrolls."""

    def __init__(self, name: str, most: int = 100, step: int = 5) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, most)
        self.setPageStep(step)
        self.setMinimumHeight(look.scaled(tokens.CONTROL))
        self.setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page unless somebody is setting this value."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
