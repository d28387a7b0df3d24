"""The player's lane: one worker on which everything that may block in libvlc is done.

Measured here, one call from one thread: ``stop`` 25 ms (131 at worst), making the instance
0.3 s cold, ``play`` 0.3 (21), ``set_time`` while paused 0.1 (48), going on after a pause 0.1 (20).
The GUI thread has 5 ms for such things, so it makes none of these calls. One worker also keeps
them in the order of asking.

The worker is a daemon: a libvlc that hangs must not keep the program, and with it the lock that
allows only one, alive for ever. ``finish`` is therefore what ends it in order.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from app.player.quiet_alsa import quiet_alsa

Job = Callable[[], None]


class PlayerLane:
    """Runs jobs one after the other; a job must not raise. The worker starts at the first job."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._worker: threading.Thread | None = None
        self._last: Job | None = None

    def ask(self, job: Job) -> None:
        """Have ``job`` done after those asked for before; after ``finish`` it is dropped."""
        if self._last is not None:
            return
        if self._worker is None:
            self._worker = threading.Thread(target=self._work, name="player-lane", daemon=True)
            self._worker.start()
        self._jobs.put(job)

    def is_here(self) -> bool:
        """Whether the caller is the lane's own worker."""
        return threading.current_thread() is self._worker

    def finish(self, last: Job, wait_s: float) -> bool:
        """Drop the jobs that wait, do ``last``, end the worker.

        Waits at most ``wait_s`` seconds; False when a job still hangs in libvlc by then.
        """
        self._last = last
        if self._worker is None:
            return True
        self._jobs.put(last)
        self._jobs.put(None)
        self._worker.join(wait_s)
        return not self._worker.is_alive()

    def _work(self) -> None:
        quiet_alsa()
        while (job := self._jobs.get()) is not None:
            if self._last is None or job is self._last:
                job()
