"""The month on paper: seven columns, a seal on days that were held, a ring on planned ones."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.areas.sessions.month import DayMark, Month
from app.words import say
from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, fit, paint_fitted

_COLUMNS = 7
_MOST_CELL = 150
_DIGITS = 25
"""Design px that two digits of a day take."""
_TITLED = 66, 84
"""Design px from which on a day has room for the title of what is on it."""
_SPOKEN = (DayMark.HELD, DayMark.NOT_HELD, DayMark.PLANNED)


class CalendarPaper(QWidget):
    """``show_month`` draws another month; what it shows is spoken too."""

    def __init__(self) -> None:
        super().__init__()
        self.month: Month | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_month(self, month: Month) -> None:
        """Show this month."""
        if month == self.month:
            return
        self.month = month
        told = []
        for mark in _SPOKEN:
            days = [str(at) for at, one in enumerate(month.days, 1) if one is mark]
            if days:
                word = say(f"op.month.{mark.value}")
                told.append(say("op.month.spoken", word=word, days=say("paper.comma").join(days)))
        self.setAccessibleName(say("member.join").join(told) or say("op.month.nothing"))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for six weeks."""
        return QSize(look.scaled(420), look.scaled(300))

    def minimumSizeHint(self) -> QSize:
        """Days can still be read."""
        return QSize(look.scaled(300), look.scaled(210))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Heads, days, marks."""
        month = self.month
        if month is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        weeks = -(-(month.first_weekday + len(month.days)) // _COLUMNS)
        head = look.scaled(26)
        wide = self.width() / _COLUMNS
        high = min((self.height() - head) / weeks, look.scaled(_MOST_CELL))
        if look.is_wide():
            self._paint_rules(painter, head, wide, high, weeks)
        for column, sign in enumerate(say("op.month.weekdays").split(" ")):
            place = QRectF(column * wide, 0, wide, head)
            word = fit(sign, wide, head, Setting(look.scaled(18), 400))
            paint_fitted(painter, place, word, tokens.INK, 400)
        for day, mark in enumerate(month.days, 1):
            at = month.first_weekday + day - 1
            cell = QRectF(at % _COLUMNS * wide, head + at // _COLUMNS * high, wide, high)
            self._paint_day(painter, cell, day, mark, is_today=day == month.today)

    def _paint_rules(
        self, painter: QPainter, head: float, wide: float, high: float, weeks: int
    ) -> None:
        """A large month is ruled like the one on the wall."""
        painter.setPen(QPen(look.ink(tokens.HAIR), 1))
        foot, right = head + weeks * high - 1, _COLUMNS * wide - 1
        for week in range(weeks + 1):
            y = min(head + week * high, foot)
            painter.drawLine(QLineF(0, y, right, y))
        for column in range(_COLUMNS + 1):
            x = min(column * wide, right)
            painter.drawLine(QLineF(x, head, x, foot))

    def _title_on(self, day: int, cell: QRectF) -> str:
        """What is on a day, where there is room to say it."""
        titles = () if self.month is None else self.month.titles
        least = tuple(look.scaled(one) for one in _TITLED)
        has_room = look.is_wide() and cell.height() >= least[0] and cell.width() >= least[1]
        return titles[day - 1] if titles and has_room else ""

    def _paint_day(
        self, painter: QPainter, cell: QRectF, day: int, mark: DayMark, *, is_today: bool
    ) -> None:
        inside = cell.adjusted(3, 2, -3, -2)
        if is_today:
            painter.setPen(QPen(look.ink(tokens.PINE), look.border_px(2)))
            painter.setBrush(look.ink(tokens.PINE_TINT))
            painter.drawRoundedRect(inside, 8, 8)
        weight = 700 if is_today or mark is not DayMark.NONE else 400
        title = self._title_on(day, cell)
        if title:
            inside = _paint_title(painter, inside, title)
        left = QRectF(inside)
        if mark is not DayMark.NONE:  # two digits need their place in a narrow month too
            left.setWidth(max(inside.width() * 0.56, look.scaled(_DIGITS)))
        large = max(look.scaled(20), min(inside.height() * 0.42, inside.width() * 0.3))
        number = fit(str(day), left.width(), inside.height(), Setting(large, weight))
        paint_fitted(painter, left, number, tokens.INK, weight)
        rest = inside.right() - left.right()
        side = min(inside.height() * 0.62, rest * 0.95)
        spot = QRectF(0, 0, side, side)
        spot.moveCenter(QPointF(left.right() + rest * 0.45, inside.center().y()))
        _paint_mark(painter, spot, mark)


def _paint_title(painter: QPainter, inside: QRectF, title: str) -> QRectF:
    """As much of a title as two lines hold, at the foot of a day; what is left above it."""
    px = look.scaled(tokens.OPERATOR.caption)
    high = px * 2.4
    foot = QRectF(inside.left() + 2, inside.bottom() - high, inside.width() - 4, high)
    setting = Setting(px, 400, 2, 1.15)
    said, text = title, fit(title, foot.width(), high, setting)
    while text.px < px and len(said) > 2:
        said = said[:-1]
        text = fit(said.rstrip() + "…", foot.width(), high, setting)
    paint_fitted(painter, foot, text, tokens.INK, 400)
    return inside.adjusted(0, 0, 0, -high)


def _paint_mark(painter: QPainter, spot: QRectF, mark: DayMark) -> None:
    if mark is DayMark.HELD:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.ink(tokens.PINE))
        painter.drawEllipse(spot)
        inset = spot.width() * 0.18
        paint_icon(painter, "check", tokens.CARD, spot.adjusted(inset, inset, -inset, -inset))
    elif mark is DayMark.PLANNED:
        painter.setPen(QPen(look.ink(tokens.PINE), look.border_px(3)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(spot.adjusted(2, 2, -2, -2))
    elif mark is DayMark.NOT_HELD:
        painter.setPen(QPen(look.ink(tokens.AMBER), look.border_px(3)))
        painter.setBrush(look.ink(tokens.AMBER_TINT))
        top = QPointF(spot.center().x(), spot.top() + 2)
        corners = [top, spot.bottomRight() - QPointF(2, 3), spot.bottomLeft() + QPointF(2, -3)]
        painter.drawPolygon(QPolygonF(corners))
