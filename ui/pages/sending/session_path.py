"""One session on a wide sending page: when and what it was, and how far it is on its way."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, fit, paint_fitted

_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
HIGH, DAY_WIDE, PATH_SHARE = 88, 124, 0.44
DOT = 26


class PathShown(Struct, frozen=True):
    """``steps`` with their words; so many are ``reached``; ``care`` if a person must look."""

    day: str
    title: str
    under: str
    steps: tuple[str, ...]
    reached: int
    care: bool = False


class SessionPath(QWidget):
    """Is only read: spoken whole."""

    def __init__(self, shown: PathShown) -> None:
        super().__init__()
        self.shown = shown
        spoken = (shown.day, shown.title, shown.under, shown.steps[shown.reached - 1])
        self.setAccessibleName(" ".join(spoken))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.scaled(HIGH))

    def sizeHint(self) -> QSize:
        """One row of the table."""
        return QSize(look.scaled(700), look.scaled(HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The day, the title with what is below it, the path, a line at the foot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect())
        painter.setPen(QPen(look.ink(tokens.HAIR), 1))
        painter.drawLine(
            QLineF(place.left(), place.bottom() - 1, place.right(), place.bottom() - 1)
        )
        wide = look.scaled(DAY_WIDE)
        day_place = QRectF(place.left(), place.top(), wide - look.scaled(8), place.height())
        day = fit(self.shown.day, day_place.width(), place.height(), Setting(look.scaled(26), 700))
        paint_fitted(painter, day_place, day, tokens.INK, 700, _START)
        path_wide = place.width() * PATH_SHARE
        middle = QRectF(wide, place.top(), place.width() - wide - path_wide, place.height())
        self._paint_words(painter, middle.adjusted(0, look.scaled(8), -look.scaled(16), 0))
        self._paint_path(painter, QRectF(middle.right(), place.top(), path_wide, place.height()))

    def _paint_words(self, painter: QPainter, place: QRectF) -> None:
        caption = look.scaled(tokens.OPERATOR.caption)
        split = place.height() - caption * 1.9
        title_place = QRectF(place.left(), place.top(), place.width(), split)
        title = fit(self.shown.title, place.width(), split, Setting(look.scaled(24), 600, 2, 1.15))
        paint_fitted(painter, title_place, title, tokens.INK, 600, _START)
        below = QRectF(place.left(), title_place.bottom(), place.width(), caption * 1.4)
        under = fit(self.shown.under, place.width(), below.height(), Setting(caption, 400))
        paint_fitted(painter, below, under, tokens.INK2, 400, _START)

    def _paint_path(self, painter: QPainter, place: QRectF) -> None:
        """A dot for each step with its word below, joined as far as it has come."""
        each = place.width() / len(self.shown.steps)
        side, caption = look.scaled(DOT), look.scaled(tokens.OPERATOR.caption)
        middle = place.top() + place.height() * 0.34
        for at, word in enumerate(self.shown.steps):
            has_come = at < self.shown.reached
            center = QPointF(place.left() + each * (at + 0.5), middle)
            if at:
                painter.setPen(QPen(look.ink(tokens.PINE if has_come else tokens.LINE), 3))
                painter.drawLine(
                    QPointF(center.x() - each + side / 2, middle),
                    QPointF(center.x() - side / 2, middle),
                )
            self._paint_dot(painter, center, side, at, has_come=has_come)
            below = QRectF(
                place.left() + each * at, middle + side * 0.6, each, caption * 1.5
            ).adjusted(look.scaled(4), 0, -look.scaled(4), 0)
            weight = 600 if at == self.shown.reached - 1 else 400
            said = fit(word, below.width(), below.height(), Setting(caption, weight))
            ink = tokens.INK if has_come else tokens.INK2
            paint_fitted(painter, below, said, ink, weight)

    def _paint_dot(
        self, painter: QPainter, center: QPointF, side: float, at: int, *, has_come: bool
    ) -> None:
        spot = QRectF(center.x() - side / 2, center.y() - side / 2, side, side)
        if self.shown.care and at == self.shown.reached - 1:
            paint_icon(painter, "care", tokens.AMBER, spot)
            return
        painter.setPen(QPen(look.ink(tokens.PINE if has_come else tokens.LINE), look.border_px(2)))
        painter.setBrush(look.ink(tokens.PINE if has_come else tokens.CARD))
        painter.drawEllipse(spot)
        if has_come:
            inset = side * 0.2
            paint_icon(painter, "check", tokens.CARD, spot.adjusted(inset, inset, -inset, -inset))
