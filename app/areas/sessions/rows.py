"""Questions about sessions and plans."""

from __future__ import annotations

import json

from sqlalchemy import and_, bindparam, exists, func, select, tuple_

from app.areas.attendance.marks import PRESENCE, Status
from app.areas.sessions.session import PlanEntry, Session, Step
from app.domain.errors import NotFound
from app.domain.ids import (
    FactHash,
    PlanId,
    SessionId,
)
from app.store.area_rows import AreaRows
from app.store.cache import CachedSession, session_of
from app.store.prepared import Prepared
from app.store.projected_tables import (
    attendance,
    marks,
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
_BEGUN = sessions.c.step != Step.PREPARE.value


NEWEST_FIRST = (sessions.c.place.desc(), sessions.c.prepared_ms.desc())
"""By the line; rows that an older program folded have no place in it until they are folded anew."""


_RUNNING = Prepared(
    select(sessions)
    .where(
        *(sessions.c.step != one for one in _ENDED),
        sessions.c.elsewhere == bindparam("elsewhere"),
        sessions.c.held_from_ms.is_(None),
    )
    .order_by(*NEWEST_FIRST)
    .limit(1)
)


_HELD_MS = func.coalesce(
    sessions.c.held_from_ms,
    sessions.c.planned_start_ms,
    sessions.c.opened_ms,
    sessions.c.prepared_ms,
)
_CAME = tuple(one.value for one in PRESENCE)
_OPENED_MS = func.coalesce(sessions.c.held_from_ms, sessions.c.opened_ms)
_BEGAN_MS = func.coalesce(_OPENED_MS, sessions.c.planned_start_ms, sessions.c.prepared_ms)
"""When it began, or was to begin."""
_ENDED_MS = func.coalesce(sessions.c.held_to_ms, sessions.c.closed_ms)


_LATE_MARKS = Prepared(
    select(marks.c.hash)
    .join(
        attendance, and_(attendance.c.session == marks.c.session, attendance.c.mark == marks.c.seq)
    )
    .where(
        marks.c.session == bindparam("of"),
        attendance.c.status == bindparam("status"),
    )
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


_TOLD_PLANS = Prepared(
    select(plans.c.body)
    .where(
        plans.c.day.between(bindparam("first"), bindparam("last")),
        func.instr(plans.c.body, '"reason":') > 0,
    )
    .order_by(plans.c.day, plans.c.start, plans.c.id)
)


class SessionRows(AreaRows):
    """The part of a reading that looks at sessions and the plan."""

    def session(self, session: SessionId) -> Session:
        """One session; NotFound if there is none."""
        return self._cached(session).session

    def _cached(self, session: SessionId) -> CachedSession:
        kept = self.cache.session(self.conn, session)
        if kept is None:
            raise NotFound("refusal.no_session")
        return kept

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
        rows = self.conn.execute(select(sessions).order_by(*NEWEST_FIRST).limit(limit))
        return tuple(session_of(row) for row in rows)

    def late_drafts(self) -> tuple[Session, ...]:
        """Sessions being written down afterwards that were not handed in yet, newest first."""
        own = (sessions.c.held_from_ms.is_not(None), sessions.c.step.not_in(_ENDED))
        rows = self.conn.execute(select(sessions).where(*own).order_by(*NEWEST_FIRST))
        return tuple(session_of(row) for row in rows)

    def late_of_kind(self, kind: str) -> tuple[Session, ...]:
        """Late sessions of a kind that were handed in."""
        own = (sessions.c.held_from_ms.is_not(None), sessions.c.kind == kind)
        handed_in = sessions.c.step == Step.CLOSED.value
        rows = self.conn.execute(select(sessions).where(*own, handed_in))
        return tuple(session_of(row) for row in rows)

    def sessions_of_days(self, from_ms: int, to_ms: int) -> tuple[Session, ...]:
        """Sessions held, planned or begun from a moment on and before another, newest first."""
        query = select(sessions).where(from_ms <= _HELD_MS, to_ms > _HELD_MS)
        query = query.order_by(*NEWEST_FIRST)
        return tuple(session_of(row) for row in self.conn.execute(query))

    def sessions_between(self, from_ms: int, to_ms: int) -> tuple[Session, ...]:
        """Sessions held, or planned, from a moment until before another, in the order of time."""
        query = select(sessions).where(_BEGAN_MS.between(from_ms, to_ms - 1), _BEGUN)
        return tuple(session_of(row) for row in self.conn.execute(query.order_by(_BEGAN_MS)))

    def first_held_ms(self) -> int | None:
        """When the first session was held, or was to be; None without any."""
        row = self.conn.execute(select(func.min(_BEGAN_MS)).where(_BEGUN)).one()
        return None if row[0] is None else int(row[0])

    def sessions_page(
        self, limit: int, *, before: str = "", named: str = "", until_ms: int | None = None
    ) -> tuple[Session, ...]:
        """Begun sessions, newest first: those after the one of this id, whose title has these
        words, that were held until before a moment."""
        query = select(sessions).where(_BEGUN)
        if before:
            last = select(sessions.c.place, sessions.c.prepared_ms, sessions.c.id)
            row = self.conn.execute(last.where(sessions.c.id == before)).one_or_none()
            if row is not None:
                here = tuple_(sessions.c.place, sessions.c.prepared_ms, sessions.c.id)
                query = query.where(here < tuple_(*row))
        if named:
            query = query.where(sessions.c.title.contains(named, autoescape=True))
        if until_ms is not None:
            query = query.where(_BEGAN_MS.between(0, until_ms - 1))
        order = (*NEWEST_FIRST, sessions.c.id.desc())
        return tuple(
            session_of(row) for row in self.conn.execute(query.order_by(*order).limit(limit))
        )

    def held_within(self, from_ms: int, to_ms: int) -> tuple[Session, ...]:
        """Sessions that were held from a moment on and before another, with somebody in them."""
        mine = attendance.c.session == sessions.c.id
        came = exists().where(mine, attendance.c.status.in_(_CAME))
        query = (
            select(sessions)
            .where(
                sessions.c.step == Step.CLOSED.value,
                from_ms <= _HELD_MS,
                to_ms > _HELD_MS,
                came | sessions.c.activities.contains('"heads": [{'),
            )
            .order_by(_HELD_MS, sessions.c.id)
        )
        return tuple(session_of(row) for row in self.conn.execute(query))

    def same_plan(self, plan: str) -> tuple[Session, ...]:
        """All sessions of one plan; mostly one."""
        rows = self.conn.execute(select(sessions).where(sessions.c.plan == plan))
        return tuple(session_of(row) for row in rows)

    def notes(self, session: SessionId) -> tuple[str, ...]:
        """Discussion notes in order."""
        return tuple(row.text for row in _NOTES.all(self.conn, {"of": session}))

    def late_marks(self, session: SessionId) -> tuple[FactHash, ...]:
        """The marks that hold and were entered afterwards."""
        rows = _LATE_MARKS.all(self.conn, {"of": session, "status": Status.LATE_ENTRY.value})
        return tuple(FactHash(row.hash.hex()) for row in rows)

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
        took = func.max(_ENDED_MS - _OPENED_MS).label("took_ms")
        closed = select(took).where(sessions.c.step == Step.CLOSED, from_ms <= _OPENED_MS)
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
        """Begun sessions with a fact that no receipt covers yet."""
        since = self.waiting_since()
        if since is None:
            return frozenset()
        rows = self.conn.execute(select(sessions.c.id).where(sessions.c.last_seq >= since, _BEGUN))
        return frozenset(SessionId(row.id) for row in rows)

    def sessions_within(self, facts: int) -> frozenset[SessionId]:
        """Sessions all of whose facts are among the first so many that are here."""
        rows = self.conn.execute(select(sessions.c.id).where(sessions.c.last_seq <= facts))
        return frozenset(SessionId(row.id) for row in rows)

    def has_sessions(self) -> bool:
        """Whether any session was begun."""
        return self.conn.execute(select(sessions.c.id).where(_BEGUN).limit(1)).first() is not None

    def plan(self, plan: PlanId) -> PlanEntry | None:
        """One entry of the plan."""
        row = _PLAN.one(self.conn, {"plan": plan})
        return None if row is None else read_row(row.body, PlanEntry)

    def plans(self, first_day: str, last_day: str) -> tuple[PlanEntry, ...]:
        """Entries between two ISO dates that were not withdrawn or used up, in order of time."""
        rows = _PLANS.all(self.conn, {"first": first_day, "last": last_day})
        return tuple(read_row(row.body, PlanEntry) for row in rows)

    def told_plans(self, first_day: str, last_day: str) -> tuple[PlanEntry, ...]:
        """Entries between two ISO dates that were withdrawn or changed with a reason."""
        rows = _TOLD_PLANS.all(self.conn, {"first": first_day, "last": last_day})
        found = (read_row(row.body, PlanEntry) for row in rows)
        return tuple(one for one in found if one.reason)
