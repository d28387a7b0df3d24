"""Estimates the play position between libvlc's events, which come every 250–500 ms.

Pure arithmetic on media time and monotonic time, both in milliseconds; no clock, no library.
"""

from __future__ import annotations

SETTLE_MS = 300
"""So long after a jump a sign may still tell of the place before it."""
NEAR_MS = 1_500
"""What counts as the place jumped to: key frames lie up to 2 s apart, a demuxer may be early."""
SILENCE_MS = 1_500
"""Interpolation goes no further than this beyond the last sign: then the picture hangs."""


class PositionLine:
    """One clip's line of positions; GUI thread only."""

    def __init__(self, position_ms: int, duration_ms: int, mono_ms: int) -> None:
        """At ``position_ms`` and not moving; a ``duration_ms`` of 0 sets no upper bound."""
        self._position_ms = position_ms
        self._duration_ms = duration_ms
        self._mono_ms = mono_ms
        self._jumped_ms: int | None = None
        self._rate = 1.0
        self._moving = False

    def at(self, mono_ms: int) -> int:
        """The position at that moment."""
        if not self._moving:
            return self._position_ms
        passed_ms = min(max(mono_ms - self._mono_ms, 0), SILENCE_MS)
        reached_ms = self._position_ms + int(passed_ms * self._rate)
        return min(reached_ms, self._duration_ms) if self._duration_ms > 0 else reached_ms

    def move(self, mono_ms: int) -> None:
        """Playing goes on from here."""
        self._fix(self.at(mono_ms), mono_ms)
        self._moving = True

    def hold(self, mono_ms: int) -> None:
        """The picture stands."""
        self._fix(self.at(mono_ms), mono_ms)
        self._moving = False

    def jump(self, position_ms: int, mono_ms: int) -> None:
        """A seek was asked for: signs made before it no longer count."""
        self._fix(position_ms, mono_ms)
        self._jumped_ms = mono_ms

    def set_rate(self, rate: float, mono_ms: int) -> None:
        """Media time runs at ``rate`` times the clock from now on."""
        self._fix(self.at(mono_ms), mono_ms)
        self._rate = rate

    def see(self, position_ms: int, mono_ms: int) -> bool:
        """A sign of the library made at ``mono_ms``; False when it tells of before a jump."""
        jumped_ms = self._jumped_ms
        if jumped_ms is not None:
            if mono_ms <= jumped_ms:
                return False
            far = abs(position_ms - self.at(mono_ms)) > NEAR_MS
            if far and mono_ms - jumped_ms < SETTLE_MS:
                return False
        self._fix(position_ms, mono_ms)
        return True

    def _fix(self, position_ms: int, mono_ms: int) -> None:
        self._position_ms, self._mono_ms = position_ms, mono_ms
