"""Three large tiles at the foot of the backdrop, while nobody does anything on one screen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.words import say
from ui.lock.unlock_corner import HoldPart
from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.tile_paint import MAIN, MAIN_PRESSED, PLAIN, PRESSED, Dress

TILE_WIDE, TILE_HIGH = 300, 200
"""Of a 768-line screen, px; they grow with it."""
_LINES = 768


class IdleTile(HoldPart):
    """An icon above one or two lines."""

    def __init__(self, key: str, icon: str, *, main: bool = False) -> None:
        self._key, self._icon, self._main = key, icon, main
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.word)

    def rest_word(self) -> str:
        """See ``HoldPart``."""
        return say(self._key)

    def dress(self) -> Dress:
        """The day's own act in pine."""
        return MAIN if self._main else PLAIN

    def pressed_dress(self) -> Dress:
        """Under the finger."""
        return MAIN_PRESSED if self._main else PRESSED

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """Icon, words, and how long it has been held."""
        if self.share_held:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.ink(tokens.PINE_DEEP if self._main else tokens.PINE_TINT))
            done = place.adjusted(4, 4, -4, -4)
            done.setWidth(done.width() * self.share_held)
            painter.drawRoundedRect(done, tokens.RADIUS_TOUCH, tokens.RADIUS_TOUCH)
        inner = place.adjusted(16, place.height() * 0.1, -16, -place.height() * 0.08)
        side = inner.height() * 0.42
        icon = QRectF(inner.center().x() - side / 2, inner.top(), side, side)
        paint_icon(painter, self._icon, dress.text, icon)
        words = inner.adjusted(0, side * 1.15, 0, 0)
        word = fit(self.word, words.width(), words.height(), Setting(words.height(), 600, 2, 1.15))
        paint_fitted(painter, words, word, dress.text, 600)


class IdleTiles(QWidget):
    """``begin``, ``courses`` and ``operator``; whoever owns them says where each leads."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.begin = IdleTile("idle.begin", "play", main=True)
        self.courses = IdleTile("idle.courses", "book")
        self.operator = IdleTile("lock.operator", "lock")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for tile in (self.begin, self.courses, self.operator):
            self._row.addWidget(tile)
        self.hide()

    def lie_over(self, width: int, height: int) -> None:
        """At the foot of a backdrop of this size."""
        unit = min(height / _LINES, width / 1024)
        gap = round(24 * unit)
        self._row.setSpacing(gap)
        wide = round(TILE_WIDE * unit) * 3 + gap * 2
        high = round(TILE_HIGH * unit)
        self.setGeometry((width - wide) // 2, height - high - round(56 * unit), wide, high)
