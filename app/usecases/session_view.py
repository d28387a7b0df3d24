"""Putting one session together for a screen or a command, out of one reading."""

from __future__ import annotations

from app.domain.attendance import Turnout, count_turnout
from app.domain.evidence import session_code
from app.domain.ids import SessionId
from app.domain.views import SessionView
from app.ports.store import Reading
from app.usecases.to_check import to_check


def view_of(reading: Reading, session: SessionId) -> SessionView:
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
    )


def code_of(reading: Reading, session: SessionId) -> str:
    """The session code of a closed session, else empty."""
    closing = reading.closing_hash(session)
    return "" if closing is None else session_code(closing)


def turnout_of(reading: Reading, session: SessionId) -> Turnout:
    """The counts of one session, from its frozen list."""
    return count_turnout(reading.tally(session))
