"""The facts a station can record: past tense, frozen, one class a kind.

A fact's class carries what is hashed for ever; what could name a person (a
visitor's name, why somebody is on leave) stands in its ``Personal`` payload beside
it, of which only a salted hash enters the chain, so that it can be erased and the
chain still verifies (sync.md, Decided 1). New kinds and new fields may be added;
none may ever be renamed or change its meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.areas.attendance.marks import Lane, LeaveKind, RosterStatus, Status
from app.areas.people.person import StandingKind
from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.session import NotHeldReason, Step
from app.domain.fact_kinds import Fact, fact
from app.domain.ids import (
    CourseId,
    FactHash,
    OrgUnitId,
    PersonId,
    PlanId,
    PlayId,
    SessionId,
)


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


@fact("session.prepared")
@dataclass(frozen=True, slots=True)
class SessionPrepared(Fact):
    """An operator began to prepare a session."""

    session: SessionId
    plan: PlanId | None
    kind: str
    title: str
    units: tuple[OrgUnitId, ...]
    courses: tuple[CourseId, ...]
    planned_start_ms: int | None
    grace_minutes: int


@fact("session.opened")
@dataclass(frozen=True, slots=True)
class SessionOpened(Fact):
    """Sign-in was opened and the expected list frozen, with a reason for each one left out."""

    session: SessionId
    expected: tuple[PersonId, ...]
    left_out: tuple[tuple[PersonId, StandingKind], ...]


@fact("session.moved")
@dataclass(frozen=True, slots=True)
class SessionMoved(Fact):
    """The session went to another step."""

    session: SessionId
    step: Step


@fact("session.closed")
@dataclass(frozen=True, slots=True)
class SessionClosed(Fact):
    """The session ended. ``digest`` hashes the sorted (person, status) list of that moment."""

    session: SessionId
    expected: int
    arrived: int
    on_leave: int
    absent: int
    visitors: int
    digest: str


@fact("session.not_held")
@dataclass(frozen=True, slots=True)
class SessionNotHeld(Fact):
    """A planned session did not take place, and why. Personal: ``note``."""

    session: SessionId
    reason: NotHeldReason


@fact("attendance.marked", about=("person",))
@dataclass(frozen=True, slots=True)
class AttendanceMarked(Fact):
    """Someone was marked. ``standpoint`` is the person's relation to the frozen list.

    ``claimed_ms`` is when a late entry says it happened. Personal: ``leave``, ``reason``.
    """

    session: SessionId
    person: PersonId
    status: Status
    lane: Lane
    standpoint: RosterStatus
    claimed_ms: int | None = None


@fact("attendance.voided", about=("person",))
@dataclass(frozen=True, slots=True)
class AttendanceVoided(Fact):
    """One mark was taken back; ``target`` is the hash of the fact it voids. Personal: ``reason``."""

    session: SessionId
    person: PersonId
    target: FactHash


@fact("visitor.admitted", about=("person",))
@dataclass(frozen=True, slots=True)
class VisitorAdmitted(Fact):
    """Someone not on any list here was taken in. Personal: ``name``, ``phone_tail``, ``home``."""

    session: SessionId
    person: PersonId


@fact("playback.started")
@dataclass(frozen=True, slots=True)
class PlaybackStarted(Fact):
    """A course began to play; ``video`` is its file's SHA-256."""

    play: PlayId
    session: SessionId | None
    course: CourseId
    video: str
    from_ms: int
    duration_ms: int


@fact("playback.ended")
@dataclass(frozen=True, slots=True)
class PlaybackEnded(Fact):
    """A play ended; ``shown`` are the stretches of media time (ms) really shown."""

    play: PlayId
    outcome: PlayOutcome
    position_ms: int
    shown: tuple[tuple[int, int], ...]


@fact("discussion.noted")
@dataclass(frozen=True, slots=True)
class DiscussionNoted(Fact):
    """What was said in the discussion was written down. Personal: ``text``."""

    session: SessionId


@fact("session.resumed")
@dataclass(frozen=True, slots=True)
class SessionResumed(Fact):
    """A session that came back from the centre unfinished goes on here."""

    session: SessionId


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


@fact("person.erased", about=("person",))
@dataclass(frozen=True, slots=True)
class PersonErased(Fact):
    """Personal payloads about a person were erased here, on the centre's word."""

    person: PersonId
    payloads: int


@fact("store.recovered")
@dataclass(frozen=True, slots=True)
class StoreRecovered(Fact):
    """A damaged store was set aside and rebuilt; what it was rebuilt from and how far."""

    found: str
    backup: str
    facts_from_backup: int
    facts_from_second_copy: int


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
