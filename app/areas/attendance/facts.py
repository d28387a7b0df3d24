"""The facts of attendance: somebody was marked, a mark was taken back, a visitor was admitted."""

from __future__ import annotations

from app.areas.attendance.marks import Capacity, Lane, RosterStatus, Status
from app.domain.fact_kinds import Fact, fact
from app.domain.ids import (
    FactHash,
    PersonId,
    SessionId,
)
from app.domain.values import dataclass


@fact("attendance.marked", about=("person",))
@dataclass(frozen=True, slots=True)
class AttendanceMarked(Fact):
    """Someone was marked. ``standpoint`` is the person's relation to the frozen list.

    ``claimed_ms`` is when a late entry says it happened; ``capacity`` as what they take part. Personal: ``leave``, ``reason``.
    """

    session: SessionId
    person: PersonId
    status: Status
    lane: Lane
    standpoint: RosterStatus
    claimed_ms: int | None = None
    capacity: Capacity | None = None


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
