"""From facts to rows: one function, used when a fact is recorded and when all is rebuilt.

It reads and writes projected tables only and takes nothing from the clock, chance or
the feeds, so that the same journal always makes the same rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from app.domain.attendance import Standpoint, mark_in_force
from app.domain.facts import (
    AttendanceMarked,
    AttendanceVoided,
    DiscussionNoted,
    Fact,
    Personal,
    PlaybackEnded,
    PlaybackStarted,
    SessionClosed,
    SessionMoved,
    SessionNotHeld,
    SessionOpened,
    SessionPrepared,
    VisitorAdmitted,
)
from app.domain.sessions import Step
from app.store.journal import StoredFact, stored_facts
from app.store.prepared import Prepared
from app.store.rows import mark_of, standing_marks
from app.store.tables import (
    PROJECTED,
    attendance,
    bookmarks,
    marks,
    notes,
    plays,
    session_people,
    sessions,
    visitors,
)
from app.wire.fact_bytes import ReadFact, read_fact, read_personal


def _at(table: Table) -> tuple[ColumnElement[bool], ...]:
    return (
        table.c.session == bindparam("session"),
        table.c.person == bindparam("person"),
    )


_ADD_MARK = Prepared(
    insert(marks), [column.name for column in marks.c if column.name != "voided_by"]
)
_ADD_LISTED = Prepared(insert(session_people), session_people.c.keys())
_LISTED = Prepared(select(session_people.c.person).where(*_at(session_people)))
_HOLDS_NONE = Prepared(delete(attendance).where(*_at(attendance)))
_HOLDS = Prepared.putting(attendance, attendance.c.keys())
_TOUCH = Prepared(
    update(sessions).where(sessions.c.id == bindparam("session")).values(last_seq=bindparam("seq"))
)


def project(conn: Connection, stored: StoredFact, read: ReadFact) -> None:
    """Change the rows that one fact changes; facts of unknown kind change none."""
    if read.fact is None:
        return
    writer = _WRITERS.get(type(read.fact))
    if writer is not None:
        personal = Personal() if stored.personal is None else read_personal(stored.personal)
        writer(conn, stored, read, personal)
        session = getattr(read.fact, "session", None)
        if session is not None:
            _TOUCH.run(conn, {"session": session, "seq": stored.seq})


def rebuild(conn: Connection) -> int:
    """Empty the projected tables and make them anew from the journal; returns the facts read."""
    for table in PROJECTED:
        conn.execute(delete(table))
    count = 0
    for stored in stored_facts(conn):
        project(conn, stored, read_fact(stored.data))
        count += 1
    return count


def _prepared(conn: Connection, stored: StoredFact, read: ReadFact, _: Personal) -> None:
    fact = _as(read.fact, SessionPrepared)
    conn.execute(
        insert(sessions).values(
            id=fact.session,
            plan=fact.plan,
            kind=fact.kind,
            title=fact.title,
            step=Step.PREPARE,
            units=json.dumps(fact.units),
            courses=json.dumps(fact.courses),
            planned_start_ms=fact.planned_start_ms,
            grace_minutes=fact.grace_minutes,
            prepared_ms=read.instant.wall_ms,
            seq=stored.seq,
            last_seq=stored.seq,
        )
    )


def _opened(conn: Connection, _stored: StoredFact, read: ReadFact, _: Personal) -> None:
    fact = _as(read.fact, SessionOpened)
    rows: list[dict[str, str | None]] = [
        {
            "session": fact.session,
            "person": person,
            "standpoint": Standpoint.EXPECTED,
            "left_out": None,
        }
        for person in fact.expected
    ]
    rows += [
        {
            "session": fact.session,
            "person": person,
            "standpoint": Standpoint.LEFT_OUT,
            "left_out": reason,
        }
        for person, reason in fact.left_out
    ]
    _ADD_LISTED.run_many(conn, rows)
    _set(conn, fact.session, step=Step.SIGN_IN, opened_ms=read.instant.wall_ms)


def _moved(conn: Connection, _stored: StoredFact, read: ReadFact, _: Personal) -> None:
    fact = _as(read.fact, SessionMoved)
    _set(conn, fact.session, step=fact.step)


def _closed(conn: Connection, _stored: StoredFact, read: ReadFact, _: Personal) -> None:
    fact = _as(read.fact, SessionClosed)
    _set(conn, fact.session, step=Step.CLOSED, closed_ms=read.instant.wall_ms)


def _not_held(conn: Connection, stored: StoredFact, read: ReadFact, personal: Personal) -> None:
    fact = _as(read.fact, SessionNotHeld)
    _set(
        conn,
        fact.session,
        step=Step.NOT_HELD,
        closed_ms=read.instant.wall_ms,
        not_held_reason=fact.reason,
    )
    if personal.note:
        conn.execute(insert(notes).values(seq=stored.seq, session=fact.session, text=personal.note))


def _marked(conn: Connection, stored: StoredFact, read: ReadFact, personal: Personal) -> None:
    fact = _as(read.fact, AttendanceMarked)
    place: dict[str, object] = {"session": fact.session, "person": fact.person}
    _ADD_MARK.run(
        conn,
        place
        | {
            "seq": stored.seq,
            "hash": stored.hash,
            "status": fact.status,
            "lane": fact.lane,
            "by": read.actor,
            "at_ms": read.instant.wall_ms,
            "claimed_ms": fact.claimed_ms,
            "leave": personal.leave,
        },
    )
    if fact.standpoint is Standpoint.VISITOR and _LISTED.one(conn, place) is None:
        visitor = {"standpoint": Standpoint.VISITOR, "left_out": None}
        _ADD_LISTED.run(conn, place | visitor)
    _settle(conn, fact.session, fact.person)


def _voided(conn: Connection, stored: StoredFact, read: ReadFact, _: Personal) -> None:
    fact = _as(read.fact, AttendanceVoided)
    conn.execute(
        update(marks)
        .where(marks.c.hash == bytes.fromhex(fact.target), marks.c.voided_by.is_(None))
        .values(voided_by=stored.hash)
    )
    _settle(conn, fact.session, fact.person)


def _settle(conn: Connection, session: str, person: str) -> None:
    """Make the attendance row equal to the mark in force."""
    place = {"session": session, "person": person}
    rows = standing_marks(conn, session, person)
    holding = mark_in_force(tuple(mark_of(row) for row in rows))
    if holding is None:
        _HOLDS_NONE.run(conn, place)
        return
    seq = next(row.seq for row in rows if row.hash.hex() == holding.id)
    _HOLDS.run(conn, place | {"mark": seq, "status": holding.status})


def _visitor(conn: Connection, stored: StoredFact, read: ReadFact, personal: Personal) -> None:
    fact = _as(read.fact, VisitorAdmitted)
    conn.execute(
        insert(visitors).values(
            person=fact.person,
            session=fact.session,
            name=personal.name,
            phone_tail=personal.phone_tail,
            home=personal.home,
            seq=stored.seq,
        )
    )


def _play_started(conn: Connection, stored: StoredFact, read: ReadFact, _: Personal) -> None:
    fact = _as(read.fact, PlaybackStarted)
    conn.execute(
        insert(plays).values(
            id=fact.play,
            session=fact.session,
            course=fact.course,
            video=fact.video,
            from_ms=fact.from_ms,
            duration_ms=fact.duration_ms,
            started_ms=read.instant.wall_ms,
            position_ms=fact.from_ms,
            shown="[]",
            seq=stored.seq,
        )
    )


def _play_ended(conn: Connection, _stored: StoredFact, read: ReadFact, _: Personal) -> None:
    fact = _as(read.fact, PlaybackEnded)
    conn.execute(
        update(plays)
        .where(plays.c.id == fact.play)
        .values(
            outcome=fact.outcome,
            position_ms=fact.position_ms,
            shown=json.dumps(fact.shown),
        )
    )
    conn.execute(delete(bookmarks).where(bookmarks.c.play == fact.play))


def _noted(conn: Connection, stored: StoredFact, read: ReadFact, personal: Personal) -> None:
    fact = _as(read.fact, DiscussionNoted)
    conn.execute(insert(notes).values(seq=stored.seq, session=fact.session, text=personal.note))


def _set(conn: Connection, session: str, **values: object) -> None:
    conn.execute(update(sessions).where(sessions.c.id == session).values(**values))


F = TypeVar("F")


def _as(fact: Fact | None, kind: type[F]) -> F:
    if not isinstance(fact, kind):  # pragma: no cover - the table below pairs them
        raise TypeError(kind.__name__)
    return fact


_Writer = Callable[[Connection, StoredFact, ReadFact, Personal], None]

_WRITERS: dict[type, _Writer] = {
    SessionPrepared: _prepared,
    SessionOpened: _opened,
    SessionMoved: _moved,
    SessionClosed: _closed,
    SessionNotHeld: _not_held,
    AttendanceMarked: _marked,
    AttendanceVoided: _voided,
    VisitorAdmitted: _visitor,
    PlaybackStarted: _play_started,
    PlaybackEnded: _play_ended,
    DiscussionNoted: _noted,
}
