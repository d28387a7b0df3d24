"""What the first screen, the readiness check and the records list show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.areas.clock.verbs import CLOCK_ASSERTED
from app.areas.courses.course import Course
from app.areas.courses.verbs import course_view
from app.areas.courses.views import CourseView
from app.areas.monthly.verbs import month_stands
from app.areas.playback.plays import may_resume
from app.areas.sessions.month import month_of
from app.areas.sessions.session import PlanEntry, Session, Step
from app.areas.sessions.show import (
    code_of,
    late_of,
    pending_of,
    plan_names,
    together,
    turnout_of,
)
from app.areas.sessions.views import SessionSummary
from app.domain.ids import CourseId
from app.domain.time import ClockGrade, local_date, local_time, wall_ms_of
from app.domain.values import dataclass
from app.usecases.exchange import AGREEMENT, CLOCK_OFFSET, SAID, UNDERSTOOD, WAITING
from app.usecases.former_sites import moved_was_read, notices_of
from app.usecases.sync_state import Standing, state_of
from app.usecases.to_check import to_check
from app.usecases.tools import Notice, Tools
from app.usecases.views import Check, SyncView, TodayView

if TYPE_CHECKING:
    from app.store.reading import StoreReading

LOW_SPACE_BYTES = 1 << 30
_FAR_OFF_MS = 5 * 60_000
_NEED_CARE = (
    "link.data",
    "link.update",
    "link.not_allowed",
    "trouble.key_broken",
    "trouble.enrolment_broken",
)
_TOLD_WORDS = ("copied", "put_back", "revoked", "replaced", "expired", "lacking")
_OF_A_SESSION = ("notice.resumed",)
"""Told while the session goes on; after it, it is of the past."""
_LOOK_AHEAD = timedelta(days=7)
_FEW = 8
_PUT_OFF = timedelta(days=100)
"""A session is put off by no more than that; what is farther is planned anew."""


@dataclass(frozen=True, slots=True)
class Today:
    """What the first screens show."""

    tools: Tools

    def overview(self) -> TodayView:
        """Today's plan, what runs, the month, the courses and where the record stands."""
        now = self.tools.clock.now()
        day = local_date(now.wall_ms)
        first = local_time(now.wall_ms).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        with self.tools.store.read() as reading:
            last = _last_looked_at(day)
            sessions, minutes = reading.month_figures(wall_ms_of(first))
            next_month = (first + timedelta(days=31)).replace(day=1)
            recent = reading.sessions_of_days(wall_ms_of(first), wall_ms_of(next_month))
            known = reading.courses()
            running = reading.open_session()
            stands = month_stands(reading, f"{day:%Y-%m}")
            of_month = reading.plans(f"{day:%Y-%m}-01", max(last.isoformat(), f"{day:%Y-%m}-31"))
            coming = tuple(
                one for one in of_month if day.isoformat() <= one.date <= last.isoformat()
            )
            changes = _changes(reading, day, last)
            names = plan_names(reading, coming)
            plays = reading.last_plays()
            site = reading.site_name()
            ended = _ended_today(reading, recent, day)
            newest = ended or _newest(reading)
            sync = _sync_view(self.tools, reading)
            notices = [
                *(one for one in self.tools.notices if running or one[0] not in _OF_A_SESSION),
                *notices_of(self.tools, reading),
                *_said_by_centre(reading),
            ]
            elsewhere = _to_resume(reading)
            doubtful = _clock_is_doubtful(self.tools, reading)
            asks_day = doubtful and reading.setting(CLOCK_ASSERTED) != self.tools.clock.boot
        if doubtful:
            notices.append(("notice.clock_bad", (("shown", f"{now.local:%Y-%m-%d %H:%M}"),)))
        return TodayView(
            site_name=site,
            day=day.isoformat(),
            plans=coming,
            changes=changes,
            names=names,
            running=running,
            month_sessions=sessions,
            month_minutes=minutes,
            courses=tuple(_looked_at(one, plays) for one in _views(self.tools, known)),
            sync=sync,
            month=month_of(day, recent, of_month),
            stands=stands,
            ended=ended,
            last=newest,
            elsewhere=elsewhere,
            asks_day=asks_day,
            notices=tuple(notices),
        )

    def site_and_plans(self) -> tuple[str, tuple[PlanEntry, ...]]:
        """The site's name, and what is planned from today on for a week."""
        day = local_date(self.tools.clock.now().wall_ms)
        with self.tools.store.read() as reading:
            last = _last_looked_at(day).isoformat()
            return reading.site_name(), reading.plans(day.isoformat(), last)

    def last_shown(self, views: tuple[CourseView, ...]) -> tuple[CourseView, ...]:
        """Each with when it was last played here, and where it could go on."""
        with self.tools.store.read() as reading:
            plays = reading.last_plays()
        return tuple(_looked_at(one, plays) for one in views)

    def checks(self) -> tuple[Check, ...]:
        """The lines of the readiness check that need no screen."""
        now = self.tools.clock.now()
        with self.tools.store.read() as reading:
            people = reading.roster_size()
            known = reading.courses()
            running = reading.open_session()
        wanted = () if running is None else running.courses
        ready = [view for view in _views(self.tools, known) if view.ready]
        missing = [v for v in _views(self.tools, known) if v.course.id in wanted and not v.ready]
        free = self.tools.shelf.free_bytes()
        return (
            Check("check.roster", people > 0, (("count", str(people)),)),
            Check(
                "check.courses",
                bool(ready) and not missing,
                (("ready", str(len(ready))), ("missing", str(len(missing)))),
            ),
            Check(
                "check.disk",
                free >= LOW_SPACE_BYTES,
                (("free", f"{free / (1 << 30):.1f}"),),
            ),
            Check(
                "check.clock",
                now.grade is ClockGrade.OK,
                (("shown", f"{now.local:%Y-%m-%d %H:%M}"),),
            ),
            *((Check("check.enrolment", False, ()),) if self.tools.unable else ()),
        )

    def sync_view(self) -> SyncView:
        """Where the record stands with the centre, in one of the states."""
        with self.tools.store.read() as reading:
            return _sync_view(self.tools, reading)

    def records(
        self, *, limit: int = 60, before: str = "", named: str = "", until_ms: int | None = None
    ) -> tuple[SessionSummary, ...]:
        """Sessions, newest first, each with its counts: those ``before`` the one of this id, that
        have these words in their title, that began until before a moment."""
        with self.tools.store.read() as reading:
            waiting = reading.waiting_sessions()
            checked = to_check(reading)
            understood = int(reading.setting(UNDERSTOOD) or -1) + sum(checked.values())
            entered = reading.sessions_within(understood) - waiting
            return tuple(
                SessionSummary(
                    session,
                    turnout_of(reading, session.id),
                    session.id in waiting,
                    code_of(reading, session.id),
                    checked.get(session.id, 0),
                    session.id in entered,
                    together(reading, session),
                    late_of(reading, session),
                    pending_of(reading, session.id),
                )
                for session in reading.sessions_page(
                    limit, before=before, named=named, until_ms=until_ms
                )
            )

    def dismiss_notices(self) -> None:
        """The operator has read the notices of ``overview``."""
        self.tools.notices.clear()
        moved_was_read(self.tools)


