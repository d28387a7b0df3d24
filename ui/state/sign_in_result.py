"""What came of a sign-in or of a card that was read, as screens and loudspeakers say it."""

from __future__ import annotations

from enum import StrEnum

from app.areas.attendance.marks import Status
from app.areas.attendance.views import SignInDone, UndoDone
from app.areas.sessions.views import SessionView


class SignInResult(StrEnum):
    """What the card beside the keypad says; it never blocks the next press."""

    SUCCESS = "success"
    ALREADY = "already"
    NOT_FOUND = "not_found"
    NOT_ME = "not_me"
    HELP_COMES = "help_comes"
    TROUBLE = "trouble"


def pending_after(view: SessionView, done: SignInDone | UndoDone) -> int:
    """How many wait to be approved: all of a late session that waits, else the late entries."""
    if view.session.activities.late is not None:
        return done.turnout.in_room if view.pending else 0
    was = next((one.status for one in view.cards if one.id == done.card.id), None)
    came = (done.card.status is Status.LATE_ENTRY) - (was is Status.LATE_ENTRY)
    return max(view.pending + came, 0)
