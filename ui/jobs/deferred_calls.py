"""Pieces of work that follow one event, each in a turn of its own, a moment apart.

Were they done at once, every window would be painted anew in one go, and keys, fingers and
the course's pictures would wait for all of it. GUI thread only.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

APART_MS = 8
"""Between two pieces: so long one window takes to be painted."""


class DeferredCalls(QObject):
    """Call it with a piece; the first is done as soon as the loop is free, in order of asking."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], None]] = deque()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._do_one)

    def __call__(self, piece: Callable[[], None]) -> None:
        """Do ``piece`` soon."""
        self._waiting.append(piece)
        if not self._timer.isActive():
            self._timer.start(0)

    def _do_one(self) -> None:
        if not self._waiting:
            return
        piece = self._waiting.popleft()
        if self._waiting:
            self._timer.start(APART_MS)
        piece()
