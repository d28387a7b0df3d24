"""The reader: one thread of each serving process that makes reports of what came in.

Whoever sends facts never waits for it. It looks every few seconds by itself too, because
another process, a stick or a stop may have left something lying.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from centre.interpretation.pending import interpret_all, interpret_waiting
from centre.service import Centre

_LOG = logging.getLogger("centre.interpretation")
_LOOK_EVERY_S = 3.0
_GATHER_S = 1.0
"""What one session sends comes in a few requests one after another: read once, not each time."""
_REST_S = 5.0
"""A session is read whole for each fact that is new: while people sign in, this seldom."""
_MOST_RESTING = 10_000
_SETTLE_EVERY_S = 30.0
"""How long what came in may lie in SQLite's log alone, where whoever copies the file misses it."""


class Reader:
    """Start it when the service starts, stop it before the store is closed."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._stopping = threading.Event()
        self._read_s: dict[str, float] = {}
        self._settled_s = time.monotonic()
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
            if time.monotonic() - self._settled_s >= _SETTLE_EVERY_S:
                self._settled_s = time.monotonic()
                self._try(self._centre.store.settle)

    def _read_all(self) -> None:
        while interpret_waiting(self._centre, self._stopping.is_set, self._rests):
            pass

    def _rests(self, site: str) -> bool:
        """Whether a site was read just now; if not, it is from now on."""
        now_s = time.monotonic()
        last_s = self._read_s.get(site)
        if last_s is not None and now_s - last_s < _REST_S:
            return True
        if len(self._read_s) > _MOST_RESTING:
            self._read_s.clear()
        self._read_s[site] = now_s
        return False

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:  # noqa: BLE001 - the store may be away for a while; it is tried again
            _LOG.exception("reading what came in")
