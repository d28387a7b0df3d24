"""The drawings of the lesson on the fire extinguisher."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from resources.lesson_strokes import (
    AMBER_TINT,
    CARD,
    CINNABAR,
    GOLD,
    INDIGO,
    INK,
    LEAF,
    PINE,
    SKIN,
    STEEL,
    Painter,
    arrow,
    both,
    fill,
    line,
    pen,
    shape,
    word,
)


def _bottle(painter: Painter, *, pressed: bool = False, pinned: bool = True) -> None:
    pen(painter, INK, 20)
    pipe = QPainterPath(QPointF(236, 146))
    pipe.cubicTo(120, 120, 96, 250, 126, 350)
    painter.drawPath(pipe)
    both(painter, INK, 4)
    shape(painter, (108, 346), (146, 336), (160, 420), (104, 428))
    both(painter, CINNABAR, 10)
    painter.drawRoundedRect(QRectF(178, 172, 172, 318), 56, 56)
    fill(painter, INK)
    painter.drawRect(QRectF(238, 118, 52, 58))
    both(painter, CARD, 5)
    painter.drawEllipse(QPointF(264, 156), 17, 17)
    pen(painter, INK, 20)
    line(painter, (262, 122), (384, 138))
    line(painter, (252, 104), (392, 108 if pressed else 62))
    if pinned:
        pen(painter, GOLD, 10)
        line(painter, (306, 98), (306, 136))
        painter.drawEllipse(QPointF(306, 72), 22, 22)


def _label(painter: Painter, text: str) -> None:
    both(painter, CARD, 5)
    painter.drawRect(QRectF(200, 276, 128, 104))
    word(painter, text, QRectF(200, 276, 128, 104), 54)


def extinguisher(painter: Painter) -> None:
    """The whole thing."""
    _bottle(painter)
    _label(painter, "干粉")


def lift(painter: Painter) -> None:
    """Lift it by the handle, the wind at one's back."""
    _bottle(painter)
    _label(painter, "提")
    arrow(painter, (436, 420), (436, 180))
    both(painter, SKIN, 8)
    painter.drawRoundedRect(QRectF(318, 118, 96, 58), 26, 26)
    pen(painter, INK, 6)
    for finger in (344, 368, 392):
        line(painter, (finger, 124), (finger, 150))


def pull_pin(painter: Painter) -> None:
    """The pin comes out."""
    _bottle(painter, pinned=False)
    _label(painter, "拔")
    pen(painter, GOLD, 14)
    line(painter, (400, 178), (440, 178))
    painter.drawEllipse(QPointF(474, 178), 34, 34)
    arrow(painter, (394, 262), (500, 262), CINNABAR)


def _flame(painter: Painter, x: float, foot: float, size: float) -> None:
    for scale, colour in ((1.0, CINNABAR), (0.66, GOLD), (0.34, AMBER_TINT)):
        reach = size * scale
        path = QPainterPath(QPointF(x, foot))
        path.cubicTo(
            x - reach * 0.8,
            foot,
            x - reach * 0.8,
            foot - reach * 0.8,
            x - reach * 0.2,
            foot - reach * 1.9,
        )
        path.cubicTo(
            x,
            foot - reach * 1.2,
            x + reach * 0.2,
            foot - reach * 1.3,
            x + reach * 0.3,
            foot - reach * 1.5,
        )
        path.cubicTo(x + reach * 0.8, foot - reach * 0.8, x + reach * 0.8, foot, x, foot)
        fill(painter, colour)
        painter.drawPath(path)


def aim(painter: Painter) -> None:
    """The nozzle points at the root of the fire."""
    _flame(painter, 386, 430, 160)
    pen(painter, INK, 12)
    line(painter, (250, 440), (510, 440))
    fill(painter, STEEL)
    shape(painter, (146, 268), (352, 372), (322, 432), (126, 300))
    fill(painter, CARD)
    shape(painter, (142, 276), (338, 390), (328, 412), (132, 290))
    pen(painter, INK, 24)
    line(painter, (0, 196), (70, 240), 8)
    both(painter, INK, 4)
    shape(painter, (66, 216), (146, 258), (122, 304), (52, 256))
    both(painter, SKIN, 8)
    painter.drawRoundedRect(QRectF(18, 196, 78, 72), 30, 30)
    word(painter, "根部", QRectF(286, 450, 200, 66), 56, CINNABAR)


def press(painter: Painter) -> None:
    """The lever goes down, the nozzle from side to side."""
    _bottle(painter, pressed=True, pinned=False)
    _label(painter, "压")
    arrow(painter, (424, 14), (406, 92), CINNABAR)
    arrow(painter, (84, 476), (8, 476))
    arrow(painter, (84, 476), (166, 476))


def gauge(painter: Painter) -> None:
    """The pressure gauge: red, green, yellow from left to right."""
    both(painter, CARD, 14)
    painter.drawEllipse(QRectF(40, 40, 440, 440))
    for start, span, colour in ((148, 62, CINNABAR), (60, 84, LEAF), (-30, 86, GOLD)):
        pen(painter, colour, 58)
        held = painter.pen()
        held.setCapStyle(held.capStyle().FlatCap)
        painter.setPen(held)
        painter.drawArc(QRectF(104, 104, 312, 312), start * 16, span * 16)
    pen(painter, INK, 18)
    line(painter, (260, 272), (246, 134))
    fill(painter, INK)
    painter.drawEllipse(QPointF(260, 272), 28, 28)
    word(painter, "正常", QRectF(160, 318, 200, 90), 70, PINE)


def run_and_call(painter: Painter) -> None:
    """Out of the door first, then the call."""
    both(painter, CARD, 10)
    painter.drawRect(QRectF(20, 30, 216, 320))
    _flame(painter, 128, 346, 120)
    fill(painter, SKIN)
    painter.drawEllipse(QPointF(372, 76), 40, 42)
    fill(painter, INK)
    painter.drawChord(QRectF(330, 28, 84, 92), 20 * 16, 140 * 16)
    pen(painter, INDIGO, 56)
    line(painter, (360, 158), (338, 238))
    pen(painter, INDIGO, 26)
    line(painter, (370, 150), (436, 206), -12)
    line(painter, (436, 206), (478, 168))
    line(painter, (350, 152), (288, 196), 10)
    pen(painter, INK, 32)
    line(painter, (344, 240), (408, 288), -12)
    line(painter, (408, 288), (396, 348))
    line(painter, (330, 246), (290, 308), 10)
    line(painter, (290, 308), (248, 318))
    fill(painter, CINNABAR)
    painter.drawRoundedRect(QRectF(96, 376, 330, 130), 36, 36)
    word(painter, "119", QRectF(96, 376, 330, 130), 110, CARD)


DRAWN = (extinguisher, lift, pull_pin, aim, press, gauge, run_and_call)
