"""What stands where nothing is yet: why it is empty and what one can do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.theme import look, tokens
from ui.theme.icons import pixmap
from ui.widgets.buttons import SecondaryButton


class EmptyNote(QWidget):
    """An icon, a sentence and, if given, one act; ``act_chosen`` when it is tapped."""

    act_chosen = Signal()

    def __init__(
        self, text: str = "", act: str = "", *, icon: str = "note", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        rows = QVBoxLayout(self)
        rows.setSpacing(look.scaled(18))
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = QLabel()
        self._text.setProperty("role", "body")
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.act = SecondaryButton("")
        self.act.clicked.connect(self.act_chosen)
        rows.addStretch(2)
        rows.addWidget(self._icon)
        rows.addWidget(self._text)
        rows.addWidget(self.act, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(3)
        self.show_note(text, act, icon=icon)

    def show_note(self, text: str, act: str = "", *, icon: str = "note") -> None:
        """Show another sentence and act."""
        self._text.setText(text)
        self._icon.setPixmap(pixmap(icon, tokens.LINE, look.scaled(64)))
        self.act.say(act)
        self.act.setVisible(bool(act))
        self.setAccessibleName(text)
