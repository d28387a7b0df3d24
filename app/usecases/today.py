"""What the first screen, the readiness check and the records list show."""

from __future__ import annotations

from datetime import timedelta

from app.domain.courses import Course
from app.domain.sessions import Session, Step
from app.domain.time import ClockGrade, local_date, local_time, wall_ms_of
from app.domain.views import (
    Check,
    CourseView,
    SessionSummary,
    SyncView,
    TodayView,
)
from app.ports.store import Reading
from app.usecases.exchange import AGREEMENT, CLOCK_OFFSET, SAID, UNDERSTOOD, WAITING
from app.usecases.former_sites import notices_of
from app.usecases.play_course import course_view
from app.usecases.session_view import code_of, together, turnout_of
from app.usecases.sync_state import Standing, state_of
from app.usecases.to_check import to_check
from app.usecases.tools import Notice, Tools
from app.usecases.wall_clock import CLOCK_ASSERTED

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
_LOOK_AHEAD = timedelta(days=7)


def overview(tools: Tools) -> TodayView:
    """Today's plan, what runs, the month, the courses and where the record stands."""
    now = tools.clock.now()
    day = local_date(now.wall_ms)
    first = local_time(now.wall_ms).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    with tools.store.read() as reading:
        last = min(day, day.max - _LOOK_AHEAD) + _LOOK_AHEAD
        sessions, minutes = reading.month_figures(wall_ms_of(first))
        known = reading.courses()
        running = reading.open_session()
        plans = reading.plans(day.isoformat(), last.isoformat())
        site = reading.site_name()
        sync = _sync_view(tools, reading)
        notices = [*tools.notices, *notices_of(tools, reading), *_said_by_centre(reading)]
        elsewhere = _to_resume(reading)
        doubtful = _clock_is_doubtful(tools, reading)
        asks_day = doubtful and reading.setting(CLOCK_ASSERTED) != tools.clock.boot
    if doubtful:
        notices.append(("notice.clock_bad", (("shown", f"{now.local:%Y-%m-%d %H:%M}"),)))
    return TodayView(
        site_name=site,
        day=day.isoformat(),
        plans=plans,
        running=running,
        month_sessions=sessions,
        month_minutes=minutes,
        courses=_views(tools, known),
        sync=sync,
        elsewhere=elsewhere,
        asks_day=asks_day,
        notices=tuple(notices),
    )


def checks(tools: Tools) -> tuple[Check, ...]:
    """The lines of the readiness check that need no screen."""
    now = tools.clock.now()
    with tools.store.read() as reading:
        people = reading.roster_size()
        known = reading.courses()
        running = reading.open_session()
    wanted = () if running is None else running.courses
    ready = [view for view in _views(tools, known) if view.ready]
    missing = [v for v in _views(tools, known) if v.course.id in wanted and not v.ready]
    free = tools.shelf.free_bytes()
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
        *((Check("check.enrolment", False, ()),) if tools.unable else ()),
    )


def sync_view(tools: Tools) -> SyncView:
    """Where the record stands with the centre, in one of the states."""
    with tools.store.read() as reading:
        return _sync_view(tools, reading)


def records(tools: Tools, limit: int) -> tuple[SessionSummary, ...]:
    """Sessions, newest first, each with its counts."""
    with tools.store.read() as reading:
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
            )
            for session in reading.sessions(limit)
            if session.step is not Step.PREPARE
        )


def _to_resume(reading: Reading) -> Session | None:
    """The session that came back unfinished, unless another sheet of it is closed already."""
    found = reading.elsewhere()
    other = None if found is None else together(reading, found)
    return None if other is not None and other.step is Step.CLOSED else found


def _views(tools: Tools, known: tuple[Course, ...]) -> tuple[CourseView, ...]:
    return tuple(course_view(tools, course) for course in known if not course.withdrawn)


def _clock_is_doubtful(tools: Tools, reading: Reading) -> bool:
    """Whether the clock can't be right, or stood far from the centre's when last compared."""
    if tools.clock.now().grade is not ClockGrade.OK:
        return True
    boot, _, offset_ms = (reading.setting(CLOCK_OFFSET) or "").rpartition(" ")
    return boot == tools.clock.boot and abs(int(offset_ms)) > _FAR_OFF_MS


def _said_by_centre(reading: Reading) -> list[Notice]:
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


def _said(reading: Reading) -> list[str]:
    """The centre's last words; what an older program understands is left out beside a newer one."""
    said = (reading.setting(SAID) or "").split()
    return [one for one in said if not (one == "revoked" and "replaced" in said)]


def _waiting(reading: Reading) -> tuple[int, str]:
    """How many facts wait at the centre for a person, and the id by which it knows this station."""
    count, _, station = (reading.setting(WAITING) or "").partition(" ")
    return int(count or 0), station


def _sync_view(tools: Tools, reading: Reading) -> SyncView:
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
