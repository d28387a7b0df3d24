"""Rows for a fact at the tip of the line without folding its whole session: what a sign-in needs.

Only what is measured to be needed stands here: marks, their taking back and visitors. The fold
says the same of the same facts (the model compares both); where the rows alone cannot tell what
it would say – two presence marks of one person, a session not known or closed – the key is folded anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, insert, select, update

from app.areas.attendance.facts import AttendanceMarked, AttendanceVoided, VisitorAdmitted
from app.areas.attendance.lateness import verdict
from app.areas.attendance.marks import PRESENCE, RosterStatus, Status, mark_in_force
from app.areas.attendance.rows import mark_of, standing_mark
from app.areas.playback.facts import PlaybackStarted
from app.areas.sessions.record import SESSIONS
from app.areas.sessions.session import Step
from app.domain.clock_correction import ClockReading, Moment, TimeSource, compared
from app.domain.ids import PersonId, SessionId
from app.domain.personal import Personal
from app.domain.policy import Policies
from app.domain.time import Instant
from app.store.cache import CachedSession, StoreCache
from app.store.journal import StoredFact
from app.store.prepared import Prepared
from app.store.projected_tables import attendance, marks, session_people, sessions, visitors
from app.store.projecting import Key, refold, take_in
from app.wire.fact_bytes import ReadFact, read_personal


def _at(table: Table) -> tuple[ColumnElement[bool], ...]:
    return (
        table.c.session == bindparam("session"),
        table.c.person == bindparam("person"),
    )


_TOUCH = Prepared(
    update(sessions).where(sessions.c.id == bindparam("session")).values(elsewhere=0),
    ("last_seq",),
)
_ADD_MARK = Prepared(insert(marks), marks.c.keys())
_ADD_LISTED = Prepared(insert(session_people), session_people.c.keys())
_HOLDS_NONE = Prepared(delete(attendance).where(*_at(attendance)))
_HOLDS = Prepared.putting(attendance, attendance.c.keys())
_VOID_MARK = Prepared(
    update(marks).where(
        *_at(marks),
        marks.c.hash == bindparam("target"),
        marks.c.voided_by.is_(None),
    ),
    ("voided_by",),
)
_VISITOR = Prepared(select(visitors.c.seq).where(*_at(visitors)))
_ADD_VISITOR = Prepared(insert(visitors), visitors.c.keys())


class UnitAtTip(Protocol):
    """The unit of work in which a fact is appended, and what is known in it before the fact."""

    conn: Connection
    cache: StoreCache

    def policies(self) -> Policies:
        """The rules for late and in time."""

    def moment(self, boot: str, now: Instant) -> Moment:
        """What time it really was when the clocks of a boot read so."""

    def standpoint(self, session: SessionId, person: PersonId) -> RosterStatus | None:
        """How somebody stands to the session's list, None when not on it."""

    def standing(self, session: str, person: str) -> list[Any]:
        """Rows of somebody's marks that are not voided, in the order of the line."""


def project_at_tip(tip: UnitAtTip, stored: StoredFact, read: ReadFact) -> None:
    """Change the rows that a fact just appended changes; facts of unknown kind change none."""
    keys = take_in(tip.conn, stored.seq, read.fact)
    if not keys:
        return
    whole = not tip.cache.is_stale(tip.conn)
    left = [key for key in keys if not (whole and _is_done(tip, key, stored, read))]
    for name, key in left:
        if name == SESSIONS.name:
            tip.cache.forget_session(key)
    if left:
        refold(tip.conn, left)


def _is_done(tip: UnitAtTip, key: Key, stored: StoredFact, read: ReadFact) -> bool:
    """Whether the rows of a key are right by small changes; otherwise they are to be folded."""
    fact = read.fact
    if key[0] != SESSIONS.name or not isinstance(fact, _Fast) or key[1] != fact.session:
        return False
    known = tip.cache.session(tip.conn, fact.session)
    if known is None or known.session.step is Step.CLOSED:
        return False
    _TOUCH.run(tip.conn, {"session": fact.session, "last_seq": stored.seq})
    match fact:
        case AttendanceMarked():
            return _mark(tip, stored, read, fact, known)
        case AttendanceVoided():
            return _void(tip, stored, fact, known)
        case VisitorAdmitted():
            return _visitor(tip.conn, stored, fact)
    return True


