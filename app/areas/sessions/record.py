"""The projection of sessions: who was listed, marked and admitted, and how a session ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from app.areas.attendance.facts import AttendanceMarked, AttendanceVoided, VisitorAdmitted
from app.areas.attendance.marks import RosterStatus
from app.areas.discussion.facts import DiscussionNoted
from app.areas.hours.session_lines import session_lines
from app.areas.playback.facts import PlaybackStarted
from app.areas.running.facts import HintAnswered
from app.areas.sessions.facts import (
    ActivityTakenBack,
    AgendaTicked,
    HeadsCounted,
    LectureGiven,
    SessionClosed,
    SessionEnteredLate,
    SessionMoved,
    SessionNotHeld,
    SessionOpened,
    SessionPrepared,
    SessionReopened,
    SessionResumed,
    StopReached,
    VisitMade,
)
from app.areas.sessions.fold import fold_session
from app.areas.sessions.report import SessionRecord
from app.domain.fact_kinds import Fact
from app.domain.projections import Projection, Row, TableShape, number, raw, text


def _keys(fact: Fact) -> tuple[str, ...]:
    named = getattr(fact, "session", None)
    return () if named is None else (str(named),)


def _session(record: SessionRecord) -> Iterator[Row]:
    report, opened, late = record.report, record.opened_clock, record.report.activities.late
    yield {
        "id": report.session,
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
        "opened_boot": "" if opened is None else opened.boot,
        "opened_offset_ms": 0 if opened is None else opened.offset_ms,
        "closed_ms": report.closed_ms,
        "closed_said_ms": report.closed_said_ms,
        "closed_time_source": report.closed_time_source,
        "not_held_ms": report.not_held_ms,
        "not_held_reason": report.not_held_reason and report.not_held_reason.value,
        "not_held_note": report.not_held_note,
        "closing_hash": record.closing and bytes.fromhex(record.closing),
        "other_codes": json.dumps(report.other_codes),
        "elsewhere": int(record.is_elsewhere),
        "place": record.place,
        "held_at": report.place,
        "training_class": report.training_class,
        "campaign": report.campaign,
        "route": report.route,
        "lecturers": json.dumps(report.lecturers),
        "hosts": json.dumps(report.hosts),
        "agenda": json.dumps(report.agenda),
        "ticks": json.dumps(report.ticks),
        "activities": json.dumps(asdict(report.activities), ensure_ascii=False),
        "held_from_ms": None if late is None else late.held_from_ms,
        "held_to_ms": None if late is None else late.held_to_ms,
        "last_seq": record.last_arrival,
    }


def _listed(record: SessionRecord) -> Iterator[Row]:
    """Whoever stands on the frozen list, then whoever was marked without standing on it."""
    session = record.report.session
    listed = set()
    for one in record.report.people:
        listed.add(one.person)
        yield _standing(session, one.person, one.standpoint, one.left_out)
    for person in dict.fromkeys(one.person for one in record.marks):
        if person not in listed:
            yield _standing(session, person, RosterStatus.VISITOR, None)


def _standing(session: str, person: str, standpoint: RosterStatus, left_out: str | None) -> Row:
    return {
        "session": session,
        "person": person,
        "standpoint": standpoint.value,
        "left_out": None if left_out is None else str(left_out),
    }


def _marks(record: SessionRecord) -> Iterator[Row]:
    for one in record.marks:
        yield {
            "seq": one.arrival,
            "hash": bytes.fromhex(one.hash),
            "session": record.report.session,
            "person": one.person,
            "status": one.status.value,
            "lane": one.lane.value,
            "by": one.by,
            "at_ms": one.at_ms,
            "said_ms": one.said_ms,
            "time_source": one.time_source,
            "claimed_ms": one.claimed_ms,
            "capacity": one.capacity and one.capacity.value,
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
                "session": record.report.session,
                "person": one.person,
                "mark": one.arrival,
                "status": holds.value,
            }


def _visitors(record: SessionRecord) -> Iterator[Row]:
    for one in record.visitors:
        yield {
            "session": record.report.session,
            "person": one.person,
            "name": one.name,
            "phone_tail": one.phone_tail,
            "home": one.home,
            "seq": one.arrival,
        }


def _notes(record: SessionRecord) -> Iterator[Row]:
    for place, one in enumerate(record.notes):
        session = record.report.session
        yield {"seq": one.arrival, "session": session, "place": place, "text": one.text}


def _lines(record: SessionRecord) -> Iterator[Row]:
    """What the ledgers add up; the rest of a line stands in its session's row."""
    for one in session_lines(record.report, ""):
        yield {
            "session": one.session,
            "person": one.person,
            "day": one.day,
            "status": one.status,
            "standpoint": one.standpoint,
            "left_out": one.left_out,
            "from_ms": one.from_ms,
            "to_ms": one.to_ms,
            "minutes": one.minutes,
            "lessons": one.lessons,
            "late_of": one.late_of,
        }


