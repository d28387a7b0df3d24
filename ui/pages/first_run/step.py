"""What every step of the first setting up is: a card with a title, and one main act."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.words import say
from ui.parts.layout import column, row, words
from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.notice_banner import NoticeBanner
from ui.widgets.panel import Card
from ui.widgets.tile_paint import Dress, paint_tile

LEAST = 1_000
"""Design px of a page's width in which the picture is as large as it may be."""


class StepPicture(QWidget):
    """What the step is about, large, on a ground of its own."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.make_room(look.scaled(LEAST))

    def make_room(self, page_px: int) -> None:
        """In a narrow page what is to be read comes first."""
        self.setFixedWidth(look.scaled(208 if page_px >= look.scaled(LEAST) else 64))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, and the drawing in its middle."""
        painter = QPainter(self)
        place = QRectF(self.rect())
        paint_tile(painter, place, Dress(tokens.PINE_TINT, tokens.PINE_TINT, tokens.PINE), 12)
        side = min(place.width(), place.height()) * 0.56
        square = QRectF(0, 0, side, side)
        square.moveCenter(place.center())
        paint_icon(painter, self._icon, tokens.PINE, square)


class SetupStep(Card):
    """``changed`` when the word of its main act is another; ``passed`` when it is done."""

    changed = Signal()
    passed = Signal()

    def __init__(self, title: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        pad = look.scaled(16)
        outer, self.rows = self.rows, column(gap=12)
        outer.setContentsMargins(pad, pad, pad, pad)
        outer.removeWidget(self.title)
        self.picture = StepPicture(icon)
        body = row(self.picture, self.rows, gap=28)
        body.setStretch(1, 1)
        outer.addLayout(body, 1)
        self.heading = words(title, "title")
        self.rows.addWidget(self.heading)
        self.note = NoticeBanner()
        self.is_busy = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room."""
        super().resizeEvent(event)
        self.picture.make_room(self.width())

    def opened(self) -> None:
        """The step has come to the front."""

    def main_word(self) -> str:
        """What its main act is called at present."""
        return say("first.next")

    def main_icon(self) -> str:
        """The picture before that word."""
        return "arrow_right"

    def act(self) -> None:
        """Do the main act; ``passed`` when there is nothing left to do here."""
        self.passed.emit()

    def tell(self, sentence: str) -> None:
        """One sentence about what came of it; empty for nothing."""
        self.note.show_notice(sentence)
        self.changed.emit()
