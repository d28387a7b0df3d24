"""From facts to rows: one function, used when a fact is recorded and when all is rebuilt.

It reads and writes projected tables only and takes nothing from the clock, chance or
the feeds, so that the same journal always makes the same rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.attendance import Standpoint, mark_in_force
from app.domain.fact_kinds import Fact
from app.domain.facts import (
    AttendanceMarked,
    AttendanceVoided,
    DiscussionNoted,
    Personal,
    PlaybackEnded,
    PlaybackStarted,
    SessionClosed,
    SessionMoved,
    SessionNotHeld,
    SessionOpened,
    SessionPrepared,
    SessionResumed,
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
    voids,
)
from app.wire.fact_bytes import ReadFact, read_fact, read_personal


def _at(table: Table) -> tuple[ColumnElement[bool], ...]:
    return (
        table.c.session == bindparam("session"),
        table.c.person == bindparam("person"),
    )


_ADD_MARK = Prepared(upsert(marks).on_conflict_do_nothing(index_elements=["hash"]), marks.c.keys())
_ADD_LISTED = Prepared.putting(session_people, session_people.c.keys())
_LISTED = Prepared(select(session_people.c.person).where(*_at(session_people)))
_HOLDS_NONE = Prepared(delete(attendance).where(*_at(attendance)))
_HOLDS = Prepared.putting(attendance, attendance.c.keys())
_TOUCH = Prepared(
    update(sessions).where(sessions.c.id == bindparam("session")).values(last_seq=bindparam("seq"))
)
_KNOWN = Prepared(select(sessions.c.seq).where(sessions.c.id == bindparam("session")))
_VOID_OF = Prepared(select(voids.c.by).where(voids.c.target == bindparam("target")))
_ADD_VOID = Prepared(
    upsert(voids).on_conflict_do_nothing(index_elements=["target"]), ("target", "by")
)
_RUNNING_STEPS = (Step.PREPARE, Step.SIGN_IN, Step.PLAY, Step.DISCUSS)


def _setting(*columns: str, only: ColumnElement[bool] | None = None) -> Prepared:
    """Change these columns of one ``session``, if it is as ``only`` says."""
    changing = update(sessions).where(sessions.c.id == bindparam("session"))
    return Prepared(changing if only is None else changing.where(only), columns)


def _stepping(steps: Iterable[Step], *columns: str) -> Prepared:
    """Change these columns of one ``session`` while it stands at one of ``steps``."""
    return _setting(*columns, only=or_(*(sessions.c.step == step.value for step in steps)))


def _play_putting(first: tuple[str, ...], always: tuple[str, ...]) -> Prepared:
    """A play's row: ``first`` only when there was none, ``always`` in any case."""
    adding = upsert(plays)
    changed = {name: adding.excluded[name] for name in always}
    return Prepared(
        adding.on_conflict_do_update(index_elements=["id"], set_=changed),
        ("id", "seq", *first, *always),
    )


_ADD_SESSION = Prepared(
    insert(sessions),
    (
        *("id", "kind", "title", "step", "units", "courses", "grace_minutes", "prepared_ms"),
        *("seq", "last_seq", "elsewhere"),
    ),
)
_PLAN_IS = _setting(
    *("plan", "kind", "title", "units", "courses", "planned_start_ms", "grace_minutes"),
    "prepared_ms",
)
_OPENED_AT = _setting("opened_ms")
_IS_HERE = _setting("elsewhere")
_FROM_PREPARE = _stepping((Step.PREPARE,), "step")
_WHILE_RUNNING = _stepping(_RUNNING_STEPS, "step")
_CLOSED_AT = _setting("step", "closed_ms", "closing_hash", only=sessions.c.closing_hash.is_(None))
_NOT_HELD = _stepping(_RUNNING_STEPS, "step", "closed_ms", "not_held_reason")
_VOID_MARK = Prepared(
    update(marks).where(marks.c.hash == bindparam("target"), marks.c.voided_by.is_(None)),
    ("voided_by",),
)
_ADD_NOTE = Prepared(insert(notes), ("seq", "session", "text"))
_ADD_VISITOR = Prepared(upsert(visitors).on_conflict_do_nothing(), visitors.c.keys())
_PLAY_STARTED = _play_putting(
    ("position_ms", "shown"),
    ("session", "course", "video", "from_ms", "duration_ms", "started_ms"),
)
_PLAY_ENDED = _play_putting(
    ("course", "video", "from_ms", "duration_ms", "started_ms"),
    ("outcome", "position_ms", "shown"),
)
_NO_BOOKMARK = Prepared(delete(bookmarks).where(bookmarks.c.play == bindparam("play")))


def project(conn: Connection, stored: StoredFact, read: ReadFact) -> None:
    """Change the rows that one fact changes; facts of unknown kind change none."""
    if read.fact is None:
        return
    writer = _WRITERS.get(type(read.fact))
    if writer is not None:
        personal = Personal() if stored.personal is None else read_personal(stored.personal)
        session = getattr(read.fact, "session", None)
        if session is not None and _KNOWN.one(conn, {"session": session}) is None:
            _begin_session(conn, session, stored, read)
        writer(conn, stored, read, personal)
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


def _begin_session(conn: Connection, session: str, stored: StoredFact, read: ReadFact) -> None:
    """A row for a session of which nothing was known: its preparation comes, or came to be lost."""
    begun = {
        "id": session,
        "kind": "",
        "title": "",
        "step": Step.PREPARE,
        "units": "[]",
        "courses": "[]",
        "grace_minutes": 0,
        "prepared_ms": read.instant.wall_ms,
        "seq": stored.seq,
        "last_seq": stored.seq,
        "elsewhere": stored.returned,
    }
    _ADD_SESSION.run(conn, begun)


