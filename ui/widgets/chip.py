"""A status in one glance: a tinted chip with an icon and a word, never colour alone."""

from __future__ import annotations

from collections.abc import Hashable
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.theme.tokens import Theme
from ui.widgets.pixmap_cache import paint_kept
from ui.widgets.tap import TapPart
from ui.widgets.tile_paint import Dress


class ChipTone(StrEnum):
    """What a chip means."""

    GOOD = "good"
    WAITING = "waiting"
    PLAIN = "plain"
    TOLD = "told"
    CARE = "care"


_LOOKS: dict[ChipTone, tuple[str, str, str]] = {
    ChipTone.GOOD: (tokens.PINE_TINT, tokens.PINE, "check_circle"),
    ChipTone.WAITING: (tokens.AMBER_TINT, tokens.AMBER, "clock"),
    ChipTone.PLAIN: (tokens.MIST, tokens.INK2, "tell"),
    ChipTone.TOLD: (tokens.INDIGO_TINT, tokens.INDIGO, "tell"),
    ChipTone.CARE: (tokens.CINNABAR_TINT, tokens.CINNABAR, "care"),
}


def _size(texts: tuple[str, ...], px: float) -> QSize:
    metrics = QFontMetricsF(look.font(px, 600))
    width = max(metrics.horizontalAdvance(one) for one in texts)
    return QSize(round(width + px * 2.9) + 1, round(px * 2.2))


def _paint_word(
    painter: QPainter, place: QRectF, text: str, icon: str, accent: str, px: float
) -> None:
    """The icon, and the word beside it."""
    side = px * 1.15
    icon_place = QRectF(place.left() + px * 0.7, (place.height() - side) / 2, side, side)
    paint_icon(painter, icon, accent, icon_place)
    font = look.font(px, 600)
    painter.setFont(font)
    painter.setPen(look.ink(tokens.INK))
    metrics = QFontMetricsF(font)
    base = (place.height() + metrics.ascent() - metrics.descent()) / 2
    painter.drawText(round(place.left() + px * 2.1), round(base), text)


class StatusChip(QWidget):
    """An icon and a short word on a tint; as wide as the word needs, never cut."""

    def __init__(
        self,
        text: str = "",
        tone: ChipTone = ChipTone.PLAIN,
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._px: float | None = None
        self.text, self.tone, self._icon = text, tone, icon
        self.setAccessibleName(text)

    def set_px(self, px: float) -> None:
        """Set the word in ``px`` real pixels instead of the operator's size."""
        if px != self._px:
            self._px = px
            self.updateGeometry()
            self.update()

    def show_status(self, text: str, tone: ChipTone, *, icon: str = "") -> None:
        """Show another status; ``icon`` replaces the tone's own."""
        if (text, tone, icon) == (self.text, self.tone, self._icon):
            return
        self.text, self.tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon, word and room around."""
        return _size((self.text,), self._px or look.scaled(tokens.OPERATOR.body))

    def minimumSizeHint(self) -> QSize:
        """The same: a chip is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tint, the icon and the word."""
        shown = StatusChip, self.text, self.tone, self._icon, self._px
        paint_kept(self, shown, self._draw)

    def _draw(self, painter: QPainter, place: QRectF) -> None:
        ground, accent, own_icon = _LOOKS[self.tone]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(look.ink(ground))
        frame = 0.0
        if look.theme() is Theme.STARK and not look.is_own():  # there is no tint to tell them by
            frame = 3.0 if self.tone in (ChipTone.WAITING, ChipTone.CARE) else 1.0
            painter.setPen(QPen(look.ink(tokens.INK), frame))
        inside = place.adjusted(frame / 2, frame / 2, -frame / 2, -frame / 2)
        painter.drawRoundedRect(inside, inside.height() / 2, inside.height() / 2)
        px = self._px or look.scaled(tokens.OPERATOR.body)
        middle = QRectF(place)
        middle.setLeft(max((place.width() - _size((self.text,), px).width()) / 2, 0))
        _paint_word(painter, middle, self.text, self._icon or own_icon, accent, px)


class ChipButton(TapPart):
    """The same to touch: ``clicked`` leads to where more is said. ``wide``: as wide as its place."""

    def __init__(self, leads_to: str, *, icon: str = "", wide: bool = False) -> None:
        super().__init__("")
        self._wide = wide
        self._leads_to, self._own_icon = leads_to, icon
        self._reserved: tuple[str, ...] = ()
        self.words, self.tone = "", ChipTone.PLAIN
        across = QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    def reserve(self, *texts: str) -> None:
        """Be as wide as the widest of these, whatever is said: nothing beside it moves."""
        self._reserved = texts
        self.updateGeometry()

    def show_status(self, text: str, tone: ChipTone) -> None:
        """Show another status."""
        if (text, tone) == (self.words, self.tone):
            return
        self.words, self.tone = text, tone
        self.setAccessibleName(f"{text} {self._leads_to}")
        self.updateGeometry()
        self.update()

    def dress(self) -> Dress:
        """The tint, with an edge that says it can be touched."""
        ground, accent, _icon = _LOOKS[self.tone]
        return Dress(ground, accent, tokens.INK, 2)

    def content(self) -> Hashable:
        """Word, tone and icon."""
        return (self.words, self.tone, self._own_icon)

    def sizeHint(self) -> QSize:
        """Icon, word and room around, high enough for a finger."""
        size = _size((self.words, *self._reserved), look.scaled(tokens.OPERATOR.body))
        return QSize(size.width(), max(size.height(), look.scaled(tokens.CONTROL)))

    def minimumSizeHint(self) -> QSize:
        """The same: a chip is never cut; a wide one has less air, and smaller letters."""
        size = self.sizeHint()
        if not self._wide:
            return size
        least = _size((self.words,), tokens.OPERATOR.floor).width() - look.scaled(20)
        return QSize(least, size.height())

    def paint_content(self, painter: QPainter, place: QRectF, _dress: Dress) -> None:
        """Icon and word."""
        _ground, accent, icon = _LOOKS[self.tone]
        px: float = look.scaled(tokens.OPERATOR.body)
        while px > tokens.OPERATOR.floor and _size((self.words,), px).width() > place.width() + px:
            px -= 1
        middle = QRectF(place)
        middle.setLeft(max((place.width() - _size((self.words,), px).width()) / 2, -px * 0.45))
        _paint_word(painter, middle, self.words, self._own_icon or icon, accent, px)
