"""How many requests are worked on at once, and who is told to come back later.

After an outage everybody comes at the same time: a bounded queue with an honest
"later" serves them all sooner than a long one in which requests grow old.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import anyio
from anyio.to_thread import run_sync

from app.wire.errors import ErrorNumber
from centre.refusals import NotServed

T = TypeVar("T")

_AT_ONCE = 8
_WAITING = 200
_COME_BACK_S = 20
_MINUTE_S = 60.0


class Lanes:
    """Runs blocking work in a few threads and keeps count for each station."""

    def __init__(self, exchanges_a_minute: int) -> None:
        self._limit = anyio.CapacityLimiter(_AT_ONCE)
        self._waiting = 0
        self._exchanges_a_minute = exchanges_a_minute
        self._counts: dict[str, int] = {}
        self._minute_from = time.monotonic()

    async def run(self, work: Callable[[], T]) -> T:
        """Run blocking work in a thread.

        Raises:
            NotServed: too many are waiting already.
        """
        if self._waiting >= _WAITING:
            raise NotServed(ErrorNumber.BUSY, retry_after_s=_COME_BACK_S)
        self._waiting += 1
        try:
            return await run_sync(work, limiter=self._limit)
        finally:
            self._waiting -= 1

    def count_exchange(self, station: str) -> None:
        """Count one exchange of a station.

        Raises:
            NotServed: it has had its share of this minute.
        """
        now = time.monotonic()
        if now - self._minute_from > _MINUTE_S:
            self._counts.clear()
            self._minute_from = now
        self._counts[station] = self._counts.get(station, 0) + 1
        if self._counts[station] > self._exchanges_a_minute:
            wait_s = int(self._minute_from + _MINUTE_S - now) + 1
            raise NotServed(ErrorNumber.BUSY, "slower", retry_after_s=wait_s, status=429)
