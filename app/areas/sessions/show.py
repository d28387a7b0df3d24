"""Putting one session together for a screen or a command, out of one reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.areas.attendance.marks import RosterStatus, Status, Turnout, count_turnout
from app.areas.catalogue.values import (
    Approval,
    Campaign,
    Lecturer,
    Partner,
    Route,
    TrainingClass,
)
from app.areas.ratings.counters import tallies_of
from app.areas.sessions.approval import LateState, state_of_late_entry, state_of_late_session
from app.areas.sessions.code import session_code
from app.areas.sessions.recorded_twice import SessionSheet, SessionSheetLine, recorded_twice
from app.areas.sessions.session import PlanEntry, Session, SessionSetting
from app.areas.sessions.views import RecordedTwice, SessionView
from app.domain.ids import PersonId, SessionId
from app.usecases.to_check import to_check

if TYPE_CHECKING:
    from app.store.reading import StoreReading


def view_of(reading: StoreReading, session: SessionId) -> SessionView:
    """Everything of one session; NotFound if there is none."""
    of = reading.session(session)
    route = reading.listed_one(Route, of.setting.route) if of.setting.route else None
    return SessionView(
        session=of,
        cards=reading.cards(session),
        turnout=turnout_of(reading, session),
        undoable=reading.undoable(session),
        plays=reading.plays(session),
        notes=reading.notes(session),
        code=code_of(reading, session),
        other_codes=reading.other_codes(session),
        to_check=to_check(reading).get(session, 0),
        together=together(reading, of),
        late=late_of(reading, of),
        pending=pending_of(reading, session),
        word=reading.listed_one(Approval, of.id) if of.activities.late else None,
        names=_names(reading, of, route),
        stops=() if route is None else route.stops,
        ratings=tallies_of(reading, session),
    )


def _names(reading: StoreReading, session: Session, route: Route | None) -> dict[str, str]:
    """What the people and rows are called that a session's setting and activities name."""
    setting, done = session.setting, session.activities
    named: dict[str, str] = {} if route is None else {one.id: one.name for one in route.stops}
    people = [one.person for one in done.lectures] + [one.person for one in done.visits]
    people += [one.by for one in done.visits]
    named |= {one: reading.name_of(PersonId(one)) for one in people if one}
    taught = tuple(one.lecturer for one in done.lectures)
    return named | _row_names(reading, setting, taught)


def plan_names(reading: StoreReading, plans: Iterable[PlanEntry]) -> dict[str, str]:
    """What the rows are called that entries of the plan name."""
    named: dict[str, str] = {}
    for one in plans:
        named |= _row_names(reading, one.setting)
    return named


def _row_names(
    reading: StoreReading, setting: SessionSetting, taught: tuple[str, ...] = ()
) -> dict[str, str]:
    named: dict[str, str] = {}
    kinds: tuple[tuple[type[_NamedRow], tuple[str, ...]], ...] = (
        (Lecturer, (*setting.lecturers, *taught)),
        (Partner, setting.hosts),
        (TrainingClass, (setting.training_class,)),
        (Campaign, (setting.campaign,)),
        (Route, (setting.route,)),
    )
    for kind, keys in kinds:
        for key in filter(None, keys):
            row = reading.listed_one(kind, key)
            if row is not None:
                named[key] = row.name
    return named


_NamedRow = Lecturer | Partner | TrainingClass | Campaign | Route


def late_of(reading: StoreReading, session: Session) -> LateState | None:
    """How a late session stands; None for one that was held here."""
    if session.activities.late is None:
        return None
    return state_of_late_session(session.step, reading.listed_one(Approval, session.id))


def pending_of(reading: StoreReading, session: SessionId) -> int:
    """How many people's attendance in a session waits to be approved."""
    of = reading.session(session)
    counts = {LateState.DRAFT, LateState.PENDING}
    if of.activities.late is not None:
        return turnout_of(reading, session).in_room if late_of(reading, of) in counts else 0
    if not any(status is Status.LATE_ENTRY for _, status, _ in reading.tally(session)):
        return 0
    words = (reading.listed_one(Approval, mark) for mark in reading.late_marks(session))
    return sum(state_of_late_entry(word) is LateState.PENDING for word in words)


def together(reading: StoreReading, session: Session) -> RecordedTwice | None:
    """The other sheets of the same real session; None when it was recorded once."""
    same = () if session.plan is None else reading.same_plan(session.plan)
    if len(same) < 2:  # noqa: PLR2004
        return None
    sheets = [_sheet(reading, one) for one in same]
    for meeting in recorded_twice(sheets):
        if session.id in meeting.sessions:
            others = tuple(SessionId(one) for one in meeting.sessions if one != session.id)
            codes = tuple(code for one in others if (code := code_of(reading, one)))
            return RecordedTwice(others, codes, meeting.step, meeting.turnout)
    return None


def _sheet(reading: StoreReading, session: Session) -> SessionSheet:
    lines = tuple(
        SessionSheetLine(
            one.id,
            one.standpoint,
            one.status,
            one.at_ms,
            one.name if one.standpoint is RosterStatus.VISITOR else "",
        )
        for one in reading.cards(session.id)
    )
    return SessionSheet(session.id, session.plan, session.step, session.opened_ms, lines)


def code_of(reading: StoreReading, session: SessionId) -> str:
    """The session code of a closed session, else empty."""
    closing = reading.closing_hash(session)
    return "" if closing is None else session_code(closing)


def turnout_of(reading: StoreReading, session: SessionId) -> Turnout:
    """The counts of one session, from its frozen list."""
    return count_turnout(reading.tally(session))
