"""Database rows → frozen domain values. Nothing of SQLAlchemy goes further than here."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, bindparam, select

from app.areas.attendance.marks import Lane, Mark, RosterStatus, Status
from app.areas.attendance.views import PersonCard
from app.areas.people.person import Person, PersonKind, StandingKind
from app.areas.playback.plays import Interval, PlayOutcome, coverage_percent
from app.areas.playback.views import PlayView
from app.areas.sessions.session import NotHeldReason, Session, Step
from app.domain.ids import (
    CourseId,
    FactHash,
    OrgUnitId,
    PersonId,
    PlanId,
    PlayId,
    SessionId,
)
from app.domain.personal import LeaveKind
from app.store.prepared import Prepared
from app.store.projected_tables import marks
from app.store.tables import facts, segments


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


def mark_of(row: Any) -> Mark:
    """One row of ``marks``."""
    return Mark(
        id=FactHash(row.hash.hex()),
        person=PersonId(row.person),
        status=Status(row.status),
        lane=Lane(row.lane),
        by=row.by,
        at_ms=row.at_ms,
        leave=None if row.leave is None else LeaveKind(row.leave),
    )


_STANDING_MARKS = Prepared(
    select(marks)
    .join(facts, facts.c.seq == marks.c.seq)
    .join(segments, segments.c.no == facts.c.segment_no)
    .where(
        marks.c.session == bindparam("session"),
        marks.c.person == bindparam("person"),
        marks.c.voided_by.is_(None),
    )
    .order_by(segments.c.ordinal, segments.c.id, facts.c.n)
)


def standing_marks(conn: Connection, session: str, person: str) -> list[Any]:
    """Rows of the marks of a slot that are not voided, in the order of the line of segments.

    That is the journal's order, whenever a fact came to be here.
    """
    return _STANDING_MARKS.all(conn, {"session": session, "person": person})


def intervals_of(text: str) -> tuple[Interval, ...]:
    """The stretches kept as JSON pairs."""
    return tuple(Interval(start, end) for start, end in json.loads(text))


def intervals_text(intervals: tuple[Interval, ...]) -> str:
    """Stretches as JSON pairs."""
    return json.dumps([[one.start_ms, one.end_ms] for one in intervals])


def play_of(row: Any, title: str) -> PlayView:
    """One row of ``plays`` joined with its bookmark (``marked_ms``, ``marked_shown``)."""
    kept = row.shown if row.outcome is not None or row.marked_shown is None else row.marked_shown
    shown = intervals_of(kept)
    position = (
        row.position_ms if row.outcome is not None or row.marked_ms is None else row.marked_ms
    )
    return PlayView(
        id=PlayId(row.id),
        course=CourseId(row.course),
        title=title,
        started_ms=row.started_ms,
        said_ms=row.said_ms,
        time_source=row.time_source or "clock",
        position_ms=position,
        duration_ms=row.duration_ms,
        coverage_percent=coverage_percent(shown, row.duration_ms),
        outcome=None if row.outcome is None else PlayOutcome(row.outcome),
        shown=shown,
    )


def card_of(
    person: Person, branch: str, standpoint: RosterStatus, left_out: str | None, row: Any
) -> PersonCard:
    """A person's card; ``row`` has the mark in force (status, at_ms, lane, by, hash) or None."""
    return PersonCard(
        id=person.id,
        name=person.name,
        kind=person.kind,
        group=person.group,
        branch=branch,
        birth_year=person.birth_year,
        phone_tail=person.phone_tail,
        card_no=person.card_no,
        standpoint=standpoint,
        left_out=None if left_out is None else StandingKind(left_out),
        status=None if row is None or row.status is None else Status(row.status),
        at_ms=None if row is None else row.at_ms,
        lane=None if row is None or row.lane is None else Lane(row.lane),
        by="" if row is None else row.by or "",
        mark=None if row is None or row.hash is None else FactHash(row.hash.hex()),
        said_ms=None if row is None else row.said_ms,
        time_source="clock" if row is None else row.time_source or "clock",
        said_status=_said_status(row),
    )


def _said_status(row: Any) -> Status | None:
    """What the screen said, when it is not what holds now."""
    if row is None or row.status is None or row.said_status in (None, row.status):
        return None
    return Status(row.said_status)


def unknown_person(person: str, name: str = "") -> Person:
    """Stand-in for someone whose roster row is gone; the record still names the id."""
    return Person(id=PersonId(person), name=name or person, kind=PersonKind.VILLAGER, active=False)
