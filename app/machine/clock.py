"""The machine's clock: wall and monotonic time, and how far the wall can be believed."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from app.domain.time import Instant, grade_clock

BUILT_MS = 1_795_392_000_000
"""The day this version was made (2026-11-23 UTC): no true clock reads earlier."""


class SystemClock:
    """Implements ``app.ports.machine.Clock``."""

    def __init__(self, proven_ms: int = BUILT_MS) -> None:
        self._proven_ms = max(proven_ms, BUILT_MS)
        self._boot = _boot_id()

    @property
    def boot(self) -> str:
        """This boot of the machine."""
        return self._boot

    def now(self) -> Instant:
        """Wall and monotonic time with the grade."""
        wall_ms = time.time_ns() // 1_000_000
        return Instant(
            wall_ms,
            time.monotonic_ns() // 1_000_000,
            grade_clock(wall_ms, self._proven_ms),
        )

    def prove(self, wall_ms: int) -> None:
        """A time the centre signed; it only ever moves forward, and never more than 10 years."""
        if self._proven_ms < wall_ms < BUILT_MS + 10 * 365 * 86_400_000:
            self._proven_ms = wall_ms


def _boot_id() -> str:
    if sys.platform == "linux":
        try:
            return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        except OSError:
            pass
    started_s = int(time.time() - time.monotonic())
    return f"about-{started_s // 60}-{os.getppid() if sys.platform == 'win32' else 0}"
