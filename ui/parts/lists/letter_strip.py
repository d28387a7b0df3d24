"""The letters surnames begin with, in one strip: touching a cell shows only these people.

Cells are as wide as a finger; where there is less room, neighbouring letters share one.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy

from app.words import say
from ui.theme import look, tokens
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.tap import TapPart
from ui.widgets.tile_paint import ARRIVED, PLAIN, Dress, paint_tile

CELL = 46


class LetterStrip(TapPart):
    """``chosen(letters)``; empty when the same cell is touched again."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("op.roll.letters"), guarded=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.letters, self.shown = "", ""
        self._at = 0

    def show_letters(self, letters: str, shown: str) -> None:
        """Offer these letters; ``shown`` are those that hold."""
        if (letters, shown) != (self.letters, self.shown):
            self.letters, self.shown = letters, shown
            self.setAccessibleDescription(shown)
            self.update()

    def cells(self) -> tuple[str, ...]:
        """The letters of each cell, as evenly as they come."""
        most = max(self.width() // look.scaled(CELL), 1)
        count = min(most, len(self.letters))
        share = len(self.letters) / count if count else 1
        return tuple(
            self.letters[round(at * share) : round((at + 1) * share)] for at in range(count)
        )

    def sizeHint(self) -> QSize:
        """A cell for each letter, if there is room."""
        return QSize(look.scaled(CELL) * max(len(self.letters), 1), look.scaled(tokens.CONTROL))

    def minimumSizeHint(self) -> QSize:
        """Four cells are of use."""
        return QSize(look.scaled(CELL) * 4, look.scaled(tokens.CONTROL))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The cell under the finger."""
        if self.rect().contains(event.position().toPoint()):
            self._choose(int(event.position().x() * len(self.cells()) / max(self.width(), 1)))
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk, as far as there are cells."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        cells = self.cells()
        at = cells.index(self.shown) + step if self.shown in cells else (0 if step > 0 else -1)
        if 0 <= at < len(cells):
            self._choose(at)

    def content(self) -> tuple[str, str]:
        """See ``TapPart``."""
        return self.letters, self.shown

    def paint_content(self, painter: QPainter, place: QRectF, _dress: Dress) -> None:
        """One cell after another; the chosen one is filled."""
        cells = self.cells()
        for at, letters in enumerate(cells):
            wide = place.width() / len(cells)
            cell = QRectF(place.left() + at * wide, place.top(), wide, place.height())
            held = letters == self.shown
            if held:
                paint_tile(painter, cell.adjusted(2, 2, -2, -2), ARRIVED, tokens.RADIUS)
            text = letters if len(letters) == 1 else f"{letters[0]}–{letters[-1]}"
            wish = Setting(look.scaled(tokens.OPERATOR.body), 600, 1, 1.1)
            fitted = fit(text, wide - 4, place.height(), wish)
            paint_fitted(painter, cell, fitted, (ARRIVED if held else PLAIN).text, 600)

    def _choose(self, at: int) -> None:
        cells = self.cells()
        if 0 <= at < len(cells):
            self.chosen.emit("" if cells[at] == self.shown else cells[at])
