"""What one fact says, or why it cannot be taken in: unreadable, misplaced, not understood.

What the report tables can't hold is found here once: numbers of any size make a fact unreadable,
a sign no table holds is left out of its text, and of a payload that is lacking or can't be read
the fact counts all the same and says in the queue what is wanting. No text is too long: the door
has bounded its bytes.
"""

from __future__ import annotations

from dataclasses import fields, replace

import msgspec

from app.domain import bounds
from app.domain.decoded_fact import DecodedFact, Reason
from app.domain.errors import BadInput
from app.domain.fact_kinds import Fact, id_fields
from app.domain.personal import Personal
from app.domain.time import ClockGrade
from app.domain.values import dataclass
from app.wire.fact_bytes import read_fact, read_personal

_MOST_NUMBER = 1 << 53
_MOST_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Undecoded:
    """A fact that stays raw, and why."""

    arrival: int
    reason: Reason
    kind: str = ""


@dataclass(frozen=True, slots=True)
class RawFact:
    """One fact as it is kept."""

    arrival: int
    hash: bytes
    segment: str
    n: int
    data: bytes
    personal: bytes | None
    station: str = ""
    ordinal: int = 0
    boot: str = ""
    person_is: str = ""
    returned: bool = False
    arrived_ms: int = 0


def decode_fact(stored: RawFact) -> DecodedFact | Undecoded:
    """Read one stored fact; nothing it holds makes this fail."""
    try:
        reading = read_fact(stored.data)
        if not _is_bounded([reading.instant.wall_ms, reading.instant.mono_ms], 0):
            return Undecoded(stored.arrival, Reason.UNREADABLE)
        if reading.n != stored.n:
            return Undecoded(stored.arrival, Reason.WRONG_NUMBER, _plain(reading.kind))
        if reading.fact is None:
            return Undecoded(stored.arrival, Reason.UNKNOWN_KIND, _plain(reading.kind))
        fact = _with_plain_title(reading.fact)
        if not (has_lawful_ids(fact) and _is_bounded(msgspec.to_builtins(fact), 0)):
            return Undecoded(stored.arrival, Reason.UNREADABLE, _plain(reading.kind))
        personal, wanting = _payload(stored.personal, named=bool(reading.personal_hash))
    except (BadInput, RecursionError):
        return Undecoded(stored.arrival, Reason.UNREADABLE)
    return DecodedFact(
        arrival=stored.arrival,
        hash=stored.hash.hex(),
        segment=stored.segment,
        n=stored.n,
        wall_ms=reading.instant.wall_ms,
        actor=_plain(reading.actor),
        fact=fact,
        personal=personal,
        wanting=wanting,
        station=stored.station,
        mono_ms=reading.instant.mono_ms,
        unsure=reading.instant.grade is not ClockGrade.OK,
        ordinal=stored.ordinal,
        boot=stored.boot,
        person_is=stored.person_is,
        returned=stored.returned,
        arrived_ms=stored.arrived_ms,
    )


def _payload(payload: bytes | None, *, named: bool) -> tuple[Personal | None, Reason | None]:
    """A payload as far as it can be read, and what is wrong with it."""
    if payload is None:
        return None, Reason.PAYLOAD_LACKING if named else None
    try:
        return _without_nul(read_personal(payload)), None
    except (BadInput, RecursionError):
        return None, Reason.PAYLOAD_UNREADABLE


def _without_nul(personal: Personal) -> Personal:
    """The same without the one sign no table holds; its bytes are kept as they are."""
    changed = {
        name: value.replace("\0", "")
        for name in _TEXTS
        if "\0" in (value := getattr(personal, name))
    }
    more = tuple((one.replace("\0", ""), two.replace("\0", "")) for one, two in personal.more)
    return replace(personal, more=more, **changed) if changed or more != personal.more else personal


_TEXTS = tuple(one.name for one in fields(Personal) if one.type == "str")


def _with_plain_title(fact: Fact) -> Fact:
    title = getattr(fact, "title", None)
    if isinstance(title, str) and "\0" in title:
        return replace(fact, **{"title": title.replace("\0", "")})
    return fact


def has_lawful_ids(fact: Fact) -> bool:
    """Whether its ids are such as every table holds: a fact with others is never read anywhere."""
    for name in id_fields(type(fact)):
        one = getattr(fact, name)
        if one is not None and not 0 < len(one) <= bounds.ID:
            return False
    return True


def _is_bounded(value: object, depth: int) -> bool:
    if isinstance(value, str):
        return "\0" not in value
    if isinstance(value, int):
        return -_MOST_NUMBER <= value <= _MOST_NUMBER
    if depth > _MOST_DEPTH:
        return False
    if isinstance(value, dict):
        return all(_is_bounded(part, depth + 1) for part in value.values())
    if isinstance(value, list | tuple):
        return all(_is_bounded(part, depth + 1) for part in value)
    return True


def _plain(text: str) -> str:
    return text.replace("\0", "")[: bounds.ID]
