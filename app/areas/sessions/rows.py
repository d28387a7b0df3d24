"""Questions about sessions and plans."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from app.areas.attendance.lateness import Starts
from app.areas.sessions.session import NotHeldReason, PlanEntry, Session, Step
from app.domain.clock_correction import ClockReading, TimeSource
from app.domain.errors import NotFound
from app.domain.ids import (
    CourseId,
    FactHash,
    OrgUnitId,
    PlanId,
    SessionId,
)
from app.store.area_rows import AreaRows
from app.store.prepared import Prepared
from app.store.projected_tables import (
    notes,
    sessions,
)
from app.store.tables import (
    facts,
    plans,
    segments,
)
from app.wire.codec import read_row

_ENDED = (Step.CLOSED.value, Step.NOT_HELD.value)


_SESSION = Prepared(select(sessions).where(sessions.c.id == bindparam("of")))


_RUNNING = Prepared(
    select(sessions)
    .where(
        *(sessions.c.step != one for one in _ENDED),
        sessions.c.elsewhere == bindparam("elsewhere"),
    )
    .order_by(sessions.c.seq.desc())
    .limit(1)
)


_NOTES = Prepared(
    select(notes.c.text).where(notes.c.session == bindparam("of")).order_by(notes.c.place)
)


_CLOSING = Prepared(
    select(sessions.c.closing_hash, sessions.c.other_codes).where(sessions.c.id == bindparam("of"))
)


_PLAN = Prepared(select(plans.c.body).where(plans.c.id == bindparam("plan")))


_PLANS = Prepared(
    select(plans.c.body)
    .where(
        plans.c.day.between(bindparam("first"), bindparam("last")),
        plans.c.withdrawn == 0,
        plans.c.id.not_in(select(sessions.c.plan).where(sessions.c.plan.is_not(None))),
    )
    .order_by(plans.c.day, plans.c.start, plans.c.id)
)


class KeptSession(NamedTuple):
    """A session, how the clocks read at its opening, and its starts as far as they are sure."""

    session: Session
    opened: ClockReading | None
    starts: Starts


class SessionRows(AreaRows):
    """The part of a reading that looks at sessions and the plan."""

    def session(self, session: SessionId) -> Session:
        """One session; NotFound if there is none."""
        kept = self.kept_session(session)
        if kept is None:
            raise NotFound("refusal.no_session")
        return kept.session

    def kept_session(self, session: str) -> KeptSession | None:
        """One session with what its rows are judged by; None if there is none."""
        return self.kept.ask("session", session, lambda: self._read_session(session))

    def _read_session(self, session: str) -> KeptSession | None:
        row = _SESSION.one(self.conn, {"of": session})
        if row is None:
            return None
        clock = ClockReading(row.opened_boot, row.opened_offset_ms, row.opened_time_source)
        is_sure = row.opened_time_source != TimeSource.UNSURE
        return KeptSession(
            session_of(row),
            None if row.opened_ms is None else clock,
            Starts(row.planned_start_ms, row.opened_ms if is_sure else None),
        )

    def open_session(self) -> Session | None:
        """The session in preparation or running, if any."""
        row = _RUNNING.one(self.conn, {"elsewhere": 0})
        return None if row is None else session_of(row)

    def elsewhere(self) -> Session | None:
        """The newest session that came back from the centre and has not ended."""
        row = _RUNNING.one(self.conn, {"elsewhere": 1})
        return None if row is None else session_of(row)

    def sessions(self, limit: int) -> tuple[Session, ...]:
        """Newest first."""
        rows = self.conn.execute(select(sessions).order_by(sessions.c.seq.desc()).limit(limit))
        return tuple(session_of(row) for row in rows)

    def same_plan(self, plan: str) -> tuple[Session, ...]:
        """All sessions of one plan; mostly one."""
        rows = self.conn.execute(select(sessions).where(sessions.c.plan == plan))
        return tuple(session_of(row) for row in rows)

    def notes(self, session: SessionId) -> tuple[str, ...]:
        """Discussion notes in order."""
        return tuple(row.text for row in _NOTES.all(self.conn, {"of": session}))

    def closing_hash(self, session: SessionId) -> FactHash | None:
        """The hash of the fact that closed a session, if one did."""
        row = _CLOSING.one(self.conn, {"of": session})
        return None if row is None or row.closing_hash is None else FactHash(row.closing_hash.hex())

    def other_codes(self, session: SessionId) -> tuple[str, ...]:
        """Session codes of closings that do not hold, in line order."""
        row = _CLOSING.one(self.conn, {"of": session})
        return () if row is None or not row.other_codes else tuple(json.loads(row.other_codes))

    def month_figures(self, from_ms: int) -> tuple[int, int]:
        """A session that was recorded twice counts once, with the longer of its times."""
        took = func.max(sessions.c.closed_ms - sessions.c.opened_ms).label("took_ms")
        closed = select(took).where(sessions.c.step == Step.CLOSED, sessions.c.opened_ms >= from_ms)
        once = closed.group_by(func.coalesce(sessions.c.plan, sessions.c.id)).subquery()
        row = self.conn.execute(select(func.count(), func.sum(once.c.took_ms))).one()
        return int(row[0]), int(max(row[1] or 0, 0)) // 60_000

    def waiting_since(self) -> int | None:
        """The first fact (its place here) that no receipt covers; None when all are covered."""
        row = self.conn.execute(
            select(func.min(facts.c.seq))
            .select_from(facts.join(segments, segments.c.no == facts.c.segment_no))
            .where(
                segments.c.last_n > func.coalesce(segments.c.acked_n, 0),
                facts.c.n == func.coalesce(segments.c.acked_n, 0) + 1,
            )
        ).one()
        return None if row[0] is None else int(row[0])

    def waiting_sessions(self) -> frozenset[SessionId]:
        """Sessions with a fact that no receipt covers yet."""
        since = self.waiting_since()
        if since is None:
            return frozenset()
        rows = self.conn.execute(select(sessions.c.id).where(sessions.c.last_seq >= since))
        return frozenset(SessionId(row.id) for row in rows)

    def plan(self, plan: PlanId) -> PlanEntry | None:
        """One entry of the plan."""
        row = _PLAN.one(self.conn, {"plan": plan})
        return None if row is None else read_row(row.body, PlanEntry)

    def plans(self, first_day: str, last_day: str) -> tuple[PlanEntry, ...]:
        """Entries between two ISO dates that were not withdrawn or used up, in order of time."""
        rows = _PLANS.all(self.conn, {"first": first_day, "last": last_day})
        return tuple(read_row(row.body, PlanEntry) for row in rows)


def session_of(row: Any) -> Session:
    """One row of ``sessions``."""
    return Session(
        id=SessionId(row.id),
        plan=None if row.plan is None else PlanId(row.plan),
        kind=row.kind,
        title=row.title,
        step=Step(row.step),
        units=tuple(OrgUnitId(unit) for unit in json.loads(row.units)),
        courses=tuple(CourseId(course) for course in json.loads(row.courses)),
        planned_start_ms=row.planned_start_ms,
        grace_minutes=row.grace_minutes,
        prepared_ms=row.prepared_ms,
        opened_ms=row.opened_ms,
        closed_ms=row.closed_ms,
        not_held_reason=None if row.not_held_reason is None else NotHeldReason(row.not_held_reason),
        not_held_ms=row.not_held_ms,
        not_held_note=row.not_held_note,
        opened_said_ms=row.opened_said_ms,
        opened_time_source=row.opened_time_source or "clock",
        closed_said_ms=row.closed_said_ms,
        closed_time_source=row.closed_time_source or "clock",
    )
