"""From foreign threads to the GUI thread: one queued signal, one slot."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot


class WakeBridge(QObject):
    """``wake`` may be called by any thread; ``woken`` then runs on the GUI thread."""

    _woke = Signal()

    def __init__(self, woken: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._woken = woken
        # Queued is said explicitly: the caller's thread is none of Qt's, so Qt can't tell.
        self._woke.connect(self._on_woke, Qt.ConnectionType.QueuedConnection)

    def wake(self) -> None:
        """Any thread; never waits and never raises, also when the bridge is gone."""
        with contextlib.suppress(RuntimeError):
            self._woke.emit()

    @Slot()
    def _on_woke(self) -> None:
        self._woken()
