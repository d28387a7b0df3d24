"""Putting one session together for a screen or a command, out of one reading."""

from __future__ import annotations

from app.domain.attendance import Turnout, count_turnout
from app.domain.ids import SessionId
from app.domain.views import SessionView
from app.ports.store import Reading


def view_of(reading: Reading, session: SessionId) -> SessionView:
    """Everything of one session; NotFound if there is none."""
    return SessionView(
        session=reading.session(session),
        cards=reading.cards(session),
        turnout=turnout_of(reading, session),
        undoable=reading.undoable(session),
        plays=reading.plays(session),
        notes=reading.notes(session),
    )


def turnout_of(reading: Reading, session: SessionId) -> Turnout:
    """The counts of one session, from its frozen list."""
    return count_turnout(reading.tally(session))