SESSIONS_TABLE: TableShape[SessionRecord] = TableShape(
    name="sessions",
    owner="id",
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
        text("opened_boot"),
        number("opened_offset_ms"),
        number("closed_ms", may_lack=True),
        number("closed_said_ms", may_lack=True),
        text("closed_time_source"),
        number("not_held_ms", may_lack=True),
        text("not_held_reason", may_lack=True),
        text("not_held_note"),
        raw("closing_hash", may_lack=True),
        text("other_codes"),
        number("elsewhere"),
        text("place"),
        text("held_at"),
        text("training_class"),
        text("campaign"),
        text("route"),
        text("lecturers"),
        text("hosts"),
        text("agenda"),
        text("ticks"),
        text("activities"),
        number("held_from_ms", may_lack=True),
        number("held_to_ms", may_lack=True),
        number("last_seq"),
    ),
    primary=("id",),
    rows=_session,
)
SESSION_PEOPLE_TABLE: TableShape[SessionRecord] = TableShape(
    name="session_people",
    owner="session",
    columns=(text("session"), text("person"), text("standpoint"), text("left_out", may_lack=True)),
    primary=("session", "person"),
    rows=_listed,
)
MARKS_TABLE: TableShape[SessionRecord] = TableShape(
    name="marks",
    owner="session",
    columns=(
        number("seq"),
        raw("hash"),
        text("session"),
        text("person"),
        text("status"),
        text("lane"),
        text("by"),
        number("at_ms"),
        number("said_ms"),
        text("time_source"),
        number("claimed_ms", may_lack=True),
        text("capacity", may_lack=True),
        text("leave", may_lack=True),
        raw("voided_by", may_lack=True),
    ),
    primary=("session", "person", "seq"),
    rows=_marks,
)
ATTENDANCE_TABLE: TableShape[SessionRecord] = TableShape(
    name="attendance",
    owner="session",
    columns=(text("session"), text("person"), number("mark"), text("status")),
    primary=("session", "person"),
    rows=_in_force,
)
VISITORS_TABLE: TableShape[SessionRecord] = TableShape(
    name="visitors",
    owner="session",
    columns=(
        text("session"),
        text("person"),
        text("name"),
        text("phone_tail"),
        text("home"),
        number("seq"),
    ),
    primary=("session", "person"),
    rows=_visitors,
    indexes=(("person",),),
)
NOTES_TABLE: TableShape[SessionRecord] = TableShape(
    name="notes",
    owner="session",
    columns=(number("seq"), text("session"), number("place"), text("text")),
    primary=("seq",),
    rows=_notes,
    indexes=(("session",),),
)
SESSION_LINES_TABLE: TableShape[SessionRecord] = TableShape(
    name="session_lines",
    owner="session",
    columns=(
        text("session"),
        text("person"),
        text("day"),
        text("status"),
        text("standpoint"),
        text("left_out"),
        number("from_ms"),
        number("to_ms"),
        number("minutes"),
        number("lessons"),
        text("late_of"),
    ),
    primary=("session", "person"),
    rows=_lines,
    indexes=(("person", "day"), ("day",)),
)

SESSIONS: Projection[SessionRecord] = Projection(
    name="sessions",
    version=4,
    kinds=(
        SessionPrepared,
        SessionOpened,
        SessionMoved,
        SessionClosed,
        SessionNotHeld,
        SessionReopened,
        SessionResumed,
        AttendanceMarked,
        AttendanceVoided,
        VisitorAdmitted,
        PlaybackStarted,
        DiscussionNoted,
        SessionEnteredLate,
        AgendaTicked,
        StopReached,
        LectureGiven,
        HeadsCounted,
        VisitMade,
        ActivityTakenBack,
        HintAnswered,
    ),
    keys=_keys,
    fold=fold_session,
    tables=(
        SESSIONS_TABLE,
        SESSION_PEOPLE_TABLE,
        MARKS_TABLE,
        ATTENDANCE_TABLE,
        VISITORS_TABLE,
        NOTES_TABLE,
        SESSION_LINES_TABLE,
    ),
)

PROJECTIONS = (SESSIONS,)
