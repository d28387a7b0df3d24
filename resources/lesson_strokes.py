"""Colours and strokes that the lessons' drawings share; a drawing fills 520 × 520 units."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen

PAPER = QColor("#FBF8F1")
CARD = QColor("#FFFFFF")
INK = QColor("#1B2322")
HAIR = QColor("#D9D3C5")
PINE = QColor("#0E5A45")
PINE_TINT = QColor("#DDEBE3")
CINNABAR = QColor("#A3261B")
CINNABAR_TINT = QColor("#F8E4DF")
AMBER_TINT = QColor("#FCE8B8")
INDIGO = QColor("#1F4B73")
INDIGO_TINT = QColor("#DFE9F2")
GOLD = QColor("#D9962B")
BARK = QColor("#7A5230")
WOOD = QColor("#E9C99A")
LEAF = QColor("#3E8E5A")
DARK_LEAF = QColor("#2C6E45")
ORANGE = QColor("#E8892B")
STEEL = QColor("#8FA3B5")
SKIN = QColor("#F0C9A4")

Painter = QPainter


def pen(painter: Painter, colour: QColor = INK, width: float = 9) -> None:
    """Draw lines from now on with round ends; nothing is filled."""
    painter.setPen(
        QPen(
            colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        )
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)


def fill(painter: Painter, colour: QColor) -> None:
    """Fill shapes from now on, without an edge."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))


def both(painter: Painter, colour: QColor, width: float = 9) -> None:
    """Fill shapes from now on, with an edge of ink."""
    pen(painter, INK, width)
    painter.setBrush(QBrush(colour))


def line(
    painter: Painter, start: tuple[float, float], end: tuple[float, float], bend: float = 0
) -> None:
    """A line, or with ``bend`` a curve whose middle is moved that far to the left of its way."""
    path = QPainterPath(QPointF(*start))
    across, down = end[0] - start[0], end[1] - start[1]
    reach = math.hypot(across, down) or 1.0
    middle = QPointF(
        (start[0] + end[0]) / 2 + down / reach * bend * 2,
        (start[1] + end[1]) / 2 - across / reach * bend * 2,
    )
    path.quadTo(middle, QPointF(*end))
    painter.strokePath(path, painter.pen())


def shape(painter: Painter, *corners: tuple[float, float]) -> None:
    """A closed shape with straight edges."""
    painter.drawPolygon([QPointF(*corner) for corner in corners])


def word(painter: Painter, text: str, place: QRectF, size: int, colour: QColor = INK) -> None:
    """Bold words in the middle of ``place``."""
    font = QFont(painter.font())
    font.setPixelSize(size)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def tick(painter: Painter, x: float, y: float, reach: float, width: float = 22) -> None:
    """A pine tick whose knee is at x, y."""
    pen(painter, PINE, width)
    line(painter, (x - reach * 0.6, y - reach * 0.6), (x, y))
    line(painter, (x, y), (x + reach, y - reach * 1.2))


def cross(painter: Painter, x: float, y: float, reach: float, width: float = 22) -> None:
    """A cinnabar cross around x, y."""
    pen(painter, CINNABAR, width)
    line(painter, (x - reach, y - reach), (x + reach, y + reach))
    line(painter, (x - reach, y + reach), (x + reach, y - reach))


def arrow(
    painter: Painter,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: QColor = PINE,
    width: float = 18,
) -> None:
    """A straight arrow."""
    pen(painter, colour, width)
    line(painter, start, end)
    way = math.atan2(end[1] - start[1], end[0] - start[0])
    for turn in (2.5, -2.5):
        tip = (end[0] + math.cos(way + turn) * 44, end[1] + math.sin(way + turn) * 44)
        line(painter, end, tip)


def leaf(painter: Painter, x: float, y: float, turn: float, size: float = 1.0) -> None:
    """A leaf that grows from x, y; ``turn`` in degrees, 0 points right."""
    painter.save()
    painter.translate(x, y)
    painter.rotate(turn)
    painter.scale(size, size)
    path = QPainterPath(QPointF(0, 0))
    path.cubicTo(20, -34, 62, -30, 84, 0)
    path.cubicTo(62, 30, 20, 34, 0, 0)
    fill(painter, LEAF)
    painter.drawPath(path)
    pen(painter, DARK_LEAF, 5)
    line(painter, (6, 0), (66, 0))
    painter.restore()
