"""The drawings of the sample lessons: plain shapes, one function for each, 520 × 520 units."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

INK = QColor("#1B2322")
PINE = QColor("#0E5A45")
PINE_TINT = QColor("#DDEBE3")
CINNABAR = QColor("#A3261B")
CINNABAR_TINT = QColor("#F8E4DF")
AMBER_TINT = QColor("#FCE8B8")
GOLD = QColor("#D9962B")
CARD = QColor("#FFFFFF")
SKY = QColor("#DFE9F2")
BARK = QColor("#7A5230")
LEAF = QColor("#3E8E5A")

_Painter = QPainter


def _pen(painter: _Painter, colour: QColor = INK, width: float = 8) -> None:
    painter.setPen(
        QPen(
            colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        )
    )


def _fill(painter: _Painter, colour: QColor | None) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush if colour is None else QBrush(colour))


def _disc(painter: _Painter, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    _fill(painter, colour)
    painter.drawEllipse(QRectF(10, 10, 500, 500))


def _word(painter: _Painter, text: str, place: QRectF, size: int, colour: QColor = INK) -> None:
    font = QFont(painter.font())
    font.setPixelSize(size)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def _cross(painter: _Painter, centre: QPointF, reach: float, width: float = 26) -> None:
    _pen(painter, CINNABAR, width)
    painter.drawLine(centre + QPointF(-reach, -reach), centre + QPointF(reach, reach))
    painter.drawLine(centre + QPointF(-reach, reach), centre + QPointF(reach, -reach))


def _handset(painter: _Painter, colour: QColor) -> None:
    _pen(painter, INK, 10)
    _fill(painter, CARD)
    painter.drawRoundedRect(QRectF(150, 60, 220, 400), 34, 34)
    _fill(painter, colour)
    painter.drawRect(QRectF(174, 110, 172, 270))
    _fill(painter, INK)
    painter.drawEllipse(QRectF(242, 402, 36, 36))


def phone(painter: _Painter) -> None:
    """A phone that rings."""
    _disc(painter, PINE_TINT)
    _handset(painter, SKY)
    _word(painter, "?", QRectF(174, 110, 172, 270), 190, CINNABAR)
    _pen(painter, PINE, 12)
    for reach in (40, 80):
        painter.drawArc(
            QRectF(100 - reach / 2, 160 - reach, 60, 160 + 2 * reach), 110 * 16, 140 * 16
        )
        painter.drawArc(
            QRectF(360 + reach / 2, 160 - reach, 60, 160 + 2 * reach), -70 * 16, 140 * 16
        )


def mask(painter: _Painter) -> None:
    """Four speech bubbles of a swindler."""
    _disc(painter, CINNABAR_TINT)
    for place, (x, y) in enumerate(((70, 80), (280, 80), (70, 280), (280, 280))):
        _pen(painter, INK, 8)
        _fill(painter, CARD)
        painter.drawRoundedRect(QRectF(x, y, 170, 130), 26, 26)
        tail = QPolygonF(
            [QPointF(x + 50, y + 130), QPointF(x + 96, y + 130), QPointF(x + 56, y + 166)]
        )
        painter.drawPolygon(tail)
        _word(painter, "骗", QRectF(x, y, 170, 130), 76, CINNABAR if place % 2 == 0 else INK)


def hangup(painter: _Painter) -> None:
    """A phone struck out."""
    _disc(painter, PINE_TINT)
    _handset(painter, SKY)
    _cross(painter, QPointF(260, 245), 130, 34)


def family(painter: _Painter) -> None:
    """Three people who know each other."""
    _disc(painter, PINE_TINT)
    for x, tall, colour in ((140, 150, AMBER_TINT), (260, 120, CARD), (380, 170, SKY)):
        _pen(painter, INK, 9)
        _fill(painter, colour)
        painter.drawEllipse(QPointF(x, tall), 54, 54)
        body = QPainterPath(QPointF(x - 80, 420))
        body.cubicTo(x - 80, tall + 70, x + 80, tall + 70, x + 80, 420)
        body.closeSubpath()
        painter.drawPath(body)
    _pen(painter, PINE, 16)
    painter.drawPolyline([QPointF(200, 340), QPointF(248, 388), QPointF(330, 290)])


def lock(painter: _Painter) -> None:
    """A lock with a code on it."""
    _disc(painter, PINE_TINT)
    _pen(painter, INK, 26)
    _fill(painter, None)
    painter.drawArc(QRectF(170, 70, 180, 220), 0, 180 * 16)
    painter.drawLine(QPointF(170, 180), QPointF(170, 240))
    painter.drawLine(QPointF(350, 180), QPointF(350, 240))
    _pen(painter, INK, 10)
    _fill(painter, GOLD)
    painter.drawRoundedRect(QRectF(120, 230, 280, 210), 28, 28)
    _word(painter, "****", QRectF(120, 250, 280, 190), 110)


def number(painter: _Painter) -> None:
    """The number to call."""
    _disc(painter, PINE)
    _word(painter, "96110", QRectF(10, 170, 500, 180), 168, CARD)


def _bottle(painter: _Painter) -> None:
    _pen(painter, INK, 10)
    _fill(painter, CINNABAR)
    painter.drawRoundedRect(QRectF(180, 170, 160, 290), 46, 46)
    _fill(painter, CARD)
    painter.drawRect(QRectF(206, 260, 108, 90))
    _fill(painter, INK)
    painter.drawRect(QRectF(236, 128, 48, 46))
    _pen(painter, INK, 18)
    painter.drawLine(QPointF(250, 116), QPointF(356, 84))
    painter.drawLine(QPointF(250, 136), QPointF(356, 140))
    _pen(painter, INK, 16)
    _fill(painter, None)
    hose = QPainterPath(QPointF(240, 144))
    hose.cubicTo(120, 140, 110, 260, 130, 340)
    painter.drawPath(hose)
    _pen(painter, INK, 26)
    painter.drawLine(QPointF(130, 340), QPointF(116, 400))


def extinguisher(painter: _Painter) -> None:
    """The whole thing."""
    _disc(painter, AMBER_TINT)
    _bottle(painter)
    _word(painter, "干粉", QRectF(206, 260, 108, 90), 46)


def _arrow(painter: _Painter, start: QPointF, end: QPointF, colour: QColor = PINE) -> None:
    _pen(painter, colour, 20)
    painter.drawLine(start, end)
    angle = math.atan2(end.y() - start.y(), end.x() - start.x())
    for turn in (2.6, -2.6):
        painter.drawLine(end, end + QPointF(math.cos(angle + turn), math.sin(angle + turn)) * 52)


def lift(painter: _Painter) -> None:
    """Lift it."""
    _disc(painter, AMBER_TINT)
    _bottle(painter)
    _arrow(painter, QPointF(430, 400), QPointF(430, 150))


def pin(painter: _Painter) -> None:
    """Pull the pin."""
    _disc(painter, AMBER_TINT)
    _bottle(painter)
    _pen(painter, GOLD, 14)
    _fill(painter, None)
    painter.drawEllipse(QPointF(404, 116), 34, 34)
    painter.drawLine(QPointF(300, 116), QPointF(370, 116))
    _arrow(painter, QPointF(380, 220), QPointF(490, 220))


def _flame(painter: _Painter, x: float, y: float, size: float) -> None:
    for scale, colour in ((1.0, CINNABAR), (0.62, GOLD)):
        reach = size * scale
        path = QPainterPath(QPointF(x, y))
        path.cubicTo(
            x - reach * 0.9, y - reach * 0.1, x - reach * 0.4, y - reach * 0.9, x, y - reach * 1.6
        )
        path.cubicTo(x + reach * 0.3, y - reach * 0.8, x + reach * 0.9, y - reach * 0.2, x, y)
        painter.setPen(Qt.PenStyle.NoPen)
        _fill(painter, colour)
        painter.drawPath(path)


def hose(painter: _Painter) -> None:
    """Aim at the root of the fire."""
    _disc(painter, AMBER_TINT)
    _flame(painter, 370, 430, 150)
    _pen(painter, INK, 34)
    painter.drawLine(QPointF(60, 250), QPointF(150, 310))
    _pen(painter, QColor("#8FA3B5"), 12)
    for lean in (-26, 0, 26):
        painter.drawLine(QPointF(170, 322), QPointF(320, 410 + lean))
    _word(painter, "根部", QRectF(250, 436, 240, 60), 50)


def press(painter: _Painter) -> None:
    """Press and sweep."""
    _disc(painter, AMBER_TINT)
    _bottle(painter)
    _arrow(painter, QPointF(380, 10), QPointF(350, 76), CINNABAR)
    _arrow(painter, QPointF(100, 450), QPointF(40, 400))
    _arrow(painter, QPointF(100, 450), QPointF(160, 490))


def gauge(painter: _Painter) -> None:
    """The pressure gauge."""
    _disc(painter, PINE_TINT)
    _pen(painter, INK, 12)
    _fill(painter, CARD)
    painter.drawEllipse(QRectF(90, 90, 340, 340))
    for start, span, colour in ((150, 60, CINNABAR), (60, 90, LEAF), (-10, 70, GOLD)):
        _pen(painter, colour, 44)
        painter.drawArc(QRectF(130, 130, 260, 260), start * 16, span * 16)
    _pen(painter, INK, 16)
    painter.drawLine(QPointF(260, 270), QPointF(250, 150))
    _fill(painter, INK)
    painter.drawEllipse(QPointF(260, 270), 22, 22)


def _trunk(painter: _Painter) -> None:
    _pen(painter, BARK, 40)
    painter.drawLine(QPointF(260, 480), QPointF(260, 320))
    _pen(painter, BARK, 24)
    for x, y in ((120, 200), (210, 130), (320, 130), (410, 200)):
        painter.drawLine(QPointF(260, 340), QPointF(x, y))


def _crown(painter: _Painter, colour: QColor = LEAF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    _fill(painter, colour)
    for x, y, size in (
        (150, 200, 96),
        (260, 140, 110),
        (370, 200, 96),
        (210, 250, 80),
        (320, 250, 80),
    ):
        painter.drawEllipse(QPointF(x, y), size, size)


def _fruit(painter: _Painter) -> None:
    _fill(painter, QColor("#E8892B"))
    for x, y in (
        (130, 190),
        (210, 120),
        (300, 180),
        (390, 200),
        (260, 260),
        (180, 270),
        (345, 120),
    ):
        painter.drawEllipse(QPointF(x, y), 24, 24)


def tree(painter: _Painter) -> None:
    """A tree with fruit."""
    _disc(painter, SKY)
    _trunk(painter)
    _crown(painter)
    _fruit(painter)


def sun(painter: _Painter) -> None:
    """Light that reaches in."""
    _disc(painter, SKY)
    painter.setPen(Qt.PenStyle.NoPen)
    _fill(painter, GOLD)
    painter.drawEllipse(QPointF(110, 110), 56, 56)
    _pen(painter, GOLD, 12)
    for x, y in ((190, 170), (170, 220), (230, 130)):
        painter.drawLine(QPointF(x, y), QPointF(x + 70, y + 62))
    painter.translate(90, 70)
    painter.scale(0.8, 0.8)
    _trunk(painter)
    _crown(painter)
    _fruit(painter)


def bigcut(painter: _Painter) -> None:
    """Saw the branch that shades."""
    _disc(painter, SKY)
    _trunk(painter)
    _pen(painter, BARK, 34)
    painter.drawLine(QPointF(260, 330), QPointF(262, 70))
    _pen(painter, CINNABAR, 14)
    painter.drawLine(QPointF(190, 300), QPointF(335, 280))
    _cross(painter, QPointF(262, 120), 46, 20)


def smallcut(painter: _Painter) -> None:
    """Take one of two that cross."""
    _disc(painter, SKY)
    _pen(painter, BARK, 30)
    painter.drawLine(QPointF(70, 420), QPointF(450, 330))
    _pen(painter, BARK, 18)
    painter.drawLine(QPointF(180, 394), QPointF(300, 110))
    painter.drawLine(QPointF(320, 362), QPointF(190, 120))
    painter.setPen(Qt.PenStyle.NoPen)
    _fill(painter, LEAF)
    for x, y in ((300, 110), (280, 160), (190, 120), (214, 160), (330, 120)):
        painter.drawEllipse(QPointF(x, y), 34, 20)
    _pen(painter, CINNABAR, 14)
    painter.drawLine(QPointF(280, 340), QPointF(340, 300))
    _cross(painter, QPointF(180, 100), 34, 16)


def angle(painter: _Painter) -> None:
    """A right cut and a wrong one."""
    _disc(painter, SKY)
    for x, stub, good in ((150, 0, True), (370, 90, False)):
        _pen(painter, BARK, 54)
        painter.drawLine(QPointF(x, 440), QPointF(x, 140))
        if stub:
            _pen(painter, BARK, 30)
            painter.drawLine(QPointF(x, 280), QPointF(x + stub, 230))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            _fill(painter, AMBER_TINT)
            painter.drawEllipse(QPointF(x + 24, 270), 14, 34)
        if good:
            _pen(painter, PINE, 20)
            painter.drawPolyline([QPointF(90, 90), QPointF(130, 126), QPointF(206, 50)])
        else:
            _cross(painter, QPointF(370, 84), 38, 20)


def clean(painter: _Painter) -> None:
    """Shears, wiped."""
    _disc(painter, SKY)
    _pen(painter, INK, 26)
    painter.drawLine(QPointF(150, 120), QPointF(330, 370))
    painter.drawLine(QPointF(370, 120), QPointF(190, 370))
    _pen(painter, CINNABAR, 26)
    _fill(painter, None)
    painter.drawEllipse(QPointF(160, 410), 52, 52)
    painter.drawEllipse(QPointF(360, 410), 52, 52)
    _pen(painter, PINE, 12)
    for x, y in ((400, 210), (440, 260), (96, 220)):
        painter.drawLine(QPointF(x - 20, y), QPointF(x + 20, y))
        painter.drawLine(QPointF(x, y - 20), QPointF(x, y + 20))


DRAWINGS: dict[str, Callable[[_Painter], None]] = {
    one.__name__: one
    for one in (
        phone,
        mask,
        hangup,
        family,
        lock,
        number,
        extinguisher,
        lift,
        pin,
        hose,
        press,
        gauge,
        tree,
        sun,
        bigcut,
        smallcut,
        angle,
        clean,
    )
}
