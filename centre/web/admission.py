"""How many requests are worked on at once, and who is told to come back later.

After an outage everybody comes at the same time: a bounded queue with an honest "later"
serves them all sooner than a long one in which requests grow old. A station has one
exchange at work or waiting, never two, so that none crowds out the others; course files
have a smaller lane of their own, so that records come first.

All counts are of this process: with several processes each has its own lanes, and nothing
is wrong if they do not know of each other.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from app.wire.errors import ErrorNumber
from centre.refusals import NotServed

T = TypeVar("T")
Seconds = Callable[[], float]

_RECORDS_AT_ONCE = 3
"""One core computes for all threads of a process: more of them only lengthen each answer."""
_RECORDS_WAITING = 200
_LONGEST_QUEUE_S = 5.0
"""A station hangs up after 20 s of silence; what is then done is done for nobody."""
_COURSES_AT_ONCE = 2
_COURSES_WAITING = 50
_COURSES_ON_THEIR_WAY = 100
_MINUTE_S = 60.0
_FIRST_GUESS_S = 0.05
_SHARE_OF_NEWEST = 0.1
_MOST_WAIT_S = 300.0
_JITTER = 0.5


class WorkQueue:
    """Runs blocking work in a few threads; a bounded number waits, the rest is told how long."""

    def __init__(self, at_once: int, waiting: int, *, now_s: Seconds = time.monotonic) -> None:
        self._threads = ThreadPoolExecutor(at_once)
        self._at_once = at_once
        self._room = at_once + waiting
        self._inside = 0
        self._now_s = now_s
        self._service_s = _FIRST_GUESS_S
        self._promised_s = 0.0

    async def run(self, work: Callable[[], T], *, begun: bool = False) -> T:
        """Run blocking work in a thread; what was ``begun`` is never refused.

        Raises:
            NotServed: too many are waiting already, or those that wait would take too long.
        """
        if not begun and (self._inside >= self._room or self._queue_s() > _LONGEST_QUEUE_S):
            raise self.refused("busy")
        self._inside += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._timed, work)
        finally:
            self._inside -= 1

    def _queue_s(self) -> float:
        """How long one who comes now would wait for a thread."""
        before = max(self._inside - self._at_once + 1, 0)
        return before * self._service_s / self._at_once

    def refused(self, why: str, *, queued: bool = True) -> NotServed:
        """A refusal that says when there will be room, in whole seconds.

        Each one that is ``queued`` moves the next one's time on by what one request takes, so
        that those who come back do not come all at once; a random part is added for the same
        reason.
        """
        now_s = self._now_s()
        one_s = self._service_s / self._at_once
        turn_s = max(self._promised_s if queued else now_s, now_s + self._inside * one_s) + one_s
        if queued:
            self._promised_s = min(turn_s, now_s + _MOST_WAIT_S)
        wait_s = min(turn_s - now_s, _MOST_WAIT_S) * (1 + _JITTER * random.random())
        return NotServed(ErrorNumber.BUSY, why, retry_after_s=int(wait_s) + 1)

    def close(self) -> None:
        """Wait for what is at work, then let the threads go."""
        self._threads.shutdown(cancel_futures=True)

    def _timed(self, work: Callable[[], T]) -> T:
        began_s = self._now_s()
        try:
            return work()
        finally:
            taken_s = self._now_s() - began_s
            self._service_s += (taken_s - self._service_s) * _SHARE_OF_NEWEST


class Lanes:
    """The lanes of one process: records before courses, and one exchange a station."""

    def __init__(self, exchanges_a_minute: int, records_at_once: int = _RECORDS_AT_ONCE) -> None:
        self._records = WorkQueue(records_at_once, _RECORDS_WAITING)
        self._courses = WorkQueue(_COURSES_AT_ONCE, _COURSES_WAITING)
        self._on_their_way = 0
        self._exchanging: set[str] = set()
        self._exchanges_a_minute = exchanges_a_minute
        self._counts: dict[str, int] = {}
        self._minute_from = time.monotonic()

    async def run(self, work: Callable[[], T]) -> T:
        """Run blocking work that belongs to no known station.

        Raises:
            NotServed: too many are waiting already.
        """
        return await self._records.run(work)

    async def exchange(self, who: str, work: Callable[[], T]) -> T:
        """Run one exchange. ``who`` is the station's name with the address it came from, so
        that nobody can take a station's place from elsewhere before its signature is read.

        Raises:
            NotServed: another of its exchanges is not over yet, or too many are waiting.
        """
        if who in self._exchanging:
            raise self._records.refused("one at a time", queued=False)
        self._exchanging.add(who)
        try:
            return await self._records.run(work)
        finally:
            self._exchanging.discard(who)

    def close(self) -> None:
        """Wait for what is at work, then let the threads go."""
        self._records.close()
        self._courses.close()

    async def course(self, work: Callable[[], T]) -> T:
        """Run blocking work for a course file.

        Raises:
            NotServed: too many are waiting already.
        """
        return await self._courses.run(work)

    def room_for_course(self) -> None:
        """Say whether one more file may be sent.

        Raises:
            NotServed: too many are on their way already.
        """
        if self._on_their_way >= _COURSES_ON_THEIR_WAY:
            raise self._courses.refused("courses")

    @contextmanager
    def course_on_its_way(self) -> Iterator[None]:
        """Count a file among those that are being sent."""
        self._on_their_way += 1
        try:
            yield
        finally:
            self._on_their_way -= 1

    async def piece_of_course(self, work: Callable[[], T]) -> T:
        """Run blocking work for a file that is on its way."""
        return await self._courses.run(work, begun=True)

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
