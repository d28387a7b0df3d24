"""A large button for fingers: word as large as fits, icon before it, three weights of voice."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.tap import TapPart
from ui.widgets.tile_paint import MAIN, MAIN_PRESSED, PLAIN, PRESSED, Dress


class Voice(StrEnum):
    """How loudly a button asks to be tapped."""

    MAIN = "main"
    PLAIN = "plain"


class TouchButton(TapPart):
    """``clicked`` when tapped; its word wraps to two lines before it shrinks."""

    def __init__(
        self,
        word: str = "",
        *,
        icon: str = "",
        voice: Voice = Voice.PLAIN,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(word, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.word, self._icon, self.voice, self._px = word, icon, voice, 40.0

    def show_word(self, word: str, *, icon: str | None = None, voice: Voice | None = None) -> None:
        """Show another word, and another icon or voice if given."""
        shown = word, self._icon if icon is None else icon, voice or self.voice
        if shown == (self.word, self._icon, self.voice):
            return
        self.word, self._icon, self.voice = shown
        self.setAccessibleName(word)
        self.update()

    def measure(self, px: float, floor_px: int) -> None:
        """Word up to ``px`` real pixels; the button at least ``floor_px`` high."""
        self.setMinimumSize(floor_px, floor_px)
        if px != self._px:
            self._px = px
            self.updateGeometry()
            self.update()

    def dress(self) -> Dress:
        """By voice."""
        return MAIN if self.voice is Voice.MAIN else PLAIN

    def pressed_dress(self) -> Dress:
        """By voice."""
        return MAIN_PRESSED if self.voice is Voice.MAIN else PRESSED

    def sizeHint(self) -> QSize:
        """Icon and word in one line."""
        return QSize(round(self._px * (len(self.word) + 3)), round(self._px * 2.4))

    def word_px(self) -> int:
        """How large the word is set now."""
        return self._layout(QRectF(self.rect()))[0]

    def content(self) -> tuple[str, str, float]:
        """See ``TapPart``."""
        return self.word, self._icon, self._px

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """Draw icon and word in the middle."""
        px, side, room = self._layout(place)
        inner = place.adjusted(14, 6, -14, -6)
        word = fit(self.word, room, inner.height(), Setting(px, 600, 2, 1.14))
        metrics = QFontMetricsF(look.font(word.px, 600))
        wide = max(metrics.horizontalAdvance(line) for line in word.lines)
        gap = side * 0.35
        left = inner.center().x() - (wide + side + gap) / 2
        if side:
            icon_place = QRectF(left, inner.center().y() - side / 2, side, side)
            paint_icon(painter, self._icon, dress.text, icon_place)
        text_place = QRectF(left + side + gap, inner.top(), wide, inner.height())
        paint_fitted(painter, text_place, word, dress.text, 600)

    def _layout(self, place: QRectF) -> tuple[int, float, float]:
        inner = place.adjusted(14, 6, -14, -6)
        side = min(self._px * 1.1, inner.height() * 0.55, inner.width() * 0.22)
        side = side if self._icon else 0.0
        room = max(inner.width() - side * 1.35, tokens.GRID)
        return fit(self.word, room, inner.height(), Setting(self._px, 600, 2, 1.14)).px, side, room
