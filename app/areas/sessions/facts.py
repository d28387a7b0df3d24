"""The facts of a session: from its preparation to its close, or why it was not held."""

from __future__ import annotations

from app.areas.people.person import StandingKind
from app.areas.sessions.session import NotHeldReason, Step
from app.domain.fact_kinds import Fact, fact
from app.domain.ids import (
    CourseId,
    FactHash,
    OrgUnitId,
    PersonId,
    PlanId,
    SessionId,
)
from app.domain.values import dataclass


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
    place: str = ""
    """Where it is held when that is not the station's room."""
    training_class: str = ""
    campaign: str = ""
    route: str = ""
    lecturers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    """Partner units that hold it with us."""
    agenda: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    """Items (``app.areas.sessions.kinds.Item``) it ticks beside those of its kind."""


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


@fact("session.resumed")
@dataclass(frozen=True, slots=True)
class SessionResumed(Fact):
    """A session that came back from the centre unfinished goes on here."""

    session: SessionId


@fact("session.reopened")
@dataclass(frozen=True, slots=True)
class SessionReopened(Fact):
    """A close was taken back soon after it; ``closing`` is the hash of the fact that closed."""

    session: SessionId
    closing: FactHash


@fact("session.entered_late")
@dataclass(frozen=True, slots=True)
class SessionEnteredLate(Fact):
    """A session was written down afterwards: when it was held (ms UTC). Personal: ``name`` of who
    wrote it, ``reason``."""

    session: SessionId
    held_from_ms: int
    held_to_ms: int


@fact("agenda.ticked")
@dataclass(frozen=True, slots=True)
class AgendaTicked(Fact):
    """An item of the agenda was done, or skipped. Personal: ``reason``."""

    session: SessionId
    item: str
    is_done: bool


@fact("stop.reached")
@dataclass(frozen=True, slots=True)
class StopReached(Fact):
    """The group stood at a stop of its route."""

    session: SessionId
    stop: str


@fact("lecture.given", about=("person",))
@dataclass(frozen=True, slots=True)
class LectureGiven(Fact):
    """Somebody spoke on a topic, for so many minutes: a lecturer of the bank, a ``person`` of the
    roster, or another. Personal: ``name`` of such another."""

    session: SessionId
    topic: str
    minutes: int
    lecturer: str = ""
    person: PersonId | None = None


@fact("heads.counted")
@dataclass(frozen=True, slots=True)
class HeadsCounted(Fact):
    """So many of a kind were there beside those named; said again, the last holds."""

    session: SessionId
    kind: str
    count: int


@fact("visit.made", about=("person",))
@dataclass(frozen=True, slots=True)
class VisitMade(Fact):
    """Somebody was visited at home, ``by`` a person of the roster. Personal: ``note``."""

    session: SessionId
    person: PersonId
    minutes: int
    by: PersonId | None = None
    pairing: str = ""


@fact("activity.taken_back")
@dataclass(frozen=True, slots=True)
class ActivityTakenBack(Fact):
    """Something done in a session was written by mistake; ``target`` is the hash of that fact."""

    session: SessionId
    target: FactHash
