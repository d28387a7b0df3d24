"""The machine's clock and chance, as the core asks for them."""

from __future__ import annotations

from typing import Protocol

from app.domain.time import Instant


class Clock(Protocol):
    """Reads the time and knows how far it can be believed."""

    @property
    def boot(self) -> str:
        """An id of this boot of the machine, as good as the platform gives one."""

    def now(self) -> Instant:
        """Wall and monotonic time with the grade."""

    def prove(self, wall_ms: int) -> None:
        """This time (ms since 1970 UTC) is known to have passed."""


class Entropy(Protocol):
    """Random bytes nobody can foresee."""

    def draw(self, count: int) -> bytes:
        """``count`` random bytes."""
