"""What every sign-in asks and hardly anything changes: read once, then kept in the process.

Only what stands in the file is kept. It is forgotten when another connection wrote (SQLite counts
that), when a unit of work fails or writes more than facts, and when a fact touches it. What a
sign-in itself changes of a session, one person's place in its tally, is changed here as well.
"""

from __future__ import annotations

import json
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, and_, bindparam, func, select

from app.areas.attendance.lateness import Starts
from app.areas.attendance.marks import RosterStatus, Status
from app.areas.sessions.activities import NO_ACTIVITIES, ActivityRecord
from app.areas.sessions.session import (
    PLAIN_SETTING,
    NotHeldReason,
    Session,
    SessionSetting,
    Step,
)
from app.domain.clock_correction import ClockReading, Sample, TimeSource
from app.domain.ids import CourseId, OrgUnitId, PlanId, SessionId
from app.domain.policy import Policies
from app.names.index import NameIndex
from app.store.decided import policies_of
from app.store.line_clocks import samples_of
from app.store.prepared import Prepared
from app.store.projected_tables import attendance, session_people, sessions
from app.store.stale import is_stale
from app.store.tables import org_units
from app.wire.codec import read_row

_MOST_SESSIONS = 20
_WRITTEN_BY_OTHERS = "PRAGMA data_version"
_SESSION = Prepared(select(sessions).where(sessions.c.id == bindparam("of")))
_TALLY = Prepared(
    select(
        session_people.c.standpoint,
        attendance.c.status,
        func.count(session_people.c.person).label("people"),
    )
    .select_from(
        session_people.outerjoin(
            attendance,
            and_(
                attendance.c.session == session_people.c.session,
                attendance.c.person == session_people.c.person,
            ),
        )
    )
    .where(session_people.c.session == bindparam("of"))
    .group_by(session_people.c.standpoint, attendance.c.status)
)
_UNIT_NAMES = Prepared(select(org_units.c.id, org_units.c.name))

Tally = dict[tuple[RosterStatus, Status | None], int]


class CachedSession(Struct):
    """A session, how its opening's clocks read, and how many people of it stand how."""

    session: Session
    opened: ClockReading | None
    starts: Starts
    """As far as they are sure."""
    tally: Tally | None = None

    def count_mark(self, standpoint: RosterStatus | None, status: Status) -> None:
        """Somebody who had no mark (and stood at ``standpoint``, None for nowhere) has one now."""
        if self.tally is None:
            return
        if standpoint is not None:
            self.tally[standpoint, None] -= 1
        place = (standpoint or RosterStatus.VISITOR, status)
        self.tally[place] = self.tally.get(place, 0) + 1


class StoreCache:
    """One store's; ``follow`` at the beginning of each transaction."""

    def __init__(self) -> None:
        self._version = -1
        self.forget()

    def forget(self) -> None:
        """Everything is read anew."""
        self._policies: Policies | None = None
        self._samples: dict[str, tuple[Sample, ...]] = {}
        self._branches: dict[str, str] | None = None
        self._is_stale: bool | None = None
        self._sessions: dict[str, CachedSession] = {}
        self.index: NameIndex | None = None
        """The search index over everybody known here."""

    def follow(self, conn: Connection) -> None:
        """Forget everything if another connection wrote since the last transaction."""
        driver: Any = conn.connection.driver_connection
        (version,) = driver.execute(_WRITTEN_BY_OTHERS).fetchone()
        if version != self._version:
            self._version = version
            self.forget()

    def policies(self, conn: Connection) -> Policies:
        """The centre's rules."""
        if self._policies is None:
            self._policies = policies_of(conn)
        return self._policies

    def samples(self, conn: Connection, boot: str) -> tuple[Sample, ...]:
        """What is known of a boot's clocks."""
        if boot not in self._samples:
            self._samples[boot] = samples_of(conn, boot)
        return self._samples[boot]

    def forget_samples(self) -> None:
        """A fact said something of a clock."""
        self._samples.clear()

    def branches(self, conn: Connection) -> dict[str, str]:
        """Unit id → name."""
        if self._branches is None:
            self._branches = {row.id: row.name for row in _UNIT_NAMES.all(conn, {})}
        return self._branches

    def is_stale(self, conn: Connection) -> bool:
        """Whether any rows are still to be folded anew."""
        if self._is_stale is None:
            self._is_stale = is_stale(conn)
        return self._is_stale

    def session(self, conn: Connection, session: str) -> CachedSession | None:
        """One session; None if there is none."""
        if session not in self._sessions:
            row = _SESSION.one(conn, {"of": session})
            if row is None:
                return None
            if len(self._sessions) >= _MOST_SESSIONS:
                self._sessions.clear()
            self._sessions[session] = _cached_session(row)
        return self._sessions[session]

    def tally(self, conn: Connection, session: CachedSession) -> Tally:
        """How many people of a session stand at each (standpoint, status)."""
        if session.tally is None:
            session.tally = {
                (RosterStatus(row.standpoint), row.status and Status(row.status)): row.people
                for row in _TALLY.all(conn, {"of": session.session.id})
            }
        return session.tally

    def forget_session(self, session: str) -> None:
        """Its rows are other ones."""
        self._sessions.pop(session, None)


def _cached_session(row: Any) -> CachedSession:
    session = session_of(row)
    opened_ms = row.opened_ms
    clock = ClockReading(row.opened_boot, row.opened_offset_ms, row.opened_time_source)
    sure_ms = None if row.opened_time_source == TimeSource.UNSURE else opened_ms
    starts = Starts(row.planned_start_ms, sure_ms)
    return CachedSession(session, None if opened_ms is None else clock, starts)


def session_of(row: Any) -> Session:
    """One row of ``sessions``."""
    return Session(
        id=SessionId(row.id),
        plan=None if row.plan is None else PlanId(row.plan),
        kind=row.kind,
        title=row.title,
        step=Step(row.step),
        units=tuple(OrgUnitId(unit) for unit in _listed(row.units)),
        courses=tuple(CourseId(course) for course in _listed(row.courses)),
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
        setting=_setting_of(row),
        activities=_activities_of(row.activities),
    )


def _listed(text: str) -> tuple[str, ...]:
    # Most lists are empty, and a month's pages read hundreds of rows.
    return () if text == "[]" else tuple(json.loads(text))


def _setting_of(row: Any) -> SessionSetting:
    """Rows that are not folded anew yet have none."""
    if not row.agenda:
        return PLAIN_SETTING
    return SessionSetting(
        place=row.held_at,
        training_class=row.training_class,
        campaign=row.campaign,
        route=row.route,
        lecturers=_listed(row.lecturers),
        hosts=_listed(row.hosts),
        agenda=_listed(row.agenda),
        ticks=_listed(row.ticks),
    )


def _activities_of(text: str) -> ActivityRecord:
    return read_row(text.encode(), ActivityRecord) if text else NO_ACTIVITIES
