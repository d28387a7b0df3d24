"""Sign-in by four lanes into one slot a person: the first presence holds, later ones are told.

A correction is always a void of a named mark followed by a new one; both stay in the
journal. Every function returns only after its unit of work is durable.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from app.areas.attendance.facts import AttendanceMarked, AttendanceVoided, VisitorAdmitted
from app.areas.attendance.lateness import Starts, verdict
from app.areas.attendance.marks import (
    PRESENCE,
    Capacity,
    Lane,
    Mark,
    RosterStatus,
    Slot,
    Status,
    mark_in_force,
)
from app.areas.attendance.views import PersonCard, PersonSheet, SignInDone, Undoable, UndoDone
from app.areas.attendance.visitors import Lookalike, VisitorLooksKnown
from app.areas.catalogue.values import DirectoryPerson
from app.areas.people.person import PersonKind
from app.areas.sessions.session import Session, Step, check_running
from app.areas.sessions.show import turnout_of
from app.areas.sessions.verbs import OPERATOR
from app.domain import bounds
from app.domain.errors import AlreadySignedIn, BadInput, NotFound, NotPossibleNow
from app.domain.ids import FactHash, PersonId, SessionId
from app.domain.personal import LeaveKind, Personal
from app.domain.time import local_time
from app.domain.values import dataclass
from app.domain.written_forms import code_form, match_form
from app.names.readings import search_keys
from app.usecases.tools import Tools

if TYPE_CHECKING:
    from app.store.reading import StoreReading
    from app.store.work import StoreWork

TAIL_DIGITS = 4
MOST_NAMED = 6
MOST_NEIGHBOURS = 12
FEWEST_LETTERS = 2
LATELY = 6
"""So many sessions a sheet shows."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """What can be done about who has come; every change is one unit of work."""

    tools: Tools

    def sign_in(self, session: SessionId, person: PersonId, lane: Lane, by: str) -> SignInDone:
        """Someone has come; late or in time is decided from the planned or real start."""
        with self.tools.store.begin() as work:
            current = work.session(session)
            check_running(current.step)
            standpoint = _standpoint(work, session, person)
            _check_not_yet(work, session, person)
            status = _status_now(self.tools, work, current)
            recorded = work.record(
                AttendanceMarked(session, person, status, lane, standpoint), actor=by
            )
            return _done(work, session, person, recorded)

    def mark(
        self,
        session: SessionId,
        person: PersonId,
        status: Status,
        *,
        leave: LeaveKind | None = None,
        reason: str = "",
        claimed_ms: int | None = None,
        capacity: Capacity | None = None,
    ) -> SignInDone:
        """The operator marks leave, presence, or a late entry (also after the close, with a reason)."""
        reason = bounds.line(reason, bounds.REASON)
        with self.tools.store.begin() as work:
            current = work.session(session)
            _check_markable(current, status, leave, reason)
            standpoint = _standpoint(work, session, person)
            _check_not_yet(work, session, person)
            if status is Status.PRESENT:
                status = _status_now(self.tools, work, current)
            recorded = work.record(
                AttendanceMarked(
                    session,
                    person,
                    status,
                    Lane.ROLL_CALL,
                    standpoint,
                    claimed_ms=claimed_ms,
                    capacity=capacity,
                ),
                actor=OPERATOR,
                personal=Personal(leave=leave, reason=reason) or None,
            )
            return _done(work, session, person, recorded)

    def admit_visitor(
        self,
        session: SessionId,
        name: str,
        phone_tail: str = "",
        home: str = "",
        *,
        not_people: Collection[PersonId] = (),
    ) -> SignInDone:
        """Take in and sign in someone whom no list here has, in one unit of work.

        Raises:
            VisitorLooksKnown: it may be somebody who is known here or has come already, other than
                ``not_people``; nobody was taken in.
        """
        name = bounds.line(name, bounds.NAME)
        home = bounds.line(home, bounds.HOME)
        if not match_form(name):
            raise BadInput("refusal.needs_name")
        tail = code_form(phone_tail)
        if tail and not (len(tail) == TAIL_DIGITS and tail.isascii() and tail.isdigit()):
            raise BadInput("refusal.bad_tail")
        with self.tools.store.begin() as work:
            current = work.session(session)
            check_running(current.step)
            known = who_it_may_be(work, session, name, tail, not_people)
            if known:
                raise VisitorLooksKnown(known)
            person = PersonId(self.tools.new_id("v"))
            work.record(
                VisitorAdmitted(session, person),
                actor=OPERATOR,
                personal=Personal(name=name, phone_tail=tail, home=home),
            )
            recorded = work.record(
                AttendanceMarked(
                    session,
                    person,
                    _status_now(self.tools, work, current),
                    Lane.ROLL_CALL,
                    RosterStatus.VISITOR,
                ),
                actor=OPERATOR,
            )
            return _done(work, session, person, recorded)

    def undo(
        self, session: SessionId, mark: FactHash | None = None, by: str = OPERATOR
    ) -> UndoDone:
        """Void the newest (or the named) mark of a session that is not closed."""
        with self.tools.store.begin() as work:
            check_running(work.session(session).step)
            newest = work.undoable(session)
            target = mark or (None if newest is None else newest.mark)
            voided = None if target is None else work.mark(session, target)
            if voided is None:
                raise NotFound("refusal.nothing_to_undo")
            work.record(AttendanceVoided(session, voided.person, voided.id), actor=by)
            card = work.card(session, voided.person)
            if card is None:
                card = _card_of_gone(work, voided)
            return UndoDone(
                session,
                card,
                voided.status,
                turnout_of(work, session),
                work.undoable(session),
            )

    def sheet(self, session: SessionId | None, person: PersonId) -> PersonSheet:
        """All that is shown of one person, in a session or in none; NotFound: nobody knows them."""
        with self.tools.store.read() as reading:
            of = session or SessionId("")
            card = reading.card(of, person)
            if card is None:
                raise NotFound("refusal.no_person")
            return PersonSheet(
                card=card,
                session=None if session is None else reading.session(session),
                marks=reading.trail(of, person),
                lately=reading.attended(person, LATELY),
            )

    def by_phone_tail(self, session: SessionId, tail: str) -> tuple[PersonCard, ...]:
        """Cards of this session with these digits; if none, of anyone the station knows."""
        if not (len(tail) == TAIL_DIGITS and tail.isascii() and tail.isdigit()):
            raise BadInput("refusal.bad_tail")
        with self.tools.store.read() as reading:
            check_running(reading.session(session).step)
            here = tuple(card for card in reading.cards(session) if card.phone_tail == tail)
            if here:
                return here
            known = (reading.card(session, person) for person in reading.people_by_tail(tail))
            return tuple(card for card in known if card is not None)

    def by_card(self, session: SessionId, code: str) -> PersonCard:
        """Whose card was read; NotFound when it is nobody's, or of several: none of them is guessed."""
        with self.tools.store.read() as reading:
            check_running(reading.session(session).step)
            people = reading.people_by_card(code)
            if len(people) > 1:
                names = "、".join(
                    dict.fromkeys(reading.name_of(one) for one in people[:MOST_NAMED])
                )
                raise NotFound("refusal.card_of_several", count=len(people), names=names)
            card = reading.card(session, people[0]) if people else None
            if card is None:
                raise NotFound("refusal.unknown_card")
            return card


