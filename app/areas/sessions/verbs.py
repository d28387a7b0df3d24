"""The session's flow: prepare, open sign-in, go on, close – or say honestly "not held"."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from app.areas.attendance.marks import PRESENCE
from app.areas.needs.counters import record_needs
from app.areas.people.person import expected_on
from app.areas.ratings.counters import record_tallies
from app.areas.sessions.closing import closing_digest
from app.areas.sessions.facts import (
    SessionClosed,
    SessionMoved,
    SessionNotHeld,
    SessionOpened,
    SessionPrepared,
    SessionReopened,
    SessionResumed,
)
from app.areas.sessions.kinds import SessionKind, agenda_of
from app.areas.sessions.session import (
    PLAIN_SETTING,
    NotHeldReason,
    PlanEntry,
    SessionSetting,
    Step,
    check_move,
    check_running,
)
from app.areas.sessions.setting import checked_setting, preparation
from app.areas.sessions.show import turnout_of, view_of
from app.areas.sessions.views import SessionView
from app.domain import bounds
from app.domain.errors import NotFound, NotPossibleNow
from app.domain.ids import CourseId, FactHash, OrgUnitId, PlanId, SessionId
from app.domain.personal import Personal
from app.domain.time import local_date, wall_ms_of
from app.domain.values import dataclass
from app.usecases.tools import Tools

if TYPE_CHECKING:
    from app.store.reading import StoreReading
    from app.store.work import StoreWork

OPERATOR = "operator"
REOPEN_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Sessions:
    """What can be done with a session; every change is one unit of work."""

    tools: Tools

    def prepare(self, plan: PlanId) -> SessionView:
        """Begin a planned session; a second call for the same plan shows the first's session."""
        with self.tools.store.begin() as work:
            entry = work.plan(plan)
            if entry is None or entry.withdrawn:
                raise NotFound("refusal.no_plan")
            begun = work.open_session()
            if begun is not None and begun.plan == plan:
                return view_of(work, begun.id)
            _check_alone(work)
            session = _prepare(self.tools, work, entry)
            return view_of(work, session)

    def prepare_extra(
        self,
        title: str,
        courses: tuple[CourseId, ...],
        kind: SessionKind = SessionKind.GROUP_SESSION,
        setting: SessionSetting = PLAIN_SETTING,
        units: tuple[OrgUnitId, ...] = (),
    ) -> SessionView:
        """Begin a session nobody planned, for some branches of this site or (none named) for all."""
        title = bounds.line(title, bounds.TITLE)
        setting = checked_setting(kind, setting)
        with self.tools.store.begin() as work:
            _check_alone(work)
            session = SessionId(self.tools.new_id("s"))
            grace = grace_on(work, self.tools.clock.now().wall_ms)
            told = preparation(session, title, kind, setting, units, courses, grace)
            work.record(told, actor=OPERATOR)
            return view_of(work, session)

    def resume(self, session: SessionId) -> SessionView:
        """Go on here with a session that came back from the centre unfinished."""
        with self.tools.store.begin() as work:
            elsewhere = work.elsewhere()
            if elsewhere is None or elsewhere.id != session:
                return view_of(work, session)
            _check_alone(work)
            work.record(SessionResumed(session), actor=OPERATOR)
            return view_of(work, session)

    def open_sign_in(self, session: SessionId) -> SessionView:
        """Freeze who is expected, with a reason for each one left out, and open sign-in."""
        with self.tools.store.begin() as work:
            current = work.session(session)
            check_move(current.step, Step.SIGN_IN)
            if current.step is not Step.PREPARE:
                work.record(SessionMoved(session, Step.SIGN_IN), actor=OPERATOR)
                return view_of(work, session)
            day = local_date(self.tools.clock.now().wall_ms).isoformat()
            expected, left_out = expected_on(work.people(current.units), day)
            work.record(SessionOpened(session, expected, left_out), actor=OPERATOR)
            return view_of(work, session)

    def move(self, session: SessionId, step: Step) -> SessionView:
        """Go to another running step; going where one is already changes nothing."""
        if step is Step.SIGN_IN:
            return self.open_or_show(session)
        with self.tools.store.begin() as work:
            current = work.session(session)
            if current.step is not step:
                check_move(current.step, step)
                if step in (Step.CLOSED, Step.NOT_HELD):
                    raise NotPossibleNow(f"refusal.move.{current.step.value}")
                work.record(SessionMoved(session, step), actor=OPERATOR)
            return view_of(work, session)

    def open_or_show(self, session: SessionId) -> SessionView:
        """Open sign-in unless it is open."""
        with self.tools.store.read() as reading:
            if reading.session(session).step is Step.SIGN_IN:
                return view_of(reading, session)
        return self.open_sign_in(session)

    def close(self, session: SessionId) -> SessionView:
        """End the session; the fact holds the counts and a digest of who stood how."""
        with self.tools.store.begin() as work:
            check_running(work.session(session).step)
            check_move(work.session(session).step, Step.CLOSED)
            record_close(work, session)
            return view_of(work, session)

    def reopen(self, session: SessionId) -> SessionView:
        """Take a close back within 30 minutes: the session goes on where it was.

        Whoever is marked stays marked; closed again, the later closing holds and both codes stay.
        """
        with self.tools.store.begin() as work:
            closing = self._closing_to_undo(work, session)
            work.record(SessionReopened(session, closing), actor=OPERATOR)
            return view_of(work, session)

    def may_reopen(self, session: SessionId) -> bool:
        """Whether ``reopen`` would take the close back now."""
        with self.tools.store.read() as reading:
            try:
                self._closing_to_undo(reading, session)
            except NotPossibleNow:
                return False
        return True

    def _closing_to_undo(self, reading: StoreReading, session: SessionId) -> FactHash:
        closing, found = reading.closing_hash(session), reading.session(session)
        if found.step is not Step.CLOSED or closing is None or found.closed_ms is None:
            raise NotPossibleNow("refusal.reopen_not_closed")
        _check_alone(reading)
        now_ms = reading.moment(self.tools.clock.boot, self.tools.clock.now()).at_ms
        if abs(now_ms - found.closed_ms) > REOPEN_MINUTES * 60_000:
            raise NotPossibleNow("refusal.reopen_late", minutes=REOPEN_MINUTES)
        return closing

    def not_held(self, session: SessionId, reason: NotHeldReason, note: str = "") -> SessionView:
        """Record that a begun session did not take place; refused once people have signed in."""
        note = bounds.written(note, bounds.NOT_HELD_NOTE)
        with self.tools.store.begin() as work:
            _record_not_held(work, session, reason, note)
            return view_of(work, session)

    def not_held_plan(self, plan: PlanId, reason: NotHeldReason, note: str = "") -> SessionView:
        """Record that a planned session that was never begun did not take place."""
        note = bounds.written(note, bounds.NOT_HELD_NOTE)
        with self.tools.store.begin() as work:
            entry = work.plan(plan)
            if entry is None:
                raise NotFound("refusal.no_plan")
            session = _prepare(self.tools, work, entry)
            _record_not_held(work, session, reason, note)
            return view_of(work, session)

    def running(self) -> SessionView | None:
        """The session in preparation or running, if any."""
        with self.tools.store.read() as reading:
            session = reading.open_session()
            return None if session is None else view_of(reading, session.id)

    def show(self, session: SessionId) -> SessionView:
        """One session, whatever its step."""
        with self.tools.store.read() as reading:
            return view_of(reading, session)


