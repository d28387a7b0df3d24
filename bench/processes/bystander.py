"""A bare process that wants a turn every 5 ms and does nothing with it, until its input closes.

What it gets late is the machine's doing: it shows how crowded the cores were meanwhile.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.processes.children import ROOT

TICK_S = 0.005


def main() -> int:
    """Tick until standard input ends; then tell by how many ms each tick was late."""
    over = threading.Event()

    def wait() -> None:
        sys.stdin.read()
        over.set()

    threading.Thread(target=wait, daemon=True).start()
    late_ms: list[float] = []
    while not over.is_set():
        began = time.perf_counter()
        time.sleep(TICK_S)
        late_ms.append(max((time.perf_counter() - began - TICK_S) * 1e3, 0.0))
    print(json.dumps(late_ms), flush=True)
    return 0


@contextmanager
def bystander() -> Iterator[list[float]]:
    """One stands by meanwhile; afterwards the list holds by how many ms it was late each time."""
    late_ms: list[float] = []
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.processes.bystander"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield late_ms
    finally:
        told, _ = process.communicate("")
        late_ms += json.loads(told)


if __name__ == "__main__":
    sys.exit(main())
