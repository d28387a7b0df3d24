"""The operator's PIN and the locks that ask for it, kept in the station's store.

Only a slow salted hash is kept. Wrong tries are kept too, so that turning the PC off and on
gives nobody new ones. None of this is a fact: it never leaves this PC.
"""

from __future__ import annotations

import hashlib
import hmac
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from app.domain.errors import BadInput, NotPossibleNow
from app.domain.operator_pin import (
    IDLE_MINUTES,
    USUAL_IDLE_MINUTES,
    Tries,
    after_wrong,
    check_new,
    free_tries_left,
    wait_ms,
)
from app.domain.values import dataclass
from app.usecases.tools import Tools

if TYPE_CHECKING:
    from app.store.reading import StoreReading
    from app.store.work import StoreWork

_PIN = "operator_pin"
_TRIES = "operator_pin_tries"
_IDLE = "lock_after_minutes"
_SINGLE = "single_screen_lock"
_SHUT = "locked_now"
_FIRST_RUN, _BEGUN = "first_run", "begun"
_ALL = (_PIN, _TRIES, _SINGLE, _SHUT)
OF_THE_PC = (*_ALL, _IDLE, _FIRST_RUN)
"""Settings that stay when the PC moves to another site."""

_COST, _BLOCK, _LANES, _SALT_BYTES, _HASH_BYTES = 1 << 14, 8, 1, 16, 32
_MOST_MEMORY = 64 << 20
"""scrypt takes 16 MiB at this cost: about a twentieth of a second on an old PC, ten thousand
PINs cost a thief of the file some minutes each on the same PC."""


class LockedPart(StrEnum):
    """What is locked at present."""

    NOTHING = ""
    CONSOLE = "console"
    """The operator's window."""
    SINGLE = "single"
    """The members' picture fills the one screen."""


class LockView(Struct, frozen=True):
    """How this PC is locked: ``idle_minutes`` counts only while there is a PIN.

    ``single_screen``: full screen for members can't be left by a key. ``locked_now`` is what
    was locked when it was last said, so that a restart opens nothing.
    """

    has_pin: bool = False
    idle_minutes: int = USUAL_IDLE_MINUTES
    single_screen: bool = False
    locked_now: LockedPart = LockedPart.NOTHING


class PinAttempt(Struct, frozen=True):
    """What came of a try; ``free`` wrong tries cost nothing yet, ``wait_ms`` before the next."""

    opened: bool
    free: int = 0
    wait_ms: int = 0


