"""The names of the operator's pages, and which one belongs to a step of the evening."""

from __future__ import annotations

from enum import StrEnum

from app.domain.sessions import Step


class Place(StrEnum):
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
    SETTINGS = "settings"


STEPS = (Place.PREPARE, Place.ROLL_CALL, Place.PLAY, Place.DISCUSS, Place.CLOSE)
"""The pages of the step bar, in order."""

_OF_STEP = {
    Step.PREPARE: Place.PREPARE,
    Step.SIGN_IN: Place.ROLL_CALL,
    Step.PLAY: Place.PLAY,
    Step.DISCUSS: Place.DISCUSS,
    Step.CLOSED: Place.CLOSE,
    Step.NOT_HELD: Place.TODAY,
}


def place_of(step: Step | None) -> Place:
    """Where an evening at this step is worked on."""
    return Place.TODAY if step is None else _OF_STEP[step]
