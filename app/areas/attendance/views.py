"""What is shown of attendance: one person as a session sees them, and what undo would take back."""

from __future__ import annotations

from app.areas.attendance.marks import Capacity, Lane, RosterStatus, Status, Turnout
from app.areas.people.person import PersonKind, StandingKind
from app.areas.sessions.session import Session
from app.domain.ids import FactHash, PersonId, SessionId
from app.domain.personal import LeaveKind
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One person as a session sees them; ``status`` None is "no mark yet"."""

    id: PersonId
    name: str
    kind: PersonKind
    group: str
    branch: str
    birth_year: int | None
    phone_tail: str
    card_no: str
    standpoint: RosterStatus
    left_out: StandingKind | None = None
    status: Status | None = None
    at_ms: int | None = None
    lane: Lane | None = None
    by: str = ""
    mark: FactHash | None = None
    said_ms: int | None = None
    time_source: str = "clock"
    said_status: Status | None = None
    """What the screen said at the sign-in, when ``status`` is another by the corrected time or by
    the rule of the day."""
    capacity: Capacity | None = None
    spelled: str = ""
    """The name as it sounds, in letters; empty for somebody on no roster."""


@dataclass(frozen=True, slots=True)
class Undoable:
    """The newest mark that undo would take back, by name."""

    mark: FactHash
    name: str
    status: Status


@dataclass(frozen=True, slots=True)
class SignInDone:
    """A sign-in that is durable: the person's card now, and the counts."""

    card: PersonCard
    turnout: Turnout
    undoable: Undoable | None


@dataclass(frozen=True, slots=True)
class UndoDone:
    """A mark that was taken back: whose, and what it had been."""

    session: SessionId
    card: PersonCard
    was: Status
    turnout: Turnout
    undoable: Undoable | None


@dataclass(frozen=True, slots=True)
class MarkShown:
    """One mark of a person in a session, in force or not."""

    mark: FactHash
    status: Status
    lane: Lane
    by: str
    at_ms: int
    leave: LeaveKind | None = None
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class PastAttendance:
    """How somebody stood in a session that is over; ``status`` None: was not expected."""

    session: SessionId
    title: str
    day_ms: int
    status: Status | None


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """All that is shown of one person: in a session (None: in none), and in the last six."""

    card: PersonCard
    session: Session | None = None
    marks: tuple[MarkShown, ...] = ()
    """In the order in which they were made."""
    lately: tuple[PastAttendance, ...] = ()
    """Oldest first."""
