"""The bytes of a fact: written once, stored, sent and hashed exactly as they are.

A fact's bytes are compact UTF-8 JSON:

    {"v":1,"n":12,"k":"attendance.marked","w":…,"m":…,"g":"ok","a":"member","b":{…},"p":"…"}

``n`` is the gapless number inside the segment (from 1), ``w``/``m`` wall and
monotonic milliseconds, ``g`` the clock's grade, ``a`` who acted, ``b`` the body of
the kind ``k``, ``p`` the hash of the personal payload if there is one. Nobody ever
writes them again from a reading: readings are only readings.

The chain: h(n) = SHA-256(tag ‖ h(n−1) ‖ bytes); before the first fact stands a hash
of the segment's own id, so a segment verifies by itself.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields

import msgspec
from msgspec import Struct

from app.areas import parts
from app.domain.errors import BadInput
from app.domain.fact_kinds import KIND_OF, KINDS, Fact
from app.domain.personal import Personal
from app.domain.time import ClockGrade, Instant

FACT_TAG = b"yj-fact-1\0"
SEGMENT_TAG = b"yj-segment-1\0"
PERSONAL_TAG = b"yj-personal-1\0"
MAX_FACT_BYTES = 256 * 1024
MAX_PERSONAL_BYTES = 256 * 1024
"""Ten times what ``app.domain.bounds`` allows: stations of before had no bounds."""


parts("facts")  # declares their kinds


_DEFAULTS: dict[type[object], dict[str, object]] = {}


class _Envelope(msgspec.Struct, omit_defaults=True):
    v: int
    n: int
    k: str
    w: int
    m: int
    g: str
    a: str
    b: dict[str, object]
    p: str = ""


class _PersonalEnvelope(msgspec.Struct):
    salt: str
    b: dict[str, object]


class ReadFact(Struct, frozen=True):
    """A reading of a fact's bytes; ``fact`` is None when its kind is not known here."""

    n: int
    kind: str
    instant: Instant
    actor: str
    fact: Fact | None
    personal_hash: str


def segment_root(segment: str) -> bytes:
    """The hash that stands before the first fact of a segment."""
    return hashlib.sha256(SEGMENT_TAG + segment.encode()).digest()


def chain_hash(previous: bytes, data: bytes) -> bytes:
    """The hash of a fact's bytes after ``previous`` (32 bytes each)."""
    return hashlib.sha256(FACT_TAG + previous + data).digest()


def personal_hash(payload: bytes) -> str:
    """The hash that enters a fact's bytes for its personal payload."""
    return hashlib.sha256(PERSONAL_TAG + payload).hexdigest()


def _body_of(value: Fact | Personal) -> dict[str, object]:
    """The fields as plain values, without those that stand at their default."""
    built: dict[str, object] = msgspec.to_builtins(value)
    kind = type(value)
    if kind not in _DEFAULTS:
        _DEFAULTS[kind] = {one.name: one.default for one in fields(value)}
    defaults = _DEFAULTS[kind]
    return {name: part for name, part in built.items() if part != defaults[name]}


def write_fact(
    *, n: int, instant: Instant, actor: str, fact: Fact, personal: bytes | None
) -> bytes:
    """The bytes of one fact; called exactly once for each fact there ever is."""
    return msgspec.json.encode(
        _Envelope(
            v=1,
            n=n,
            k=KIND_OF[type(fact)],
            w=instant.wall_ms,
            m=instant.mono_ms,
            g=instant.grade.value,
            a=actor,
            b=_body_of(fact),
            p="" if personal is None else personal_hash(personal),
        )
    )


def write_personal(personal: Personal, salt: bytes) -> bytes:
    """The payload beside a fact; 16 bytes of ``salt`` keep its hash from being guessed."""
    return msgspec.json.encode(_PersonalEnvelope(salt=salt.hex(), b=_body_of(personal)))


def read_personal(payload: bytes) -> Personal:
    """Read a personal payload.

    Raises:
        BadInput: it is not one.
    """
    try:
        envelope = msgspec.json.decode(payload, type=_PersonalEnvelope)
        return msgspec.convert(envelope.b, Personal)
    except (msgspec.MsgspecError, ValueError, RecursionError) as broken:
        raise BadInput("wire.personal_unreadable") from broken


def read_fact(data: bytes) -> ReadFact:
    """Read a fact's bytes. An unknown kind is a reading without ``fact``, not an error.

    Raises:
        BadInput: the bytes are no fact, or a known kind's body does not fit it.
    """
    if len(data) > MAX_FACT_BYTES:
        raise BadInput("wire.fact_too_large", size=len(data))
    try:
        envelope = msgspec.json.decode(data, type=_Envelope)
        instant = Instant(envelope.w, envelope.m, ClockGrade(envelope.g))
        cls = KINDS.get(envelope.k)
        fact = None if cls is None else msgspec.convert(envelope.b, cls)
    except (msgspec.MsgspecError, ValueError, RecursionError) as broken:
        raise BadInput("wire.fact_unreadable", why=str(broken)) from broken
    return ReadFact(envelope.n, envelope.k, instant, envelope.a, fact, envelope.p)