@dataclass(frozen=True, slots=True)
class OperatorPin:
    """The operator's PIN and the locks it opens."""

    tools: Tools

    def view(self) -> LockView:
        """How this PC is locked."""
        with self.tools.store.read() as reading:
            minutes = reading.setting(_IDLE) or ""
            kept = int(minutes) if minutes.isdigit() else USUAL_IDLE_MINUTES
            return LockView(
                has_pin=reading.setting(_PIN) is not None,
                idle_minutes=kept if kept in IDLE_MINUTES else USUAL_IDLE_MINUTES,
                single_screen=reading.setting(_SINGLE) is not None,
                locked_now=_locked(reading.setting(_SHUT)),
            )

    def try_pin(self, pin: str) -> PinAttempt:
        """Is this the PIN? While a pause lasts nothing is looked at and nothing counts.

        A PIN that was never set, or was removed meanwhile, lets everybody in.
        """
        now_ms = self.tools.clock.now().wall_ms
        with self.tools.store.begin() as work:
            kept, tries = work.setting(_PIN), _tries(work)
            if kept is None:
                return PinAttempt(opened=True)
            if now_ms < tries.last_ms:
                # The clock went back: the pause begins anew from here, or it would never end.
                tries = Tries(tries.wrong, now_ms)
                _keep(work, tries)
            waiting = wait_ms(tries, now_ms)
            if waiting:
                return PinAttempt(opened=False, wait_ms=waiting)
            if _fits(kept, pin):
                work.forget_setting(_TRIES)
                return PinAttempt(opened=True)
            tries = after_wrong(tries, now_ms)
            _keep(work, tries)
            return PinAttempt(
                opened=False, free=free_tries_left(tries), wait_ms=wait_ms(tries, now_ms)
            )

    def set_pin(self, pin: str, *, old: str = "") -> LockView:
        """Set or change the PIN; ``old`` is asked for when there is one.

        Raises:
            BadInput: not a PIN.
            NotPossibleNow: the old one is wrong, or a pause lasts; nothing was changed.
        """
        check_new(pin)
        _open(self.tools, old)
        salt = self.tools.entropy.draw(_SALT_BYTES)
        with self.tools.store.begin() as work:
            work.keep_setting(_PIN, _hashed(pin, salt))
            work.forget_setting(_TRIES)
        return self.view()

    def remove_pin(self, old: str) -> LockView:
        """Have no PIN any more.

        Raises:
            NotPossibleNow: the old one is wrong, or a pause lasts; nothing was changed.
        """
        _open(self.tools, old)
        return self.forget_pin()

    def forget_pin(self) -> LockView:
        """Drop a forgotten PIN and every lock; for whoever may open the store's own files."""
        with self.tools.store.begin() as work:
            for name in _ALL:
                work.forget_setting(name)
        return self.view()

    def lock_after(self, minutes: int) -> LockView:
        """Lock the operator's window after so many minutes. BadInput when that is no choice."""
        if minutes not in IDLE_MINUTES:
            raise BadInput("refusal.lock_minutes")
        with self.tools.store.begin() as work:
            work.keep_setting(_IDLE, str(minutes))
        return self.view()

    def use_single_screen_lock(self, *, on: bool) -> LockView:
        """Whether full screen for members is locked."""
        with self.tools.store.begin() as work:
            if on:
                work.keep_setting(_SINGLE, "on")
            else:
                work.forget_setting(_SINGLE)
        return self.view()

    def note_locked(self, locked: LockedPart) -> LockView:
        """This is locked now: so it is after a restart too."""
        with self.tools.store.begin() as work:
            if locked:
                work.keep_setting(_SHUT, locked.value)
            else:
                work.forget_setting(_SHUT)
        return self.view()

    def wants_first_run(self) -> bool:
        """Whether this PC is quite new: not enrolled, nothing in its record, never set up.

        A setting up that was begun and cut short is asked for again, though its first step may have
        enrolled the station: the PIN and the screens are still to come.
        """
        with self.tools.store.read() as reading:
            been = reading.setting(_FIRST_RUN)
            if been == _BEGUN:
                return True
            if self.tools.site is not None or been is not None:
                return False
            return not reading.fact_counts()[0] and not reading.roster_size()

    def first_run_begun(self) -> None:
        """The first setting up is in front; until it is over it comes with every start."""
        with self.tools.store.begin() as work:
            work.keep_setting(_FIRST_RUN, _BEGUN)

    def first_run_done(self) -> None:
        """The first setting up is over, whatever was skipped; it never comes by itself again."""
        with self.tools.store.begin() as work:
            work.keep_setting(_FIRST_RUN, "done")


def _open(tools: Tools, old: str) -> None:
    tried = OperatorPin(tools).try_pin(old)
    if tried.opened:
        return
    if tried.wait_ms:
        raise NotPossibleNow("refusal.pin_wait", seconds=-(-tried.wait_ms // 1000))
    raise NotPossibleNow("refusal.pin_wrong")


def _locked(kept: str | None) -> LockedPart:
    return LockedPart(kept) if kept in tuple(LockedPart) else LockedPart.NOTHING


def _tries(reading: StoreReading) -> Tries:
    wrong, _, last = (reading.setting(_TRIES) or "").partition(":")
    return Tries(int(wrong), int(last)) if wrong.isdigit() and last.isdigit() else Tries()


def _keep(work: StoreWork, tries: Tries) -> None:
    work.keep_setting(_TRIES, f"{tries.wrong}:{tries.last_ms}")


def _hashed(pin: str, salt: bytes, cost: int = _COST) -> str:
    made = hashlib.scrypt(
        pin.encode(),
        salt=salt,
        n=cost,
        r=_BLOCK,
        p=_LANES,
        maxmem=_MOST_MEMORY,
        dklen=_HASH_BYTES,
    )
    return f"scrypt:{cost}:{salt.hex()}:{made.hex()}"


def _fits(kept: str, pin: str) -> bool:
    try:
        _kind, cost, salt, _hash = kept.split(":")
        made = _hashed(pin, bytes.fromhex(salt), int(cost))
    except ValueError:
        # Nobody can know a PIN whose keeping is damaged: only ``forget_pin`` helps.
        return False
    return hmac.compare_digest(made, kept)
