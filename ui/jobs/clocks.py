"""The machine's clocks as the screens read them."""

from __future__ import annotations

import time


def wall_ms() -> int:
    """The wall clock, ms since 1970 UTC."""
    return time.time_ns() // 1_000_000


def mono_ms() -> int:
    """The monotonic clock."""
    return time.monotonic_ns() // 1_000_000
