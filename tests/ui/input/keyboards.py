"""Key presses with the times of a keyboard: a machine's even ones, and those of fingers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

SHIFTED = frozenset('ABCDEFGHIJKLMNOPQRSTUVWXYZ!@#$%^&*()_+{}|:"<>?~')
ENDS = {"\r": Qt.Key.Key_Return, "\n": Qt.Key.Key_Enter, "\t": Qt.Key.Key_Tab}
HAND_GAPS_MS = (410, 180, 530, 260, 350, 140)
"""Between the keys of somebody who looks for them."""


def send(target: QWidget, kind: QEvent.Type, key: Qt.Key, text: str, at_ms: int) -> None:
    """One key event at a time of the keyboard's own clock."""
    held = Qt.KeyboardModifier.NoModifier
    if text in SHIFTED and text:
        held = Qt.KeyboardModifier.ShiftModifier
    event = QKeyEvent(kind, key, held, text)
    event.setTimestamp(at_ms)
    QApplication.sendEvent(target, event)


@dataclass(slots=True)
class Keyboard:
    """Types into whatever ``focus`` says; ``passes`` lets the other clocks go on as well."""

    focus: Callable[[], QWidget]
    passes: Callable[[int], None] = lambda _ms: None
    at_ms: int = 100_000

    def press(self, sign: str, gap_ms: int, *, key: Qt.Key | None = None) -> None:
        """One key, so long after the one before."""
        self.wait(gap_ms)
        code = key or ENDS.get(sign) or Qt.Key(ord(sign.upper()))
        if sign in SHIFTED:
            send(self.focus(), QEvent.Type.KeyPress, Qt.Key.Key_Shift, "", self.at_ms)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            send(self.focus(), kind, code, sign, self.at_ms)
        if sign in SHIFTED:
            send(self.focus(), QEvent.Type.KeyRelease, Qt.Key.Key_Shift, "", self.at_ms)

    def machine(self, code: str, gap_ms: int, end: str = "", *, jitter_ms: int = 0) -> None:
        """A reader: one speed, and an Enter or Tab, or none."""
        for place, sign in enumerate(code + end):
            uneven = (jitter_ms if place % 2 else -jitter_ms) if place else 0
            self.press(sign, (gap_ms if place else 1_000) + uneven)

    def fingers(self, text: str, gaps_ms: Sequence[int] = HAND_GAPS_MS) -> None:
        """A person."""
        for place, sign in enumerate(text):
            self.press(sign, gaps_ms[place % len(gaps_ms)])

    def wait(self, ms: int) -> None:
        """Nobody presses anything."""
        self.at_ms += ms
        self.passes(ms)
