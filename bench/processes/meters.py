"""What a run costs the machine: processor seconds, memory, and how busy it was with other things.

Read from ``/proc``; where that is not to be had the figures are 0 and said to be missing.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

_PROC = Path("/proc")
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_PAGE_MIB = (os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096) / (1 << 20)
_LOOK_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds, own and of ended children, and resident MiB of a tree of processes."""

    cpu_s: float
    mib: float


def cost_of(root: int) -> Cost:
    """What a process and all that descend from it have cost so far."""
    parents: dict[int, int] = {}
    costs: dict[int, Cost] = {}
    for folder in _PROC.iterdir() if _PROC.is_dir() else ():
        if folder.name.isdigit():
            _read_stat(folder, parents, costs)
    tree = [costs[pid] for pid in parents if _descends(pid, root, parents)]
    return Cost(sum(one.cpu_s for one in tree), sum(one.mib for one in tree))


def load_average() -> str:
    """How busy the machine is, over the last minute."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"


@dataclass(slots=True)
class Watch:
    """Watches a tree of processes from ``with`` to its end: its processor time, its most memory."""

    root: int
    cpu_s: float = 0.0
    most_mib: float = 0.0
    _before: float = 0.0
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Watch:
        self._before = cost_of(self.root).cpu_s
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _value: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        self._over.set()
        if self._thread is not None:
            self._thread.join()
        self._look()

    def _run(self) -> None:
        while not self._over.wait(_LOOK_EVERY_S):
            self._look()

    def _look(self) -> None:
        now = cost_of(self.root)
        self.cpu_s = max(self.cpu_s, now.cpu_s - self._before)
        self.most_mib = max(self.most_mib, now.mib)


def _read_stat(folder: Path, parents: dict[int, int], costs: dict[int, Cost]) -> None:
    try:
        words = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:  # it ended meanwhile
        return
    pid = int(folder.name)
    parents[pid] = int(words[1])
    ticks = sum(int(one) for one in words[11:15])
    costs[pid] = Cost(ticks / _TICKS_A_SECOND, int(words[21]) * _PAGE_MIB)


def _descends(pid: int, root: int, parents: dict[int, int]) -> bool:
    while pid and pid != root:
        pid = parents.get(pid, 0)
    return pid == root
