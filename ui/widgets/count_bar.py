"""How many have come, of how many: the number large, a bar below."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.words import say
from ui.theme import look, tokens
from ui.widgets.fit.text import Setting, fit, paint_fitted

_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom


class CountBar(QWidget):
    """``count_px`` is the largest the number may be (real px); None is the operator's size."""

    def __init__(self, *, count_px: float | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count_px = count_px
        self.arrived, self.expected, self.visitors = 0, 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_count(0, 0)

    def show_count(self, arrived: int, expected: int, visitors: int = 0) -> None:
        """Show ``arrived`` of ``expected``; ``visitors`` are told beside, never in the bar."""
        spoken = say("member.count.spoken", arrived=arrived, expected=expected)
        before = self.arrived, self.expected, self.visitors, self.accessibleName()
        self.arrived, self.expected, self.visitors = arrived, expected, visitors
        if (arrived, expected, visitors, spoken) != before:
            self.setAccessibleName(spoken)
            self.update()

    def set_count_px(self, px: float | None) -> None:
        """Let the number grow up to ``px`` real pixels."""
        if px != self._count_px:
            self._count_px = px
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Number, gap and bar."""
        return QSize(round(self._px() * 5), round(self._px() * 1.45))

    def minimumSizeHint(self) -> QSize:
        """Full height; the width may shrink the words."""
        return QSize(round(self._px() * 3), round(self._px() * 1.45))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw word, number, total, bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = self._px()
        bar_px = max(px * 0.16, 10)
        words = QRectF(0, 0, self.width(), self.height() - bar_px - px * 0.1)
        big = QRectF(words)
        self._paint_words(painter, words, big, px)
        bar = QRectF(0, self.height() - bar_px, self.width(), bar_px)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.ink(tokens.MIST))
        if look.worn(tokens.MIST) == look.worn(tokens.CARD):
            painter.setPen(QPen(look.ink(tokens.LINE), 1))  # a track of no other colour has an edge
        painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), bar_px / 2, bar_px / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        share = min(self.arrived / self.expected, 1.0) if self.expected else 0.0
        if share > 0:
            painter.setBrush(look.ink(tokens.PINE))
            bar.setWidth(max(bar.width() * share, bar_px))
            painter.drawRoundedRect(bar, bar_px / 2, bar_px / 2)

    def _paint_words(self, painter: QPainter, words: QRectF, big: QRectF, px: float) -> None:
        count = fit(str(self.arrived), words.width() * 0.4, px * 1.1, Setting(px, 700, 1, 1.0))
        of_all = say("member.count.of", expected=self.expected)
        if self.visitors:
            of_all += say("member.count.visitors", count=self.visitors)
        small = Setting(max(px * 0.38, look.scaled(20)), 600, 2, 1.15)
        total = fit(of_all, words.width() * 0.36, words.height(), small)
        count_px = _width(count.lines[0], count.px, 700)
        total_px = max(_width(line, total.px, 600) for line in total.lines)
        right = QRectF(words.right() - total_px, 0, total_px, words.height() - px * 0.08)
        paint_fitted(painter, right, total, tokens.INK, 600, _START)
        middle = QRectF(right.left() - count_px - px * 0.18, 0, count_px, big.height())
        paint_fitted(painter, middle, count, tokens.PINE, 700, _END)
        left = QRectF(0, 0, max(middle.left() - px * 0.2, 1), words.height() - px * 0.08)
        one_line = replace(small, lines=1)
        lead = fit(say("member.count.arrived"), left.width(), left.height(), one_line)
        paint_fitted(painter, left, lead, tokens.INK, 600, _START)

    def _px(self) -> float:
        return self._count_px or look.scaled(56)


def _width(text: str, px: float, weight: int) -> float:
    return QFontMetricsF(look.font(px, weight)).horizontalAdvance(text)
