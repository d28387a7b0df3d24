"""Putting one session together for a screen or a command, out of one reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.areas.attendance.marks import RosterStatus, Turnout, count_turnout
from app.areas.sessions.code import session_code
from app.areas.sessions.recorded_twice import SessionSheet, SessionSheetLine, recorded_twice
from app.areas.sessions.session import Session
from app.areas.sessions.views import RecordedTwice, SessionView
from app.domain.ids import SessionId
from app.usecases.to_check import to_check

if TYPE_CHECKING:
    from app.store.reading import StoreReading


def view_of(reading: StoreReading, session: SessionId) -> SessionView:
    """Everything of one session; NotFound if there is none."""
    return SessionView(
        session=reading.session(session),
        cards=reading.cards(session),
        turnout=turnout_of(reading, session),
        undoable=reading.undoable(session),
        plays=reading.plays(session),
        notes=reading.notes(session),
        code=code_of(reading, session),
        other_codes=reading.other_codes(session),
        to_check=to_check(reading).get(session, 0),
        together=together(reading, reading.session(session)),
    )


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
