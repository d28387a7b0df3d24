"""A place of 16:9 for the picture the room sees, as large as the layout allows."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import look


class MirrorBox(QWidget):
    """Holds one widget centred in the largest 16:9 place."""

    def __init__(self, mirror: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mirror = mirror
        mirror.setParent(self)
        mirror.setMinimumSize(1, 1)  # the box says how small; a picture is shown whole
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """A quarter of a large screen."""
        return QSize(look.scaled(400), look.scaled(225))

    def minimumSizeHint(self) -> QSize:
        """Still to be made out."""
        return QSize(look.scaled(176), look.scaled(99))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep 16:9, centred."""
        super().resizeEvent(event)
        width = min(self.width(), self.height() * 16 // 9)
        height = width * 9 // 16
        self._mirror.setGeometry(
            QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)
        )
