"""The sentence at the foot: it ends by itself, or when the session goes on, and says nothing old."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.areas.sessions.session import Step
from app.bootstrap import OpenStation
from app.domain.ids import PlanId
from app.words import say
from tests.ui.operator_driver import Stand
from ui.state.current_session import StatusLine, StatusTone
from ui.windows.operator_window import LINE_MS, OperatorWindow


def foot(window: OperatorWindow) -> str:
    return window.foot.words.text


def test_a_sentence_is_of_the_past_after_eight_seconds(stand: Stand) -> None:
    window = stand.open_window()
    stand.room.say("op.signed", StatusTone.DONE, name="仇国强", status="已到")
    assert foot(window) == "仇国强：已到。"
    assert window._line_ends.isActive()
    assert window._line_ends.interval() == LINE_MS == 8_000
    window._line_ends.timeout.emit()  # eight seconds later
    assert foot(window) == say("op.line.none")


def test_what_goes_on_is_said_as_long_as_it_does(stand: Stand) -> None:
    window = stand.open_window()
    stand.room.say_until("op.sending.carrying")
    assert not window._line_ends.isActive()
    assert foot(window) == say("op.sending.carrying")
    window.show_line(StatusLine())
    assert foot(window) == say("op.line.none")


def test_the_next_step_of_the_session_takes_it_away_but_not_what_was_said_at_it(
    stand: Stand, opened: OpenStation
) -> None:
    window = stand.open_window()
    view = opened.station.sessions.prepare(PlanId("plan1"))
    stand.room.show(view)
    window.show_line(StatusLine("软件刚才意外关闭", stays=True))
    stand.room.show(view)
    assert foot(window) == "软件刚才意外关闭", "the step is the same"
    stand.room.show(opened.station.sessions.open_sign_in(view.session.id))
    QApplication.processEvents()
    assert foot(window) == say("op.line.none")
    stand.room.show(opened.station.sessions.close(view.session.id))
    stand.room.say("op.close.done", StatusTone.DONE)
    QApplication.processEvents()
    assert foot(window) == say("op.close.done")
    assert stand.room.step() is Step.CLOSED


def test_that_the_program_closed_is_not_told_after_the_session(
    stand: Stand, opened: OpenStation
) -> None:
    sessions, today = opened.station.sessions, opened.station.today
    session = sessions.prepare(PlanId("plan1")).session.id
    sessions.open_sign_in(session)
    opened.station.tools.notices.append(("notice.resumed", (("arrived", "3"),)))
    assert [key for key, _ in today.overview().notices] == ["notice.resumed"]
    sessions.close(session)
    assert today.overview().notices == ()
