"""Several processes of one service on one socket, under uvicorn's supervisor."""

from __future__ import annotations

import multiprocessing
import signal
import socket
import threading
import time
from collections.abc import Callable
from multiprocessing.synchronize import Semaphore

from uvicorn import Config
from uvicorn.supervisors.multiprocess import Multiprocess, Process

_SOON_S = 5.0
"""What ended is started anew at once, but not twice within this time."""
_END_S = 15.0


def start_count() -> Semaphore:
    """What each process counts its start with; it travels to them with the application."""
    return multiprocessing.get_context("spawn").Semaphore(0)


class Workers(Multiprocess):
    """Starts ``config.workers`` processes, starts anew each that dies, ends them all when asked.

    ``tell`` is called once, when ``started`` has counted as many. Uvicorn would also kill a
    process that is slow to answer; here nothing at work is killed.
    """

    def __init__(
        self,
        config: Config,
        listening: socket.socket,
        started: Semaphore,
        tell: Callable[[], None],
    ) -> None:
        super().__init__(config, [listening])
        self._started = started
        self._to_come = config.workers
        self._tell = tell
        self._next_start_s = 0.0

    def keep_subprocess_alive(self) -> None:
        """Start anew what ended; without its database every process ends, again every 5 s."""
        ended = [n for n, one in enumerate(self.processes) if not one.process.is_alive()]
        if ended and time.monotonic() >= self._next_start_s:
            self._next_start_s = time.monotonic() + _SOON_S
            for number in ended:
                self.processes[number].join()
                self.processes[number] = Process(self.config, self.sockets)
                self.processes[number].start()
        while self._to_come and self._started.acquire(block=False):
            self._to_come -= 1
            if not self._to_come:
                self._tell()

    def join_all(self) -> None:
        """Wait until all have ended; what takes longer than 15 s is killed."""
        until_s = time.monotonic() + _END_S
        for one in self.processes:
            one.process.join(max(until_s - time.monotonic(), 0.1))
            if one.process.is_alive():
                one.kill()
        super().join_all()


def end_with_parent() -> None:
    """Have this process end as if it had been asked to, once the one that started it is gone."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        signal.raise_signal(signal.SIGTERM)

    threading.Thread(target=wait, name="parent-watch", daemon=True).start()
