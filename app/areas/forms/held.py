"""What a form says of one session: the same value from the station's view and the centre's report."""

from __future__ import annotations

from collections.abc import Mapping

from app.areas.attendance.marks import PRESENCE, RosterStatus, Status, Turnout
from app.areas.hours.session_lines import held_minutes
from app.areas.people.person import StandingKind
from app.areas.playback.plays import CourseShowing, showings
from app.areas.ratings.tally import Tally
from app.areas.sessions.activities import ActivityRecord, LateSession
from app.areas.sessions.approval import LateState
from app.areas.sessions.report import PersonLine, SessionReport
from app.areas.sessions.session import NotHeldReason, Step
from app.areas.sessions.views import SessionView
from app.domain.ids import CourseId
from app.domain.time import local_date
from app.domain.values import dataclass

REPORT_DAYS = 7
"""What is written down later than this is overdue: no rule says a figure, a week is the station's
habit (domain d 8 names the rate only)."""
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class ListedOne:
    """One person as the form names them."""

    id: str
    name: str
    group: str
    standpoint: RosterStatus
    status: Status | None
    at_ms: int | None
    left_out: StandingKind | None = None

    @property
    def came(self) -> bool:
        """Whether they were there."""
        return self.status in PRESENCE


@dataclass(frozen=True, slots=True)
class ShownCourse:
    """A course that was played: how much of it, and how it ended (``outcome.…``)."""

    title: str
    percent: int
    ending: str


@dataclass(frozen=True, slots=True)
class GivenLecture:
    """Who spoke on what."""

    name: str
    topic: str
    minutes: int


@dataclass(frozen=True, slots=True)
class FormSession:
    """One session as forms need it; times are ms since 1970 UTC."""

    id: str
    title: str
    kind: str
    step: Step
    began_ms: int
    ended_ms: int | None
    turnout: Turnout
    people: tuple[ListedOne, ...]
    courses: tuple[ShownCourse, ...] = ()
    notes: tuple[str, ...] = ()
    code: str = ""
    not_held_reason: NotHeldReason | None = None
    place: str = ""
    lectures: tuple[GivenLecture, ...] = ()
    heads: int = 0
    """People who were counted beside those named."""
    late: LateState | None = None
    """How it stands when it was written down afterwards."""
    pending: int = 0
    """People whose attendance waits to be approved."""
    minutes: int = 0
    """How long it was; 0 while it is not over."""
    is_overdue: bool = False
    """Whether it was written down more than ``REPORT_DAYS`` after it had been held."""
    same: tuple[str, ...] = ()
    """Other sheets of the same real session; ``turnout`` counts everybody of all of them once."""
    ratings: tuple[Tally, ...] = ()

    @property
    def day(self) -> str:
        """The ISO date on which it was held, or was to be."""
        return local_date(self.began_ms).isoformat()

    @property
    def is_held(self) -> bool:
        """Whether it took place, is over, and was not sent back by the township."""
        return self.step is Step.CLOSED and self.late is not LateState.RETURNED

    @property
    def is_entered_late(self) -> bool:
        """Whether it was written down afterwards."""
        return self.late is not None


def _is_overdue(late: LateSession | None) -> bool:
    return late is not None and late.written_ms - late.held_to_ms > REPORT_DAYS * _DAY_MS


def of_view(view: SessionView) -> FormSession:
    """A session of this station."""
    session, late = view.session, view.session.activities.late
    titles = {one.course: one.title for one in view.plays}
    people = tuple(
        ListedOne(
            one.id,
            one.name,
            one.group or one.branch,
            one.standpoint,
            one.status,
            one.at_ms,
            one.left_out,
        )
        for one in view.cards
    )
    began = session.opened_ms or session.planned_start_ms or session.prepared_ms
    return FormSession(
        id=session.id,
        title=session.title,
        kind=session.kind,
        step=session.step,
        began_ms=began if late is None else late.held_from_ms,
        ended_ms=session.ended_ms if late is None else late.held_to_ms,
        turnout=view.turnout if view.together is None else view.together.turnout,
        people=people,
        courses=_courses(showings(view.plays), titles),
        notes=view.written,
        code=view.code,
        not_held_reason=session.not_held_reason,
        place=session.setting.place,
        lectures=_lectures(session.activities, view.names),
        heads=sum(one.count for one in session.activities.heads),
        late=view.late,
        pending=view.pending,
        minutes=session.minutes if session.step is Step.CLOSED else 0,
        is_overdue=_is_overdue(late),
        same=() if view.together is None else view.together.sessions,
        ratings=view.ratings,
    )


def of_report(  # noqa: PLR0913 - what a report tells, and what is looked up beside it
    report: SessionReport,
    names: Mapping[str, tuple[str, str]],
    titles: Mapping[str, str],
    together: tuple[tuple[str, ...], Turnout] | None = None,
    *,
    approval: LateState | None = None,
    pending: int = 0,
) -> FormSession:
    """A session of the centre's report; ``names`` tells of a person name and group."""
    late = report.activities.late
    began = report.opened_ms or report.planned_start_ms or report.prepared_ms or 0
    not_held = (report.not_held_note,) if report.not_held_note else ()
    return FormSession(
        id=report.session,
        title=report.title,
        kind=report.kind,
        step=report.step,
        began_ms=began if late is None else late.held_from_ms,
        ended_ms=_ended(report) if late is None else late.held_to_ms,
        turnout=report.turnout if together is None else together[1],
        people=tuple(_listed(one, names) for one in report.people),
        courses=_courses(report.showings, titles),
        notes=(*not_held, *report.notes),
        code=report.code,
        not_held_reason=report.not_held_reason,
        place=report.place,
        lectures=_lectures(report.activities, {one: said[0] for one, said in names.items()}),
        heads=sum(one.count for one in report.activities.heads),
        late=approval,
        pending=pending,
        minutes=held_minutes(report) if report.step is Step.CLOSED else 0,
        is_overdue=_is_overdue(late),
        same=() if together is None else together[0],
    )


def once_each(sessions: tuple[FormSession, ...]) -> tuple[FormSession, ...]:
    """Of a real session with two sheets only the first: it bears the counts of both."""
    found: list[FormSession] = []
    known: set[str] = set()
    for one in sessions:
        if one.id not in known:
            found.append(one)
            known |= {one.id, *one.same}
    return tuple(found)


def _lectures(told: ActivityRecord, names: Mapping[str, str]) -> tuple[GivenLecture, ...]:
    """A lecturer of the bank is looked up as a person is."""
    return tuple(
        GivenLecture(one.name or names.get(one.person or one.lecturer, ""), one.topic, one.minutes)
        for one in told.lectures
    )


def _ended(report: SessionReport) -> int | None:
    return report.not_held_ms if report.closed_ms is None else report.closed_ms


def _listed(one: PersonLine, names: Mapping[str, tuple[str, str]]) -> ListedOne:
    name, group = names.get(one.person, (one.visitor_name, ""))
    return ListedOne(one.person, name, group, one.standpoint, one.status, one.at_ms, one.left_out)


def _courses(
    found: tuple[CourseShowing, ...], titles: Mapping[CourseId, str] | Mapping[str, str]
) -> tuple[ShownCourse, ...]:
    known = {str(course): title for course, title in titles.items()}
    return tuple(
        ShownCourse(known.get(one.course, one.course), one.coverage_percent, one.ending)
        for one in found
    )