def _last_looked_at(day: date) -> date:
    return min(day, day.max - _LOOK_AHEAD) + _LOOK_AHEAD


def _changes(reading: StoreReading, first: date, last: date) -> tuple[PlanEntry, ...]:
    """What was withdrawn or put off of these days; a day that is far may have been meant for one."""
    begin, end = first.isoformat(), last.isoformat()
    far = min(last, date.max - _PUT_OFF) + _PUT_OFF
    early = max(first, date.min + _PUT_OFF) - _PUT_OFF
    return tuple(
        one
        for one in reading.told_plans(early.isoformat(), far.isoformat())
        if begin <= one.date <= end or begin <= one.was[:10] <= end
    )


def _ended_today(
    reading: StoreReading, recent: tuple[Session, ...], day: date
) -> SessionSummary | None:
    """The last session that was closed today, with its counts."""
    here = (one for one in recent if one.activities.late is None)
    closed = [one for one in here if one.step is Step.CLOSED and one.closed_ms is not None]
    newest = max(closed, key=lambda one: one.closed_ms or 0, default=None)
    if newest is None or local_date(newest.closed_ms or 0) != day:
        return None
    return _summary(reading, newest)


def _newest(reading: StoreReading) -> SessionSummary | None:
    """The newest session that was held, among the newest few."""
    held = (one for one in reading.sessions_page(_FEW) if one.step is Step.CLOSED)
    found = next(held, None)
    return None if found is None else _summary(reading, found)


