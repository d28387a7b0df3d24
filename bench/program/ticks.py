"""How late the event loop is: a timer of 5 ms, and how much later than that each tick came."""

from __future__ import annotations

import faulthandler
import tempfile
import threading
import time
from collections import Counter

from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS = 5
LOOK_EVERY_S = 0.004


class Ticks(QObject):
    """Between ``begin`` and ``end`` collects by how many ms each tick was late."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.late_ms: list[float] = []
        self.own_ms: list[float] = []
        """What the screen's thread itself computed between two ticks."""
        self.last_s = 0.0
        self._computed_s = 0.0
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)

    def begin(self) -> None:
        """From now on."""
        self.late_ms, self.own_ms = [], []
        self.last_s, self._computed_s = time.perf_counter(), time.thread_time()
        self._timer.start()

    def end(self) -> list[float]:
        """What was collected."""
        self._timer.stop()
        return self.late_ms

    def _on_tick(self) -> None:
        now = time.perf_counter()
        self.late_ms.append(max((now - self.last_s) * 1e3 - TICK_MS, 0.0))
        computed = time.thread_time()
        self.own_ms.append((computed - self._computed_s) * 1e3)
        self.last_s, self._computed_s = now, computed


class Finder:
    """Looks, from a thread of the bench, at what the screen's thread does when a tick is overdue.

    The stack is written down by ``faulthandler``: a frame that is held in Python would keep a
    painter alive beyond its paint event. It takes turns of the interpreter itself, so figures
    are not taken while it looks.
    """

    def __init__(self, ticks: Ticks, over_ms: float) -> None:
        self._ticks, self._over_s = ticks, over_ms / 1e3
        self._screen = f"0x{threading.get_ident():016x}"
        self._stop = threading.Event()
        self.found: Counter[str] = Counter()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        with tempfile.TemporaryFile("w+", encoding="utf-8") as page:
            while not self._stop.wait(LOOK_EVERY_S):
                if time.perf_counter() - self._ticks.last_s - TICK_MS / 1e3 > self._over_s:
                    page.seek(0)
                    page.truncate()
                    faulthandler.dump_traceback(page)
                    page.seek(0)
                    self.found[_where(page.read(), self._screen)] += 1


def _where(told: str, thread: str) -> str:
    """The screen's innermost frames, and the innermost of each other thread."""
    screen, others = "", []
    for part in told.split("\n\n"):
        first, *lines = [line.strip() for line in part.splitlines()]
        if f"hread {thread} " in first:
            screen = " < ".join(_short(line) for line in lines[:7])
        elif lines:
            others.append(_short(lines[0]))
    return f"{screen} | {', '.join(sorted(others))}"


def _short(line: str) -> str:
    return line.replace('File "', "").rpartition("/")[2].replace('", line ', ":")
