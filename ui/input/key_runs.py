"""Keys that came close upon each other, and whether a machine's rhythm is in them.

A reader types at one speed, whatever it is (5 to 250 ms a key), and fingers do not. See
docs/decisions, "What a machine types".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

LEAST_KEYS = 4
"""No card has a shorter code."""

LONGEST_GAP_MS = 270
"""The slowest readers need 250 ms a key; what comes later begins anew."""

QUIET_MS = 275
"""After so long no further key of a reader follows; a clicker's key waits no longer."""

END_MS = 500
"""An Enter or Tab within this time belongs to the keys before it: nobody has read a name by then."""

MOST_KEYS = 64
_LOOSE_MS = 24
_LOOSE_SHARE = 0.12

Stop = Callable[[], None]
After = Callable[[int, Callable[[], None]], Stop]
"""Calls something once after so many ms on the GUI thread; the answer stops it."""


@dataclass(slots=True)
class KeyRun:
    """Feed every printable key with its time in ms; no clock of its own."""

    text: str = ""
    _times: list[int] = field(default_factory=list)

    def goes_on(self, now_ms: int) -> bool:
        """Whether a key at this time would belong to the run."""
        return bool(self._times) and 0 <= now_ms - self._times[-1] <= LONGEST_GAP_MS

    def add(self, character: str, now_ms: int) -> None:
        """One more key; one that comes late begins a new run."""
        if not self.goes_on(now_ms):
            self.clear()
        if len(self.text) <= MOST_KEYS:
            self.text += character
            self._times.append(now_ms)
        else:
            self._times[-1] = now_ms

    def clear(self) -> None:
        """The run is over."""
        self.text = ""
        self._times.clear()

    def ended_by(self, now_ms: int) -> bool:
        """Whether an Enter at this time came right behind the last key."""
        return bool(self._times) and 0 <= now_ms - self._times[-1] <= END_MS

    def ended_in_rhythm(self, now_ms: int) -> bool:
        """Whether it came as the keys came: not much later than one after the other."""
        gaps = self._gaps()
        usual = sum(gaps) / len(gaps) if gaps else 0.0
        return self.goes_on(now_ms) and now_ms - self._times[-1] <= usual * 1.5 + _LOOSE_MS

    @property
    def last_ms(self) -> int:
        """When the last key came; 0 before any."""
        return self._times[-1] if self._times else 0

    @property
    def is_overlong(self) -> bool:
        """Whether it is longer than any code."""
        return len(self.text) > MOST_KEYS

    @property
    def is_steady(self) -> bool:
        """Whether there are enough keys, and all came at one speed."""
        gaps = self._gaps()
        if len(self.text) < LEAST_KEYS:
            return False
        return max(gaps) - min(gaps) <= max(_LOOSE_MS, _LOOSE_SHARE * sum(gaps) / len(gaps))

    def _gaps(self) -> list[int]:
        return [later - first for first, later in pairwise(self._times)]
