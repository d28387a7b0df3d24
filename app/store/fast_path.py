"""Rows for a fact at the tip of the line without folding its whole session: what a sign-in needs.

Only what is measured to be needed stands here: marks, their taking back and visitors. The fold
says the same of the same facts (the model compares both); where the rows alone cannot tell what
it would say – two presence marks of one person, a session not known – the key is folded anew.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.attendance import PRESENCE, Standpoint, Status, mark_in_force
from app.domain.clock_correction import TimeSource
from app.domain.facts import (
    AttendanceMarked,
    AttendanceVoided,
    Personal,
    PlaybackStarted,
    VisitorAdmitted,
)
from app.domain.policy import Starts
from app.domain.session_projection import SESSIONS
from app.store.decided import policies_of
from app.store.journal import StoredFact
from app.store.line_clocks import moment_of
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
_STARTS = Prepared(
    select(sessions.c.planned_start_ms, sessions.c.opened_ms, sessions.c.opened_time_source).where(
        sessions.c.id == bindparam("session")
    )
)
_VISITOR = Prepared(select(visitors.c.seq).where(*_at(visitors)))
_ADD_VISITOR = Prepared(insert(visitors), visitors.c.keys())


def project_at_tip(conn: Connection, stored: StoredFact, read: ReadFact) -> None:
    """Change the rows that a fact just appended changes; facts of unknown kind change none."""
    keys = take_in(conn, stored.seq, read.fact)
    if not keys:
        return
    whole = not is_stale(conn)
    refold(conn, [key for key in keys if not (whole and _is_done(conn, key, stored, read))])


def _is_done(conn: Connection, key: Key, stored: StoredFact, read: ReadFact) -> bool:
    """Whether the rows of a key are right by small changes; otherwise they are to be folded."""
    fact = read.fact
    if key[0] != SESSIONS.name or not isinstance(fact, _Fast) or key[1] != fact.session:
        return False
    if _TOUCH.run(conn, {"session": fact.session, "seq": stored.seq}).rowcount == 0:
        return False
    personal = Personal() if stored.personal is None else read_personal(stored.personal)
    match fact:
        case AttendanceMarked():
            return _marked(conn, stored, read, fact, personal)
        case AttendanceVoided():
            return _voided(conn, stored, fact)
        case VisitorAdmitted():
            return _visitor(conn, stored, fact, personal)
    return True


_Fast = AttendanceMarked | AttendanceVoided | VisitorAdmitted | PlaybackStarted
"""A start of a play is a row of the play; of its session only the newest fact is another one."""


def _marked(
    conn: Connection,
    stored: StoredFact,
    read: ReadFact,
    fact: AttendanceMarked,
    personal: Personal,
) -> bool:
    moment = moment_of(conn, stored.boot, read.instant)
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
    _ADD_MARK.run(conn, place | row)
    _ADD_LISTED.run(conn, place | {"standpoint": Standpoint.VISITOR, "left_out": None})
    return _settle(conn, fact.session, fact.person)


def _voided(conn: Connection, stored: StoredFact, fact: AttendanceVoided) -> bool:
    target = bytes.fromhex(fact.target)
    voiding = {"target": target, "session": fact.session, "voided_by": stored.hash}
    return _VOID_MARK.run(conn, voiding).rowcount == 1 and _settle(conn, fact.session, fact.person)


def _settle(conn: Connection, session: str, person: str) -> bool:
    """Make the attendance row equal to the mark in force, if the rows tell which one that is."""
    place = {"session": session, "person": person}
    rows = standing_marks(conn, session, person)
    if sum(row.status in PRESENCE for row in rows) > 1:
        return False
    holding = mark_in_force(tuple(mark_of(row) for row in rows))
    if holding is None:
        _HOLDS_NONE.run(conn, place)
        return True
    row = next(row for row in rows if row.hash.hex() == holding.id)
    _HOLDS.run(conn, place | {"mark": row.seq, "status": _verdict(conn, session, row)})
    return True


def _verdict(conn: Connection, session: str, mark: Any) -> Status:
    """Late or in time by the rule of the day, as the fold says it."""
    said = Status(mark.status)
    if mark.time_source == TimeSource.UNSURE:
        return said
    row = _STARTS.all(conn, {"session": session})[0]
    is_sure = row.opened_time_source != TimeSource.UNSURE
    starts = Starts(row.planned_start_ms, row.opened_ms if is_sure else None)
    return policies_of(conn).on(starts.day).verdict(said, mark.at_ms, starts)


def _visitor(
    conn: Connection, stored: StoredFact, fact: VisitorAdmitted, personal: Personal
) -> bool:
    place = {"session": fact.session, "person": fact.person}
    if _VISITOR.one(conn, place) is not None:
        return False
    told = {"name": personal.name, "phone_tail": personal.phone_tail, "home": personal.home}
    _ADD_VISITOR.run(conn, place | told | {"seq": stored.seq})
    return True
