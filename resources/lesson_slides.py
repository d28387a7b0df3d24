"""One slide of a sample lesson as a picture: words at the left, the drawing at the right."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter

from resources.lesson_drawings import DRAWINGS
from resources.lesson_strokes import (
    AMBER_TINT,
    CARD,
    CINNABAR,
    CINNABAR_TINT,
    HAIR,
    INDIGO_TINT,
    INK,
    PAPER,
    PINE,
    PINE_TINT,
    Painter,
)

WIDTH, HEIGHT = 1280, 720
FACE = "Noto Sans CJK SC"
PANEL_LEFT = 808
MARGIN = 56
TITLE_PX, BODY_PX = 96, 56
LINE_STEP = 96
GROUNDS = {
    "pine": PINE_TINT,
    "amber": AMBER_TINT,
    "cinnabar": CINNABAR_TINT,
    "indigo": INDIGO_TINT,
}


@dataclass(frozen=True, slots=True)
class Slide:
    """What a slide shows; ``lit`` is the line spoken now, from 1, or 0."""

    title: str
    lines: tuple[str, ...]
    drawing: str
    ground: str
    seal: str
    place: int
    count: int
    lit: int


def draw_slide(slide: Slide) -> QImage:
    """The slide as a 1280 × 720 picture."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(PAPER)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(QFont(FACE))
    _panel(painter, slide)
    foot = _title(painter, slide.title)
    _lines(painter, slide, foot)
    _progress(painter, slide)
    painter.end()
    return image


def _panel(painter: Painter, slide: Slide) -> None:
    painter.fillRect(QRectF(PANEL_LEFT, 0, WIDTH - PANEL_LEFT, HEIGHT), GROUNDS[slide.ground])
    painter.fillRect(QRectF(PANEL_LEFT, 0, 6, HEIGHT), PINE)
    painter.save()
    painter.translate(PANEL_LEFT + 16, 152)
    scale = (WIDTH - PANEL_LEFT - 26) / 520
    painter.scale(scale, scale)
    DRAWINGS[slide.drawing](painter)
    painter.restore()
    _seal(painter, slide.seal)


def _seal(painter: Painter, signs: str) -> None:
    """The lesson's seal: two signs, one under the other, cut into cinnabar."""
    place = QRectF(WIDTH - 92, 24, 68, 116)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(CINNABAR)
    painter.drawRoundedRect(place, 10, 10)
    painter.setFont(_font(48, bold=True))
    painter.setPen(CARD)
    for at, sign in enumerate(signs):
        line = QRectF(place.left(), place.top() + 5 + at * 52, place.width(), 54)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, sign)


def _title(painter: Painter, title: str) -> float:
    """Write the title; where it ends."""
    painter.setPen(INK)
    top = 44.0
    for line in title.split("\n"):
        size = _fitting(line, TITLE_PX, PANEL_LEFT - MARGIN - 30, bold=True)
        painter.setFont(_font(size, bold=True))
        painter.drawText(
            QRectF(MARGIN, top, PANEL_LEFT - MARGIN, 124),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            line,
        )
        top += 118
    painter.fillRect(QRectF(MARGIN + 4, top + 16, 132, 8), PINE)
    return top + 24


def _lines(painter: Painter, slide: Slide, top: float) -> None:
    free = 596 - top
    begins = top + max(20.0, (free - LINE_STEP * len(slide.lines)) / 2)
    width = PANEL_LEFT - MARGIN - 60
    size = min(_fitting(line, BODY_PX, width - 34, bold=True) for line in slide.lines)
    for at, line in enumerate(slide.lines, start=1):
        place = QRectF(MARGIN, begins + (at - 1) * LINE_STEP, width + 36, LINE_STEP - 10)
        lit = at == slide.lit
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(AMBER_TINT)
            painter.drawRoundedRect(place.adjusted(-20, 0, 0, 0), 12, 12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(CINNABAR if lit else PINE)
        painter.drawEllipse(QPointF(MARGIN + 12, place.center().y()), 9, 9)
        painter.setFont(_font(size, bold=lit))
        painter.setPen(INK)
        painter.drawText(
            place.adjusted(38, 0, 20, 0),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            line,
        )


def _progress(painter: Painter, slide: Slide) -> None:
    for step in range(slide.count):
        colour = PINE if step <= slide.place else HAIR
        painter.fillRect(QRectF(MARGIN + 4 + step * 64, 682, 52, 10), colour)


def _fitting(text: str, largest: int, width: float, *, bold: bool) -> int:
    for size in range(largest, 30, -1):
        if QFontMetricsF(_font(size, bold=bold)).horizontalAdvance(text) <= width:
            return size
    return 30


def _font(size: int, *, bold: bool) -> QFont:
    font = QFont(FACE)
    font.setPixelSize(size)
    font.setBold(bold)
    return font
