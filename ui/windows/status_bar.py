"""The one sentence at the foot of the window: what just happened, and that all is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui.state.current_session import StatusLine, StatusTone
from ui.theme import look, tokens
from ui.theme.icons import pixmap
from ui.widgets.fit.label import FitLabel

_ICONS = {
    StatusTone.CALM: ("disk", tokens.INK2),
    StatusTone.DONE: ("check_circle", tokens.PINE),
    StatusTone.CARE: ("tell", tokens.AMBER),
}


class StatusBar(QFrame):
    """Keeps its height, so nothing moves when a sentence comes; ``silent`` stands when none does."""

    def __init__(self, silent: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._silent = silent
        row = QHBoxLayout(self)
        row.setContentsMargins(look.scaled(12), 0, look.scaled(12), 0)
        row.setSpacing(look.scaled(10))
        self._icon = QLabel()
        self.words = FitLabel(
            ceiling=look.scaled(tokens.OPERATOR.body),
            floor=look.scaled(tokens.OPERATOR.floor) * 0.9,
            lines=2,
            align=Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        )
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        self.setFixedHeight(look.scaled(52))
        self._idle = ""
        self.show_line(StatusLine())

    def show_line(self, line: StatusLine) -> None:
        """Show a sentence; an empty one takes it away."""
        name, colour = _ICONS[line.tone]
        self._icon.setPixmap(pixmap(name, colour, look.scaled(26)))
        self._line = line
        self.words.show_text(line.text or self._idle or self._silent)
        self.setProperty("role", "card" if line.tone == StatusTone.CARE else "")
        look.repolish(self)
        self.setAccessibleName(self.words.text)

    def show_idle(self, text: str) -> None:
        """What an empty sentence says instead, while something goes on that nobody waits for."""
        self._idle = text
        if not self._line.text:
            self.show_line(self._line)
