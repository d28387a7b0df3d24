"""The drawings of the lesson on fraud calls."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath

from resources.lesson_strokes import (
    AMBER_TINT,
    CARD,
    CINNABAR,
    GOLD,
    INDIGO,
    INDIGO_TINT,
    INK,
    PINE,
    PINE_TINT,
    SKIN,
    STEEL,
    Painter,
    both,
    cross,
    fill,
    line,
    pen,
    tick,
    word,
)


def _handset(painter: Painter, ground: QColor) -> None:
    both(painter, CARD, 11)
    painter.drawRoundedRect(QRectF(145, 20, 230, 470), 38, 38)
    both(painter, ground, 6)
    painter.drawRoundedRect(QRectF(170, 72, 180, 350), 10, 10)
    pen(painter, INK, 9)
    line(painter, (230, 46), (290, 46))
    fill(painter, INK)
    painter.drawEllipse(QPointF(260, 456), 15, 15)


def ringing(painter: Painter) -> None:
    """A phone that rings: nobody knows who calls."""
    _handset(painter, INDIGO_TINT)
    fill(painter, CARD)
    painter.drawEllipse(QPointF(260, 176), 66, 66)
    word(painter, "?", QRectF(194, 106, 132, 136), 104, CINNABAR)
    word(painter, "陌生来电", QRectF(170, 250, 180, 52), 38)
    for x, colour in ((214, CINNABAR), (306, PINE)):
        fill(painter, colour)
        painter.drawEllipse(QPointF(x, 362), 34, 34)
    pen(painter, CARD, 9)
    line(painter, (198, 368), (230, 368), 10)
    line(painter, (290, 356), (322, 356), -10)
    pen(painter, PINE, 14)
    for near, tall in ((34, 60), (80, 110)):
        line(painter, (145 - near, 256 + tall), (145 - near, 256 - tall), -tall * 0.28)
        line(painter, (375 + near, 256 + tall), (375 + near, 256 - tall), tall * 0.28)


def four_lies(painter: Painter) -> None:
    """What swindlers say, each in its bubble."""
    said = (("出事了", 24, 20), ("公安局", 270, 70), ("中奖了", 24, 270), ("验证码", 270, 320))
    for text, x, y in said:
        both(painter, CARD, 8)
        path = QPainterPath()
        path.addRoundedRect(QRectF(x, y, 226, 128), 28, 28)
        tail = QPainterPath(QPointF(x + 44, y + 120))
        tail.lineTo(x + 40, y + 176)
        tail.lineTo(x + 100, y + 122)
        tail.closeSubpath()
        painter.drawPath(path.united(tail))
        word(painter, text, QRectF(x, y, 226, 128), 60, CINNABAR)


def hang_up(painter: Painter) -> None:
    """The phone, struck out."""
    _handset(painter, INDIGO_TINT)
    word(painter, "转账", QRectF(170, 84, 180, 80), 66)
    word(painter, "验证码", QRectF(170, 338, 180, 80), 54)
    pen(painter, CARD, 52)
    line(painter, (174, 166), (346, 338))
    line(painter, (346, 166), (174, 338))
    cross(painter, 260, 252, 86, 34)


def _person(painter: Painter, x: float, top: float, coat: QColor, hair: QColor) -> None:
    both(painter, coat, 9)
    body = QPainterPath(QPointF(x - 88, 480))
    body.cubicTo(x - 88, top + 110, x - 60, top + 96, x, top + 96)
    body.cubicTo(x + 60, top + 96, x + 88, top + 110, x + 88, 480)
    body.closeSubpath()
    painter.drawPath(body)
    both(painter, SKIN, 9)
    painter.drawEllipse(QPointF(x, top + 50), 56, 58)
    fill(painter, hair)
    painter.drawChord(QRectF(x - 60, top - 14, 120, 124), 20 * 16, 140 * 16)
    fill(painter, INK)
    for eye in (-20, 20):
        painter.drawEllipse(QPointF(x + eye, top + 56), 5, 6)
    pen(painter, INK, 6)
    line(painter, (x - 16, top + 80), (x + 16, top + 80), -6)


def family(painter: Painter) -> None:
    """The people one asks: an elder, the grown child, a neighbour."""
    _person(painter, 130, 150, PINE_TINT, STEEL)
    _person(painter, 390, 150, INDIGO_TINT, INK)
    _person(painter, 260, 210, CARD, INK)
    both(painter, CARD, 8)
    bubble = QPainterPath()
    bubble.addRoundedRect(QRectF(130, 0, 260, 112), 30, 30)
    tail = QPainterPath(QPointF(170, 104))
    tail.lineTo(150, 146)
    tail.lineTo(222, 104)
    tail.closeSubpath()
    painter.drawPath(bubble.united(tail))
    word(painter, "是真的吗", QRectF(130, 0, 260, 112), 56, PINE)


def padlock(painter: Painter) -> None:
    """A code kept behind a lock, and the key to one's door."""
    pen(painter, INK, 46)
    painter.drawArc(QRectF(160, 34, 200, 240), 0, 180 * 16)
    line(painter, (160, 154), (160, 240))
    line(painter, (360, 154), (360, 240))
    pen(painter, STEEL, 28)
    painter.drawArc(QRectF(160, 34, 200, 240), 0, 180 * 16)
    line(painter, (160, 154), (160, 240))
    line(painter, (360, 154), (360, 240))
    both(painter, GOLD, 10)
    painter.drawRoundedRect(QRectF(92, 224, 336, 250), 30, 30)
    both(painter, CARD, 7)
    painter.drawRoundedRect(QRectF(128, 262, 264, 84), 14, 14)
    fill(painter, INK)
    for dot in range(6):
        painter.drawEllipse(QPointF(160 + dot * 40, 304), 11, 11)
    word(painter, "不给人", QRectF(92, 356, 336, 104), 72)


def advice_line(painter: Painter) -> None:
    """The number to call, on a receiver's ground."""
    fill(painter, PINE)
    painter.drawRoundedRect(QRectF(6, 96, 496, 236), 40, 40)
    word(painter, "96110", QRectF(6, 104, 496, 150), 150, CARD)
    word(painter, "反诈专线", QRectF(6, 236, 496, 80), 54, AMBER_TINT)
    both(painter, CARD, 9)
    painter.drawRoundedRect(QRectF(6, 362, 496, 130), 34, 34)
    word(painter, "110 报警", QRectF(6, 362, 496, 130), 84, INDIGO)


def three_words(painter: Painter) -> None:
    """Three ticks, one for each of the three things."""
    for at, text in enumerate(("挂", "核", "不转")):
        top = 14 + at * 166
        both(painter, CARD, 9)
        painter.drawRoundedRect(QRectF(60, top, 400, 140), 30, 30)
        tick(painter, 150, top + 100, 56, 24)
        word(painter, text, QRectF(220, top, 230, 140), 92)


DRAWN = (ringing, four_lies, hang_up, family, padlock, advice_line, three_words)