def _prepared(conn: Connection, _stored: StoredFact, read: ReadFact, _: Personal) -> None:
    fact = _as(read.fact, SessionPrepared)
    planned = {
        "session": fact.session,
        "plan": fact.plan,
        "kind": fact.kind,
        "title": fact.title,
        "units": json.dumps(fact.units),
        "courses": json.dumps(fact.courses),
        "planned_start_ms": fact.planned_start_ms,
        "grace_minutes": fact.grace_minutes,
        "prepared_ms": read.instant.wall_ms,
    }
    _PLAN_IS.run(conn, planned)


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
    _OPENED_AT.run(conn, {"session": fact.session, "opened_ms": read.instant.wall_ms})
    _FROM_PREPARE.run(conn, {"session": fact.session, "step": Step.SIGN_IN})


def _moved(conn: Connection, _stored: StoredFact, read: ReadFact, _: Personal) -> None:
    """What has ended stays ended."""
    fact = _as(read.fact, SessionMoved)
    _WHILE_RUNNING.run(conn, {"session": fact.session, "step": fact.step})


def _closed(conn: Connection, stored: StoredFact, read: ReadFact, _: Personal) -> None:
    """The first closing holds; a mark that comes after it is still a mark."""
    fact = _as(read.fact, SessionClosed)
    closing = {"step": Step.CLOSED, "closed_ms": read.instant.wall_ms, "closing_hash": stored.hash}
    _CLOSED_AT.run(conn, {"session": fact.session, **closing})


def _resumed(conn: Connection, _stored: StoredFact, read: ReadFact, _: Personal) -> None:
    fact = _as(read.fact, SessionResumed)
    _IS_HERE.run(conn, {"session": fact.session, "elsewhere": 0})


def _not_held(conn: Connection, stored: StoredFact, read: ReadFact, personal: Personal) -> None:
    fact = _as(read.fact, SessionNotHeld)
    ended = {"closed_ms": read.instant.wall_ms, "not_held_reason": fact.reason}
    _NOT_HELD.run(conn, {"session": fact.session, "step": Step.NOT_HELD, **ended})
    if personal.note:
        _add_note(conn, stored, fact.session, personal.note)


def _marked(conn: Connection, stored: StoredFact, read: ReadFact, personal: Personal) -> None:
    fact = _as(read.fact, AttendanceMarked)
    place: dict[str, object] = {"session": fact.session, "person": fact.person}
    void = _VOID_OF.one(conn, {"target": stored.hash})
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
            "voided_by": None if void is None else void.by,
        },
    )
    if fact.standpoint is Standpoint.VISITOR and _LISTED.one(conn, place) is None:
        visitor = {"standpoint": Standpoint.VISITOR, "left_out": None}
        _ADD_LISTED.run(conn, place | visitor)
    _settle(conn, fact.session, fact.person)


def _voided(conn: Connection, stored: StoredFact, read: ReadFact, _: Personal) -> None:
    fact = _as(read.fact, AttendanceVoided)
    target = bytes.fromhex(fact.target)
    _ADD_VOID.run(conn, {"target": target, "by": stored.hash})
    _VOID_MARK.run(conn, {"target": target, "voided_by": stored.hash})
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
    admitted = {
        "person": fact.person,
        "session": fact.session,
        "name": personal.name,
        "phone_tail": personal.phone_tail,
        "home": personal.home,
        "seq": stored.seq,
    }
    _ADD_VISITOR.run(conn, admitted)


def _play_started(conn: Connection, stored: StoredFact, read: ReadFact, _: Personal) -> None:
    fact = _as(read.fact, PlaybackStarted)
    started = {
        "id": fact.play,
        "seq": stored.seq,
        "session": fact.session,
        "course": fact.course,
        "video": fact.video,
        "from_ms": fact.from_ms,
        "duration_ms": fact.duration_ms,
        "started_ms": read.instant.wall_ms,
        "position_ms": fact.from_ms,
        "shown": "[]",
    }
    _PLAY_STARTED.run(conn, started)


def _play_ended(conn: Connection, stored: StoredFact, read: ReadFact, _: Personal) -> None:
    """Its start may be lost, or may yet come: then the end stands alone and belongs to no session."""
    fact = _as(read.fact, PlaybackEnded)
    ended = {
        "id": fact.play,
        "seq": stored.seq,
        "course": "",
        "video": "",
        "from_ms": 0,
        "duration_ms": 0,
        "started_ms": read.instant.wall_ms,
        "outcome": fact.outcome,
        "position_ms": fact.position_ms,
        "shown": json.dumps(fact.shown),
    }
    _PLAY_ENDED.run(conn, ended)
    _NO_BOOKMARK.run(conn, {"play": fact.play})


def _noted(conn: Connection, stored: StoredFact, read: ReadFact, personal: Personal) -> None:
    _add_note(conn, stored, _as(read.fact, DiscussionNoted).session, personal.note)


def _add_note(conn: Connection, stored: StoredFact, session: str, text: str) -> None:
    _ADD_NOTE.run(conn, {"seq": stored.seq, "session": session, "text": text})


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
    SessionResumed: _resumed,
    SessionNotHeld: _not_held,
    AttendanceMarked: _marked,
    AttendanceVoided: _voided,
    VisitorAdmitted: _visitor,
    PlaybackStarted: _play_started,
    PlaybackEnded: _play_ended,
    DiscussionNoted: _noted,
}
