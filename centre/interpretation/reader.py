"""The reader: one thread of each serving process that makes reports of what came in.

Whoever sends facts never waits for it. It looks every few seconds by itself too, because
another process, a stick or a stop may have left something lying.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from centre.interpretation.pending import interpret_all, interpret_waiting
from centre.service import Centre

_LOG = logging.getLogger("centre.interpretation")
_LOOK_EVERY_S = 3.0
_GATHER_S = 1.0
"""What one evening sends comes in a few requests one after another: read once, not each time."""


class Reader:
    """Start it when the service starts, stop it before the store is closed."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reader", daemon=True)

    def start(self) -> None:
        """Begin; what a stop left lying is read first."""
        self._thread.start()

    def stop(self) -> None:
        """End after the transaction that runs."""
        self._stopping.set()
        self._centre.bell.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        self._try(lambda: interpret_all(self._centre))
        while not self._stopping.is_set():
            self._centre.bell.wait(_LOOK_EVERY_S)
            self._stopping.wait(_GATHER_S)
            self._centre.bell.clear()
            self._try(self._read_all)

    def _read_all(self) -> None:
        while interpret_waiting(self._centre, self._stopping.is_set):
            pass

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:  # noqa: BLE001 - the store may be away for a while; it is tried again
            _LOG.exception("reading what came in")
