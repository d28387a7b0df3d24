"""What the centre knows of one session: frozen values, written as JSON into the report.

Times are ms since 1970 UTC. A roster person's name is not kept here: it is looked up
when the report is read, so that nothing is left of somebody who was erased. The person's row
knows what they were called on the day of a session that is over.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.attendance import Lane, Standpoint, Status, Turnout
from app.domain.people import StandingKind
from app.domain.playback import PlayOutcome
from app.domain.sessions import NotHeldReason, Step


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a session; ``visitor_name`` only for those taken in that session."""

    person: str
    standpoint: Standpoint
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
    time_source: str = "clock"
    """``clock``, ``repaired`` (compared with the centre in the same boot), ``by_day`` (the
    operator named the day), ``unsure``."""

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
    """The session code (``app.domain.evidence``), once closed."""
    opened_said_ms: int | None = None
    opened_time_source: str = "clock"
    closed_said_ms: int | None = None
    closed_time_source: str = "clock"
    day: str = ""
    """The ISO date whose rule for late and in time holds; empty when none is known."""
    """What the station's own clock said, and why another time is shown, as for a person."""
