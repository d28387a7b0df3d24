"""One part of the settings page: a heading and below it what can be chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.settings.state import SettingsState
from ui.parts.layout import words
from ui.theme import look


class Section(QWidget):
    """Put parts into ``rows``; ``render_state`` is called whenever the choices have changed."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, look.scaled(12))
        self.rows.setSpacing(max(look.scaled(10), 12))
        self.rows.addWidget(words(title, "section"))

    def render_state(self, state: SettingsState) -> None:
        """Show the choices in force; a part that shows something else ignores it."""
