"""A session that was held away from this PC is written down afterwards, from its paper list.

When it was held, when it is written, by whom and why stand beside each other; the expected list is
who stood on the roster on that day. All of a sheet is one unit of work. It may be put aside as a
draft; handed in it waits until the township or county approves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.areas.attendance.facts import AttendanceMarked, AttendanceVoided, VisitorAdmitted
from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.people.person import as_then, expected_on
from app.areas.sessions.activity_verbs import ActivityFact, record_activity
from app.areas.sessions.facts import (
    ActivityTakenBack,
    SessionEnteredLate,
    SessionNotHeld,
    SessionOpened,
    VisitMade,
)
from app.areas.sessions.kinds import SessionKind
from app.areas.sessions.session import (
    ENDED,
    PLAIN_SETTING,
    NotHeldReason,
    Session,
    SessionSetting,
    check_running,
)
from app.areas.sessions.setting import checked_setting, preparation
from app.areas.sessions.show import view_of
from app.areas.sessions.verbs import OPERATOR, grace_on, record_close
from app.areas.sessions.views import SessionView
from app.domain import bounds
from app.domain.errors import BadInput, NotFound, NotPossibleNow
from app.domain.ids import CourseId, FactHash, OrgUnitId, PersonId, SessionId
from app.domain.personal import LeaveKind, Personal
from app.domain.time import ClockGrade, local_date
from app.domain.values import dataclass
from app.usecases.tools import Tools

if TYPE_CHECKING:
    from app.store.work import StoreWork

MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class SheetMark:
    """One name of the paper: who came (by which lane it was found), or was on leave."""

    person: PersonId
    lane: Lane = Lane.ROLL_CALL
    leave: LeaveKind | None = None


@dataclass(frozen=True, slots=True)
class SheetVisitor:
    """Somebody of the paper whom no list here has."""

    name: str
    phone_tail: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class LateSheet:
    """A session as its paper tells it; times are ms UTC, ``by`` wrote it down, ``reason`` why late.

    ``activities`` name the session with an empty id: it has none yet.
    """

    title: str
    held_from_ms: int
    held_to_ms: int
    by: str
    reason: str
    kind: SessionKind = SessionKind.GROUP_SESSION
    setting: SessionSetting = PLAIN_SETTING
    units: tuple[OrgUnitId, ...] = ()
    courses: tuple[CourseId, ...] = ()
    marks: tuple[SheetMark, ...] = ()
    visitors: tuple[SheetVisitor, ...] = ()
    activities: tuple[tuple[ActivityFact, Personal], ...] = ()
    expected: tuple[PersonId, ...] | None = None
    """Whom alone it was for; None: who stood on the roster that day."""


@dataclass(frozen=True, slots=True)
class LateSessions:
    """What can be done with sessions that are written down afterwards."""

    tools: Tools

    def enter(self, sheet: LateSheet, *, hand_in: bool = True) -> SessionView:
        """Write a sheet down; handed in, it is closed and waits for approval.

        Raises:
            BadInput: title, times, who wrote it or why is lacking or cannot be.
        """
        sheet = self._checked(sheet)
        with self.tools.store.begin() as work:
            return view_of(work, self._enter(work, sheet, hand_in=hand_in))

    def enter_all(self, sheets: Sequence[LateSheet]) -> tuple[SessionId, ...]:
        """Hand several sheets in at once: all of them or none."""
        checked = [self._checked(one) for one in sheets]
        with self.tools.store.begin() as work:
            return tuple(self._enter(work, one, hand_in=True) for one in checked)

    def go_on(
        self,
        session: SessionId,
        marks: tuple[SheetMark, ...],
        visitors: tuple[SheetVisitor, ...] = (),
        activities: tuple[tuple[ActivityFact, Personal], ...] = (),
        *,
        visits: tuple[VisitMade, ...] | None = None,
        hand_in: bool = True,
    ) -> SessionView:
        """Bring a draft to these marks, and (unless None) to these visits: who is not among them any
        more is taken back."""
        with self.tools.store.begin() as work:
            draft = _draft(work, session)
            wanted = {one.person: one for one in marks}
            for card in work.cards(session):
                is_visitor = card.standpoint is RosterStatus.VISITOR
                has = card.mark is not None and not is_visitor
                if has and card.id in wanted and _stands(wanted[card.id], card.status):
                    del wanted[card.id]
                elif has and card.mark is not None:
                    work.record(AttendanceVoided(session, card.id, card.mark), actor=OPERATOR)
            if visits is not None:
                activities = (*activities, *_other_visits(work, draft, visits))
            late = draft.activities.late
            held_ms = draft.held_ms if late is None else late.held_from_ms
            sheet = LateSheet(
                *(draft.title, held_ms, held_ms, "", ""),
                marks=tuple(wanted.values()),
                visitors=visitors,
                activities=activities,
            )
            self._write(work, session, sheet)
            if hand_in:
                record_close(work, session)
            return view_of(work, session)

    def hand_in(self, session: SessionId) -> SessionView:
        """Hand a draft in as it stands."""
        with self.tools.store.begin() as work:
            _draft(work, session)
            record_close(work, session)
            return view_of(work, session)

    def drop(self, session: SessionId, note: str = "") -> SessionView:
        """Give a draft up: its marks are taken back, and it says so for ever."""
        note = bounds.written(note, bounds.NOT_HELD_NOTE)
        with self.tools.store.begin() as work:
            _draft(work, session)
            for card in work.cards(session):
                if card.mark is not None:
                    work.record(AttendanceVoided(session, card.id, card.mark), actor=OPERATOR)
            fact = SessionNotHeld(session, NotHeldReason.OTHER)
            work.record(fact, actor=OPERATOR, personal=Personal(note=note) or None)
            return view_of(work, session)

    def by_card(self, code: str) -> PersonId:
        """Whose card was read; NotFound when it is nobody's, or of several: none is guessed."""
        with self.tools.store.read() as reading:
            people = reading.people_by_card(code)
        if len(people) != 1:
            raise NotFound("refusal.unknown_card")
        return people[0]

    def drafts(self) -> tuple[SessionView, ...]:
        """What was put aside, newest first."""
        with self.tools.store.read() as reading:
            return tuple(view_of(reading, one.id) for one in reading.late_drafts())

    def _enter(self, work: StoreWork, sheet: LateSheet, *, hand_in: bool) -> SessionId:
        session = SessionId(self.tools.new_id("s"))
        self._begin(work, session, sheet)
        self._write(work, session, sheet)
        if hand_in:
            record_close(work, session)
        return session

    def _checked(self, sheet: LateSheet) -> LateSheet:
        title = bounds.line(sheet.title, bounds.TITLE)
        by, reason = bounds.line(sheet.by, bounds.NAME), bounds.line(sheet.reason, bounds.REASON)
        for said, key in ((title, "title"), (by, "writer"), (reason, "reason")):
            if not said:
                raise BadInput(f"refusal.needs_{key}")
        if not 0 < sheet.held_to_ms - sheet.held_from_ms <= MOST_DAYS * 86_400_000:
            raise BadInput("refusal.bad_span", days=MOST_DAYS)
        now = self.tools.clock.now()
        if now.grade is ClockGrade.OK and sheet.held_from_ms > now.wall_ms:
            raise BadInput("refusal.not_yet_held")
        setting = checked_setting(sheet.kind, sheet.setting)
        return replace(sheet, title=title, by=by, reason=reason, setting=setting)

    def _begin(self, work: StoreWork, session: SessionId, sheet: LateSheet) -> None:
        """Prepared, said to be late, and opened with the list of that day."""
        from_ms = sheet.held_from_ms
        told = preparation(
            *(session, sheet.title, sheet.kind, sheet.setting, sheet.units, sheet.courses),
            *(grace_on(work, from_ms), from_ms),
        )
        work.record(told, actor=OPERATOR)
        late = SessionEnteredLate(session, from_ms, sheet.held_to_ms)
        work.record(late, actor=OPERATOR, personal=Personal(name=sheet.by, reason=sheet.reason))
        if sheet.expected is not None:
            work.record(SessionOpened(session, sheet.expected, ()), actor=OPERATOR)
            return
        then = (as_then(one, from_ms) for one in work.people())
        here = tuple(one for one in then if not sheet.units or {*one.units} & {*sheet.units})
        day = local_date(from_ms).isoformat()
        work.record(SessionOpened(session, *expected_on(here, day)), actor=OPERATOR)

    def _write(self, work: StoreWork, session: SessionId, sheet: LateSheet) -> None:
        """Names, visitors and what was done, as the sheet says."""
        for one in {one.person: one for one in sheet.marks}.values():
            standpoint = work.standpoint(session, one.person)
            if standpoint is None and work.person(one.person) is None:
                raise NotFound("refusal.no_person")
            self._mark(work, session, one, standpoint or RosterStatus.VISITOR, sheet.held_from_ms)
        for visitor in sheet.visitors:
            name = bounds.line(visitor.name, bounds.NAME)
            if not name:
                raise BadInput("refusal.needs_name")
            home = bounds.line(visitor.home, bounds.HOME)
            person = PersonId(self.tools.new_id("v"))
            personal = Personal(name=name, phone_tail=visitor.phone_tail, home=home)
            work.record(VisitorAdmitted(session, person), actor=OPERATOR, personal=personal)
            came = SheetMark(person)
            self._mark(work, session, came, RosterStatus.VISITOR, sheet.held_from_ms)
        for fact, personal in sheet.activities:
            record_activity(work, replace(fact, session=session), personal)

    def _mark(
        self,
        work: StoreWork,
        session: SessionId,
        one: SheetMark,
        standpoint: RosterStatus,
        held_ms: int,
    ) -> None:
        status = Status.LATE_ENTRY if one.leave is None else Status.ON_LEAVE
        fact = AttendanceMarked(
            session, one.person, status, one.lane, standpoint, claimed_ms=held_ms
        )
        work.record(fact, actor=OPERATOR, personal=Personal(leave=one.leave) or None)


