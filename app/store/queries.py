"""Questions to the store about sessions, marks and plays; all answers are frozen values."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select

from app.areas.attendance.facts import AttendanceMarked
from app.areas.attendance.marks import Mark, RosterStatus, Status
from app.areas.attendance.views import PersonCard, Undoable
from app.areas.people.person import Person, as_then
from app.areas.sessions.closing import witnessed
from app.areas.sessions.session import Session, Step
from app.domain.clock_correction import Moment, Sample, correct
from app.domain.errors import NotFound
from app.domain.ids import FactHash, PersonId, SessionId
from app.domain.policy import Policies
from app.domain.time import ClockGrade, Instant
from app.store.area_rows import AreaRows
from app.store.decided import policies_of
from app.store.line_clocks import samples_of
from app.store.outgoing import confirmed_counts, open_segments
from app.store.play_rows import PlayRows
from app.store.prepared import Prepared
from app.store.projected_tables import (
    attendance,
    marks,
    notes,
    session_people,
    sessions,
    visitors,
)
from app.store.rows import card_of, mark_of, session_of, standing_marks, unknown_person
from app.store.sending_rows import SendingRows
from app.store.tables import facts, gaps, people, segments, settings
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

# What every sign-in asks.
_SESSION = Prepared(select(sessions).where(sessions.c.id == bindparam("of")))
_RUNNING = Prepared(
    select(sessions)
    .where(
        *(sessions.c.step != one for one in _ENDED),
        sessions.c.elsewhere == bindparam("elsewhere"),
    )
    .order_by(sessions.c.seq.desc())
    .limit(1)
)
_NOTES = Prepared(
    select(notes.c.text).where(notes.c.session == bindparam("of")).order_by(notes.c.place)
)
_CLOSING = Prepared(
    select(sessions.c.closing_hash, sessions.c.other_codes).where(sessions.c.id == bindparam("of"))
)
_STEP = Prepared(
    select(sessions.c.step, sessions.c.opened_ms).where(sessions.c.id == bindparam("of"))
)
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
_SETTING = Prepared(select(settings.c.value).where(settings.c.name == bindparam("name")))


class StoreReading(PlayRows, SendingRows, AreaRows):
    """Implements ``app.ports.store.Reading`` on one connection.

    ``held`` is how many facts are held in all, if that is known: then nobody counts them.
    """

    def __init__(self, conn: Connection, held: int | None = None) -> None:
        super().__init__(conn)
        self._held_facts = held
        self._policies: Policies | None = None
        self._samples: dict[str, tuple[Sample, ...]] = {}

    def session(self, session: SessionId) -> Session:
        row = _SESSION.one(self.conn, {"of": session})
        if row is None:
            raise NotFound("refusal.no_session")
        return session_of(row)

    def open_session(self) -> Session | None:
        row = _RUNNING.one(self.conn, {"elsewhere": 0})
        return None if row is None else session_of(row)

    def elsewhere(self) -> Session | None:
        row = _RUNNING.one(self.conn, {"elsewhere": 1})
        return None if row is None else session_of(row)

    def closing_hash(self, session: SessionId) -> FactHash | None:
        row = _CLOSING.one(self.conn, {"of": session})
        return None if row is None or row.closing_hash is None else FactHash(row.closing_hash.hex())

    def other_codes(self, session: SessionId) -> tuple[str, ...]:
        row = _CLOSING.one(self.conn, {"of": session})
        return () if row is None or not row.other_codes else tuple(json.loads(row.other_codes))

    def moment(self, boot: str, now: Instant) -> Moment:
        if boot not in self._samples:
            self._samples[boot] = samples_of(self.conn, boot)
        unsure = now.grade is not ClockGrade.OK
        return correct(self._samples[boot], now.wall_ms, now.mono_ms, unsure=unsure)

    def gaps(self) -> int:
        lost = func.sum(gaps.c.before_n - gaps.c.after_n - 1)
        return int(self.conn.execute(select(lost)).scalar() or 0)

    def sessions(self, limit: int) -> tuple[Session, ...]:
        rows = self.conn.execute(select(sessions).order_by(sessions.c.seq.desc()).limit(limit))
        return tuple(session_of(row) for row in rows)

    def sessions_since(self, from_ms: int) -> tuple[Session, ...]:
        at_ms = func.coalesce(
            sessions.c.planned_start_ms, sessions.c.opened_ms, sessions.c.prepared_ms
        )
        query = select(sessions).where(at_ms >= from_ms).order_by(sessions.c.seq.desc())
        return tuple(session_of(row) for row in self.conn.execute(query))

    def cards(self, session: SessionId) -> tuple[PersonCard, ...]:
        rows = _CARDS_OF.all(self.conn, {"of": session})
        branches = self.branch_names()
        of = self._step_of(session)
        listed = [row for row in rows if row.standpoint != RosterStatus.VISITOR]
        guests = [row for row in rows if row.standpoint == RosterStatus.VISITOR and row.status]
        cards = [self._card(row, branches, of) for row in listed]
        cards.sort(key=lambda card: (card.name, card.id))
        guests.sort(key=lambda row: (row.at_ms, row.person))
        return (*cards, *(self._card(row, branches, of) for row in guests))

    def card(self, session: SessionId, person: PersonId) -> PersonCard | None:
        row = _CARD_OF.one(self.conn, {"of": session, "who": person})
        branches = self.branch_names()
        if row is not None:
            return self._card(row, branches, row)
        known = self.person(person)
        if known is None:
            return None
        return card_of(known, self._branch_of(known, branches), RosterStatus.VISITOR, None, None)

    def marks(self, session: SessionId, person: PersonId) -> tuple[Mark, ...]:
        return tuple(mark_of(row) for row in standing_marks(self.conn, session, person))

    def mark(self, mark: FactHash) -> tuple[SessionId, Mark] | None:
        try:
            named = bytes.fromhex(mark)
        except ValueError:
            return None
        row = self.conn.execute(
            select(marks).where(marks.c.hash == named, marks.c.voided_by.is_(None))
        ).one_or_none()
        return None if row is None else (SessionId(row.session), mark_of(row))

    def undoable(self, session: SessionId) -> Undoable | None:
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
        row = _STANDPOINT.one(self.conn, {"of": session, "who": person})
        return None if row is None else RosterStatus(row.standpoint)

    def statuses(
        self, session: SessionId
    ) -> tuple[tuple[PersonId, RosterStatus, Status | None], ...]:
        rows = self.conn.execute(
            select(
                session_people.c.person,
                session_people.c.standpoint,
                attendance.c.status,
            )
            .select_from(_LISTED)
            .where(session_people.c.session == session)
        )
        closed = self._step_of(session).step == Step.CLOSED
        return tuple(
            (PersonId(row.person), RosterStatus(row.standpoint), _status(row, closed))
            for row in rows
        )

    def tally(self, session: SessionId) -> tuple[tuple[RosterStatus, Status | None, int], ...]:
        rows = _TALLY.all(self.conn, {"of": session})
        if not rows:
            raise NotFound("refusal.no_session")
        return tuple(
            (RosterStatus(row.standpoint), _status(row, row.step == Step.CLOSED), row.people)
            for row in rows
            if row.standpoint is not None
        )

    def policies(self) -> Policies:
        if self._policies is None:
            self._policies = policies_of(self.conn)
        return self._policies

    def witnessed(self, session: SessionId) -> dict[str, Status]:
        rows = _WITNESSES.all(self.conn, {"of": session})
        marked = (read_fact(bytes(row.bytes)).fact for row in rows)
        return witnessed(one for one in marked if isinstance(one, AttendanceMarked))

    def notes(self, session: SessionId) -> tuple[str, ...]:
        return tuple(row.text for row in _NOTES.all(self.conn, {"of": session}))

    def month_figures(self, from_ms: int) -> tuple[int, int]:
        """A session that was recorded twice counts once, with the longer of its times."""
        took = func.max(sessions.c.closed_ms - sessions.c.opened_ms).label("took_ms")
        closed = select(took).where(sessions.c.step == Step.CLOSED, sessions.c.opened_ms >= from_ms)
        once = closed.group_by(func.coalesce(sessions.c.plan, sessions.c.id)).subquery()
        row = self.conn.execute(select(func.count(), func.sum(once.c.took_ms))).one()
        return int(row[0]), int(max(row[1] or 0, 0)) // 60_000

    def fact_counts(self) -> tuple[int, int]:
        return confirmed_counts(self.conn, self._held_facts)

    def open_segments(self) -> frozenset[str]:
        return open_segments(self.conn)

    def setting(self, name: str) -> str | None:
        row = _SETTING.one(self.conn, {"name": name})
        return None if row is None else str(row.value)

    def name_of(self, person: PersonId) -> str:
        known = self.person(person)
        if known is not None:
            return known.name
        row = self.conn.execute(
            select(visitors.c.name).where(visitors.c.person == person).limit(1)
        ).one_or_none()
        return str(person) if row is None or not row.name else str(row.name)

    def _step_of(self, session: SessionId) -> Any:
        """The step of a session, and when it was opened."""
        row = _STEP.one(self.conn, {"of": session})
        if row is None:
            raise NotFound("refusal.no_session")
        return row

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
