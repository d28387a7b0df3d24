"""Rows, columns and spacing as all operator pages use them, in the interface size in use."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QScroller,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import look, tokens
from ui.widgets.panel import Card, label

Part = QWidget | QLayout | int | None
"""A widget, a layout, a fixed gap in design px, or None for a stretch."""


def row(*parts: Part, gap: int = tokens.GAP) -> QHBoxLayout:
    """Parts side by side."""
    made = QHBoxLayout()
    _fill(made, parts, gap)
    return made


def even(*parts: QWidget) -> QHBoxLayout:
    """Parts side by side, equally wide whatever their words."""
    made = row(*parts)
    for at in range(len(parts)):
        made.setStretch(at, 1)
    return made


def column(*parts: Part, gap: int = tokens.GAP) -> QVBoxLayout:
    """Parts one below the other."""
    made = QVBoxLayout()
    _fill(made, parts, gap)
    return made


def _fill(layout: QBoxLayout, parts: tuple[Part, ...], gap: int) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(look.scaled(gap))
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(look.scaled(part))
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


def tight(card: Card, pad: int = 16) -> Card:
    """A card with less room inside, for small screens."""
    inside = look.scaled(pad)
    card.rows.setContentsMargins(inside, look.scaled(12), inside, look.scaled(12))
    return card


def words(text: str = "", role: str = "body") -> QLabel:
    """A label that wraps and never asks for more width than there is."""
    made = label(text, role, wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    made.setMinimumWidth(look.scaled(60))
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
            inner.deleteLater()


class ScrollColumn(QScrollArea):
    """A list that scrolls up and down when it is longer than its place; put into ``rows``."""

    def __init__(self, gap: int = tokens.GAP, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        port = QWidget()  # to show one that Qt made, every kind of widget would be loaded
        self.setViewport(port)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self.rows = QVBoxLayout(self._inside)
        self.rows.setContentsMargins(0, 0, look.scaled(4), 0)
        self.rows.setSpacing(look.scaled(gap))
        self.rows.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._inside)
        QScroller.grabGesture(port, QScroller.ScrollerGestureType.TouchGesture)

    def show_parts(self, parts: tuple[QWidget, ...]) -> None:
        """Show other parts."""
        clear(self.rows)
        for part in parts:
            self.rows.addWidget(part)


class PageView(QWidget):
    """One page: ``rows`` below one another, margins as the window gives them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(look.scaled(tokens.GAP))
