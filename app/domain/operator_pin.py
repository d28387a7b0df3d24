"""Rules of the operator's PIN: what may be one, and how long to wait after wrong tries.

The wait follows the wall clock, because it must outlast a restart; a clock that was set back
never makes it longer than it was, nor lets anybody in sooner.
"""

from __future__ import annotations

from app.domain.errors import BadInput
from app.domain.values import dataclass

LEAST_DIGITS = 4
MOST_DIGITS = 8
FREE_TRIES = 5
"""So many wrong tries cost nothing: fingers slip."""
FIRST_PAUSE_MS = 30_000
LONGEST_PAUSE_MS = 15 * 60_000
IDLE_MINUTES = (5, 10, 20, 30)
"""How long the operator may be away before the window locks: the choices there are."""
USUAL_IDLE_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong tries since the last right one, and when the newest was (ms since 1970 UTC)."""

    wrong: int = 0
    last_ms: int = 0


def check_new(pin: str) -> None:
    """Whether this may become a PIN.

    Raises:
        BadInput: not four to eight digits, or one that everybody tries first.
    """
    if not (pin.isascii() and pin.isdigit() and LEAST_DIGITS <= len(pin) <= MOST_DIGITS):
        raise BadInput("refusal.pin_shape", least=LEAST_DIGITS, most=MOST_DIGITS)
    if _is_plain(pin):
        raise BadInput("refusal.pin_plain")


def pause_ms(wrong: int) -> int:
    """How long nobody may try after so many wrong tries: doubles from the fifth on, to 15 min."""
    if wrong < FREE_TRIES:
        return 0
    # Nobody outlives twenty doublings; the bound keeps a number from growing without end.
    return min(FIRST_PAUSE_MS << min(wrong - FREE_TRIES, 20), LONGEST_PAUSE_MS)


def wait_ms(tries: Tries, now_ms: int) -> int:
    """How long to wait from now on; at most the whole pause, whatever the clock did."""
    whole = pause_ms(tries.wrong)
    return min(max(tries.last_ms + whole - now_ms, 0), whole)


def after_wrong(tries: Tries, now_ms: int) -> Tries:
    """One more wrong try."""
    return Tries(tries.wrong + 1, now_ms)


def free_tries_left(tries: Tries) -> int:
    """Wrong tries that still cost nothing."""
    return max(FREE_TRIES - tries.wrong, 0)


def _is_plain(pin: str) -> bool:
    steps = {int(after) - int(before) for before, after in zip(pin, pin[1:], strict=False)}
    return steps in ({0}, {1}, {-1})
