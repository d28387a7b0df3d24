"""The subtitle over the picture, drawn by us: bold, on a band of night, as large as the last row needs."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from ui.theme import look, tokens
from ui.widgets.fit.text import Setting, TextFit, fit, paint_fitted

MOST_LINES = 3
LOW = 0.08
"""The band's foot stands so much of the height above the screen's."""
WIDE = 0.92
_WEIGHT = 700
_TIGHT = 1.24
_BAND_OPACITY = 0.85


def subtitle_band(words: str, size: QSizeF, px: float) -> QRectF:
    """Where the band of these words lies on a screen; ``px`` is the font's of 1080 lines."""
    real = px * size.height() / 1080
    fitted = _fitted(words, size, real)
    metrics = QFontMetricsF(look.font(fitted.px, _WEIGHT))
    wide = max(metrics.horizontalAdvance(line) for line in fitted.lines) + fitted.px
    high = fitted.line_px * len(fitted.lines) + fitted.px * 0.3
    band = QRectF(0, 0, min(wide, size.width()), high)
    band.moveCenter(QPointF(size.width() / 2, 0))
    band.moveBottom(size.height() * (1 - LOW))
    return band


def paint_subtitle(painter: QPainter, size: QSizeF, words: str, px: float) -> None:
    """Draw the words and their band."""
    fitted = _fitted(words, size, px * size.height() / 1080)
    band = subtitle_band(words, size, px)
    ground = QColor(tokens.NIGHT)
    ground.setAlphaF(_BAND_OPACITY)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawRoundedRect(band, fitted.px * 0.16, fitted.px * 0.16)
    with look.own_colours():
        paint_fitted(painter, band, fitted, tokens.MOON, _WEIGHT)


def _fitted(words: str, size: QSizeF, real: float) -> TextFit:
    return fit(
        words,
        size.width() * WIDE,
        real * _TIGHT * MOST_LINES + 1,
        Setting(real, _WEIGHT, MOST_LINES, _TIGHT),
    )
