"""What a member touches: a wide line with a mark, or a face over its word."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.words import say
from ui.parts.asking.state import AskedHow, AskedOption
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.tap import TapPart
from ui.widgets.tile_paint import CHOSEN, PLAIN, Dress

_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_FACE = 0.58
"""Of the height of a tile with a face."""


class OptionTile(TapPart):
    """``clicked`` when touched; wears the tint while it is chosen, with its number in an order."""

    def __init__(self, option: AskedOption, px: float, parent: QWidget | None = None) -> None:
        super().__init__(option.word, parent=parent)
        self.option, self._px = option, px
        self._mark = ""
        self._is_chosen = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_chosen(self, how: AskedHow, place: int | None) -> None:
        """Chosen as the first, second …, or not at all."""
        self._is_chosen = place is not None
        self._mark = str(place + 1) if how is AskedHow.ORDER and place is not None else ""
        told = say("asking.chosen", word=self.option.word) if self._is_chosen else self.option.word
        self.setAccessibleName(told)
        self.update()

    def dress(self) -> Dress:
        """By whether it is chosen."""
        return CHOSEN if self._is_chosen else PLAIN

    def content(self) -> tuple[str, str, str, bool, float]:
        """See ``TapPart``."""
        return self.option.word, self.option.icon, self._mark, self._is_chosen, self._px

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """The face over its word, or the mark before it."""
        inner = place.adjusted(16, 4, -16, -4)
        if self.option.icon:
            self._paint_face(painter, inner, dress)
            return
        side = min(self._px * 1.25, inner.height() * 0.8)
        mark = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
        if self._mark:
            number = fit(self._mark, side, side, Setting(self._px, 700, 1, 1.0))
            paint_fitted(painter, mark, number, dress.text, 700)
        elif self._is_chosen:
            paint_icon(painter, "check_circle", dress.text, mark)
        words = inner.adjusted(side * 1.4, 0, 0, 0)
        fitted = fit(
            self.option.word, words.width(), words.height(), Setting(self._px, 600, 3, 1.2)
        )
        paint_fitted(painter, words, fitted, dress.text, 600, _START)

    def _paint_face(self, painter: QPainter, inner: QRectF, dress: Dress) -> None:
        side = min(inner.height() * _FACE, inner.width() * 0.8)
        face = QRectF(0, 0, side, side)
        face.moveCenter(inner.center())
        face.moveTop(inner.top() + (inner.height() * _FACE - side) / 2 + inner.height() * 0.04)
        paint_icon(painter, self.option.icon, dress.text, face)
        words = QRectF(inner.left(), face.bottom(), inner.width(), inner.bottom() - face.bottom())
        fitted = fit(
            self.option.word, words.width(), words.height(), Setting(self._px, 600, 2, 1.2)
        )
        paint_fitted(painter, words, fitted, dress.text, 600)
