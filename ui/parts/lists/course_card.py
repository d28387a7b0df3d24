"""A course as a card with a picture of its film, its length, when it was shown, how far it got."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap, QResizeEvent
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
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.tap import TapPart
from ui.widgets.tile_paint import Dress

_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SHAPE = 16 / 9
LEAST_WIDE, MOST_WIDE, LOW = 210, 480, 120
"""Design px; a strip lower than this has no room for a picture above words."""


class CourseCard(TapPart):
    """``clicked`` when touched; without a picture a calm one is drawn."""

    def __init__(self, view: CourseView, picture: QPixmap | None = None) -> None:
        super().__init__("")
        self.view, self.picture = view, picture
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumWidth(look.scaled(MOST_WIDE))
        self.setAccessibleName(f"{view.course.title} {self.under()}")

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

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """The picture above, words below, the bar of what was shown between them."""
        inside = place.adjusted(4, 4, -4, -4)
        caption = look.scaled(tokens.OPERATOR.caption)
        words = look.scaled(20) * 2.5 + caption * 1.5
        high = max(min(inside.width() / _SHAPE, inside.height() - words), 0)
        above = QRectF(inside.left(), inside.top(), inside.width(), high)
        self._paint_picture(painter, above)
        self._paint_resume(painter, above)
        left, wide = inside.left() + look.scaled(8), inside.width() - look.scaled(16)
        room = inside.bottom() - above.bottom() - caption * 1.5
        title = fit(self.view.course.title, wide, room, Setting(look.scaled(20), 600, 2, 1.15))
        paint_fitted(
            painter, QRectF(left, above.bottom(), wide, room), title, dress.text, 600, _START
        )
        low = QRectF(left, inside.bottom() - caption * 1.5, wide, caption * 1.4)
        under = fit(self.under(), wide, low.height(), Setting(caption, 400))
        paint_fitted(painter, low, under, tokens.INK2, 400, _START)

    def _paint_picture(self, painter: QPainter, place: QRectF) -> None:
        if place.height() < look.scaled(40):
            return
        shape = QPainterPath()
        shape.addRoundedRect(place, 8, 8)
        painter.save()
        painter.setClipPath(shape)
        if self.picture is not None and not self.picture.isNull():
            whole = QRectF(self.picture.rect())
            part = QRectF(0, 0, whole.width(), whole.width() * place.height() / place.width())
            if part.height() > whole.height():
                part = QRectF(0, 0, whole.height() * place.width() / place.height(), whole.height())
            part.moveCenter(whole.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, self.picture, part)
        else:
            painter.fillRect(place, look.ink(tokens.PINE_TINT))
            side = min(place.height() * 0.5, look.scaled(64))
            spot = QRectF(0, 0, side, side)
            spot.moveCenter(place.center())
            paint_icon(painter, "book" if self.view.ready else "download", tokens.PINE, spot)
        painter.restore()

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
        self.setMaximumHeight(look.scaled(400))

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
        return min(len(self._views), max(self.width() // look.scaled(LEAST_WIDE), 1))

    def _lay_out(self) -> None:
        clear(self._rows)
        shown = self._views[: self._fitting()]
        self.cards = tuple(CourseCard(one, self._picture_of(one)) for one in shown)
        for card in self.cards:
            card.clicked.connect(
                lambda _on=False, course=card.view.course.id: self._touched(course)
            )
            self._rows.addWidget(card, 1)
        self._rows.addStretch(0)
