"""Questions about who has come: cards, marks, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select

from app.areas.attendance.facts import AttendanceMarked
from app.areas.attendance.marks import Capacity, Lane, Mark, RosterStatus, Status
from app.areas.attendance.views import PersonCard, Undoable
from app.areas.people.person import Person, StandingKind, as_then
from app.areas.people.rows import PeopleRows, unknown_person
from app.areas.sessions.closing import witnessed
from app.areas.sessions.rows import SessionRows
from app.areas.sessions.session import Session, Step
from app.domain.ids import (
    FactHash,
    PersonId,
    SessionId,
)
from app.domain.personal import LeaveKind
from app.names.order import group_order, spelled_of
from app.store.cache import StoreCache
from app.store.prepared import Prepared
from app.store.projected_tables import (
    attendance,
    marks,
    session_people,
    visitors,
)
from app.store.tables import (
    facts,
    people,
    segments,
)
from app.wire.fact_bytes import read_fact

_LISTED = session_people.outerjoin(
    attendance,
    and_(
        attendance.c.session == session_people.c.session,
        attendance.c.person == session_people.c.person,
    ),
)


_CARDS = select(
    session_people.c.person,
    session_people.c.standpoint,
    session_people.c.left_out,
    people.c.body,
    people.c.spellings,
    visitors.c.name.label("visitor_name"),
    visitors.c.phone_tail.label("visitor_tail"),
    visitors.c.home,
    attendance.c.status,
    marks.c.status.label("said_status"),
    marks.c.at_ms,
    marks.c.said_ms,
    marks.c.time_source,
    marks.c.lane,
    marks.c.capacity,
    marks.c.by,
    marks.c.hash,
    marks.c.seq,
).select_from(
    _LISTED.outerjoin(people, people.c.id == session_people.c.person)
    .outerjoin(
        visitors,
        and_(
            visitors.c.session == session_people.c.session,
            visitors.c.person == session_people.c.person,
        ),
    )
    .outerjoin(
        marks,
        and_(
            marks.c.session == attendance.c.session,
            marks.c.person == attendance.c.person,
            marks.c.seq == attendance.c.mark,
        ),
    )
)


_ENDED = (Step.CLOSED.value, Step.NOT_HELD.value)


_CARDS_OF = Prepared(_CARDS.where(session_people.c.session == bindparam("of")))


_CARD_OF = Prepared(
    _CARDS.where(
        session_people.c.session == bindparam("of"), session_people.c.person == bindparam("who")
    )
)


_STANDPOINT = Prepared(
    select(session_people.c.standpoint).where(
        session_people.c.session == bindparam("of"), session_people.c.person == bindparam("who")
    )
)


MARKS_IN_LINE = marks.join(facts, facts.c.seq == marks.c.seq + 0).join(
    segments, segments.c.no == facts.c.segment_no
)


IN_LINE = (segments.c.ordinal, segments.c.id, facts.c.n)


_MARK = Prepared(
    select(marks).where(
        marks.c.session == bindparam("of"),
        marks.c.hash == bindparam("named"),
        marks.c.voided_by.is_(None),
    )
)


_UNDOABLE = Prepared(
    select(
        marks.c.hash,
        marks.c.person,
        func.coalesce(attendance.c.status, marks.c.status).label("status"),
        func.coalesce(people.c.name, func.nullif(visitors.c.name, "")).label("name"),
    )
    .select_from(
        MARKS_IN_LINE.outerjoin(people, people.c.id == marks.c.person)
        .outerjoin(
            visitors,
            and_(visitors.c.session == marks.c.session, visitors.c.person == marks.c.person),
        )
        .outerjoin(
            attendance,
            and_(
                attendance.c.session == marks.c.session,
                attendance.c.person == marks.c.person,
                attendance.c.mark == marks.c.seq,
            ),
        )
    )
    .where(marks.c.session == bindparam("of"), marks.c.voided_by.is_(None))
    .order_by(*(one.desc() for one in IN_LINE))
    .limit(1)
)


_WITNESSES = Prepared(
    select(facts.c.bytes)
    .select_from(MARKS_IN_LINE)
    .where(marks.c.session == bindparam("of"), marks.c.voided_by.is_(None))
    .order_by(*IN_LINE)
)


_STANDING_MARKS = Prepared(
    select(marks)
    .select_from(MARKS_IN_LINE)
    .where(
        marks.c.session == bindparam("session"),
        marks.c.person == bindparam("person"),
        marks.c.voided_by.is_(None),
    )
    .order_by(*IN_LINE)
)


class AttendanceRows(PeopleRows, SessionRows):
    """The part of a reading that looks at marks and cards."""

    def __init__(self, conn: Connection, cache: StoreCache | None = None) -> None:
        super().__init__(conn, cache)
        self._standing: dict[tuple[str, str], list[Any]] = {}
        self._standpoints: dict[tuple[str, str], RosterStatus | None] = {}

    def forget_standing(self) -> None:
        """What was asked of marks is asked anew: one was written."""
        self._standing.clear()
        self._standpoints.clear()

    def cards(self, session: SessionId) -> tuple[PersonCard, ...]:
        """Everyone of a session: listed people by group and sound, then visitors as they came."""
        rows = _CARDS_OF.all(self.conn, {"of": session})
        branches = self.branch_names()
        of = self.session(session)
        listed = [row for row in rows if row.standpoint != RosterStatus.VISITOR]
        guests = [row for row in rows if row.standpoint == RosterStatus.VISITOR and row.status]
        cards = [self._card(row, branches, of) for row in listed]
        cards.sort(key=_in_order)
        guests.sort(key=lambda row: (row.at_ms, row.person))
        return (*cards, *(self._card(row, branches, of) for row in guests))

    def card(self, session: SessionId, person: PersonId) -> PersonCard | None:
        """One person as a session sees them; None if the station doesn't know them."""
        row = _CARD_OF.one(self.conn, {"of": session, "who": person})
        branches = self.branch_names()
        if row is not None:
            return self._card(row, branches, self.session(session))
        known = self.person(person)
        if known is None:
            return None
        return card_of(known, self._branch_of(known, branches), RosterStatus.VISITOR, None, None)

    def marks(self, session: SessionId, person: PersonId) -> tuple[Mark, ...]:
        """Un-voided marks in journal order."""
        return tuple(mark_of(row) for row in self.standing(session, person))

    def standing(self, session: str, person: str) -> list[Any]:
        """Rows of somebody's marks that are not voided, in the order of the line."""
        place = (session, person)
        if place not in self._standing:
            self._standing[place] = standing_marks(self.conn, session, person)
        return self._standing[place]

    def mark(self, session: SessionId, mark: FactHash) -> Mark | None:
        """One un-voided mark of a session."""
        try:
            named = bytes.fromhex(mark)
        except ValueError:
            return None
        row = _MARK.one(self.conn, {"of": session, "named": named})
        return None if row is None else mark_of(row)

    def undoable(self, session: SessionId) -> Undoable | None:
        """The newest un-voided mark of a session."""
        row = _UNDOABLE.one(self.conn, {"of": session})
        if row is None:
            return None
        over = self.session(session).step in _ENDED
        card = self.card(session, PersonId(row.person)) if over else None
        return Undoable(
            mark=FactHash(row.hash.hex()),
            name=str(row.name or row.person) if card is None else card.name,
            status=Status(row.status),
        )

    def standpoint(self, session: SessionId, person: PersonId) -> RosterStatus | None:
        """A person's relation to a session's frozen list, None when not in it."""
        place = (session, person)
        if place not in self._standpoints:
            row = _STANDPOINT.one(self.conn, {"of": session, "who": person})
            self._standpoints[place] = None if row is None else RosterStatus(row.standpoint)
        return self._standpoints[place]

    def statuses(
        self, session: SessionId
    ) -> tuple[tuple[PersonId, RosterStatus, Status | None], ...]:
        """(person, standpoint, status) of everyone of a session; absent filled in when closed."""
        rows = self.conn.execute(
            select(
                session_people.c.person,
                session_people.c.standpoint,
                attendance.c.status,
            )
            .select_from(_LISTED)
            .where(session_people.c.session == session)
        )
        closed = self.session(session).step is Step.CLOSED
        stands = ((row, RosterStatus(row.standpoint)) for row in rows)
        return tuple(
            (PersonId(row.person), at, _status(at, row.status and Status(row.status), closed))
            for row, at in stands
        )

    def tally(self, session: SessionId) -> tuple[tuple[RosterStatus, Status | None, int], ...]:
        """How many people stand at each (standpoint, status); absent filled in when closed."""
        kept = self._cached(session)
        closed = kept.session.step is Step.CLOSED
        return tuple(
            (standpoint, _status(standpoint, status, closed), people)
            for (standpoint, status), people in self.cache.tally(self.conn, kept).items()
        )

    def witnessed(self, session: SessionId) -> dict[str, Status]:
        """What the screen said of whom, by the marks that were not taken back."""
        rows = _WITNESSES.all(self.conn, {"of": session})
        marked = (read_fact(bytes(row.bytes)).fact for row in rows)
        return witnessed(one for one in marked if isinstance(one, AttendanceMarked))

    def name_of(self, person: PersonId) -> str:
        """The name of anyone known here, visitors too; else the id."""
        known = self.person(person)
        if known is not None:
            return known.name
        row = self.conn.execute(
            select(visitors.c.name).where(visitors.c.person == person).limit(1)
        ).one_or_none()
        return str(person) if row is None or not row.name else str(row.name)

    def _card(self, row: Any, branches: dict[str, str], of: Session) -> PersonCard:
        """As a session sees somebody; one that is over names people as they were."""
        person = self._person_of_row(row)
        if of.step in _ENDED:
            late = of.activities.late
            person = as_then(person, of.opened_ms if late is None else late.held_from_ms)
        branch, at = self._branch_of(person, branches), RosterStatus(row.standpoint)
        card = card_of(person, branch, at, row.left_out, row)
        if card.status is None:
            return replace(card, status=_status(at, None, of.step is Step.CLOSED))
        return card

    def _person_of_row(self, row: Any) -> Person:
        if row.body is not None:
            return self.person_of_body(row.person, row.body)
        if row.visitor_name is not None:
            return Person(
                id=PersonId(row.person),
                name=row.visitor_name,
                kind=unknown_person("").kind,
                group=row.home,
                phone_tail=row.visitor_tail,
            )
        return unknown_person(row.person)

    def _branch_of(self, person: Person, branches: dict[str, str]) -> str:
        return next((branches[unit] for unit in person.units if unit in branches), "")


def _status(standpoint: RosterStatus, status: Status | None, closed: bool) -> Status | None:
    if status is None and closed and standpoint is RosterStatus.EXPECTED:
        return Status.ABSENT
    return status


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


def standing_marks(conn: Connection, session: str, person: str) -> list[Any]:
    """Rows of the marks of a slot that are not voided, in the order of the line of segments.

    That is the journal's order, whenever a fact came to be here.
    """
    return _STANDING_MARKS.all(conn, {"session": session, "person": person})


def standing_mark(values: Mapping[str, object]) -> Any:
    """A row as ``standing_marks`` gives it, of one that was just written."""
    return _STANDING_MARKS.as_row(values)


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
        capacity=None if row is None or row.capacity is None else Capacity(row.capacity),
        spelled="" if row is None else spelled_of(person.name, row.spellings or ""),
    )


def _said_status(row: Any) -> Status | None:
    """What the screen said, when it is not what holds now."""
    if row is None or row.status is None or row.said_status in (None, row.status):
        return None
    return Status(row.said_status)


def _in_order(card: PersonCard) -> tuple[object, ...]:
    return (group_order(card.group), card.spelled, card.name, card.id)
