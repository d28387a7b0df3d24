"""The session code as it stands on the projector and on paper, to read out or to copy."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.words import say
from ui.parts.layout import row
from ui.widgets.buttons import QuietButton
from ui.widgets.panel import label


class CodeLine(QWidget):
    """Hidden until a session has a code; ``copied(code)`` when it was taken to the clipboard."""

    def __init__(self, copied: Callable[[str], None]) -> None:
        super().__init__()
        self.code = label("", "section")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = QuietButton(say("op.records.code_copy"))
        self.copy.clicked.connect(lambda: self._on_copy(copied))
        self.setLayout(row(label(say("op.records.code"), "caption"), self.code, self.copy))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_code(self, code: str) -> None:
        """Show a code; an empty one hides the line."""
        self.code.setText(code)
        self.code.setAccessibleName(f"{say('op.records.code')} {code}")
        self.setVisible(bool(code))

    def _on_copy(self, copied: Callable[[str], None]) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
        copied(self.code.text())
