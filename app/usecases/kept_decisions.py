"""Stores the centre's signed decisions and returns them to a centre that was restored.

They hold ids and no names. Nothing here acts on them.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from app.usecases.tools import Tools
from app.wire.messages import MAX_DECISIONS, Held, SignedDecision
from app.wire.signing import DECISION_LABEL, verifies
from app.wire.sums import ZERO, add_hashes, decision_mark

if TYPE_CHECKING:
    from app.store.reading import StoreReading

KEPT = "centre_decisions"
DECIDED = "centre_decided"
_MOST_KEPT = 5_000


class KeptDecisions(Struct, frozen=True):
    """Those that are kept, oldest come first."""

    all: tuple[SignedDecision, ...] = ()

    @property
    def newest(self) -> tuple[SignedDecision, ...]:
        """As many as one request may carry."""
        return self.all[-MAX_DECISIONS:]


def decided(reading: StoreReading) -> Held | None:
    """How many are kept and the sum of their marks; None for none."""
    count, _, total = (reading.setting(DECIDED) or "").partition(" ")
    return Held(int(count), bytes.fromhex(total)) if count else None


def kept_decisions(reading: StoreReading) -> KeptDecisions:
    """All that are kept; none when they can't be read: the centre gives them again."""
    try:
        pairs = msgspec.json.decode(reading.setting(KEPT) or "[]", type=list[tuple[str, str]])
        return KeptDecisions(
            tuple(SignedDecision(base64.b64decode(a), base64.b64decode(b)) for a, b in pairs)
        )
    except (msgspec.MsgspecError, binascii.Error, ValueError):
        return KeptDecisions()


def keep_decisions(tools: Tools, centre_key: bytes, given: Iterable[SignedDecision]) -> None:
    """Keep what is new among them and is the centre's own. Store lane."""
    with tools.store.read() as reading:
        known = kept_decisions(reading).all
    held = {one.decision for one in known}
    new = {
        one.decision: one
        for one in given
        if one.decision not in held
        and verifies(centre_key, one.signature, DECISION_LABEL, one.decision)
    }
    if not new:
        return
    kept = (*known, *new.values())[-_MOST_KEPT:]
    total = add_hashes(ZERO, (decision_mark(one.decision) for one in kept))
    pairs = [(_text(one.decision), _text(one.signature)) for one in kept]
    with tools.store.begin() as work:
        work.keep_setting(KEPT, msgspec.json.encode(pairs).decode())
        work.keep_setting(DECIDED, f"{len(kept)} {total.hex()}")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
