"""The step bar's words: where the session stands, worked out from its view."""

from __future__ import annotations

from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionView
from app.words import say
from ui.state.page_names import STEPS, PageName, place_of
from ui.widgets.step_bar import StepLook, StepMark

_WORDS = {
    PageName.PREPARE: "step.prepare",
    PageName.ROLL_CALL: "step.sign_in",
    PageName.PLAY: "step.play",
    PageName.DISCUSS: "step.discuss",
    PageName.CLOSE: "step.closed",
}


def step_marks(view: SessionView, front: PageName, playing: str) -> tuple[StepMark, ...]:
    """Five marks; the page in front is "now", what lies behind the session is done."""
    reached = STEPS.index(place_of(view.session.step))
    return tuple(
        StepMark(
            place.value,
            say(_WORDS[place]),
            _note(place, view, playing),
            _look(place, front, reached),
        )
        for place in STEPS
    )


def _look(place: PageName, front: PageName, reached: int) -> StepLook:
    at = STEPS.index(place)
    if place is front:
        return StepLook.NOW
    if at < reached:
        return StepLook.DONE
    return StepLook.OPEN if at == reached else StepLook.LATER


def _note(place: PageName, view: SessionView, playing: str) -> str:
    turnout, step = view.turnout, view.session.step
    if place is PageName.ROLL_CALL and step is not Step.PREPARE:
        return say("op.roll.count", arrived=turnout.arrived, expected=turnout.expected)
    if place is PageName.PLAY:
        return playing
    if place is PageName.PREPARE and step is Step.PREPARE:
        return say("op.prepare.expected_short", count=turnout.expected) if turnout.expected else ""
    return ""