def record_close(work: StoreWork, session: SessionId) -> None:
    """End a session in the caller's unit of work, with what people thought of it and want."""
    record_tallies(work, session)
    record_needs(work, session)
    turnout = turnout_of(work, session)
    work.record(
        SessionClosed(
            session=session,
            expected=turnout.expected,
            arrived=turnout.arrived,
            on_leave=turnout.on_leave,
            absent=turnout.expected - turnout.arrived - turnout.on_leave,
            visitors=turnout.visitors,
            digest=closing_digest(work.witnessed(session)),
        ),
        actor=OPERATOR,
    )


def _check_alone(work: StoreReading) -> None:
    other = work.open_session()
    if other is not None:
        raise NotPossibleNow("refusal.another_running", title=other.title)


def _prepare(tools: Tools, work: StoreWork, entry: PlanEntry) -> SessionId:
    session = SessionId(tools.new_id("s"))
    starts_ms = wall_ms_of(entry.starts_at)
    work.record(
        SessionPrepared(
            session=session,
            plan=entry.id,
            kind=entry.kind,
            title=entry.title[: bounds.PLANNED_TITLE],
            units=entry.units,
            courses=entry.courses,
            planned_start_ms=starts_ms,
            grace_minutes=grace_on(work, starts_ms),
            **asdict(replace(entry.setting, agenda=entry.agenda or agenda_of(entry.kind))),
        ),
        actor=OPERATOR,
    )
    return session


def grace_on(work: StoreWork, at_ms: int) -> int:
    """The minutes that are granted on a day as far as it is known here: a witness for later."""
    return work.policies().on(local_date(at_ms).isoformat()).grace_minutes


def _record_not_held(work: StoreWork, session: SessionId, reason: NotHeldReason, note: str) -> None:
    current = work.session(session)
    check_move(current.step, Step.NOT_HELD)
    arrived = sum(status in PRESENCE for _, _, status in work.statuses(session))
    if arrived:
        raise NotPossibleNow("refusal.people_marked", count=arrived)
    personal = Personal(note=note)
    work.record(SessionNotHeld(session, reason), actor=OPERATOR, personal=personal or None)
