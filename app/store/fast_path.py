"""Rows for a fact at the tip of the line without folding its whole session: what a sign-in needs.

Only what is measured to be needed stands here: marks, their taking back and visitors. The fold
says the same of the same facts (the model compares both); where the rows alone cannot tell what
it would say – two presence marks of one person, a session not known – the key is folded anew.
"""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.areas.attendance.facts import AttendanceMarked, AttendanceVoided, VisitorAdmitted
from app.areas.attendance.lateness import Starts, verdict
from app.areas.attendance.marks import PRESENCE, RosterStatus, mark_in_force
from app.areas.playback.facts import PlaybackStarted
from app.areas.sessions.record import SESSIONS
from app.domain.clock_correction import ClockReading, Moment, TimeSource, compared
from app.domain.personal import Personal
from app.domain.policy import Policies
from app.domain.time import Instant
from app.store.journal import StoredFact
from app.store.prepared import Prepared
from app.store.projected_tables import attendance, marks, session_people, sessions, visitors
from app.store.projecting import Key, refold, take_in
from app.store.rows import mark_of, standing_marks
from app.store.stale import is_stale
from app.wire.fact_bytes import ReadFact, read_personal


def _at(table: Table) -> tuple[ColumnElement[bool], ...]:
    return (
        table.c.session == bindparam("session"),
        table.c.person == bindparam("person"),
    )


_TOUCH = Prepared(
    update(sessions)
    .where(sessions.c.id == bindparam("session"))
    .values(last_seq=bindparam("seq"), elsewhere=0)
    .returning(
        sessions.c.planned_start_ms,
        sessions.c.opened_ms,
        sessions.c.opened_time_source,
        sessions.c.opened_boot,
        sessions.c.opened_offset_ms,
    )
)
_ADD_MARK = Prepared(insert(marks), marks.c.keys())
_ADD_LISTED = Prepared(upsert(session_people).on_conflict_do_nothing(), session_people.c.keys())
_HOLDS_NONE = Prepared(delete(attendance).where(*_at(attendance)))
_HOLDS = Prepared.putting(attendance, attendance.c.keys())
_VOID_MARK = Prepared(
    update(marks).where(
        marks.c.hash == bindparam("target"),
        marks.c.session == bindparam("session"),
        marks.c.voided_by.is_(None),
    ),
    ("voided_by",),
)
_VISITOR = Prepared(select(visitors.c.seq).where(*_at(visitors)))
_ADD_VISITOR = Prepared(insert(visitors), visitors.c.keys())


class UnitAtTip(Protocol):
    """The unit of work in which a fact is appended, and what the fold would be told in it."""

    conn: Connection

    def policies(self) -> Policies:
        """The rules for late and in time."""

    def moment(self, boot: str, now: Instant) -> Moment:
        """What time it really was when the clocks of a boot read so."""


def project_at_tip(tip: UnitAtTip, stored: StoredFact, read: ReadFact) -> None:
    """Change the rows that a fact just appended changes; facts of unknown kind change none."""
    keys = take_in(tip.conn, stored.seq, read.fact)
    if not keys:
        return
    whole = not is_stale(tip.conn)
    left = [key for key in keys if not (whole and _is_done(tip, key, stored, read))]
    if left:
        refold(tip.conn, left)


def _is_done(tip: UnitAtTip, key: Key, stored: StoredFact, read: ReadFact) -> bool:
    """Whether the rows of a key are right by small changes; otherwise they are to be folded."""
    fact = read.fact
    if key[0] != SESSIONS.name or not isinstance(fact, _Fast) or key[1] != fact.session:
        return False
    known = _TOUCH.run(tip.conn, {"session": fact.session, "seq": stored.seq}).fetchone()
    if known is None:
        return False
    planned_ms, opened_ms, source, boot, offset_ms = known
    opened = None if opened_ms is None else ClockReading(boot, offset_ms, source)
    starts = Starts(planned_ms, None if source == TimeSource.UNSURE else opened_ms)
    personal = Personal() if stored.personal is None else read_personal(stored.personal)
    match fact:
        case AttendanceMarked():
            _mark(tip, stored, read, fact, personal, opened)
            return _settle(tip, fact.session, fact.person, starts)
        case AttendanceVoided():
            voiding = {"target": bytes.fromhex(fact.target), "voided_by": stored.hash}
            if _VOID_MARK.run(tip.conn, voiding | {"session": fact.session}).rowcount != 1:
                return False
            return _settle(tip, fact.session, fact.person, starts)
        case VisitorAdmitted():
            return _visitor(tip.conn, stored, fact, personal)
    return True


_Fast = AttendanceMarked | AttendanceVoided | VisitorAdmitted | PlaybackStarted
"""A start of a play is a row of the play; of its session only the newest fact is another one."""


def _mark(  # noqa: PLR0913 - what a mark's row follows from
    tip: UnitAtTip,
    stored: StoredFact,
    read: ReadFact,
    fact: AttendanceMarked,
    personal: Personal,
    opened: ClockReading | None,
) -> None:
    now = read.instant
    moment = tip.moment(stored.boot, now)
    clock = ClockReading(stored.boot, now.wall_ms - now.mono_ms, moment.source)
    moment = compared(moment, clock, opened)
    place: dict[str, object] = {"session": fact.session, "person": fact.person}
    row = {
        "seq": stored.seq,
        "hash": stored.hash,
        "status": fact.status,
        "lane": fact.lane,
        "by": read.actor,
        "at_ms": moment.at_ms,
        "said_ms": read.instant.wall_ms,
        "time_source": moment.source,
        "claimed_ms": fact.claimed_ms,
        "leave": personal.leave,
        "voided_by": None,
    }
    _ADD_MARK.run(tip.conn, place | row)
    _ADD_LISTED.run(tip.conn, place | {"standpoint": RosterStatus.VISITOR, "left_out": None})


def _settle(tip: UnitAtTip, session: str, person: str, starts: Starts) -> bool:
    """Make the attendance row equal to the mark in force, if the rows tell which one that is."""
    place = {"session": session, "person": person}
    rows = standing_marks(tip.conn, session, person)
    if sum(row.status in PRESENCE for row in rows) > 1:
        return False
    holding = mark_in_force(tuple(mark_of(row) for row in rows))
    if holding is None:
        _HOLDS_NONE.run(tip.conn, place)
        return True
    row = next(row for row in rows if row.hash.hex() == holding.id)
    status = holding.status
    if row.time_source != TimeSource.UNSURE:
        status = verdict(tip.policies().on(starts.day), status, holding.at_ms, starts)
    _HOLDS.run(tip.conn, place | {"mark": row.seq, "status": status})
    return True


def _visitor(
    conn: Connection, stored: StoredFact, fact: VisitorAdmitted, personal: Personal
) -> bool:
    place = {"session": fact.session, "person": fact.person}
    if _VISITOR.one(conn, place) is not None:
        return False
    told = {"name": personal.name, "phone_tail": personal.phone_tail, "home": personal.home}
    _ADD_VISITOR.run(conn, place | told | {"seq": stored.seq})
    return True