_Fast = AttendanceMarked | AttendanceVoided | VisitorAdmitted | PlaybackStarted
"""A start of a play is a row of the play; of its session only the newest fact is another one."""


def _mark(
    tip: UnitAtTip, stored: StoredFact, read: ReadFact, fact: AttendanceMarked, known: CachedSession
) -> bool:
    before = tip.standing(fact.session, fact.person)
    listed = tip.standpoint(fact.session, fact.person)
    now = read.instant
    moment = tip.moment(stored.boot, now)
    clock = ClockReading(stored.boot, now.wall_ms - now.mono_ms, moment.source)
    moment = compared(moment, clock, known.opened)
    personal = Personal() if stored.personal is None else read_personal(stored.personal)
    place: dict[str, object] = {"session": fact.session, "person": fact.person}
    row = place | {
        "seq": stored.seq,
        "hash": stored.hash,
        "status": fact.status,
        "lane": fact.lane,
        "by": read.actor,
        "at_ms": moment.at_ms,
        "said_ms": now.wall_ms,
        "time_source": moment.source,
        "claimed_ms": fact.claimed_ms,
        "capacity": fact.capacity and fact.capacity.value,
        "leave": personal.leave,
        "voided_by": None,
    }
    _ADD_MARK.run(tip.conn, row)
    if listed is None:
        _ADD_LISTED.run(tip.conn, place | {"standpoint": RosterStatus.VISITOR, "left_out": None})
    holding = _settle(tip, known, place, [*before, standing_mark(row)])
    if holding is None:
        return False
    if before:
        known.tally = None
    else:
        known.count_mark(listed, holding)
    return True


def _void(tip: UnitAtTip, stored: StoredFact, fact: AttendanceVoided, known: CachedSession) -> bool:
    place: dict[str, object] = {"session": fact.session, "person": fact.person}
    voiding = {"target": bytes.fromhex(fact.target), "voided_by": stored.hash}
    if _VOID_MARK.run(tip.conn, place | voiding).rowcount != 1:
        return False
    known.tally = None
    left = [row for row in tip.standing(fact.session, fact.person) if row.hash.hex() != fact.target]
    if left:
        return _settle(tip, known, place, left) is not None
    _HOLDS_NONE.run(tip.conn, place)
    return True


def _settle(
    tip: UnitAtTip, known: CachedSession, place: Mapping[str, object], rows: list[Any]
) -> Status | None:
    """Make the attendance row equal to the mark in force; how the person stands by it.

    None if the rows do not tell which one that is.
    """
    if sum(row.status in PRESENCE for row in rows) > 1:
        return None
    holding = mark_in_force(tuple(mark_of(row) for row in rows))
    if holding is None:  # pragma: no cover - there is a mark
        return None
    row = next(row for row in rows if row.hash.hex() == holding.id)
    status = holding.status
    if row.time_source != TimeSource.UNSURE:
        status = verdict(tip.policies().on(known.starts.day), status, holding.at_ms, known.starts)
    _HOLDS.run(tip.conn, {**place, "mark": row.seq, "status": status})
    return status


def _visitor(conn: Connection, stored: StoredFact, fact: VisitorAdmitted) -> bool:
    place = {"session": fact.session, "person": fact.person}
    if _VISITOR.one(conn, place) is not None:
        return False
    personal = Personal() if stored.personal is None else read_personal(stored.personal)
    told = {"name": personal.name, "phone_tail": personal.phone_tail, "home": personal.home}
    _ADD_VISITOR.run(conn, place | told | {"seq": stored.seq})
    return True