def _summary(reading: StoreReading, session: Session) -> SessionSummary:
    turnout, code = turnout_of(reading, session.id), code_of(reading, session.id)
    return SessionSummary(session, turnout, session.id in reading.waiting_sessions(), code)


def _looked_at(view: CourseView, plays: Mapping[CourseId, tuple[int, int]]) -> CourseView:
    """With when the course was last played, and where it could go on."""
    last = plays.get(view.course.id)
    if last is None:
        return view
    at_ms, position_ms = last
    goes_on = may_resume(position_ms, view.course.duration_ms)
    return replace(view, played_ms=at_ms, resume_ms=position_ms if goes_on else None)


def _to_resume(reading: StoreReading) -> Session | None:
    """The session that came back unfinished, unless another sheet of it is closed already."""
    found = reading.elsewhere()
    other = None if found is None else together(reading, found)
    return None if other is not None and other.step is Step.CLOSED else found


def _views(tools: Tools, known: tuple[Course, ...]) -> tuple[CourseView, ...]:
    return tuple(course_view(tools, course) for course in known if not course.withdrawn)


def _clock_is_doubtful(tools: Tools, reading: StoreReading) -> bool:
    """Whether the clock can't be right, or stood far from the centre's when last compared."""
    if tools.clock.now().grade is not ClockGrade.OK:
        return True
    boot, _, offset_ms = (reading.setting(CLOCK_OFFSET) or "").rpartition(" ")
    return boot == tools.clock.boot and abs(int(offset_ms)) > _FAR_OFF_MS


def _said_by_centre(reading: StoreReading) -> list[Notice]:
    """What the centre's last answer wants people told, and what is known to be lost here."""
    apart, station = _waiting(reading)
    mine = (("station", station),)
    found: list[Notice] = [
        (f"notice.{word}", mine if word == "expired" else ())
        for word in _said(reading)
        if word in _TOLD_WORDS
    ]
    if apart:
        found.append(("notice.waiting", (("count", str(apart)), ("station", station))))
    checked = sum(to_check(reading).values())
    if checked:
        found.append(("notice.to_check", (("count", str(checked)),)))
    lost = reading.gaps()
    if lost:
        found.append(("notice.gap", (("facts", str(lost)),)))
    return found


def _said(reading: StoreReading) -> list[str]:
    """The centre's last words; what an older program understands is left out beside a newer one."""
    said = (reading.setting(SAID) or "").split()
    return [one for one in said if not (one == "revoked" and "replaced" in said)]


def _waiting(reading: StoreReading) -> tuple[int, str]:
    """How many facts wait at the centre for a person, and the id by which it knows this station."""
    count, _, station = (reading.setting(WAITING) or "").partition(" ")
    return int(count or 0), station


def _sync_view(tools: Tools, reading: StoreReading) -> SyncView:
    facts, confirmed = reading.fact_counts()
    memory = tools.sync
    said = _said(reading)
    apart, station = _waiting(reading)
    quarantined = apart > 0 or not {"revoked", "replaced"}.isdisjoint(said)
    sessions = len(reading.waiting_sessions())
    state = state_of(
        Standing(
            enrolled=tools.site is not None,
            in_care=bool(tools.unable)
            or memory.reason in _NEED_CARE
            or quarantined
            or not {"expired", "replaced"}.isdisjoint(said),
            no_space=memory.no_space,
            busy=memory.busy,
            held=bool(sessions) or reading.has_sessions(),
            waiting=sessions,
        )
    )
    last = memory.last_success_ms
    if last is None:
        kept = reading.setting("last_success_ms")
        last = None if kept is None else int(kept)
    understood = int(reading.setting(UNDERSTOOD) or -1)
    agreement = (reading.setting(AGREEMENT) or "").split()
    agreed = None
    if agreement and int(agreement[1]) == facts:
        agreed = agreement[0] == "agreed"
    return SyncView(
        state,
        facts,
        confirmed,
        last,
        memory.reason,
        agreed=agreed,
        understood=None if understood < 0 else understood,
        quarantined=quarantined,
        apart=apart,
        station=station,
        to_check=sum(to_check(reading).values()),
        waiting_sessions=sessions,
    )
