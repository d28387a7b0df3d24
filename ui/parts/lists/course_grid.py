"""Courses side by side as cards with their pictures: as large as all of them have room for."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.parts.layout import ScrollColumn
from ui.parts.lists.course_card import CourseCard
from ui.theme import look, tokens

LEAST_WIDE, MOST_WIDE, MOST = 280, 620, 3
"""Design px of a card; more than three in a row are hard to tell apart."""
LOWEST_WIDE = 160
"""In a low place a card gives of its picture until it is as high as one so wide."""


class CourseGrid(QWidget):
    """``cards`` in their order, all equally wide and high; ``settle`` finds the best for a place."""

    def __init__(self, cards: tuple[CourseCard, ...]) -> None:
        super().__init__()
        self.cards = cards
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.scaled(tokens.GAP))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for card in cards:
            card.setMaximumWidth(look.scaled(MOST_WIDE))

    def settle(self, width: int, height: int) -> None:
        """The fewest in a row with which all are seen at once; else as many as there is room for."""
        if not self.cards:
            return
        gap = self._grid.spacing()
        fits = max(min(width // look.scaled(LEAST_WIDE), MOST), 1)
        for across in range(1, fits + 1):
            wide = min((width - (across - 1) * gap) / across, look.scaled(MOST_WIDE))
            high = self.cards[0].high_for(wide)
            rows = -(-len(self.cards) // across)
            if rows * (high + gap) - gap <= height:
                break
        self._lay_out(across)
        each = (height + gap) // rows - gap
        least = self.cards[0].high_for(look.scaled(LOWEST_WIDE))
        high = max(min(high, max(each, least)), min(each, self.cards[0].high_with_words(wide)))
        for card in self.cards:
            card.setFixedHeight(high)
        self.setFixedHeight(rows * (high + gap) - gap)

    def _lay_out(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for at in range(MOST):
            self._grid.setColumnStretch(at, int(at < across))
        for at, card in enumerate(self.cards):
            self._grid.addWidget(card, at // across, at % across)


class CourseList(ScrollColumn):
    """Rows below one another, or a grid of cards that knows how much of it is seen at once."""

    def __init__(self) -> None:
        super().__init__()
        self.grid: CourseGrid | None = None

    def show_cards(self, cards: tuple[CourseCard, ...]) -> None:
        """Show these, as large as they have room."""
        self.grid = CourseGrid(cards)
        self._settle()
        self.show_parts((self.grid,))

    def show_parts(self, parts: tuple[QWidget, ...]) -> None:
        """Show other parts, rows as a rule."""
        if self.grid not in parts:
            self.grid = None
        super().show_parts(parts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another place has room for more or larger ones."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        """By the room beside a scroll bar, whether there is one or not: it must not come and go."""
        if self.grid is not None:
            bar = self.verticalScrollBar().sizeHint().width()
            self.grid.settle(self.width() - bar - look.scaled(4), self.height())
