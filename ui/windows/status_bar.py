"""The one sentence at the foot of the window: what just happened, and that all is kept.

In a wide window the keys of the page in front stand beside it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.words import say
from ui.state.current_session import StatusLine, StatusTone
from ui.state.page_names import PageName
from ui.theme import look, tokens
from ui.theme.icons import pixmap
from ui.widgets.fit.label import FitLabel

_ICONS = {
    StatusTone.CALM: ("disk", tokens.INK2),
    StatusTone.DONE: ("check_circle", tokens.PINE),
    StatusTone.CARE: ("tell", tokens.AMBER),
}

_KEYS = {PageName.PLAY: "op.settings.keys_play", PageName.ROLL_CALL: "op.settings.keys_roll"}


class StatusBar(QFrame):
    """Keeps its height, so nothing moves when a sentence comes; ``silent`` stands when none does."""

    def __init__(self, silent: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._silent = silent
        self._keys = ""
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
        self.keys = FitLabel(
            ceiling=look.scaled(tokens.OPERATOR.caption),
            floor=look.scaled(tokens.OPERATOR.floor),
            lines=2,
            colour=tokens.INK2,
            align=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
        )
        row.addWidget(self.words, 1)
        row.addWidget(self.keys, 1)
        if not look.is_wide():
            self.keys.hide()
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

    def show_place(self, place: PageName) -> None:
        """Which keys the page in front has."""
        key = _KEYS.get(place, "op.keys.page")
        self._keys = f"{say('op.settings.keys')}　{say(key)}"
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for the keys, or not."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        """The keys are said whole and large enough, or not at all."""
        self.keys.show_text(self._keys)
        if self.keys.fitted().px < self.keys.floor:
            self.keys.show_text("")

    def show_idle(self, text: str) -> None:
        """What an empty sentence says instead, while something goes on that nobody waits for."""
        self._idle = text
        if not self._line.text:
            self.show_line(self._line)
