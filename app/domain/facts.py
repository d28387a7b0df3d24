"""The facts a station can record: past tense, frozen, one class a kind.

A fact's class carries what is hashed for ever; what could name a person (a
visitor's name, why somebody is on leave) stands in its ``Personal`` payload beside
it, of which only a salted hash enters the chain, so that it can be erased and the
chain still verifies (sync.md, Decided 1). New kinds and new fields may be added;
none may ever be renamed or change its meaning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.domain.attendance import Lane, LeaveKind, Standpoint, Status
from app.domain.ids import (
    CourseId,
    FactHash,
    OrgUnitId,
    PersonId,
    PlanId,
    PlayId,
    SessionId,
)
from app.domain.people import StandingKind
from app.domain.playback import PlayOutcome
from app.domain.sessions import NotHeldReason, Step


@dataclass(frozen=True, slots=True)
class SegmentOpened:
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


@dataclass(frozen=True, slots=True)
class SessionPrepared:
    """An operator began to prepare an evening."""

    session: SessionId
    plan: PlanId | None
    kind: str
    title: str
    units: tuple[OrgUnitId, ...]
    courses: tuple[CourseId, ...]
    planned_start_ms: int | None
    grace_minutes: int


@dataclass(frozen=True, slots=True)
class SessionOpened:
    """Sign-in was opened and the expected list frozen, with a reason for each one left out."""

    session: SessionId
    expected: tuple[PersonId, ...]
    left_out: tuple[tuple[PersonId, StandingKind], ...]


@dataclass(frozen=True, slots=True)
class SessionMoved:
    """The evening went to another step."""

    session: SessionId
    step: Step


@dataclass(frozen=True, slots=True)
class SessionClosed:
    """The evening ended. ``digest`` hashes the sorted (person, status) list of that moment."""

    session: SessionId
    expected: int
    arrived: int
    on_leave: int
    absent: int
    visitors: int
    digest: str


@dataclass(frozen=True, slots=True)
class SessionNotHeld:
    """A planned evening did not take place, and why. Personal: ``note``."""

    session: SessionId
    reason: NotHeldReason


@dataclass(frozen=True, slots=True)
class AttendanceMarked:
    """Someone was marked. ``standpoint`` is the person's relation to the frozen list.

    ``claimed_ms`` is when a late entry says it happened. Personal: ``leave``, ``reason``.
    """

    session: SessionId
    person: PersonId
    status: Status
    lane: Lane
    standpoint: Standpoint
    claimed_ms: int | None = None


@dataclass(frozen=True, slots=True)
class AttendanceVoided:
    """One mark was taken back; ``target`` is the hash of the fact it voids. Personal: ``reason``."""

    session: SessionId
    person: PersonId
    target: FactHash


@dataclass(frozen=True, slots=True)
class VisitorAdmitted:
    """Someone not on any list here was taken in. Personal: ``name``, ``phone_tail``, ``home``."""

    session: SessionId
    person: PersonId


@dataclass(frozen=True, slots=True)
class PlaybackStarted:
    """A course began to play; ``video`` is its file's SHA-256."""

    play: PlayId
    session: SessionId | None
    course: CourseId
    video: str
    from_ms: int
    duration_ms: int


@dataclass(frozen=True, slots=True)
class PlaybackEnded:
    """A play ended; ``shown`` are the stretches of media time (ms) really shown."""

    play: PlayId
    outcome: PlayOutcome
    position_ms: int
    shown: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class DiscussionNoted:
    """What was said in the discussion was written down. Personal: ``text``."""

    session: SessionId


@dataclass(frozen=True, slots=True)
class SessionResumed:
    """An evening that came back from the centre unfinished goes on here."""

    session: SessionId


@dataclass(frozen=True, slots=True)
class ClockCompared:
    """The centre's signed time against this machine's clocks, after one exchange.

    The centre's time was between ``centre_ms`` and ``centre_ms + round_trip_ms`` when the wall
    clock read ``wall_ms`` and the monotonic clock ``mono_ms``, all in ``boot``.
    """

    boot: str
    wall_ms: int
    mono_ms: int
    centre_ms: int
    round_trip_ms: int


@dataclass(frozen=True, slots=True)
class ClockAsserted:
    """Asked about a doubtful clock, the operator said what day it is (ISO date), or that it is right.

    ``wall_ms`` and ``mono_ms`` are what the clocks read when the answer was given.
    """

    boot: str
    wall_ms: int
    mono_ms: int
    day: str


@dataclass(frozen=True, slots=True)
class JournalGap:
    """Facts of a segment that are lost here: all after ``after_n`` and before ``before_n``."""

    segment: str
    after_n: int
    before_n: int


@dataclass(frozen=True, slots=True)
class PersonErased:
    """Personal payloads about a person were erased here, on the centre's word."""

    person: PersonId
    payloads: int


@dataclass(frozen=True, slots=True)
class StoreRecovered:
    """A damaged store was set aside and rebuilt; what it was rebuilt from and how far."""

    found: str
    backup: str
    facts_from_backup: int
    facts_from_second_copy: int


Fact = (
    SegmentOpened
    | SessionPrepared
    | SessionOpened
    | SessionMoved
    | SessionClosed
    | SessionNotHeld
    | AttendanceMarked
    | AttendanceVoided
    | VisitorAdmitted
    | PlaybackStarted
    | PlaybackEnded
    | DiscussionNoted
    | StoreRecovered
    | SessionResumed
    | ClockCompared
    | ClockAsserted
    | JournalGap
    | PersonErased
)

KINDS: dict[str, type[Fact]] = {
    "segment.opened": SegmentOpened,
    "session.prepared": SessionPrepared,
    "session.opened": SessionOpened,
    "session.moved": SessionMoved,
    "session.closed": SessionClosed,
    "session.not_held": SessionNotHeld,
    "attendance.marked": AttendanceMarked,
    "attendance.voided": AttendanceVoided,
    "visitor.admitted": VisitorAdmitted,
    "playback.started": PlaybackStarted,
    "playback.ended": PlaybackEnded,
    "discussion.noted": DiscussionNoted,
    "store.recovered": StoreRecovered,
    "session.resumed": SessionResumed,
    "clock.compared": ClockCompared,
    "clock.asserted": ClockAsserted,
    "journal.gap": JournalGap,
    "person.erased": PersonErased,
}
"""Kind as written in the bytes → class. A kind's name is for ever."""

_ABOUT: dict[type[Fact], Callable[[Any], tuple[PersonId, ...]]] = {
    AttendanceMarked: lambda fact: (fact.person,),
    AttendanceVoided: lambda fact: (fact.person,),
    VisitorAdmitted: lambda fact: (fact.person,),
}


def people_in(fact: Fact | None) -> tuple[PersonId, ...]:
    """Whom the payload beside a fact is about: their erasure takes it away."""
    about = None if fact is None else _ABOUT.get(type(fact))
    return () if about is None else about(fact)


KIND_OF: dict[type[Fact], str] = {cls: kind for kind, cls in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Personal:
    """What can be erased: every field that may name or describe a person."""

    name: str = ""
    phone_tail: str = ""
    home: str = ""
    reason: str = ""
    note: str = ""
    leave: LeaveKind | None = None

    def __bool__(self) -> bool:
        return self != Personal()
