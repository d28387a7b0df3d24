"""What screens and commands are shown: frozen readings, made in the store, kept nowhere.

Times are wall ms since 1970 UTC. No view carries a full phone number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from app.areas.courses.views import CourseView
from app.areas.monthly.views import MonthStands
from app.areas.sessions.month import Month
from app.areas.sessions.session import PlanEntry, Session
from app.areas.sessions.views import SessionSummary
from app.domain.values import dataclass


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
    changes: tuple[PlanEntry, ...] = ()
    """Entries of today and the next seven days that were withdrawn or changed with a reason, the
    former time of those that were put off among them."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What lecturers, classes and other rows are called that the plans name by id."""
    elsewhere: Session | None = None
    """A session that came back from the centre unfinished; it can go on here."""
    month: Month | None = None
    stands: MonthStands | None = None
    """This month's theme day, and what of the monthly set is missing."""
    ended: SessionSummary | None = None
    """The last session that ended today."""
    last: SessionSummary | None = None
    """The newest session that was held, whenever that was."""
    asks_day: bool = False
    """The clock is doubtful and nobody has said yet what day it is (asked once a boot)."""
    notices: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """Sentences the operator should read: catalogue key and values (a recovery, a wrong clock)."""
