"""One course as a row to touch: its title whole, its length and state below, a badge at the end."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.areas.courses.views import CourseView
from app.words import say
from ui.state.formatting import length
from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.tap import TapPart
from ui.widgets.tile_paint import CHOSEN, MUTED, PLAIN, Dress

_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


READ = Dress(tokens.CARD, tokens.CARD, tokens.INK, 0)
LOW, HIGH = 72, 98
TITLE_PX = 22
NARROW, SCROLL_BAR = 400, 48
"""A row narrower than this says its badge below. Whether it does decides its height, that decides
whether the list has a scroll bar, and that how wide the row is: it stays so until there is more
room than a scroll bar takes."""


class CourseShown(Struct, frozen=True):
    """What a row shows; ``badge`` is a short word at its end, ``icon`` stands before the title."""

    title: str
    under: tuple[str, ...] = ()
    badge: str = ""
    icon: str = "book"
    chosen: bool = False
    ready: bool = True


def shown_of(view: CourseView, *, badge: str = "", chosen: bool = False) -> CourseShown:
    """A course with its length, subtitle and how much of it is here."""
    course = view.course
    parts = [length(course.duration_ms)]
    if course.subtitle is not None:
        parts.append(say("op.course.subtitled"))
    parts.append(readiness(view))
    return CourseShown(
        title=course.title,
        under=tuple(parts),
        badge=badge,
        icon="book" if view.ready else "download",
        chosen=chosen,
        ready=view.ready,
    )


def readiness(view: CourseView) -> str:
    """How whole a course is here, in a word."""
    if view.ready:
        return say("op.course.ready")
    if view.checking:
        return say("op.course.checking")
    if not view.comes:
        return say("op.course.away")
    if view.percent:
        return say("op.course.percent", percent=view.percent)
    return say("op.course.missing")


class CourseRow(TapPart):
    """``clicked`` when touched, unless ``inert``: then it is only read."""

    def __init__(
        self, shown: CourseShown, *, inert: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent=parent)
        self.setEnabled(not inert)
        self._wraps = self._narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_course(shown)

    def show_course(self, shown: CourseShown) -> None:
        """Show another course, or the same in another state."""
        self.shown = shown
        spoken = (shown.title, *shown.under, shown.badge)
        self.setAccessibleName(" ".join(part for part in spoken if part))
        self.update()

    def dress(self) -> Dress:
        """Pine tint when chosen, sunken when it can't be played; no edge on what is only read."""
        if not self.isEnabled():
            return READ
        if self.shown.chosen:
            return CHOSEN
        return PLAIN if self.shown.ready else MUTED

    def sizeHint(self) -> QSize:
        """Two lines with air; three when the title needs two."""
        return QSize(look.scaled(300), look.scaled(HIGH if self._wraps else LOW))

    def minimumSizeHint(self) -> QSize:
        """The same height, narrower."""
        return QSize(look.scaled(160), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow place may need another line for the title."""
        super().resizeEvent(event)
        wide = event.size().width()
        self._narrow = wide < look.scaled(NARROW + (SCROLL_BAR if self._narrow else 0))
        metrics = QFontMetricsF(look.font(look.scaled(TITLE_PX), 600))
        place = wide - look.scaled(66)
        if self.shown.badge and not self._narrow:
            place -= look.scaled(110)
        wraps = metrics.horizontalAdvance(self.shown.title) > place
        if wraps != self._wraps:
            self._wraps = wraps
            self.updateGeometry()
        # The look gives every control a least height of its own: a long list must scroll, not
        # press its rows together.
        self.setMinimumHeight(self.sizeHint().height())

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """Icon, title, line below, badge."""
        side = look.scaled(26)
        icon_place = QRectF(look.scaled(14), (place.height() - side) / 2, side, side)
        by_state = tokens.PINE if self.shown.ready else tokens.INK2
        icon_ink = tokens.ICON_CHOSEN if dress == CHOSEN else by_state
        paint_icon(painter, self.shown.icon, icon_ink, icon_place)
        right = place.right() - look.scaled(14)
        if self.shown.badge and not self._narrow:
            right = self._paint_badge(painter, right, place) - look.scaled(10)
        left = icon_place.right() + look.scaled(12)
        inside = QRectF(
            left, place.top() + look.scaled(8), right - left, place.height() - look.scaled(16)
        )
        under_px = look.scaled(tokens.OPERATOR.caption)
        split = inside.height() - under_px * 1.3
        title_place = QRectF(inside.left(), inside.top(), inside.width(), split)
        title = fit(
            self.shown.title, inside.width(), split, Setting(look.scaled(TITLE_PX), 600, 2, 1.15)
        )
        paint_fitted(painter, title_place, title, dress.text, 600, _START)
        below = QRectF(inside.left(), title_place.bottom(), inside.width(), under_px * 1.3)
        text = self._under_that_fits(below.width(), under_px)
        under = fit(text, below.width(), below.height(), Setting(under_px, 400, 1, 1.2))
        soft = tokens.INK2 if dress in (PLAIN, READ) else dress.text
        paint_fitted(painter, below, under, soft, 400, _START)

    def _under_that_fits(self, width: float, px: int) -> str:
        """As many parts as fit at full size; a narrow row says its badge first."""
        metrics = QFontMetricsF(look.font(px))
        parts = [*self.shown.under]
        if self.shown.badge and self._narrow:
            parts.insert(0, self.shown.badge)
        while len(parts) > 1 and metrics.horizontalAdvance(" · ".join(parts)) > width:
            parts.pop()
        return " · ".join(parts)

    def _paint_badge(self, painter: QPainter, right: float, place: QRectF) -> float:
        px = look.scaled(tokens.OPERATOR.caption)
        font = look.font(px, 600)
        wide = QFontMetricsF(font).horizontalAdvance(self.shown.badge) + px * 1.2
        spot = QRectF(right - wide, (place.height() - px * 1.8) / 2, wide, px * 1.8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.ink(tokens.CARD if self.shown.chosen else tokens.PINE_TINT))
        painter.drawRoundedRect(spot, spot.height() / 2, spot.height() / 2)
        fitted = fit(self.shown.badge, spot.width(), spot.height(), Setting(px, 600, 1, 1.2))
        paint_fitted(painter, spot, fitted, tokens.INK, 600)
        return spot.left()
