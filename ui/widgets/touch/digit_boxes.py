"""The digits typed so far in boxes, and below a bar that shrinks before they are wiped."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.words import say
from ui.theme import look, tokens
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.tile_paint import Dress, paint_tile

ECHO_MS = 500
DOT = "●"


class DigitBoxes(QWidget):
    """So many boxes; the one to be filled next has a pine border. Digits stand there as dots:
    they are a key, and others may look on. ``echoes`` shows the newest one for half a second."""

    def __init__(self, boxes: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes = boxes
        self.digits = ""
        self.echoes = False
        self._echo = QTimer(self, singleShot=True, interval=ECHO_MS)
        self._echo.timeout.connect(self.update)
        self._px, self._gap = 72.0, 16
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_digits("")

    def show_digits(self, digits: str) -> None:
        """Show these digits."""
        if digits != self.digits:
            if self.echoes and len(digits) > len(self.digits):
                self._echo.start()
            else:
                self._echo.stop()
            self.update()
        self.digits = digits
        self.setAccessibleName(say("member.digits.spoken", count=len(digits)))

    @property
    def shown(self) -> str:
        """What stands in the boxes."""
        dots = DOT * len(self.digits)
        return dots[:-1] + self.digits[-1:] if self._echo.isActive() else dots

    def measure(self, px: float, gap: int) -> None:
        """Digits up to ``px`` real pixels, ``gap`` between the boxes."""
        if (px, gap) != (self._px, self._gap):
            self._px, self._gap = px, gap
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Boxes a little wider than their digits."""
        return QSize(round(self._px * 1.15 * self._boxes + self._gap * 3), round(self._px * 1.45))

    def minimumSizeHint(self) -> QSize:
        """Boxes as narrow as a digit allows."""
        return QSize(round(self._px * 0.7 * self._boxes + self._gap), round(self._px * 1.1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the boxes."""
        painter = QPainter(self)
        gap = min(self._gap, self.width() * 0.04)
        wide = (self.width() - gap * (self._boxes - 1)) / self._boxes
        for number in range(self._boxes):
            place = QRectF(number * (wide + gap), 0, wide, self.height())
            filled, next_one = number < len(self.digits), number == len(self.digits)
            border = tokens.PINE if filled or next_one else tokens.LINE
            dress = Dress(tokens.CARD, border, tokens.INK, 4 if next_one else 2)
            paint_tile(painter, place, dress, tokens.RADIUS_TOUCH)
            if filled:
                sign = self.shown[number]
                px = self._px * (0.6 if sign == DOT else 1)
                digit = fit(sign, wide - 8, self.height(), Setting(px, 600, 1, 1.05))
                paint_fitted(painter, place, digit, tokens.INK, 600)


class WipeBar(QWidget):
    """A thin bar that shrinks to nothing in ``whole_ms``; it only shows, it wipes nothing."""

    def __init__(self, whole_ms: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole_ms = whole_ms
        self._since = QElapsedTimer()
        self._beat = QTimer(self, interval=50)
        self._beat.timeout.connect(self.update)
        self.setFixedHeight(8)

    @property
    def is_running(self) -> bool:
        """Whether it is shrinking."""
        return self._beat.isActive()

    def run(self, *, on: bool) -> None:
        """Begin to shrink, or vanish."""
        if on == self.is_running:
            return
        if on:
            self._since.start()
            self._beat.start()
        else:
            self._beat.stop()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what is left."""
        if not self.is_running:
            return
        left = max(1 - self._since.elapsed() / self._whole_ms, 0.0)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.ink(tokens.AMBER))
        half = self.height() / 2
        painter.drawRoundedRect(QRectF(0, 0, self.width() * left, self.height()), half, half)
