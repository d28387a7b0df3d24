"""Three truths kept apart: saved here, received by the centre, understood by the centre."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.usecases.views import SyncView
from app.words import say
from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, fit, paint_fitted

_UNKNOWN = "–"
_STEPS = (
    ("op.sending.step_here", "disk"),
    ("op.sending.step_received", "send"),
    ("op.sending.step_understood", "records"),
)


class ThreeSteps(QWidget):
    """Three figures on one line from here to the centre; one that was never said is a dash.

    A station's disc is full when everything has reached it, so that the way can be read without
    comparing figures.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.figures: tuple[str, ...] = (_UNKNOWN,) * 3
        self._reached: tuple[bool, ...] = (False,) * 3

    def show_sync(self, sync: SyncView) -> None:
        """Show where the record stands."""
        counts = (sync.facts, sync.confirmed, sync.understood)
        self.figures = tuple(_UNKNOWN if one is None else str(one) for one in counts)
        self._reached = tuple(one is not None and one >= sync.facts for one in counts)
        spoken = (
            say("op.sending.step_spoken", word=say(key), count=figure)
            for (key, _icon), figure in zip(_STEPS, self.figures, strict=True)
        )
        self.setAccessibleName(say("member.join").join(spoken))
        self.update()

    def sizeHint(self) -> QSize:
        """Discs, figures and words with air."""
        return QSize(look.scaled(480), look.scaled(180))

    def minimumSizeHint(self) -> QSize:
        """Still to be read across a table."""
        return QSize(look.scaled(300), look.scaled(96))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the way, its three discs, figures and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = min(self.height(), look.scaled(400))
        top = (self.height() - high) / 2
        wide = self.width() / 3
        disc = max(high * 0.32, look.scaled(34))
        middles = [QPointF(wide * (at + 0.5), top + disc / 2 + 2) for at in range(3)]
        for at in (0, 1):
            self._paint_way(painter, middles[at], middles[at + 1], disc, full=self._reached[at + 1])
        word_high = max(high * 0.15, look.scaled(26))
        for at, (key, icon) in enumerate(_STEPS):
            self._paint_disc(painter, middles[at], disc, icon, full=self._reached[at])
            below = QRectF(wide * at, middles[at].y() + disc / 2, wide, 0)
            below.setBottom(top + high - word_high)
            ceiling = self._figure_px(wide * 0.7, below.height())
            wish = Setting(ceiling, 700, 1, 1.1)
            figure = fit(self.figures[at], below.width(), below.height(), wish)
            paint_fitted(painter, below, figure, tokens.PINE, 700)
            place = QRectF(wide * at, below.bottom(), wide, word_high)
            word = fit(say(key), place.width() * 0.96, word_high, Setting(look.scaled(28), 600))
            paint_fitted(painter, place, word, tokens.INK, 600)

    def _figure_px(self, wide: float, high: float) -> int:
        """One size for all three, so that they can be compared."""
        wish = Setting(look.scaled(116), 700, 1, 1.1)
        return min(fit(figure, wide, high, wish).px for figure in self.figures)

    def _paint_way(
        self, painter: QPainter, start: QPointF, end: QPointF, disc: float, *, full: bool
    ) -> None:
        pen = QPen(look.ink(tokens.PINE if full else tokens.LINE), look.scaled(4))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if not full:
            pen.setDashPattern([0.1, 2.6])
        painter.setPen(pen)
        gap = disc / 2 + look.scaled(14)
        painter.drawLine(start + QPointF(gap, 0), end - QPointF(gap, 0))

    def _paint_disc(
        self, painter: QPainter, middle: QPointF, disc: float, icon: str, *, full: bool
    ) -> None:
        painter.setPen(QPen(look.ink(tokens.PINE), look.scaled(2)))
        painter.setBrush(look.ink(tokens.PINE if full else tokens.CARD))
        place = QRectF(middle.x() - disc / 2, middle.y() - disc / 2, disc, disc)
        painter.drawEllipse(place)
        inset = disc * 0.25
        colour = tokens.CARD if full else tokens.PINE
        paint_icon(painter, icon, colour, place.adjusted(inset, inset, -inset, -inset))


def agreement_words(sync: SyncView) -> str:
    """Whether both sides hold the same, in one short sentence."""
    if sync.agreed:
        return say("op.sending.agreed")
    if sync.agreed is False:
        return say("op.sending.differs")
    key = "op.sending.not_compared" if sync.last_success_ms else "op.sending.never_compared"
    return say(key)
