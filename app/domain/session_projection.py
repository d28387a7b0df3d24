"""The projection of sessions: who was listed, marked and admitted, and how a session ended."""

from __future__ import annotations

import json
from collections.abc import Iterator

from app.domain.attendance import Standpoint
from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import Fact
from app.domain.facts import (
    AttendanceMarked,
    AttendanceVoided,
    DiscussionNoted,
    PlaybackStarted,
    SessionClosed,
    SessionMoved,
    SessionNotHeld,
    SessionOpened,
    SessionPrepared,
    SessionResumed,
    VisitorAdmitted,
)
from app.domain.inputs import Inputs
from app.domain.projections import Folded, Projection, Row, TableShape, number, raw, text
from app.domain.session_fold import fold_session
from app.domain.session_record import SessionRecord


def _keys(fact: Fact) -> tuple[str, ...]:
    named = getattr(fact, "session", None)
    return () if named is None else (str(named),)


def _session(record: SessionRecord) -> Row:
    report = record.report
    return {
        "plan": report.plan,
        "kind": report.kind,
        "title": report.title,
        "step": report.step.value,
        "units": json.dumps(report.units),
        "courses": json.dumps(report.courses),
        "planned_start_ms": report.planned_start_ms,
        "grace_minutes": report.grace_minutes,
        "prepared_ms": record.began_ms if report.prepared_ms is None else report.prepared_ms,
        "opened_ms": report.opened_ms,
        "opened_said_ms": report.opened_said_ms,
        "opened_time_source": report.opened_time_source,
        "closed_ms": report.closed_ms,
        "closed_said_ms": report.closed_said_ms,
        "closed_time_source": report.closed_time_source,
        "not_held_ms": report.not_held_ms,
        "not_held_reason": report.not_held_reason and report.not_held_reason.value,
        "not_held_note": report.not_held_note,
        "closing_hash": bytes.fromhex(record.closings[0]) if record.closings else None,
        "other_codes": json.dumps(report.other_codes),
        "elsewhere": int(record.is_elsewhere),
        "seq": record.first_arrival,
        "last_seq": record.last_arrival,
    }


def _listed(record: SessionRecord) -> Iterator[Row]:
    """Whoever stands on the frozen list, then whoever was marked without standing on it."""
    listed = set()
    for one in record.report.people:
        listed.add(one.person)
        yield _standing(one.person, one.standpoint, one.left_out)
    for person in dict.fromkeys(one.person for one in record.marks):
        if person not in listed:
            yield _standing(person, Standpoint.VISITOR, None)


def _standing(person: str, standpoint: Standpoint, left_out: str | None) -> Row:
    return {
        "person": person,
        "standpoint": standpoint.value,
        "left_out": None if left_out is None else str(left_out),
    }


def _marks(record: SessionRecord) -> Iterator[Row]:
    for one in record.marks:
        yield {
            "seq": one.arrival,
            "hash": bytes.fromhex(one.hash),
            "person": one.person,
            "status": one.status.value,
            "lane": one.lane.value,
            "by": one.by,
            "at_ms": one.at_ms,
            "said_ms": one.said_ms,
            "time_source": one.time_source,
            "claimed_ms": one.claimed_ms,
            "leave": None if one.leave is None else one.leave.value,
            "voided_by": None if one.voided_by is None else bytes.fromhex(one.voided_by),
        }


def _in_force(record: SessionRecord) -> Iterator[Row]:
    """Who stands how by the mark in force; the mark itself keeps what the screen said."""
    status = {one.person: one.status for one in record.report.people}
    for one in record.marks:
        if one.is_in_force:
            holds = status[one.person] or one.status
            yield {
                "person": one.person,
                "mark": one.arrival,
                "status": holds.value,
            }


def _visitors(record: SessionRecord) -> Iterator[Row]:
    for one in record.visitors:
        yield {
            "person": one.person,
            "name": one.name,
            "phone_tail": one.phone_tail,
            "home": one.home,
            "seq": one.arrival,
        }


def _notes(record: SessionRecord) -> Iterator[Row]:
    for place, one in enumerate(record.notes):
        yield {"seq": one.arrival, "place": place, "text": one.text}


def _fold(session: str, facts: tuple[DecodedFact, ...], inputs: Inputs) -> Folded:
    record = fold_session(session, facts, inputs)
    rows = {
        "sessions": (_session(record),),
        "session_people": tuple(_listed(record)),
        "marks": tuple(_marks(record)),
        "attendance": tuple(_in_force(record)),
        "visitors": tuple(_visitors(record)),
        "notes": tuple(_notes(record)),
    }
    return Folded(rows, record.waiting)


SESSIONS_TABLE = TableShape(
    name="sessions",
    columns=(
        text("id"),
        text("plan", may_lack=True),
        text("kind"),
        text("title"),
        text("step"),
        text("units"),
        text("courses"),
        number("planned_start_ms", may_lack=True),
        number("grace_minutes"),
        number("prepared_ms"),
        number("opened_ms", may_lack=True),
        number("opened_said_ms", may_lack=True),
        text("opened_time_source"),
        number("closed_ms", may_lack=True),
        number("closed_said_ms", may_lack=True),
        text("closed_time_source"),
        number("not_held_ms", may_lack=True),
        text("not_held_reason", may_lack=True),
        text("not_held_note"),
        raw("closing_hash", may_lack=True),
        text("other_codes"),
        number("elsewhere"),
        number("seq"),
        number("last_seq"),
    ),
)
SESSION_PEOPLE_TABLE = TableShape(
    name="session_people",
    columns=(text("session"), text("person"), text("standpoint"), text("left_out", may_lack=True)),
    also=("person",),
)
MARKS_TABLE = TableShape(
    name="marks",
    columns=(
        text("session"),
        number("seq"),
        raw("hash"),
        text("person"),
        text("status"),
        text("lane"),
        text("by"),
        number("at_ms"),
        number("said_ms"),
        text("time_source"),
        number("claimed_ms", may_lack=True),
        text("leave", may_lack=True),
        raw("voided_by", may_lack=True),
    ),
    also=("seq",),
    indexes=(("hash",), ("session", "person")),
)
ATTENDANCE_TABLE = TableShape(
    name="attendance",
    columns=(text("session"), text("person"), number("mark"), text("status")),
    also=("person",),
)
VISITORS_TABLE = TableShape(
    name="visitors",
    columns=(
        text("session"),
        text("person"),
        text("name"),
        text("phone_tail"),
        text("home"),
        number("seq"),
    ),
    also=("person",),
    indexes=(("person",),),
)
NOTES_TABLE = TableShape(
    name="notes",
    columns=(text("session"), number("seq"), number("place"), text("text")),
    also=("seq",),
)

SESSIONS = Projection(
    name="sessions",
    version=1,
    kinds=(
        SessionPrepared,
        SessionOpened,
        SessionMoved,
        SessionClosed,
        SessionNotHeld,
        SessionResumed,
        AttendanceMarked,
        AttendanceVoided,
        VisitorAdmitted,
        PlaybackStarted,
        DiscussionNoted,
    ),
    keys=_keys,
    fold=_fold,
    tables=(
        SESSIONS_TABLE,
        SESSION_PEOPLE_TABLE,
        MARKS_TABLE,
        ATTENDANCE_TABLE,
        VISITORS_TABLE,
        NOTES_TABLE,
    ),
)
