"""The reader: one thread of each serving process that makes reports of what came in.

Whoever sends facts never waits for it. It looks every few seconds by itself too, because
another process, a stick or a stop may have left something lying. When nothing is to be read it
folds projections anew that are due.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from centre.interpretation.pending import interpret_all, interpret_due
from centre.interpretation.projections.replay import replay_some
from centre.service import Centre

_LOG = logging.getLogger("centre.interpretation")
_LOOK_EVERY_S = 3.0
_GATHER_S = 1.0
"""What one session sends comes in a few requests one after another: read once, not each time."""
_SETTLE_EVERY_S = 30.0
"""How long what came in may lie in SQLite's log alone, where whoever copies the file misses it."""


class Reader:
    """Start it when the service starts, stop it before the store is closed."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._stopping = threading.Event()
        self._urgent: set[str] = set()
        self._settled_s = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="reader", daemon=True)

    def start(self) -> None:
        """Begin; what a stop left lying is read first."""
        self._thread.start()

    def stop(self) -> None:
        """End after the transaction that runs."""
        self._stopping.set()
        self._centre.arrivals.ring()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        self._try(lambda: interpret_all(self._centre))
        while not self._stopping.is_set():
            if not self._try(self._fold_anew):
                self._centre.arrivals.wait(_LOOK_EVERY_S)
                self._stopping.wait(_GATHER_S)
            self._urgent |= self._centre.arrivals.take()
            self._try(self._read_all)
            if time.monotonic() - self._settled_s >= _SETTLE_EVERY_S:
                self._settled_s = time.monotonic()
                self._try(self._centre.store.settle)

    def _read_all(self) -> None:
        done = 1
        while done:
            done, whole = interpret_due(self._centre, self._urgent, self._stopping.is_set)
            self._urgent -= whole

    def _fold_anew(self) -> bool:
        """Key after key for as long as facts are gathered; whether there is more to do."""
        until_s = time.monotonic() + _GATHER_S
        while time.monotonic() < until_s and not self._stopping.is_set():
            if replay_some(self._centre) is None:
                return False
        return True

    def _try(self, work: Callable[[], bool | None]) -> bool:
        try:
            return bool(work())
        except Exception:  # noqa: BLE001 - the store may be away for a while; it is tried again
            _LOG.exception("reading what came in")
            return False
