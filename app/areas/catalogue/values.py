"""Rows of the catalogue, a frozen value a kind; the centre writes them, stations only read.

A row travels as one feed row: its kind, its id and this value as JSON. Programs that do not know
a kind keep its rows for a later version. What was stopped keeps its row, so that old records name
it. Days are ISO dates, times local HH:MM. Sources: domain (a), (d) 9, 10, 12.
"""

from __future__ import annotations

from enum import StrEnum

from app.domain.values import dataclass


class LecturerState(StrEnum):
    """Whether somebody may be asked to teach (domain a 0.6)."""

    IN = "in"
    PAUSED = "paused"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class StateChange:
    """From a day on another state holds, and why."""

    day: str
    state: LecturerState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lecturer:
    """Somebody of the lecturer bank (domain d 9); a full phone number stays at the centre."""

    id: str
    name: str
    kind: str = ""
    fields: tuple[str, ...] = ()
    office: str = ""
    recommended_by: str = ""
    courses: tuple[str, ...] = ()
    """Titles of what they teach."""
    states: tuple[StateChange, ...] = ()
    stopped: bool = False

    def state_on(self, day: str) -> LecturerState:
        """How they stand on a day: by the last change up to it, else in."""
        past = [one for one in self.states if one.day <= day]
        return past[-1].state if past else LecturerState.IN


@dataclass(frozen=True, slots=True)
class Venue:
    """Rooms of a place, with seats, beds and meals (domain a 0.1, 2.1)."""

    id: str
    name: str
    place: str = ""
    rooms: tuple[str, ...] = ()
    area_m2: int = 0
    seats: int = 0
    beds: int = 0
    meals: int = 0
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Partner:
    """A unit that gives a venue, lecturers or courses (domain a 0.3)."""

    id: str
    name: str
    kind: str = ""
    gives: tuple[str, ...] = ()
    contact: str = ""
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class RouteStop:
    """One stop of a route; a route is done when all required ones were reached."""

    id: str
    name: str
    required: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """A route with ordered stops (domain a 0.9)."""

    id: str
    name: str
    stops: tuple[RouteStop, ...] = ()
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Courses that belong together, in order."""

    id: str
    name: str
    courses: tuple[str, ...] = ()
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom something is meant (domain a 2.4, 3.1): kinds of person and posts."""

    id: str
    name: str
    kinds: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    stopped: bool = False


class DayKind(StrEnum):
    """What a row of the calendar says of its day."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"
    THEME_DAY = "theme_day"
    """The theme day of its month is this one, whatever the rule says."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of the county's or a site's calendar; its id is the day."""

    id: str
    kind: DayKind
    name: str = ""
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class ThemeDayRule:
    """On which day of the month the theme day is, from a month on (YYYY-MM); its id is that
    month. 26 unless set (domain a 3.5)."""

    id: str
    day_of_month: int = 26
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Campaign:
    """Sessions that belong to one drive (domain a 3.11), with the turnout it aims at."""

    id: str
    name: str
    from_day: str = ""
    to_day: str = ""
    target_percent: int = 90
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class ClassLesson:
    """One lesson of a class's timetable."""

    day: str
    start: str
    minutes: int
    title: str = ""
    lecturer: str = ""
    venue: str = ""
    courses: tuple[str, ...] = ()


class ClassForm(StrEnum):
    """How a class is held (domain d 10)."""

    OFFLINE = "offline"
    ONLINE = "online"
    UPPER = "upper"
    OTHER = "other"


CHECKS = ("courses", "lecturers", "teaching", "funding", "evaluation")
"""The five unified checks (domain a 2.6): course review, lecturer choice, teaching, funding, evaluation."""


@dataclass(frozen=True, slots=True)
class ClassCheck:
    """One of the five checks was ticked, by whom and when."""

    check: str
    by: str
    day: str


class FilingState(StrEnum):
    """Where a filed class stands (domain a 2.14)."""

    DRAFT = "draft"
    FILED = "filed"
    APPROVED = "approved"
    RETURNED = "returned"
    HELD = "held"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class TrainingClass:
    """A class (domain d 10): its timetable, its roster, its filing.

    ``rule`` is the timetable as it was said (RFC 5545 RRULE), ``lessons`` the dates it comes to.
    ``is_restricted``: only entitled people see who is in it (retraining, domain a 2.11).
    """

    id: str
    name: str
    form: ClassForm = ClassForm.OFFLINE
    audience: str = ""
    batch: str = ""
    organiser: str = ""
    venue: str = ""
    size: int = 0
    credit_minutes: int = 0
    """What the whole class counts, in minutes of credit; 0: lesson by lesson."""
    rule: str = ""
    lessons: tuple[ClassLesson, ...] = ()
    people: tuple[str, ...] = ()
    complete_percent: int = 80
    """Who attended so much of it has completed it."""
    filing: FilingState = FilingState.DRAFT
    checks: tuple[ClassCheck, ...] = ()
    is_restricted: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class DirectoryPerson:
    """Somebody of the township's people as stations there may find them: no more than this."""

    id: str
    name: str
    branch: str = ""
    site: str = ""
    site_name: str = ""
    phone_tail: str = ""
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Credit:
    """What somebody of this site attended elsewhere: a line of a session of another site."""

    id: str
    person: str
    session: str
    day: str
    kind: str
    title: str
    site_name: str
    status: str
    minutes: int
    from_ms: int = 0
    to_ms: int = 0
    stopped: bool = False
    site: str = ""
    plan: str = ""
    approval: str = ""
    """As of the line (``app.areas.hours.session_lines``): empty, or that of what was entered late."""


class ApprovalState(StrEnum):
    """What became of something entered late (domain d 12)."""

    APPROVED = "approved"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Approval:
    """The township's or county's word about a late session (its id) or late entry (its mark)."""

    id: str
    state: ApprovalState
    by: str
    at_ms: int
    note: str = ""
    stopped: bool = False


class AnswerState(StrEnum):
    """What the centre answered to a word about somebody."""

    TAKEN = "taken"
    """It is in the roster now: somebody new, or a change."""
    SAME = "same"
    """They are somebody who is in the roster already."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ProposalAnswer:
    """The centre's answer to one word about somebody; its id is that fact's hash."""

    id: str
    person: str
    state: AnswerState
    by: str = ""
    at_ms: int = 0
    note: str = ""
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class PersonAlias:
    """Whom an id of before (its own id) stands for at this site: records go on under ``person``."""

    id: str
    person: str
    stopped: bool = False
