"""The names of the operator's pages, and which one belongs to a step of the session."""

from __future__ import annotations

from enum import StrEnum

from app.areas.sessions.session import Step


class PageName(StrEnum):
    """One page of the operator's window."""

    TODAY = "today"
    PREPARE = "prepare"
    ROLL_CALL = "roll_call"
    PLAY = "play"
    DISCUSS = "discuss"
    CLOSE = "close"
    COURSES = "courses"
    RECORDS = "records"
    SENDING = "sending"
    ROSTER = "roster"
    CASES = "cases"
    SETTINGS = "settings"
    LATE_SESSION = "late_session"


STEPS = (PageName.PREPARE, PageName.ROLL_CALL, PageName.PLAY, PageName.DISCUSS, PageName.CLOSE)
"""The pages of the step bar, in order."""

_OF_STEP = {
    Step.PREPARE: PageName.PREPARE,
    Step.SIGN_IN: PageName.ROLL_CALL,
    Step.PLAY: PageName.PLAY,
    Step.DISCUSS: PageName.DISCUSS,
    Step.CLOSED: PageName.CLOSE,
    Step.NOT_HELD: PageName.TODAY,
}


def place_of(step: Step | None) -> PageName:
    """Where a session at this step is worked on."""
    return PageName.TODAY if step is None else _OF_STEP[step]
