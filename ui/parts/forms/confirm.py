"""A question inside a page with two answers, for the few acts no key takes back."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.parts.layout import row, words
from ui.theme import look
from ui.widgets.buttons import PrimaryButton, SecondaryButton


class ConfirmQuestion(QFrame):
    """``yes`` and ``no`` are its buttons; hidden until asked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        rows = QVBoxLayout(self)
        pad = look.scaled(20)
        rows.setContentsMargins(pad, pad, pad, pad)
        rows.setSpacing(look.scaled(16))
        self.text = words("", "section")
        self.no = SecondaryButton("")
        self.yes = PrimaryButton("")
        buttons = row(self.no, self.yes)
        buttons.setStretch(0, 1)
        buttons.setStretch(1, 1)
        rows.addStretch(1)
        rows.addWidget(self.text)
        rows.addLayout(buttons)
        rows.addStretch(1)
        self.hide()

    def ask(self, text: str, no: str, yes: str) -> None:
        """Show the question."""
        self.text.setText(text)
        self.no.say(no)
        self.yes.say(yes)
        self.setAccessibleName(text)
        self.show()
