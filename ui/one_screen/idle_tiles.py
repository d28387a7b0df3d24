"""Nobody does anything on one screen: the backdrop, and below it three large tiles to begin by."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.words import say
from ui.audience.picture.scenes import paint_room
from ui.audience.state import AudienceState
from ui.lock.unlock_corner import HoldPart
from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.tile_paint import MAIN, MAIN_PRESSED, PLAIN, PRESSED, Dress

TILE_WIDE, TILE_HIGH, GAP = 300, 200, 28
"""Of a screen of 768 lines, px; they grow with it."""
_LINES, _ACROSS = 768, 1024
_WORD = 0.19
"""Of a tile's height: all three words are set alike."""


class IdleTile(HoldPart):
    """An icon above one or two lines."""

    def __init__(self, key: str, icon: str, parent: QWidget, *, main: bool = False) -> None:
        self._key, self._icon, self._main = key, icon, main
        super().__init__(parent)
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """In the colours of the room's picture, whatever the theme of the windows is."""
        with look.own_colours():
            super().paintEvent(event)

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """Icon, words, and how long it has been held."""
        if self.share_held:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.ink(tokens.PINE_DEEP if self._main else tokens.PINE_TINT))
            done = place.adjusted(4, 4, -4, -4)
            done.setWidth(done.width() * self.share_held)
            painter.drawRoundedRect(done, tokens.RADIUS_TOUCH, tokens.RADIUS_TOUCH)
        high = place.height()
        inner = place.adjusted(12, high * 0.12, -12, -high * 0.08)
        side = high * 0.34
        icon = QRectF(inner.center().x() - side / 2, inner.top(), side, side)
        paint_icon(painter, self._icon, dress.text, icon)
        words = inner.adjusted(0, side + high * 0.04, 0, 0)
        wish = Setting(high * _WORD, 600, 2, 1.15)
        word = fit(self.word, words.width(), words.height(), wish)
        paint_fitted(painter, words, word, dress.text, 600)


class IdleScreen(QWidget):
    """``begin``, ``courses`` and ``operator``; whoever owns them says where each leads."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = AudienceState()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.begin = IdleTile("idle.begin", "play", self, main=True)
        self.courses = IdleTile("idle.courses", "book", self)
        self.operator = IdleTile("lock.operator", "lock", self)
        self.tiles = (self.begin, self.courses, self.operator)
        self.hide()

    def show_state(self, shown: AudienceState) -> None:
        """Paint this backdrop above the tiles, with the words of the language in use."""
        for tile in self.tiles:
            tile.setAccessibleName(tile.word)
        if shown != self._shown:
            self._shown = shown
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three tiles in the middle of the foot."""
        super().resizeEvent(event)
        unit = self._unit()
        wide, high, gap = (round(one * unit) for one in (TILE_WIDE, TILE_HIGH, GAP))
        left = (self.width() - 3 * wide - 2 * gap) // 2
        for number, tile in enumerate(self.tiles):
            tile.setGeometry(left + number * (wide + gap), self.height() - high - gap, wide, high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The backdrop over what the tiles leave."""
        painter = QPainter(self)
        dark = self._shown.dark
        painter.fillRect(self.rect(), QColor(tokens.NIGHT if dark else tokens.PAPER))
        foot = (TILE_HIGH + GAP) * self._unit()
        paint_room(painter, QSizeF(self.width(), self.height() - foot), self._shown)

    def _unit(self) -> float:
        return min(self.height() / _LINES, self.width() / _ACROSS)
