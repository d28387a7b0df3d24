"""A bar with MB and minutes while a stick is read or written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui.parts.layout import words
from ui.state.pace import Pace
from ui.theme import look

LOOK_MS = 500
STEPS = 1_000


class WorkProgress(QWidget):
    """``follow`` shows how far it is until ``end``; what is told may come from any lane."""

    def __init__(self, mono_ms: Callable[[], int]) -> None:
        super().__init__()
        self._mono_ms = mono_ms
        self._far = (0, 0)
        self._pace = Pace()
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.text = words("", "body")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.scaled(6))
        rows.addWidget(self.text)
        rows.addWidget(self.bar)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.show_far)
        self.hide()

    def told(self, done: int, total: int) -> None:
        """Any thread: so many bytes are done, of about so many."""
        self._far = (done, total)

    def follow(self) -> None:
        """Something begins."""
        self._far, self._pace = (0, 0), Pace()
        self._timer.start()

    def end(self) -> None:
        """It is over."""
        self._timer.stop()
        self.hide()

    def show_far(self) -> None:
        """Show where it is; nothing before anything was told."""
        done, total = self._far
        self.setVisible(total > 0)
        if total > 0:
            self.text.setText(self._pace.words(done, total, self._mono_ms()))
            self.bar.setValue(done * STEPS // total)
