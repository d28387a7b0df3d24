"""What screens and commands are shown: frozen readings, made in the store, kept nowhere.

Times are wall ms since 1970 UTC. No view carries a full phone number.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.attendance import Lane, RosterStatus, Status, Turnout
from app.domain.courses import Course
from app.domain.ids import CourseId, FactHash, PersonId, PlayId, SessionId
from app.domain.people import PersonKind, StandingKind
from app.domain.playback import Interval, PlayOutcome
from app.domain.sessions import PlanEntry, Session, Step


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


@dataclass(frozen=True, slots=True)
class Undoable:
    """The newest mark that undo would take back, by name."""

    mark: FactHash
    name: str
    status: Status


@dataclass(frozen=True, slots=True)
class PlayView:
    """One play of a course in a session; ``outcome`` None while it runs."""

    id: PlayId
    course: CourseId
    title: str
    started_ms: int
    position_ms: int
    duration_ms: int
    coverage_percent: int
    outcome: PlayOutcome | None
    said_ms: int | None = None
    time_source: str = "clock"
    shown: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordedTwice:
    """The other sheets of the same real session, and everybody of all its sheets counted once."""

    sessions: tuple[SessionId, ...]
    codes: tuple[str, ...]
    """Codes of the other sheets that are closed."""
    step: Step
    """Closed as soon as one sheet is."""
    turnout: Turnout


@dataclass(frozen=True, slots=True)
class SessionView:
    """Everything of one session. ``cards``: expected and left-out by name, then visitors."""

    session: Session
    cards: tuple[PersonCard, ...]
    turnout: Turnout
    undoable: Undoable | None
    plays: tuple[PlayView, ...]
    notes: tuple[str, ...] = ()
    code: str = ""
    """The session code (``app.domain.evidence``), once closed."""
    to_check: int = 0
    """Its facts that wait at the centre to be checked: the centre's report is without them."""
    other_codes: tuple[str, ...] = ()
    """Codes of closings that do not hold; a paper may bear one of them."""
    together: RecordedTwice | None = None
    """Set when the same real session has another sheet."""

    @property
    def written(self) -> tuple[str, ...]:
        """All that was written down: why it was not held, then the notes of the discussion."""
        note = self.session.not_held_note
        return (note, *self.notes) if note else self.notes


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One line of the records list; ``waiting``: the centre has not confirmed all of it."""

    session: Session
    turnout: Turnout
    waiting: bool
    code: str = ""
    """The session code, once closed."""
    to_check: int = 0
    """Its facts that wait at the centre to be checked."""
    entered: bool = False
    """Whether the centre has said that all of it is in its reports."""
    together: RecordedTwice | None = None
    """Set when the same real session has another sheet."""


@dataclass(frozen=True, slots=True)
class CourseView:
    """A course and how much of it is whole on this disk."""

    course: Course
    ready: bool
    percent: int
    trouble: str = ""
    """Catalogue key of what is wrong with it here, or empty."""
    here_bytes: int = 0
    played: bool = False
    hold: str = ""
    """Catalogue key of why it may not be deleted now, or empty."""
    planned: str = ""
    """ISO date of the next session it is planned for, or empty."""
    comes: bool = True
    """Whether it is fetched by itself; not one that was deleted, or for which there is no room."""
    checking: bool = False
    """Whether what lies here of it is just being looked through."""


class SyncState(StrEnum):
    """The states the operator sees, told in sessions (``app.usecases.sync_state``)."""

    NOT_ENROLLED = "not_enrolled"
    NOTHING = "nothing"
    """No session was begun yet."""
    ALL_SENT = "all_sent"
    SENDING = "sending"
    WAITING = "waiting"
    NEEDS_CARE = "needs_care"
    NO_SPACE = "no_space"


@dataclass(frozen=True, slots=True)
class SyncView:
    """Where the record stands: n facts here, m confirmed by the centre's receipts."""

    state: SyncState
    facts: int
    confirmed: int
    last_success_ms: int | None
    reason: str = ""
    """Catalogue key why the last try brought nothing, or empty."""
    next_try_s: int | None = None
    agreed: bool | None = None
    """Whether the centre holds exactly what is held here, by its last signed word; None: not said."""
    understood: int | None = None
    """Facts the centre has read into its reports; None: not said."""
    quarantined: bool = False
    """The centre keeps what is sent, but does not count it until a person there decides."""
    apart: int = 0
    """How many facts of this station wait there for that."""
    station: str = ""
    """The id by which that person lets them count."""
    to_check: int = 0
    """How many facts wait there to be checked, of all sessions."""
    waiting_sessions: int = 0
    """Begun sessions with a fact the centre has not confirmed."""

    @property
    def waiting(self) -> int:
        """Facts the centre has not confirmed."""
        return max(self.facts - self.confirmed, 0)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the readiness check: a catalogue key, its values, and whether it holds."""

    key: str
    good: bool
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TodayView:
    """The first screen: what is planned, what runs, how the month stands."""

    site_name: str
    day: str
    plans: tuple[PlanEntry, ...]
    """Plans of today, then the next seven days, without withdrawn or finished ones."""
    running: Session | None
    month_sessions: int
    month_minutes: int
    courses: tuple[CourseView, ...]
    sync: SyncView
    elsewhere: Session | None = None
    """A session that came back from the centre unfinished; it can go on here."""
    asks_day: bool = False
    """The clock is doubtful and nobody has said yet what day it is (asked once a boot)."""
    notices: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """Sentences the operator should read: catalogue key and values (a recovery, a wrong clock)."""


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
