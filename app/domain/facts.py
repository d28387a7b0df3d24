"""The facts a station can record: past tense, frozen, one class a kind.

A fact's class carries what is hashed for ever; what could name a person (a
visitor's name, why somebody is on leave) stands in its ``Personal`` payload beside
it, of which only a salted hash enters the chain, so that it can be erased and the
chain still verifies (sync.md, Decided 1). New kinds and new fields may be added;
none may ever be renamed or change its meaning.
"""

from __future__ import annotations

from app.domain.fact_kinds import Fact, fact
from app.domain.values import dataclass


@fact("segment.opened")
@dataclass(frozen=True, slots=True)
class SegmentOpened(Fact):
    """A process started: the first fact of every segment.

    ``random`` makes two copies of one disk differ from their first fact on;
    ``parent`` is the segment, number and hash this one goes on from, if any.
    """

    random: str
    reason: str
    boot: str
    station: str
    app_version: str
    sqlite_version: str
    platform: str
    parent_segment: str | None = None
    parent_n: int | None = None
    parent_hash: str | None = None
    ordinal: int = 0
    """How many segments stand before this one in its line: one more than its parent's.

    Facts are ordered by (ordinal, segment, n), never by a clock; every descendant comes later."""
    machine: str = ""
    """A mark of the PC that writes it and of where the record lies there; two PCs with one copied
    disk differ in it. Empty in what older programs wrote."""


@fact("clock.compared")
@dataclass(frozen=True, slots=True)
class ClockCompared(Fact):
    """The centre's signed time against this machine's clocks, after one exchange.

    The centre's time was between ``centre_ms`` and ``centre_ms + round_trip_ms`` when the wall
    clock read ``wall_ms`` and the monotonic clock ``mono_ms``, all in ``boot``.
    """

    boot: str
    wall_ms: int
    mono_ms: int
    centre_ms: int
    round_trip_ms: int


@fact("clock.asserted")
@dataclass(frozen=True, slots=True)
class ClockAsserted(Fact):
    """Asked about a doubtful clock, the operator said what day it is (ISO date), or that it is right.

    ``wall_ms`` and ``mono_ms`` are what the clocks read when the answer was given.
    """

    boot: str
    wall_ms: int
    mono_ms: int
    day: str


@fact("journal.gap")
@dataclass(frozen=True, slots=True)
class JournalGap(Fact):
    """Facts of a segment that are lost here: all after ``after_n`` and before ``before_n``."""

    segment: str
    after_n: int
    before_n: int


@fact("store.recovered")
@dataclass(frozen=True, slots=True)
class StoreRecovered(Fact):
    """A damaged store was set aside and rebuilt; what it was rebuilt from and how far."""

    found: str
    backup: str
    facts_from_backup: int
    facts_from_second_copy: int
