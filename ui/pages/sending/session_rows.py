"""The sessions on the sending page: each with how far it has come on its way to the centre."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtWidgets import QWidget

from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionSummary
from app.words import say
from ui.pages.sending.session_path import PathShown, SessionPath
from ui.pages.sending.state import SendingState
from ui.parts.layout import words
from ui.parts.lists.course_row import CourseRow, CourseShown
from ui.parts.lists.ruled_sheet import RuledLine
from ui.state.formatting import clock_time, day_of
from ui.theme import look


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
    if look.is_wide():
        return tuple(SessionPath(path_of(one)) for one in state.rows)
    return tuple(CourseRow(_shown(one), inert=True) for one in state.rows)


_PATH = (SendingStage.HERE, SendingStage.RECEIVED, SendingStage.ENTERED)


def path_of(one: SessionSummary) -> PathShown:
    """The same with each step of its way."""
    session, far = one.session, reached(one)
    check = far is SendingStage.TO_CHECK
    last = say(f"op.sending.{far.value}", count=one.to_check) if check else _step(_PATH[-1])
    parts = _under(one)
    if session.opened_ms is not None and session.step is not Step.NOT_HELD:
        parts.insert(1, clock_time(session.opened_ms))
    return PathShown(
        day=day_of(session.opened_ms or session.prepared_ms),
        title=session.title,
        under=" · ".join(parts),
        steps=(*(_step(each) for each in _PATH[:-1]), last),
        reached=len(_PATH) if check else _PATH.index(far) + 1,
        care=check,
    )


def stage_lines() -> tuple[RuledLine, ...]:
    """What each step of the way means."""
    return tuple(RuledLine(_step(each), say(f"op.sending.means.{each.value}")) for each in _PATH)


def _step(stage: SendingStage) -> str:
    return say(f"op.sending.step.{stage.value}")


def _under(one: SessionSummary) -> list[str]:
    """How many came, and the code."""
    came = say("op.people", count=one.turnout.in_room)
    under = [say("step.not_held") if one.session.step is Step.NOT_HELD else came]
    if one.code:
        under.append(say("op.records.code_under", code=one.code))
    return under


def _shown(one: SessionSummary) -> CourseShown:
    session, far = one.session, reached(one)
    return CourseShown(
        title=f"{day_of(session.opened_ms or session.prepared_ms)}　{session.title}",
        under=tuple(_under(one)),
        badge=say(f"op.sending.{far.value}", count=one.to_check),
        icon=_ICONS[far],
    )
