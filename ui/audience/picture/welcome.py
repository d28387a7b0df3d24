"""The welcome: what it is, how many are here in a ring, and the last who came, each in a place
that stays when the next one comes."""

from __future__ import annotations

from math import sqrt

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPen

from app.words import say
from ui.audience.picture.canvas import START, Canvas
from ui.audience.state import MOST_NAMES, AudienceState
from ui.theme import look
from ui.theme.tokens import ROOM
from ui.widgets.fit.text import Setting, fit

_GAP = 28
_TIGHT = 1.12
_GRIDS = ((2, 4), (2, 3), (1, 4), (1, 3), (1, 2), (1, 1))
"""Columns and rows of names, the most first: as many as are read in the last row."""
_FIGURES = (0.58, 0.52, 0.46, 0.4, 0.34, 0.28)
"""Half the height of the figure, in parts of the ring's radius."""
_WIDE_GRIDS = ((4, 2), (3, 2), *_GRIDS)
"""On a screen wider than two to one."""


def paint_welcome(canvas: Canvas, state: AudienceState) -> None:
    """Title and line above, ring at the left, names or what to do at the right."""
    safe, gap = canvas.safe, canvas.px(_GAP)
    side = canvas.px(118)
    canvas.seal(QRectF(safe.right() - side, safe.top(), side, side), say("member.seal"))
    wide = safe.width() - side - gap
    lines = canvas.lines(state.welcome, wide, 700)
    title = QRectF(safe.left(), safe.top(), wide, max(canvas.px(148), canvas.floor * 1.22 * lines))
    canvas.text(
        state.welcome, title, canvas.type_px(120), weight=700, lines=2, align=START, tight=1.15
    )
    lines = canvas.lines(state.lead, wide)
    high = max(canvas.px(92), canvas.floor * 1.3 * lines)
    sub = QRectF(safe.left(), title.bottom(), wide, high)
    canvas.text(state.lead, sub, canvas.type_px(72), weight=600, lines=lines, align=START)
    top = sub.bottom() + gap
    body = QRectF(safe.left(), top, safe.width(), safe.bottom() - top)
    across = min(body.height(), body.width() * (0.38 if canvas.row_factor < 1.6 else 0.43))
    ring = QRectF(body.left(), body.top(), across, across)
    ring.moveTop(body.center().y() - across / 2)
    _ring(canvas, ring, state)
    names = body.adjusted(across + gap * 1.6, 0, 0, 0)
    if state.recent:
        _names(canvas, names, state)
    else:
        canvas.panel(names, canvas.inks.tile)
        pad = canvas.px(48 / canvas.row_factor)
        inner = names.adjusted(pad, pad, -pad, -pad)
        canvas.text(state.how, inner, canvas.type_px(96), lines=5, tight=1.4, align=START)


def _ring(canvas: Canvas, place: QRectF, state: AudienceState) -> None:
    """How many of the expected are here: the figure within, the share around it."""
    line = canvas.px(34)
    circle = place.adjusted(line / 2, line / 2, -line / 2, -line / 2)
    share = min(state.arrived / state.expected, 1.0) if state.expected else 0.0
    painter = canvas.painter
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, part in ((canvas.inks.well, 1.0), (canvas.inks.accent, share)):
        flat = Qt.PenCapStyle.FlatCap
        painter.setPen(QPen(QColor(colour), line, Qt.PenStyle.SolidLine, flat))
        painter.drawArc(circle, 90 * 16, -round(part * 360 * 16))
    if canvas.inks.well == canvas.inks.ground:
        edge = QPen(QColor(canvas.inks.text), canvas.px(3))
        painter.setPen(edge)
        for inset in (edge.widthF() / 2, line):
            painter.drawEllipse(place.adjusted(inset, inset, -inset, -inset))
    arrived = say("audience.arrived")
    of_all = (
        say("audience.of", expected=state.expected) if state.expected else say("audience.people")
    )
    inside, middle = place.width() / 2 - line, place.center()
    above, below = _around_number(canvas, inside, arrived, of_all)
    number = QRectF(0, 0, inside * 1.72, above.top() * -2 - above.height() * 2)
    number.moveCenter(middle)
    canvas.text(arrived, above.translated(middle), canvas.type_px(72))
    canvas.text(
        str(state.arrived),
        number,
        canvas.px(ROOM.digits * 1.15),
        weight=700,
        colour=canvas.inks.accent,
        tight=1.0,
    )
    canvas.text(of_all, below.translated(middle), canvas.type_px(80))


def _around_number(
    canvas: Canvas, inside: float, arrived: str, of_all: str
) -> tuple[QRectF, QRectF]:
    """Places above and below the figure, from the middle of the ring: as far out as they fit."""
    least = QFontMetricsF(look.font(canvas.floor, 600))
    above, below = QRectF(), QRectF()
    for part in _FIGURES:
        half, high = inside * part, max(canvas.floor * 1.27, inside * 0.28)
        across = 2 * sqrt(max(inside**2 - (half + high * 0.85) ** 2, 1.0))
        above = QRectF(-across / 2, -half - high, across, high)
        below = QRectF(-across / 2, half, across, high)
        if across >= max(least.horizontalAdvance(one) for one in (arrived, of_all)):
            break
    return above, below


def _names(canvas: Canvas, place: QRectF, state: AudienceState) -> None:
    """Each name keeps its place until eight others have come."""
    wide = canvas.size.width() > canvas.size.height() * 2
    grids = _WIDE_GRIDS if wide else _GRIDS
    columns, rows = next(
        (one for one in grids if _fits(canvas, place, one, state.recent)), grids[-1]
    )
    places = columns * rows
    cell, gap = _cell(canvas, place, columns, rows)
    for number, name in enumerate(state.recent[: min(places, MOST_NAMES)]):
        slot = max(state.came - 1 - number, 0) % places if state.came else number
        tile = cell.translated(
            (slot % columns) * (cell.width() + gap), (slot // columns) * (cell.height() + gap)
        )
        canvas.painter.setOpacity(canvas.entering if number == 0 else 1.0)
        canvas.panel(tile, canvas.inks.tile)
        canvas.text(name, _inner(canvas, tile), _ceiling(canvas, tile), lines=2, tight=_TIGHT)
        canvas.painter.setOpacity(1.0)


def _fits(canvas: Canvas, place: QRectF, grid: tuple[int, int], names: tuple[str, ...]) -> bool:
    cell, _gap = _cell(canvas, place, *grid)
    inner = _inner(canvas, cell)
    wish = Setting(_ceiling(canvas, cell), 600, 2, _TIGHT)
    shown = names[: min(grid[0] * grid[1], MOST_NAMES)]
    set_so = [fit(one, inner.width(), inner.height(), wish) for one in shown]
    return all(one.whole and one.px >= canvas.floor for one in set_so)


def _cell(canvas: Canvas, place: QRectF, columns: int, rows: int) -> tuple[QRectF, float]:
    gap = canvas.px(22)
    wide = (place.width() - gap * (columns - 1)) / columns
    high = (place.height() - gap * (rows - 1)) / rows
    return QRectF(place.left(), place.top(), wide, high), gap


def _inner(canvas: Canvas, tile: QRectF) -> QRectF:
    pad, low = canvas.px(20), canvas.px(6)
    return tile.adjusted(pad, low, -pad, -low)


def _ceiling(canvas: Canvas, tile: QRectF) -> float:
    return min(canvas.type_px(ROOM.name * 4 / 3), tile.height() * 0.7)
