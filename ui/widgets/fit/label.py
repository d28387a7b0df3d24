"""A label whose text is as large as its place allows, wraps and is never cut."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import tokens
from ui.widgets.fit.text import Setting, TextFit, fit, paint_fitted


class FitLabel(QWidget):
    """Shows ``text`` between ``floor`` and ``ceiling`` px (real px, not scaled any more)."""

    def __init__(
        self,
        text: str = "",
        *,
        ceiling: float = 40,
        floor: float = 18,
        weight: int = 400,
        lines: int = 1,
        tight: float = 1.22,
        colour: str = tokens.INK,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter,
    ) -> None:
        super().__init__()
        self._text = text
        self._wish = Setting(ceiling, weight, lines, tight)
        self.floor = floor
        self._colour = colour
        self._align = align
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """What it shows."""
        return self._text

    def show_text(self, text: str, colour: str | None = None) -> None:
        """Show another text, and in another colour if given."""
        if text != self._text or (colour is not None and colour != self._colour):
            self._text = text
            self._colour = colour or self._colour
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def set_ceiling(self, ceiling: float, lines: int | None = None) -> None:
        """Let the text grow up to ``ceiling`` px, in so many lines."""
        wish = self._wish
        changed = Setting(ceiling, wish.weight, lines or wish.lines, wish.tight)
        if changed != wish:
            self._wish = changed
            self.updateGeometry()
            self.update()

    def set_align(self, align: Qt.AlignmentFlag) -> None:
        """Place the text differently."""
        self._align = align
        self.update()

    def fitted(self) -> TextFit:
        """How the text is set in the present size."""
        return fit(self._text, self.width(), self.height(), self._wish)

    def sizeHint(self) -> QSize:
        """Room for the ceiling size in one line, but never demanded."""
        width = round(self._wish.ceiling * max(len(self._text) // self._wish.lines, 1))
        return QSize(width, round(self._wish.ceiling * self._wish.tight * self._wish.lines))

    def minimumSizeHint(self) -> QSize:
        """Only room for one line at the floor size."""
        return QSize(round(self.floor * 2), round(self.floor * self._wish.tight))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines."""
        if self._text:
            painter = QPainter(self)
            place = QRectF(self.rect())
            paint_fitted(
                painter, place, self.fitted(), self._colour, self._wish.weight, self._align
            )
