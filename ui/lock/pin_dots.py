"""How many digits of a PIN have been entered: full discs, never the digits."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.operator_pin import LEAST_DIGITS, MOST_DIGITS
from app.words import say
from ui.theme import look, tokens


class PinDots(QWidget):
    """Four places, and one more for each digit of a longer PIN."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show so many digits."""
        self.count = count
        self.setAccessibleName(say("lock.digits.spoken", count=count))
        self.update()

    def sizeHint(self) -> QSize:
        """A low line."""
        return QSize(look.scaled(320), look.scaled(56))

    def minimumSizeHint(self) -> QSize:
        """As low as a button."""
        return QSize(200, look.scaled(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the discs."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = max(LEAST_DIGITS, self.count)
        step = min(self.width() / MOST_DIGITS, look.scaled(52))
        radius = min(step * 0.32, self.height() * 0.32)
        left = (self.width() - step * places) / 2 + step / 2
        for place in range(places):
            full = place < self.count
            painter.setPen(QPen(look.ink(tokens.PINE if full else tokens.LINE), 2.5))
            painter.setBrush(look.ink(tokens.PINE) if full else Qt.BrushStyle.NoBrush)
            middle = QPointF(left + place * step, self.height() / 2)
            painter.drawEllipse(middle, radius, radius)