def who_it_may_be(
    reading: StoreReading,
    session: SessionId,
    name: str,
    tail: str,
    not_people: Collection[PersonId] = (),
) -> tuple[Lookalike, ...]:
    """Who of this session, then of everyone known here, may be the one who is called so."""
    cards = reading.cards(session)
    here = {card.id for card in cards}
    known = [one for one in reading.people_called(name) if one.id not in here]
    found = [_lookalike(card) for card in cards]
    found += [Lookalike(one.id, one.name, one.phone_tail, one.group) for one in known]
    near = neighbours(reading, name)
    here |= {one.id for one in known}
    mine = [one for one in found if one.may_be(name, tail)]
    mine += [one for one in near if one.person not in here and one.fits(tail)]
    return tuple(one for one in mine if one.person not in not_people)


def neighbours(reading: StoreReading, written: str) -> tuple[Lookalike, ...]:
    """Whom of the township's directory a name, its letters or four digits may mean."""
    form = match_form(written)
    letters = form if form.isascii() and form.isalpha() and len(form) >= FEWEST_LETTERS else ""
    digits = form if len(form) == TAIL_DIGITS and form.isascii() and form.isdigit() else ""
    return tuple(
        Lookalike(
            PersonId(one.id),
            one.name,
            one.phone_tail,
            " ".join(part for part in (one.site_name, one.branch) if part),
            nearby=True,
        )
        for one in reading.listed(DirectoryPerson)
        if match_form(one.name) == form
        or (digits and one.phone_tail == digits)
        or (letters and letters in _spelled(one.name))
    )[:MOST_NEIGHBOURS]


