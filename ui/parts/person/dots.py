"""The last sessions of a person as dots: came, late, excused, absent, with the day below."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.areas.attendance.marks import Status
from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, fit, paint_fitted

DOT, WIDE = 40, 68
_MARKS = {
    Status.PRESENT: ("check", tokens.PINE_TINT, tokens.PINE),
    Status.LATE: ("clock", tokens.PINE_TINT, tokens.PINE),
    Status.LATE_ENTRY: ("check", tokens.CARD, tokens.PINE),
    Status.ON_LEAVE: ("leave", tokens.AMBER_TINT, tokens.AMBER),
    Status.ABSENT: ("cross", tokens.CARD, tokens.INK2),
}
_UNASKED = ("", tokens.MIST, tokens.HAIR)


class DayDot(Struct, frozen=True):
    """One session: how somebody stood (None: not expected), the day, and both in words."""

    status: Status | None
    day: str
    spoken: str


class Dots(QWidget):
    """As many dots as there are sessions, oldest at the left."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.shown: tuple[DayDot, ...] = ()

    def show_days(self, days: tuple[DayDot, ...]) -> None:
        """Show these."""
        self.shown = days
        self.setAccessibleName("; ".join(one.spoken for one in days))
        self.setToolTip("\n".join(one.spoken for one in days))
        self.update()

    def sizeHint(self) -> QSize:
        """Dots above, days below."""
        return QSize(look.scaled(WIDE) * 6, look.scaled(DOT) + round(self._px() * 1.5))

    def minimumSizeHint(self) -> QSize:
        """The height is kept."""
        return QSize(look.scaled(WIDE), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = min(self.width() / 6, look.scaled(WIDE) * 1.3)
        side = look.scaled(DOT)
        for at, one in enumerate(self.shown):
            icon, ground, line = _MARKS.get(one.status, _UNASKED) if one.status else _UNASKED
            spot = QRectF(at * wide + (wide - side) / 2, 1, side - 2, side - 2)
            painter.setPen(QPen(look.ink(line), look.border_px(2)))
            painter.setBrush(look.ink(ground))
            painter.drawEllipse(spot.adjusted(1, 1, -1, -1))
            if icon:
                inner = side * 0.24
                paint_icon(painter, icon, line, spot.adjusted(inner, inner, -inner, -inner))
            below = QRectF(at * wide, side, wide, self.height() - side)
            fitted = fit(one.day, wide, below.height(), Setting(self._px(), 400, 1, 1.2))
            paint_fitted(painter, below, fitted, tokens.INK2, 400, Qt.AlignmentFlag.AlignCenter)

    def _px(self) -> int:
        return look.scaled(tokens.OPERATOR.caption)
