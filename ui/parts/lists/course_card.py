"""A course as a card with a picture of its film, its length, when it was shown, how far it got."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.areas.courses.views import CourseView
from app.domain.ids import CourseId
from app.domain.time import local_time
from app.words import say
from ui.parts.layout import clear, row
from ui.parts.lists.course_row import readiness
from ui.state.formatting import length
from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, TextFit, fit, paint_fitted
from ui.widgets.tap import TapPart
from ui.widgets.tile_paint import CHOSEN, PLAIN, Dress

_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CLAUSES = re.compile(r"[^。；：，.;:,]+[。；：，.;:,]*")
_SHAPE = 16 / 9
LEAST_WIDE, LEAST_LARGE, MOST_WIDE, LOW = 210, 280, 480, 120
"""Design px; a strip lower than this has no room for a picture above words."""
ABOUT_LINES = 2
"""So many lines a card says of what the course is about, where there is room."""
TITLE, LARGEST = 20, 28
"""Design px of a title, and how large it may grow in a high card."""


class CourseCard(TapPart):
    """``clicked`` when touched; without a picture a calm one is drawn; ``over`` stands above
    its title, ``badge`` is a short word on the picture."""

    def __init__(
        self,
        view: CourseView,
        picture: QPixmap | None = None,
        *,
        over: str = "",
        badge: str = "",
        chosen: bool = False,
    ) -> None:
        super().__init__("")
        self.view, self.picture = view, picture
        self.over, self.badge, self.chosen = over, badge, chosen
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumWidth(look.scaled(MOST_WIDE))
        spoken = (over, view.course.title, self.under(), badge)
        self.setAccessibleName(" ".join(filter(None, spoken)))

    def dress(self) -> Dress:
        """Pine tint when chosen."""
        return CHOSEN if self.chosen else PLAIN

    def under(self) -> str:
        """Length, and when it was shown last or how much of it is here."""
        shown = self.view.played_ms
        state = (
            readiness(self.view)
            if shown is None or not self.view.ready
            else say("op.course.shown_on", day=f"{local_time(shown):%m-%d}")
        )
        return f"{length(self.view.course.duration_ms)} · {state}"

    def sizeHint(self) -> QSize:
        """A picture and three lines."""
        return QSize(look.scaled(LEAST_WIDE + 30), look.scaled(200))

    def minimumSizeHint(self) -> QSize:
        """Still a card."""
        return QSize(look.scaled(160), look.scaled(LOW))

    def high_for(self, wide: float) -> int:
        """How high it is where its picture has its whole shape."""
        return round((wide - 8) / _SHAPE + self._words_high()) + 12

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """The picture above, words below, the bar of what was shown between them."""
        inside = place.adjusted(4, 4, -4, -4)
        caption = look.scaled(tokens.OPERATOR.caption)
        high = max(min(inside.width() / _SHAPE, inside.height() - self._words_high()), 0)
        above = QRectF(inside.left(), inside.top(), inside.width(), high)
        paint_film(painter, above, self.picture, "book" if self.view.ready else "download")
        self._paint_resume(painter, above)
        self._paint_badge(painter, above)
        left, wide = inside.left() + look.scaled(8), inside.width() - look.scaled(16)
        soft = tokens.INK2 if dress == PLAIN else dress.text
        top = above.bottom()
        if self.over:
            over = fit(self.over, wide, caption * 1.5, Setting(caption, 400))
            paint_fitted(painter, QRectF(left, top, wide, caption * 1.5), over, soft, 400, _START)
            top += caption * 1.4
        room = inside.bottom() - top - caption * 1.5
        about = self._about(wide, room)
        if about is not None:
            high = about.line_px * ABOUT_LINES
            room -= high
            paint_fitted(painter, QRectF(left, top + room, wide, high), about, soft, 400, _START)
        most = min(max(look.scaled(TITLE), room * 0.36), look.scaled(LARGEST))
        title = fit(self.view.course.title, wide, room, Setting(most, 600, 2, 1.15))
        paint_fitted(painter, QRectF(left, top, wide, room), title, dress.text, 600, _START)
        low = QRectF(left, inside.bottom() - caption * 1.5, wide, caption * 1.4)
        under = fit(self.under(), wide, low.height(), Setting(caption, 400))
        paint_fitted(painter, low, under, soft, 400, _START)

    def high_with_words(self, wide: float) -> int:
        """The same with what the course is about."""
        return self.high_for(wide) + round(look.scaled(tokens.OPERATOR.caption) * ABOUT_LINES * 1.3)

    def _about(self, wide: float, room: float) -> TextFit | None:
        """As much of what it is about as can be said whole below two lines of title."""
        caption = look.scaled(tokens.OPERATOR.caption)
        high = caption * ABOUT_LINES * 1.3
        if not self.over or room - look.scaled(TITLE) * 2.4 < high:
            return None
        said = ""
        for clause in _CLAUSES.findall(self.view.course.summary):
            longer = fit(said + clause, wide, high, Setting(caption, 400, ABOUT_LINES, 1.25))
            if longer.px < caption:
                break
            said += clause
        said = said.rstrip("，、：；,:; ")
        return fit(said, wide, high, Setting(caption, 400, ABOUT_LINES, 1.25)) if said else None

    def _words_high(self) -> float:
        """Two lines of a title and one below it; one above it if there is any."""
        lines = 2.9 if self.over else 1.5
        return look.scaled(TITLE) * 2.5 + look.scaled(tokens.OPERATOR.caption) * lines

    def _paint_badge(self, painter: QPainter, above: QRectF) -> None:
        if not self.badge:
            return
        px = look.scaled(tokens.OPERATOR.caption)
        wide = QFontMetricsF(look.font(px, 600)).horizontalAdvance(self.badge) + px * 1.2
        wide = min(wide, above.width())
        spot = QRectF(above.right() - wide, above.top(), wide, px * 1.8)
        painter.setPen(QPen(look.ink(tokens.PINE), look.border_px(2)))
        painter.setBrush(look.ink(tokens.CARD))
        painter.drawRoundedRect(spot, spot.height() / 2, spot.height() / 2)
        said = fit(self.badge, spot.width() - px * 0.8, spot.height(), Setting(px, 600, 1, 1.2))
        paint_fitted(painter, spot, said, tokens.INK, 600)

    def _paint_resume(self, painter: QPainter, above: QRectF) -> None:
        at_ms = self.view.resume_ms
        if at_ms is None or above.height() < look.scaled(40):
            return
        thick = look.scaled(6)
        bar = QRectF(above.left(), above.bottom() - thick, above.width(), thick)
        painter.fillRect(bar, look.ink(tokens.MIST))
        bar.setWidth(above.width() * at_ms / max(self.view.course.duration_ms, 1))
        painter.fillRect(bar, look.ink(tokens.PINE))
        painter.setPen(look.ink(tokens.INK))
        painter.drawLine(QPointF(above.left(), bar.top()), QPointF(above.right(), bar.top()))


def paint_film(
    painter: QPainter, place: QRectF, picture: QPixmap | None, icon: str = "book"
) -> None:
    """A film's picture, as much of it as the place has the shape for; or a calm one."""
    if place.height() < look.scaled(40):
        return
    shape = QPainterPath()
    shape.addRoundedRect(place, 8, 8)
    painter.save()
    painter.setClipPath(shape)
    if picture is not None and not picture.isNull():
        whole = QRectF(picture.rect())
        part = QRectF(0, 0, whole.width(), whole.width() * place.height() / place.width())
        if part.height() > whole.height():
            part = QRectF(0, 0, whole.height() * place.width() / place.height(), whole.height())
        part.moveCenter(whole.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, picture, part)
    else:
        painter.fillRect(place, look.ink(tokens.PINE_TINT))
        side = min(place.height() * 0.5, look.scaled(64))
        spot = QRectF(0, 0, side, side)
        spot.moveCenter(place.center())
        paint_icon(painter, icon, tokens.PINE, spot)
    painter.restore()


