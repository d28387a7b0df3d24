"""The sessions on the sending page: each with how far it has come on its way to the centre."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtWidgets import QWidget

from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionSummary
from app.words import say
from ui.pages.sending.state import SendingState
from ui.parts.layout import words
from ui.parts.lists.course_row import CourseRow, CourseShown
from ui.state.formatting import day_of


class SendingStage(StrEnum):
    """How far a session has come."""

    HERE = "here"
    RECEIVED = "received"
    ENTERED = "entered"
    TO_CHECK = "to_check"


_ICONS = {
    SendingStage.HERE: "clock",
    SendingStage.RECEIVED: "check",
    SendingStage.ENTERED: "check_circle",
    SendingStage.TO_CHECK: "care",
}


def reached(one: SessionSummary) -> SendingStage:
    """What is wholly at the centre has been received; what its reports are made of is entered."""
    if one.waiting:
        return SendingStage.HERE
    if one.to_check:
        return SendingStage.TO_CHECK
    return SendingStage.ENTERED if one.entered else SendingStage.RECEIVED


def session_rows(state: SendingState) -> tuple[QWidget, ...]:
    """All of them, newest first; when there is none, a sentence that says so."""
    if not state.rows:
        return (words(say("op.sending.no_sessions"), "body"),)
    return tuple(CourseRow(_shown(one), inert=True) for one in state.rows)


def _shown(one: SessionSummary) -> CourseShown:
    session, far = one.session, reached(one)
    came = say("op.people", count=one.turnout.in_room)
    under = [say("step.not_held") if session.step is Step.NOT_HELD else came]
    if one.code:
        under.append(say("op.records.code_under", code=one.code))
    return CourseShown(
        title=f"{day_of(session.opened_ms or session.prepared_ms)}　{session.title}",
        under=tuple(under),
        badge=say(f"op.sending.{far.value}", count=one.to_check),
        icon=_ICONS[far],
    )
