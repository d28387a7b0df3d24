"""What is known of one session, folded from its facts: frozen values for both sides.

``SessionReport`` is what is shown; the centre keeps it as JSON. ``SessionRecord`` holds beside it
what the station's rows need: every mark, also those taken back, visitors, notes and the closing.

Times are ms since 1970 UTC. A roster person's name is not kept here: it is looked up
when the report is read, so that nothing is left of somebody who was erased. The person's row
knows what they were called on the day of a session that is over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.areas.attendance.marks import Capacity, Lane, RosterStatus, Status, Turnout
from app.areas.people.person import StandingKind
from app.areas.playback.plays import CourseShowing, PlayOutcome
from app.areas.sessions.activities import NO_ACTIVITIES, ActivityRecord
from app.areas.sessions.session import NotHeldReason, Step
from app.domain.personal import LeaveKind
from app.domain.values import dataclass

if TYPE_CHECKING:  # whoever only reads reports loads no facts
    from app.domain.clock_correction import ClockReading
    from app.domain.decoded_fact import Reason


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment as it is shown and as the clock said it; all empty when it has not come."""

    at_ms: int | None = None
    said_ms: int | None = None
    source: str = "clock"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a session; ``visitor_name`` only for those taken in at session."""

    person: str
    standpoint: RosterStatus
    status: Status | None
    left_out: StandingKind | None = None
    lane: Lane | None = None
    by: str = ""
    at_ms: int | None = None
    claimed_ms: int | None = None
    visitor_name: str = ""
    said_ms: int | None = None
    """What the station's own clock said, when ``at_ms`` was repaired."""
    said_status: Status | None = None
    """What the screen said at that moment, when ``status`` is another by the corrected time or by
    the rule of the day."""
    late_mark: str = ""
    """Hash of the mark when it was entered afterwards into a session held here: what is approved."""
    time_source: str = "clock"
    """``clock``, ``repaired`` (compared with the centre in the same boot), ``by_day`` (the
    operator named the day), ``unsure``."""
    capacity: Capacity | None = None

    @property
    def is_late_entry(self) -> bool:
        """Whether the mark was entered afterwards."""
        return self.status is Status.LATE_ENTRY


@dataclass(frozen=True, slots=True)
class PlayLine:
    """One play; ``outcome`` None while the station has not said how it ended."""

    play: str
    course: str
    started_ms: int
    duration_ms: int
    position_ms: int
    coverage_percent: int
    outcome: PlayOutcome | None
    said_ms: int | None = None
    time_source: str = "clock"


@dataclass(frozen=True, slots=True)
class SessionReport:
    """One session as its facts tell it."""

    session: str
    plan: str | None
    kind: str
    title: str
    step: Step
    units: tuple[str, ...]
    courses: tuple[str, ...]
    planned_start_ms: int | None
    prepared_ms: int | None
    opened_ms: int | None
    closed_ms: int | None
    not_held_reason: NotHeldReason | None
    not_held_note: str
    people: tuple[PersonLine, ...]
    turnout: Turnout
    plays: tuple[PlayLine, ...]
    notes: tuple[str, ...]
    agrees: bool | None
    """Whether the list at the close is the one the station saw; None before the close."""
    code: str = ""
    """The session code (``app.areas.sessions.code``), once closed."""
    opened_said_ms: int | None = None
    opened_time_source: str = "clock"
    closed_said_ms: int | None = None
    closed_time_source: str = "clock"
    day: str = ""
    """The ISO date whose rule for late and in time holds; empty when none is known."""
    """What the station's own clock said, and why another time is shown, as for a person."""
    other_codes: tuple[str, ...] = ()
    """Codes of closings that do not hold; a paper may bear one of them."""
    not_held_ms: int | None = None
    grace_minutes: int = 0
    showings: tuple[CourseShowing, ...] = ()
    """Each course once, with all that its plays showed together."""
    place: str = ""
    training_class: str = ""
    campaign: str = ""
    route: str = ""
    lecturers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    activities: ActivityRecord = NO_ACTIVITIES


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One mark, in force or not; ``voided_by`` is the hash of the fact that took it back."""

    arrival: int
    hash: str
    person: str
    status: Status
    lane: Lane
    by: str
    at_ms: int
    said_ms: int
    time_source: str
    claimed_ms: int | None
    leave: LeaveKind | None
    voided_by: str | None
    is_in_force: bool
    capacity: Capacity | None = None


@dataclass(frozen=True, slots=True)
class VisitorLine:
    """Somebody on no list who was taken in; the fields are empty once they were erased."""

    arrival: int
    person: str
    name: str
    phone_tail: str
    home: str


@dataclass(frozen=True, slots=True)
class SessionNote:
    """One note of the discussion and the fact that holds it."""

    arrival: int
    text: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A fact of the session that waits for something, and for what."""

    arrival: int
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A session's report and what stands behind it, all in journal order."""

    report: SessionReport
    marks: tuple[MarkLine, ...]
    visitors: tuple[VisitorLine, ...]
    notes: tuple[SessionNote, ...]
    closing: str | None
    """Hash of the closing that holds."""
    opened_clock: ClockReading | None
    began_ms: int
    """When its first fact was written."""
    place: str
    """Of its first fact, in the line."""
    last_arrival: int
    is_elsewhere: bool
    """Whether every fact of it came back from the centre: it does not go on here."""
    waiting: tuple[Waiting, ...] = ()