class FilmPoster(QWidget):
    """The picture of one course across the page; not there before a film is shown in it."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: QPixmap | None = None
        self._icon = "book"
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_film(self, picture: QPixmap | None, *, ready: bool) -> None:
        """Show this picture; None: there is none yet."""
        self._picture, self._icon = picture, "book" if ready else "download"
        self.show()
        self.update()

    def fit_into(self, width: int, most: int) -> None:
        """Be so high that the film has its shape, but no higher than ``most``."""
        self.setFixedHeight(max(min(round(width / _SHAPE), most), 0))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture over the whole width."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_film(painter, QRectF(self.rect()), self._picture, self._icon)


class CourseStrip(QWidget):
    """As many cards as there is room for; ``touched`` gets the course of one."""

    def __init__(
        self,
        touched: Callable[[CourseId], None],
        picture_of: Callable[[CourseView], QPixmap | None] = lambda _view: None,
    ) -> None:
        super().__init__()
        self._touched, self._picture_of = touched, picture_of
        self._views: tuple[CourseView, ...] = ()
        self.cards: tuple[CourseCard, ...] = ()
        self._rows = row(gap=tokens.GAP)
        self.setLayout(self._rows)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMaximumHeight(look.scaled(520 if look.is_wide() else 400))

    def show_courses(self, views: tuple[CourseView, ...]) -> None:
        """Show these, from the first on."""
        if views != self._views:
            self._views = views
            self._lay_out()

    def redraw(self) -> None:
        """Pictures have come."""
        for card in self.cards:
            card.picture = self._picture_of(card.view)
            card.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more or fewer."""
        super().resizeEvent(event)
        if self._fitting() != len(self.cards):
            self._lay_out()

    def _fitting(self) -> int:
        if self.height() < look.scaled(LOW):
            return 0
        least = LEAST_LARGE if look.is_wide() else LEAST_WIDE
        return min(len(self._views), max(self.width() // look.scaled(least), 1))

    def _lay_out(self) -> None:
        clear(self._rows)
        shown = self._views[: self._fitting()]
        self.cards = tuple(
            CourseCard(one, self._picture_of(one), over=one.course.topic if look.is_wide() else "")
            for one in shown
        )
        for card in self.cards:
            card.clicked.connect(
                lambda _on=False, course=card.view.course.id: self._touched(course)
            )
            self._rows.addWidget(card, 1)
        self._rows.addStretch(0)