@lru_cache(maxsize=4_096)
def _spelled(name: str) -> tuple[str, ...]:
    return tuple(search_keys(name).split())


def _lookalike(card: PersonCard) -> Lookalike:
    came = card.status in PRESENCE and card.at_ms is not None
    return Lookalike(
        person=card.id,
        name=card.name,
        phone_tail=card.phone_tail,
        note=card.group,
        first_at=f"{local_time(card.at_ms):%H:%M}" if came and card.at_ms else "",
        listed=card.standpoint is not RosterStatus.VISITOR,
        guest=card.standpoint is RosterStatus.VISITOR,
    )


def _standpoint(work: StoreWork, session: SessionId, person: PersonId) -> RosterStatus:
    listed = work.standpoint(session, person)
    if listed is not None:
        return listed
    if work.person(person) is None:
        near = work.listed_one(DirectoryPerson, person)
        if near is None or near.stopped:
            raise NotFound("refusal.no_person")
        _admit_neighbour(work, session, near)
    return RosterStatus.VISITOR


def _admit_neighbour(work: StoreWork, session: SessionId, near: DirectoryPerson) -> None:
    """Somebody of the township comes as a visitor under their own id, so credit goes home."""
    home = " ".join(part for part in (near.site_name, near.branch) if part)[: bounds.HOME]
    work.record(
        VisitorAdmitted(session, PersonId(near.id)),
        actor=OPERATOR,
        personal=Personal(name=near.name, phone_tail=near.phone_tail, home=home),
    )


def _check_not_yet(work: StoreWork, session: SessionId, person: PersonId) -> None:
    first = Slot(person, mark_in_force(work.marks(session, person)))
    if first.in_force is not None and first.is_present:
        raise AlreadySignedIn(
            name=work.name_of(person),
            first_at=f"{local_time(first.in_force.at_ms):%H:%M}",
        )


def _check_markable(session: Session, status: Status, leave: LeaveKind | None, reason: str) -> None:
    if status is Status.LATE_ENTRY:
        if not reason.strip():
            raise BadInput("refusal.needs_reason")
        if session.step is not Step.CLOSED:
            check_running(session.step)
        return
    check_running(session.step)
    if status is Status.ON_LEAVE and leave is None:
        raise BadInput("refusal.needs_leave_kind")
    if status is Status.ABSENT:
        raise NotPossibleNow(f"refusal.not_running.{session.step.value}")


def _status_now(tools: Tools, work: StoreWork, session: Session) -> Status:
    """What the screen says of who comes now, by the corrected time and the rule of the day."""
    starts = Starts(session.planned_start_ms, session.opened_ms)
    rule = work.policies().on(starts.day)
    now_ms = work.moment(tools.clock.boot, tools.clock.now()).at_ms
    return verdict(rule, Status.PRESENT, now_ms, starts)


def _done(work: StoreWork, session: SessionId, person: PersonId, recorded: FactHash) -> SignInDone:
    """What to show after a mark; the one just recorded is the newest, so it can be undone."""
    card = work.card(session, person)
    if card is None or card.status not in PRESENCE | {Status.ON_LEAVE} or card.mark != recorded:
        raise AssertionError("a mark was recorded but does not show")
    newest = Undoable(recorded, card.name, card.status)
    return SignInDone(card, turnout_of(work, session), newest)


def _card_of_gone(reading: StoreReading, voided: Mark) -> PersonCard:
    """The card of a visitor whose only mark was just taken back."""
    return PersonCard(
        id=voided.person,
        name=reading.name_of(voided.person),
        kind=PersonKind.VILLAGER,
        group="",
        branch="",
        birth_year=None,
        phone_tail="",
        card_no="",
        standpoint=RosterStatus.VISITOR,
    )
