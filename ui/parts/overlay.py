"""A veil over the whole window with one thing on it: what lies below waits."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

_VEIL = QColor(0, 0, 0, 110)


class Overlay(QWidget):
    """Covers its parent, and grows with it; put the one thing in by ``hold``."""

    def __init__(self, parent: QWidget, ground: QColor = _VEIL) -> None:
        super().__init__(parent)
        self._ground = ground
        self.setProperty("veil", True)
        self._rows = QVBoxLayout(self)
        parent.installEventFilter(self)
        self.hide()

    def hold(self, part: QWidget) -> None:
        """Show this in the middle."""
        self._rows.addStretch(1)
        self._rows.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        self._rows.addStretch(1)

    def cover(self) -> None:
        """Lie over everything."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Grow with the window."""
        if event.type() == QEvent.Type.Resize and shiboken6.isValid(self) and self.isVisible():
            parent = self.parentWidget()
            if parent is not None:
                self.setGeometry(parent.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        QPainter(self).fillRect(self.rect(), self._ground)
