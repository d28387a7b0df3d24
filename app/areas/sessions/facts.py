"""The facts of a session: from its preparation to its close, or why it was not held."""

from __future__ import annotations

from dataclasses import dataclass

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
