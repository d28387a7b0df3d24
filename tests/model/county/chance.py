"""All chance of a history comes from its seed: the driver's, the stations' and the centre's."""

from __future__ import annotations

import hashlib
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from pyrage import DecryptError
from pyrage.x25519 import Identity, Recipient

from app.domain.time import ClockGrade, Instant, grade_clock
from app.machine.clock import BUILT_MS
from app.usecases import carry
from app.wire import signing
from app.wire.sticks import sealing

MINUTE_MS = 60_000
DAY_MS = 86_400_000
BEGIN_MS = BUILT_MS + 12 * 3_600_000

_HEAD = b"age-encryption.org/v1\n-> the model's own\n--- "


@dataclass(slots=True)
class DrawnEntropy:
    """Implements ``app.ports.machine.Entropy`` out of a seed; copied, it repeats itself."""

    chance: random.Random

    def draw(self, count: int) -> bytes:
        """The next bytes."""
        return self.chance.randbytes(count)

    def twin(self) -> DrawnEntropy:
        """One that will draw the very same, as in a machine that was copied while it ran."""
        other = random.Random()
        other.setstate(self.chance.getstate())
        return DrawnEntropy(other)


@dataclass(slots=True)
class PcClock:
    """Implements ``app.ports.machine.Clock``; the wall may jump, the monotonic clock never does."""

    boot: str
    wall_ms: int = BEGIN_MS
    mono_ms: int = 1_000
    proven_ms: int = BUILT_MS

    def now(self) -> Instant:
        """What the PC believes."""
        return Instant(self.wall_ms, self.mono_ms, self.grade)

    @property
    def grade(self) -> ClockGrade:
        """How far it can be believed."""
        return grade_clock(self.wall_ms, self.proven_ms)

    def prove(self, wall_ms: int) -> None:
        """As ``app.machine.clock.SystemClock``."""
        if self.proven_ms < wall_ms < BUILT_MS + 3_650 * DAY_MS:
            self.proven_ms = wall_ms

    def pass_ms(self, milliseconds: int) -> None:
        """Time goes by."""
        self.wall_ms += milliseconds
        self.mono_ms += milliseconds


@dataclass(slots=True)
class CentreClock:
    """The centre's clock; it is right and goes on a little each time it is asked."""

    ms: int = BEGIN_MS

    def __call__(self) -> int:
        self.ms += 7
        return self.ms


def _encrypt(plain: bytes, _readers: list[Recipient]) -> bytes:
    return _HEAD + plain


def decrypt(sealed: bytes, _readers: list[Identity]) -> bytes:
    """Open the stand-in for a seal."""
    if not sealed.startswith(_HEAD):
        raise DecryptError("not sealed")
    return sealed[len(_HEAD) :]


@contextmanager
def chance_from(chance: random.Random) -> Iterator[None]:
    """Inside, what the centre draws comes from the seed, and seals are the same each time.

    The seal of a stick's parts is a stand-in: age takes no chance from outside, and the names of
    parts, which order them, come from their sealed bytes. The real one is tested in tests/sticks.
    """
    kept = secrets.token_bytes, secrets.token_hex, secrets.choice
    sealed = {name: vars(sealing)[name] for name in ("encrypt", "decrypt")}
    drawn = DrawnEntropy(chance)
    given = drawn.draw, lambda count: drawn.draw(count).hex(), chance.choice
    names = ("token_bytes", "token_hex", "choice")
    for name, one in zip(names, given, strict=True):
        setattr(secrets, name, one)
    vars(sealing).update(encrypt=_encrypt, decrypt=decrypt)
    try:
        yield
    finally:
        for name, old in zip(names, kept, strict=True):
            setattr(secrets, name, old)
        vars(sealing).update(sealed)


class _QuickKey:
    """Stands for an Ed25519 key, private or public; what it signs only the same key verifies."""

    def __init__(self, public: bytes) -> None:
        self._public = public

    def sign(self, data: bytes) -> bytes:
        return hashlib.sha512(self._public + data).digest()

    def verify(self, signature: bytes, data: bytes) -> None:
        if signature != self.sign(data):
            raise InvalidSignature

    def public_key(self) -> _QuickKey:
        return self

    def public_bytes_raw(self) -> bytes:
        return self._public


@contextmanager
def quick_signatures() -> Iterator[None]:
    """Signatures that cost a hash: nobody here can forge more than with a key of their own.

    What is signed, by whom and under which label stays real; the real ones are tested in tests/wire.
    """
    kept: tuple[Any, Any] = signing._private, signing._public
    private = lru_cache(lambda raw: _QuickKey(kept[0](raw).public_key().public_bytes_raw()))
    setattr(signing, "_private", private)  # noqa: B010 - put back below
    setattr(signing, "_public", lru_cache(_QuickKey))  # noqa: B010
    try:
        yield
    finally:
        setattr(signing, "_private", kept[0])  # noqa: B010
        setattr(signing, "_public", kept[1])  # noqa: B010


@contextmanager
def small_parts() -> Iterator[None]:
    """Inside, an export to a stick has several parts."""
    kept = carry.PART_BUDGET_BYTES
    carry.PART_BUDGET_BYTES = 3_000
    try:
        yield
    finally:
        carry.PART_BUDGET_BYTES = kept
