"""The seal: one square of cinnabar with one sign, the station's only red surface."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.words import say
from ui.theme import look, tokens
from ui.widgets.fit.text import Setting, fit, paint_fitted


def paint_seal(painter: QPainter, place: QRectF, sign: str) -> None:
    """Draw the seal with ``sign`` into a square."""
    side = place.width()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.ink(tokens.CINNABAR))
    painter.drawRoundedRect(place, side * 0.12, side * 0.12)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.ink(tokens.PAPER), max(side * 0.025, 1)))
    inset = side * 0.085
    line = place.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(line, side * 0.06, side * 0.06)
    fitted = fit(sign, side * 0.8, side * 0.8, Setting(side * 0.58, 700, 1, 1.1))
    paint_fitted(painter, place, fitted, tokens.CARD, 700)


class Seal(QWidget):
    """The seal as a widget, ``side`` real px."""

    def __init__(self, side: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(say("member.seal.spoken"))

    def set_side(self, side: int) -> None:
        """Make it ``side`` real px."""
        if side != self._side:
            self._side = side
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        side = self._side or look.scaled(48)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """The same square."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        side = min(self.width(), self.height())
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_seal(QPainter(self), place, say("member.seal"))
