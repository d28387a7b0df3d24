"""F1 where no page of the operator is in front: on a locked sheet, and at the first setting up.

It can only be read there: a printer's or a file's own window would lead members past the lock.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.parts.overlay import CardOverlay, help_title, numbered
from ui.theme import look


class HelpOverlay(CardOverlay):
    """Hidden until ``open``; ``closed`` when it goes."""

    closed = Signal()

    def __init__(self, parent: QWidget, page: str) -> None:
        super().__init__(parent)
        self.title.setText(help_title(page))
        self.lines = numbered(page)
        for line in self.lines:
            self.rows.addWidget(line)
        self.rows.addSpacing(look.scaled(8))
        self.rows.addWidget(self.close_button)

    def open(self) -> None:
        """Show the sheet."""
        self.open_wide(860, self.lines)

    def focusNextPrevChild(self, _following: bool) -> bool:
        """Tab stays on the sheet."""
        self.close_button.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, F1 and Enter close it; no key goes further."""
        keys = (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in keys:
            self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """The keypad listens again."""
        super().hideEvent(event)
        self.closed.emit()
