"""Short facts as on a ruled form: what is asked at the left, what holds at the right, a line below.

It takes the height it is given, and writes larger where there is more: nothing is stretched apart.
"""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, fit, paint_fitted

_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
LOW, LINE, HIGH = 36, 26, 84
"""Design px: the least height of a row, what each further line of its words adds, the most."""
AIR = 24
"""What an airy row asks for beyond the least."""
LARGEST = 30
"""So large are words at most; they begin at the body size."""
HEAD_SHARE = 0.38


class RuledLine(Struct, frozen=True):
    """``head`` may be empty: then ``value`` has the whole row, behind its ``icon`` if it has one."""

    head: str
    value: str
    icon: str = ""
    colour: str = tokens.PINE


class RuledSheet(QWidget):
    """``show_lines`` shows others; all of it is spoken. ``airy``: rows ask for more height."""

    def __init__(self, *, airy: bool = False) -> None:
        super().__init__()
        self._air = AIR if airy else AIR // 3
        self.lines: tuple[RuledLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_lines(self, lines: tuple[RuledLine, ...]) -> None:
        """Show these, from the top."""
        if lines == self.lines:
            return
        self.lines = lines
        self.setAccessibleName("\n".join(f"{one.head} {one.value}".strip() for one in lines))
        self._settle()
        self.update()

    def sizeHint(self) -> QSize:
        """Rows that can be read from a step away."""
        return QSize(look.scaled(320), self._least() + look.scaled(self._air) * len(self.lines))

    def minimumSizeHint(self) -> QSize:
        """All rows at the body size."""
        return QSize(look.scaled(200), self._least())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow place words want another line."""
        super().resizeEvent(event)
        self._settle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Row by row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        needs = [self._lines_of(one) for one in self.lines]
        spare = max(self.height() - self._least(), 0) / max(len(needs), 1)
        top = 0.0
        for line, count in zip(self.lines, needs, strict=True):
            low = look.scaled(LOW + LINE * (count - 1))
            high = low + min(spare, look.scaled(HIGH - LOW))
            self._paint_line(painter, QRectF(0, top, self.width(), high), line, count)
            top += high

    def _paint_line(self, painter: QPainter, place: QRectF, line: RuledLine, count: int) -> None:
        px = min(look.scaled(LARGEST), look.scaled(tokens.OPERATOR.body) * place.height()
                 / look.scaled(LOW + LINE * (count - 1)))  # fmt: skip
        left = place.left()
        if line.icon:
            side = px * 1.3
            spot = QRectF(left, place.center().y() - side / 2, side, side)
            paint_icon(painter, line.icon, line.colour, spot)
            left = spot.right() + look.scaled(10)
        if line.head:
            wide = self._head_wide() * px / look.scaled(tokens.OPERATOR.body)
            wide = min(wide, place.width() * HEAD_SHARE)
            head = fit(line.head, wide, place.height(), Setting(px, 400, 2, 1.15))
            paint_fitted(
                painter, QRectF(left, place.top(), wide, place.height()), head, tokens.INK2, 400,
                _START,
            )  # fmt: skip
            left += wide + look.scaled(16)
        room = QRectF(left, place.top(), place.right() - left, place.height())
        weight = 600 if line.head else 400
        value = fit(
            line.value, room.width(), room.height(), Setting(px, weight, max(count, 2), 1.25)
        )
        paint_fitted(painter, room, value, tokens.INK, weight, _START)
        painter.setPen(QPen(look.ink(tokens.HAIR), 1))
        painter.drawLine(
            QLineF(place.left(), place.bottom() - 1, place.right(), place.bottom() - 1)
        )

    def _head_wide(self) -> float:
        metrics = QFontMetricsF(look.font(look.scaled(tokens.OPERATOR.body)))
        return max((metrics.horizontalAdvance(one.head) for one in self.lines), default=0.0) + 4

    def _lines_of(self, line: RuledLine) -> int:
        """How many lines its words need at the body size."""
        px = look.scaled(tokens.OPERATOR.body)
        metrics = QFontMetricsF(look.font(px, 600))
        taken = min(self._head_wide(), self.width() * HEAD_SHARE) + look.scaled(16)
        room = self.width() - (taken if line.head else 0) - (px * 1.3 + 12 if line.icon else 0)
        return max(-(-int(metrics.horizontalAdvance(line.value) * 1.06) // max(int(room), 1)), 1)

    def _least(self) -> int:
        counts = (self._lines_of(one) for one in self.lines)
        return sum(look.scaled(LOW + LINE * (count - 1)) for count in counts)

    def _settle(self) -> None:
        self.setMinimumHeight(self._least())
        self.setMaximumHeight(self._least() + len(self.lines) * look.scaled(HIGH - LOW))
        self.updateGeometry()
