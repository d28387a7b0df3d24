"""The rule for readers that type a code in one burst, on key characters and milliseconds alone."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

from ui.input.key_runs import LEAST_KEYS

FIRST_GAP_MS = 50
LATER_GAP_MS = 100
TOTAL_MS = 1_500
HOLD_MS = 60
"""A first key is given back after this long when no second one follows."""


class BurstVerdict(Struct, frozen=True):
    """What to do: first ``give_back`` all held keys or take them as ``scan``; then hold or pass."""

    give_back: bool = False
    scan: str | None = None
    hold: bool = False
    swallow: bool = False


@dataclass(slots=True)
class BurstReader:
    """The rule. Feed every key press with its time in ms; times never go back."""

    _held: str = ""
    _first_ms: int = 0
    _last_ms: int = 0
    _scanned_ms: int | None = None
    _overlong: bool = False

    @property
    def is_holding(self) -> bool:
        """Whether keys are held back at present."""
        return bool(self._held)

    @property
    def last_ms(self) -> int:
        """When the last key came."""
        return self._last_ms

    @property
    def wait_ms(self) -> int:
        """How long to wait for another key before ``quiet`` must be asked."""
        return HOLD_MS if len(self._held) == 1 else LATER_GAP_MS + 1

    def key(self, character: str, now_ms: int) -> BurstVerdict:
        """A printable key."""
        gap = now_ms - self._last_ms
        if self._overlong and gap <= LATER_GAP_MS:
            self._last_ms = now_ms
            return BurstVerdict()
        self._overlong = False
        if self._held and gap <= (FIRST_GAP_MS if len(self._held) == 1 else LATER_GAP_MS):
            return self._continue(character, now_ms)
        before = self.quiet()
        self._held, self._first_ms, self._last_ms = character, now_ms, now_ms
        return BurstVerdict(give_back=before.give_back, scan=before.scan, hold=True)

    def end(self, now_ms: int) -> BurstVerdict:
        """Enter or Tab."""
        if self._scanned_ms is not None and now_ms - self._scanned_ms <= LATER_GAP_MS:
            self._scanned_ms = now_ms
            return BurstVerdict(swallow=True)
        if len(self._held) >= LEAST_KEYS and now_ms - self._last_ms <= LATER_GAP_MS:
            code = self._take()
            self._scanned_ms = now_ms
            return BurstVerdict(scan=code, swallow=True)
        return self.other()

    def other(self) -> BurstVerdict:
        """Any key no scanner sends."""
        return self.quiet()

    def quiet(self) -> BurstVerdict:
        """No further key came: what is held was a code without an ending, or typing."""
        if not self._held:
            return BurstVerdict()
        held = self._take()
        if len(held) >= LEAST_KEYS:
            return BurstVerdict(scan=held)
        return BurstVerdict(give_back=True)

    def _continue(self, character: str, now_ms: int) -> BurstVerdict:
        if now_ms - self._first_ms > TOTAL_MS:
            self._take()
            self._overlong, self._last_ms = True, now_ms
            return BurstVerdict(give_back=True)
        self._held += character
        self._last_ms = now_ms
        return BurstVerdict(hold=True)

    def _take(self) -> str:
        held, self._held = self._held, ""
        self._scanned_ms = None
        return held
