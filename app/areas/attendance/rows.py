"""Questions about who has come: cards, marks, counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select

from app.areas.attendance.facts import AttendanceMarked
from app.areas.attendance.marks import Lane, Mark, RosterStatus, Status
from app.areas.attendance.views import PersonCard, Undoable
from app.areas.people.person import Person, StandingKind, as_then
from app.areas.people.rows import PeopleRows, unknown_person
from app.areas.sessions.closing import witnessed
from app.areas.sessions.rows import SessionRows
from app.areas.sessions.session import Step
from app.domain.errors import NotFound
from app.domain.ids import FactHash, PersonId, SessionId
from app.domain.personal import LeaveKind
from app.store.prepared import Prepared
from app.store.projected_tables import (
    attendance,
    marks,
    session_people,
    sessions,
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
    visitors.c.name.label("visitor_name"),
    visitors.c.phone_tail.label("visitor_tail"),
    visitors.c.home,
    attendance.c.status,
    marks.c.status.label("said_status"),
    marks.c.at_ms,
    marks.c.said_ms,
    marks.c.time_source,
    marks.c.lane,
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
    .outerjoin(marks, marks.c.seq == attendance.c.mark)
)


_ENDED = (Step.CLOSED.value, Step.NOT_HELD.value)


_CARDS_OF = Prepared(_CARDS.where(session_people.c.session == bindparam("of")))


_CARD_OF = Prepared(
    _CARDS.add_columns(sessions.c.step, sessions.c.opened_ms)
    .join(sessions, sessions.c.id == session_people.c.session)
    .where(session_people.c.session == bindparam("of"), session_people.c.person == bindparam("who"))
)


_STANDPOINT = Prepared(
    select(session_people.c.standpoint).where(
        session_people.c.session == bindparam("of"), session_people.c.person == bindparam("who")
    )
)


_UNDOABLE = Prepared(
    select(
        marks.c.hash,
        marks.c.person,
        func.coalesce(attendance.c.status, marks.c.status).label("status"),
        func.coalesce(people.c.name, func.nullif(visitors.c.name, "")).label("name"),
        sessions.c.step,
    )
    .select_from(
        marks.outerjoin(sessions, sessions.c.id == marks.c.session)
        .outerjoin(people, people.c.id == marks.c.person)
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
        .join(facts, facts.c.seq == marks.c.seq)
        .join(segments, segments.c.no == facts.c.segment_no)
    )
    .where(marks.c.session == bindparam("of"), marks.c.voided_by.is_(None))
    .order_by(segments.c.ordinal.desc(), segments.c.id.desc(), facts.c.n.desc())
    .limit(1)
)


_TALLY = Prepared(
    select(
        sessions.c.step,
        session_people.c.standpoint,
        attendance.c.status,
        func.count(session_people.c.person).label("people"),
    )
    .select_from(
        sessions.outerjoin(session_people, session_people.c.session == sessions.c.id).outerjoin(
            attendance,
            and_(
                attendance.c.session == session_people.c.session,
                attendance.c.person == session_people.c.person,
            ),
        )
    )
    .where(sessions.c.id == bindparam("of"))
    .group_by(session_people.c.standpoint, attendance.c.status)
)


_WITNESSES = Prepared(
    select(facts.c.bytes)
    .join(marks, marks.c.seq == facts.c.seq)
    .join(segments, segments.c.no == facts.c.segment_no)
    .where(marks.c.session == bindparam("of"), marks.c.voided_by.is_(None))
    .order_by(segments.c.ordinal, segments.c.id, facts.c.n)
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


class AttendanceRows(PeopleRows, SessionRows):
    """The part of a reading that looks at marks and cards."""

    def cards(self, session: SessionId) -> tuple[PersonCard, ...]:
        """Everyone of a session: listed people by name, then visitors in order of arrival."""
        rows = _CARDS_OF.all(self.conn, {"of": session})
        branches = self.branch_names()
        of = self.step_of(session)
        listed = [row for row in rows if row.standpoint != RosterStatus.VISITOR]
        guests = [row for row in rows if row.standpoint == RosterStatus.VISITOR and row.status]
        cards = [self._card(row, branches, of) for row in listed]
        cards.sort(key=lambda card: (card.name, card.id))
        guests.sort(key=lambda row: (row.at_ms, row.person))
        return (*cards, *(self._card(row, branches, of) for row in guests))

    def card(self, session: SessionId, person: PersonId) -> PersonCard | None:
        """One person as a session sees them; None if the station doesn't know them."""
        row = _CARD_OF.one(self.conn, {"of": session, "who": person})
        branches = self.branch_names()
        if row is not None:
            return self._card(row, branches, row)
        known = self.person(person)
        if known is None:
            return None
        return card_of(known, self._branch_of(known, branches), RosterStatus.VISITOR, None, None)

    def marks(self, session: SessionId, person: PersonId) -> tuple[Mark, ...]:
        """Un-voided marks in journal order."""
        return tuple(mark_of(row) for row in standing_marks(self.conn, session, person))

    def mark(self, mark: FactHash) -> tuple[SessionId, Mark] | None:
        """One un-voided mark and its session."""
        try:
            named = bytes.fromhex(mark)
        except ValueError:
            return None
        row = self.conn.execute(
            select(marks).where(marks.c.hash == named, marks.c.voided_by.is_(None))
        ).one_or_none()
        return None if row is None else (SessionId(row.session), mark_of(row))

    def undoable(self, session: SessionId) -> Undoable | None:
        """The newest un-voided mark of a session."""
        row = _UNDOABLE.one(self.conn, {"of": session})
        if row is None:
            return None
        card = self.card(session, PersonId(row.person)) if row.step in _ENDED else None
        return Undoable(
            mark=FactHash(row.hash.hex()),
            name=str(row.name or row.person) if card is None else card.name,
            status=Status(row.status),
        )

    def standpoint(self, session: SessionId, person: PersonId) -> RosterStatus | None:
        """A person's relation to a session's frozen list, None when not in it."""
        row = _STANDPOINT.one(self.conn, {"of": session, "who": person})
        return None if row is None else RosterStatus(row.standpoint)

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
        closed = self.step_of(session).step == Step.CLOSED
        return tuple(
            (PersonId(row.person), RosterStatus(row.standpoint), _status(row, closed))
            for row in rows
        )

    def tally(self, session: SessionId) -> tuple[tuple[RosterStatus, Status | None, int], ...]:
        """How many people stand at each (standpoint, status); absent filled in when closed."""
        rows = _TALLY.all(self.conn, {"of": session})
        if not rows:
            raise NotFound("refusal.no_session")
        return tuple(
            (RosterStatus(row.standpoint), _status(row, row.step == Step.CLOSED), row.people)
            for row in rows
            if row.standpoint is not None
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

    def _card(self, row: Any, branches: dict[str, str], of: Any) -> PersonCard:
        """``of`` has the session's step and opening; one that is over names people as they were."""
        person = self._person_of_row(row)
        if of.step in _ENDED:
            person = as_then(person, of.opened_ms)
        branch = self._branch_of(person, branches)
        card = card_of(person, branch, RosterStatus(row.standpoint), row.left_out, row)
        return replace(card, status=_status(row, of.step == Step.CLOSED))

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


def _status(row: Any, closed: bool) -> Status | None:
    if row.status is not None:
        return Status(row.status)
    if closed and row.standpoint == RosterStatus.EXPECTED:
        return Status.ABSENT
    return None


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
