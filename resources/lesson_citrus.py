"""The drawings of the lesson on pruning citrus."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath

from resources.lesson_strokes import (
    AMBER_TINT,
    BARK,
    CARD,
    CINNABAR,
    DARK_LEAF,
    GOLD,
    INK,
    LEAF,
    ORANGE,
    PINE,
    STEEL,
    WOOD,
    Painter,
    arrow,
    both,
    cross,
    fill,
    leaf,
    line,
    pen,
    shape,
    tick,
    word,
)

CROWN = ((130, 230, 96), (390, 230, 96), (196, 140, 100), (324, 140, 100), (260, 240, 120))
FRUIT = ((110, 230), (190, 120), (252, 190), (330, 130), (400, 240), (200, 280), (318, 276))


def _stem(painter: Painter) -> None:
    fill(painter, BARK)
    trunk = QPainterPath(QPointF(228, 480))
    trunk.quadTo(246, 400, 232, 300)
    trunk.lineTo(288, 300)
    trunk.quadTo(274, 400, 292, 480)
    trunk.closeSubpath()
    painter.drawPath(trunk)


def _soil(painter: Painter) -> None:
    pen(painter, BARK, 12)
    line(painter, (60, 484), (460, 484))


def _fruits(painter: Painter, places: tuple[tuple[int, int], ...], size: float = 27) -> None:
    for x, y in places:
        fill(painter, ORANGE)
        painter.drawEllipse(QPointF(x, y), size, size)
        pen(painter, DARK_LEAF, 6)
        line(painter, (x, y - size), (x + 8, y - size - 9))


def fruit_tree(painter: Painter) -> None:
    """A tree in fruit."""
    _soil(painter)
    _stem(painter)
    fill(painter, LEAF)
    for x, y, size in CROWN:
        painter.drawEllipse(QPointF(x, y), size, size)
    _fruits(painter, FRUIT)


def light(painter: Painter) -> None:
    """Sun that reaches into an open crown."""
    fill(painter, GOLD)
    painter.drawEllipse(QPointF(260, 66), 56, 56)
    pen(painter, GOLD, 12)
    for start, end in (
        ((170, 60), (124, 54)),
        ((350, 60), (396, 54)),
        ((184, 112), (146, 142)),
        ((336, 112), (374, 142)),
    ):
        line(painter, start, end)
    _soil(painter)
    _stem(painter)
    pen(painter, BARK, 26)
    line(painter, (252, 330), (130, 230), 14)
    line(painter, (268, 330), (390, 230), -14)
    fill(painter, LEAF)
    for x, y, size in ((118, 236, 86), (86, 316, 62), (402, 236, 86), (434, 316, 62)):
        painter.drawEllipse(QPointF(x, y), size, size)
    _fruits(painter, ((84, 244), (146, 210), (92, 330), (376, 210), (440, 250), (428, 330)))
    for x in (216, 260, 304):
        arrow(painter, (x, 150), (x, 268), GOLD, 13)


def saw_big_branch(painter: Painter) -> None:
    """The branch in the middle goes, at its foot."""
    _soil(painter)
    _stem(painter)
    pen(painter, BARK, 34)
    line(painter, (250, 330), (110, 170), 16)
    line(painter, (270, 330), (410, 170), -16)
    for x, y, turn in ((110, 170, -150), (128, 180, -60), (180, 262, -110)):
        leaf(painter, x, y, turn)
    for x, y, turn in ((410, 170, -30), (392, 180, -120), (340, 262, -70)):
        leaf(painter, x, y, turn)
    pen(painter, QColor("#B39A80"), 40)
    line(painter, (260, 320), (260, 60))
    for y, turn in ((60, -90), (110, -150), (110, -30), (170, -160), (170, -20)):
        leaf(painter, 260, y, turn, 0.9)
    pen(painter, CINNABAR, 14)
    line(painter, (196, 296), (326, 280))
    _saw(painter)
    cross(painter, 260, 44, 34, 18)


def _saw(painter: Painter) -> None:
    painter.save()
    painter.translate(300, 284)
    painter.rotate(-7)
    fill(painter, STEEL)
    shape(painter, (0, -10), (130, -22), (130, 20), (0, 4))
    both(painter, CINNABAR, 7)
    painter.drawRoundedRect(QRectF(128, -32, 74, 56), 18, 18)
    painter.restore()


def cut_twigs(painter: Painter) -> None:
    """Of two twigs that cross one goes; the dry one goes too."""
    pen(painter, BARK, 40)
    line(painter, (10, 440), (510, 400), 10)
    pen(painter, BARK, 18)
    line(painter, (250, 410), (190, 90), 10)
    for x, y, turn in ((190, 90, -90), (196, 140, -160), (204, 190, -30), (222, 260, -160)):
        leaf(painter, x, y, turn, 0.85)
    pen(painter, QColor("#B39A80"), 18)
    line(painter, (330, 408), (140, 230), -6)
    for x, y, turn in ((140, 230, -170), (170, 256, 110), (140, 230, -110)):
        leaf(painter, x, y, turn, 0.7)
    pen(painter, CINNABAR, 14)
    line(painter, (286, 400), (344, 350))
    cross(painter, 104, 300, 28, 16)
    pen(painter, QColor("#A59680"), 16)
    line(painter, (430, 400), (440, 190), -6)
    line(painter, (434, 310), (480, 250))
    line(painter, (438, 260), (398, 210))
    pen(painter, CINNABAR, 14)
    line(painter, (398, 372), (468, 366))
    cross(painter, 440, 150, 28, 16)
    tick(painter, 300, 120, 40, 18)


def right_cut(painter: Painter) -> None:
    """A cut close to the stem, and one that leaves a stub."""
    for x in (150, 400):
        pen(painter, BARK, 64)
        line(painter, (x - 20, 480), (x - 20, 120))
    fill(painter, WOOD)
    painter.drawEllipse(QPointF(166, 290), 18, 44)
    pen(painter, CINNABAR, 12)
    line(painter, (196, 220), (182, 362))
    both(painter, BARK, 1)
    shape(painter, (396, 262), (492, 226), (506, 270), (396, 330))
    fill(painter, WOOD)
    painter.drawEllipse(QPointF(498, 249), 14, 26)
    tick(painter, 120, 76, 46)
    cross(painter, 384, 50, 38)
    word(painter, "不留桩", QRectF(170, 380, 180, 76), 46, PINE)


def third(painter: Painter) -> None:
    """Seven parts stay, three go."""
    box = QRectF(60, 20, 400, 400)
    both(painter, LEAF, 9)
    painter.drawEllipse(box)
    both(painter, CARD, 9)
    painter.drawPie(box, 90 * 16, -108 * 16)
    word(painter, "剪三成", QRectF(268, 96, 180, 120), 54, CINNABAR)
    word(painter, "留七成", QRectF(80, 220, 280, 130), 78, CARD)
    word(painter, "最多剪这么多", QRectF(40, 430, 440, 76), 58)


def clean_shears(painter: Painter) -> None:
    """Pruning shears and the bottle to wipe them from."""
    painter.save()
    painter.translate(170, 250)
    painter.rotate(18)
    both(painter, STEEL, 8)
    blade = QPainterPath(QPointF(-14, 20))
    blade.cubicTo(-60, -60, -50, -170, 24, -230)
    blade.cubicTo(40, -150, 40, -60, 22, 20)
    blade.closeSubpath()
    painter.drawPath(blade)
    hook = QPainterPath(QPointF(20, 10))
    hook.cubicTo(70, -40, 92, -120, 60, -190)
    hook.cubicTo(120, -150, 130, -40, 50, 30)
    hook.closeSubpath()
    painter.drawPath(hook)
    pen(painter, INK, 50)
    line(painter, (20, 30), (-54, 220), -22)
    line(painter, (10, 30), (96, 214), 22)
    pen(painter, CINNABAR, 34)
    line(painter, (10, 50), (-54, 220), -22)
    line(painter, (22, 50), (96, 214), 22)
    both(painter, GOLD, 8)
    painter.drawEllipse(QPointF(14, 22), 26, 26)
    painter.restore()
    both(painter, CARD, 9)
    painter.drawRoundedRect(QRectF(340, 210, 150, 270), 30, 30)
    both(painter, PINE, 9)
    painter.drawRect(QRectF(384, 150, 62, 60))
    both(painter, AMBER_TINT, 6)
    painter.drawRect(QRectF(340, 280, 150, 130))
    word(painter, "75%", QRectF(340, 280, 150, 66), 50)
    word(painter, "酒精", QRectF(340, 340, 150, 66), 50)


DRAWN = (fruit_tree, light, saw_big_branch, cut_twigs, right_cut, third, clean_shears)
