"""Surfaces: a white card with a warm hairline, a sunken well, and a dividing line."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ui.theme import look, tokens


def label(text: str = "", role: str = "body", *, wrap: bool = False) -> QLabel:
    """A label of a role: title, section, body, name, caption, digits or count."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def divider() -> QFrame:
    """A hairline across."""
    line = QFrame()
    line.setProperty("role", "line")
    return line


class Card(QFrame):
    """A white panel; put things into ``rows`` (a QVBoxLayout)."""

    def __init__(self, title: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.rows = QVBoxLayout(self)
        pad = look.scaled(24)
        self.rows.setContentsMargins(pad, look.scaled(20), pad, look.scaled(20))
        self.rows.setSpacing(look.scaled(tokens.GAP))
        self.title = label(title, "section", wrap=True)
        self.title.setVisible(bool(title))
        self.rows.addWidget(self.title)


class Well(QFrame):
    """A sunken panel in the colour of mist; put things into ``rows``."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "well")
        self.rows = QVBoxLayout(self)
        pad = look.scaled(16)
        self.rows.setContentsMargins(pad, pad, pad, pad)
        self.rows.setSpacing(look.scaled(tokens.GRID))
