"""The sessions on the sending page: those that wait first, then the newest that have arrived."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.areas.sessions.views import SessionSummary
from app.words import say
from ui.pages.sending.state import SendingState
from ui.parts.layout import words
from ui.parts.lists.course_row import CourseRow, CourseShown
from ui.state.formatting import day_of


def session_rows(state: SendingState) -> tuple[QWidget, ...]:
    """What is listed; when nothing is, a sentence that says why."""
    parts: list[QWidget] = [_row_of(one) for one in state.rows]
    waiting = state.sync.waiting if state.sync is not None else 0
    if waiting and not state.rows:
        parts.append(words(say("op.sending.loose"), "body"))
    if state.sent:
        parts.append(words(say("op.sending.newest"), "caption"))
        parts += [_row_of(one) for one in state.sent]
    if not parts:
        parts.append(words(say("op.sending.no_sessions"), "body"))
    return tuple(parts)


def _row_of(one: SessionSummary) -> CourseRow:
    session = one.session
    under = [day_of(session.opened_ms or session.prepared_ms)]
    if one.code:
        under.append(say("op.records.code_under", code=one.code))
    if one.to_check:
        under.append(say("op.records.to_check", count=one.to_check))
    shown = CourseShown(
        title=session.title,
        under=tuple(under),
        badge=say("op.records.waiting" if one.waiting else "op.records.sent"),
        icon="clock" if one.waiting else "check_circle",
    )
    return CourseRow(shown, inert=True)
