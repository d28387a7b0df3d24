"""The steps of a session, always in sight: where we are, what is done, what comes."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.tap import TapPart
from ui.widgets.tile_paint import Dress

_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class StepLook(StrEnum):
    """How one step stands."""

    DONE = "done"
    NOW = "now"
    OPEN = "open"
    LATER = "later"


class StepMark(Struct, frozen=True):
    """One step: its key, its word, one short note below, and how it stands."""

    key: str
    title: str
    note: str = ""
    look: StepLook = StepLook.LATER


_DRESSES = {
    StepLook.DONE: Dress(tokens.CARD, tokens.HAIR, tokens.INK, 1.5),
    StepLook.NOW: Dress(tokens.CHOSEN, tokens.PINE, tokens.ON_CHOSEN, 3),
    StepLook.OPEN: Dress(tokens.CARD, tokens.LINE, tokens.INK),
    StepLook.LATER: Dress(tokens.PAPER, tokens.HAIR, tokens.INK2, 1.5),
}


class StepBar(QWidget):
    """``chosen(key)`` when a step is tapped, whatever its look; the page decides and explains."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, upright: bool = False) -> None:
        super().__init__(parent)
        way = QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight
        self._row = QBoxLayout(way, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(tokens.GAP)
        self.parts: list[StepPart] = []
        self.marks: tuple[StepMark, ...] = ()
        self._lines = 2 if upright else 1

    def show_steps(self, steps: tuple[StepMark, ...]) -> None:
        """Show these steps from left to right, or from top to bottom."""
        self.marks = steps
        while len(self.parts) < len(steps):
            part = StepPart(len(self.parts) + 1, self._lines)
            part.clicked.connect(lambda _on=False, part=part: self.chosen.emit(part.mark.key))
            self.parts.append(part)
            self._row.addWidget(part)
        for number, part in enumerate(self.parts):
            part.setVisible(number < len(steps))
            if number < len(steps):
                part.show_step(steps[number])


class StepPart(TapPart):
    """One step of the bar."""

    def __init__(self, number: int, lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._lines = lines
        self._number = number
        self.mark = StepMark("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_step(self, mark: StepMark) -> None:
        """Show a step."""
        if mark == self.mark:
            return
        self.mark = mark
        self.setAccessibleName(f"{self._number} {mark.title} {mark.note}".strip())
        self.update()

    def dress(self) -> Dress:
        """By how the step stands."""
        return _DRESSES[self.mark.look]

    def sizeHint(self) -> QSize:
        """One word line and one note line."""
        return QSize(look.scaled(160), look.scaled(84))

    def minimumSizeHint(self) -> QSize:
        """Notes shrink before steps overlap."""
        return QSize(look.scaled(110), look.scaled(84))

    def content(self) -> tuple[int, StepMark]:
        """See ``TapPart``."""
        return self._number, self.mark

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """Draw number or tick, word, note."""
        disc = QRectF(0, 0, look.scaled(38), look.scaled(38))
        disc.moveCenter(place.center())
        disc.moveLeft(look.scaled(14))
        self._paint_disc(painter, disc)
        text = place.adjusted(disc.right() + look.scaled(10), look.scaled(8), -8, -look.scaled(8))
        share = 0.54 if self._lines == 1 else 0.64
        split = text.height() * (share if self.mark.note else 1.0)
        word_place = QRectF(text.left(), text.top(), text.width(), split)
        wish = Setting(look.scaled(26), 600, self._lines, 1.2 if self._lines == 1 else 1.05)
        word = fit(self.mark.title, text.width(), split, wish)
        paint_fitted(painter, word_place, word, dress.text, 600, _START)
        if self.mark.note:
            note_place = QRectF(
                text.left(), word_place.bottom(), text.width(), text.height() - split
            )
            note = fit(
                self.mark.note, text.width(), note_place.height(), Setting(look.scaled(19), 400)
            )
            paint_fitted(painter, note_place, note, dress.text, 400, _START)

    def _paint_disc(self, painter: QPainter, disc: QRectF) -> None:
        now, done = self.mark.look is StepLook.NOW, self.mark.look is StepLook.DONE
        filled = tokens.ICON_CHOSEN if now else tokens.PINE_TINT if done else tokens.MIST
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.ink(filled))
        painter.drawEllipse(disc)
        if done:
            inset = disc.width() * 0.22
            inner = disc.adjusted(inset, inset, -inset, -inset)
            paint_icon(painter, "check", tokens.PINE, inner)
            return
        number = fit(str(self._number), disc.width(), disc.height(), Setting(look.scaled(24), 600))
        paint_fitted(painter, disc, number, tokens.CHOSEN if now else tokens.INK2, 600)