def _draft(work: StoreWork, session: SessionId) -> Session:
    """A late session that was not handed in; a refusal for any other."""
    current = work.session(session)
    if current.activities.late is None or current.step in ENDED:
        raise NotPossibleNow("refusal.no_draft")
    check_running(current.step)
    return current


def visits_of(
    visited: Sequence[PersonId], minutes: int, by: PersonId | None, pairing: str = ""
) -> tuple[VisitMade, ...]:
    """A register of visits as facts of a session without an id yet: its minutes are shared evenly,
    so that whoever went has them once, whole."""
    each, left = divmod(minutes, max(len(visited), 1))
    return tuple(
        VisitMade(SessionId(""), one, each + (at < left), by, pairing)
        for at, one in enumerate(visited)
    )


def _other_visits(
    work: StoreWork, draft: Session, wanted: tuple[VisitMade, ...]
) -> tuple[tuple[ActivityFact, Personal], ...]:
    """What is still to be recorded; visits that stand and are not wanted so are taken back."""
    left = [replace(one, session=draft.id) for one in wanted]
    for line in draft.activities.visits:
        by = PersonId(line.by) if line.by else None
        said = VisitMade(draft.id, PersonId(line.person), line.minutes, by, line.pairing)
        if said in left:
            left.remove(said)
        else:
            work.record(ActivityTakenBack(draft.id, FactHash(line.hash)), actor=OPERATOR)
    return tuple((one, Personal()) for one in left)


def _stands(wanted: SheetMark, status: Status | None) -> bool:
    return status is (Status.LATE_ENTRY if wanted.leave is None else Status.ON_LEAVE)
