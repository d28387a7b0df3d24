"""The operator lends this PC to the members for a rating: each touch is kept, and it comes back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.areas.attendance.marks import Lane
from app.domain.ids import PersonId
from tests.areas.tests_of_courses.packs import KEY, send
from tests.ui.lock.conftest import Start
from tests.ui.lock.test_locking import open_sign_in
from ui.audience.state import QuizPicture, RoomShows
from ui.pages.close.view import ClosePage
from ui.parts.asking.view import AskingView
from ui.parts.room_asks.candidate_desk import CandidateDesk
from ui.shell.application import Application
from ui.state.page_names import PageName

P1 = PersonId("p1")


def touch(part: QWidget) -> None:
    """A finger on it."""
    assert part.isVisible(), part.accessibleName()
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)


def lent(program: Application) -> AskingView:
    """What members have at this PC."""
    found = program.guard.desk._lent
    assert isinstance(found, AskingView)
    return found


def seen(program: Application) -> QuizPicture:
    """The question the room sees."""
    quiz = program.audience.stage.state.quiz
    assert quiz is not None
    return quiz


def rested(qtbot: QtBot, part: AskingView) -> None:
    """Fingers are heard again."""
    qtbot.waitUntil(lambda: not part.is_resting)


def faces_of(program: Application, qtbot: QtBot) -> AskingView:
    """The faces, after the operator lent the screen."""
    open_sign_in(program, qtbot)
    program.window.go(PageName.CLOSE)
    page = program.window.pages[PageName.CLOSE]
    assert isinstance(page, ClosePage)
    page.asks.open_faces.click()
    faces = lent(program)
    assert program.guard.desk.is_open
    assert not program.guard.desk.signs_in
    rested(qtbot, faces)
    return faces


def test_a_touch_is_a_vote_and_thanks_are_said_once_it_is_kept(start: Start, qtbot: QtBot) -> None:
    program = start(screens=2)
    faces = faces_of(program, qtbot)
    session = program.room.session_id()
    assert session is not None
    touch(faces.tiles[1])
    qtbot.waitUntil(lambda: faces.presenter.state.is_over)
    qtbot.waitUntil(lambda: not faces.presenter.state.is_over, timeout=6_000)
    assert faces.presenter.state.answers == ((),), "nothing of the one before is left"
    store = program.room.station.tools.store

    def kept() -> str | None:
        with store.read() as reading:
            return reading.setting(f"rating.{session}.satisfaction")

    assert program.runner.store_call(kept) == '{"screen": [0, 1, 0, 0], "paper": [0, 0, 0, 0]}'


def test_the_operator_has_the_screen_back_and_the_keypad_comes_after_it(
    start: Start, qtbot: QtBot
) -> None:
    program = start(screens=2)
    faces = faces_of(program, qtbot)
    touch(program.guard.desk.button)
    assert not program.guard.desk.is_open
    assert faces.isHidden()
    assert program.window.place is PageName.CLOSE
    program.room_side.sign_in_here()
    assert program.guard.desk.signs_in
    assert program.member.isVisible()


def test_the_survey_leads_through_four_questions_and_is_counted(start: Start, qtbot: QtBot) -> None:
    program = start(screens=2)
    open_sign_in(program, qtbot)
    program.window.go(PageName.CLOSE)
    page = program.window.pages[PageName.CLOSE]
    assert isinstance(page, ClosePage)
    page.asks.open_needs.click()
    survey = lent(program)
    rested(qtbot, survey)
    touch(survey.tiles[0])
    assert survey.presenter.state.at == 1
    assert not survey.on.isEnabled(), "nothing is chosen yet"
    touch(survey.tiles[2])
    assert not survey.presenter.state.may_go_on, "the second half of a double tap"
    rested(qtbot, survey)
    for part in (survey.tiles[2], survey.tiles[4], survey.on):
        touch(part)
    rested(qtbot, survey)
    touch(survey.back)
    assert survey.presenter.state.chosen == (2, 4), "what was chosen stays"
    for at in (None, 0, None, 1):
        rested(qtbot, survey)
        touch(survey.on if at is None else survey.tiles[at])
    qtbot.waitUntil(lambda: survey.presenter.state.is_over)
    session, store = program.room.session_id(), program.room.station.tools.store

    def kept() -> str | None:
        with store.read() as reading:
            return reading.setting(f"needs.{session}")

    assert "subject.law" in str(program.runner.store_call(kept))


def test_a_test_is_taken_by_name_goes_on_after_a_break_and_the_names_come_again(
    start: Start, qtbot: QtBot
) -> None:
    program = start(screens=2)
    station = program.room.station
    program.runner.store_call(lambda: send(station.tools.store))
    open_sign_in(program, qtbot)
    session = program.room.session_id()
    assert session is not None
    signed = lambda: station.attendance.sign_in(session, P1, Lane.ROLL_CALL, "operator")  # noqa: E731
    program.runner.store_call(signed)
    program.window.go(PageName.CLOSE)
    page = program.window.pages[PageName.CLOSE]
    assert isinstance(page, ClosePage)
    page.asks.open_test.click()
    qtbot.waitUntil(lambda: isinstance(program.guard.desk._lent, CandidateDesk))
    desk = program.guard.desk._lent
    assert isinstance(desk, CandidateDesk)
    qtbot.waitUntil(lambda: bool(desk._names))
    desk.wall.chosen.emit(P1)
    qtbot.waitUntil(lambda: desk.asking is not None)
    first = desk.asking
    assert first is not None
    first.presenter.touch(0)
    first.presenter.go_on()
    desk.presenter.choose(P1, "again")
    qtbot.waitUntil(lambda: desk.asking is not first)
    asked = desk.asking
    assert asked is not None
    assert (asked.presenter.state.at, asked.presenter.state.answers[0]) == (1, (0,))
    for chosen in ((0, 1), (1,), (0, 1, 2)):
        for place in chosen:
            asked.presenter.touch(place)
        asked.presenter.go_on()
    qtbot.waitUntil(lambda: asked.presenter.state.is_over)
    qtbot.waitUntil(lambda: desk.stack.currentIndex() == 0, timeout=6_000)
    assert desk._names == {}
    found = program.runner.store_call(lambda: station.tests.results(session))
    assert isinstance(found, tuple)
    assert [(one.right, one.questions) for _name, one in found] == [(4, 4)]


def test_a_quiz_is_run_from_the_operators_window_and_seen_by_the_room(
    start: Start, qtbot: QtBot
) -> None:
    program = start(screens=2)
    station, stage = program.room.station, program.audience.stage
    program.runner.store_call(lambda: send(station.tools.store))
    open_sign_in(program, qtbot)
    program.window.go(PageName.CLOSE)
    page = program.window.pages[PageName.CLOSE]
    assert isinstance(page, ClosePage)
    before = program.runner.store_call(lambda: station.tools.store.held().facts)
    page.asks.open_quiz.click()
    sheet = page.asks.quiz
    qtbot.waitUntil(sheet.isVisible)
    sheet.teams_asked.buttons["3"].click()
    qtbot.waitUntil(lambda: stage.state.shows is RoomShows.QUIZ)
    QTest.keyClick(sheet, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: seen(program).turn == 1)
    sheet.teams[0].click()
    assert seen(program).turn == 1, "another came first"
    assert seen(program).right == ()
    sheet.right.click()
    assert [count for _name, count in seen(program).teams] == [0, 1, 0]
    assert seen(program).right == (0,)
    sheet.following.click()
    assert not seen(program).right
    sheet.end.click()
    assert stage.state.shows is not RoomShows.QUIZ
    assert sheet.isHidden()
    after = program.runner.store_call(lambda: station.tools.store.held().facts)
    assert after == before, "a game leaves nothing in the record"


def test_a_sealed_pack_asks_for_the_code_that_was_read_out(start: Start, qtbot: QtBot) -> None:
    program = start(screens=2)
    store = program.room.station.tools.store
    program.runner.store_call(lambda: send(store, with_key=False))
    open_sign_in(program, qtbot)
    program.window.go(PageName.CLOSE)
    page = program.window.pages[PageName.CLOSE]
    assert isinstance(page, ClosePage)
    page.asks.open_test.click()
    sheet = page.asks.code
    qtbot.waitUntil(sheet.isVisible)
    sheet.code.setText("AAAA-BBBB-CCCC-DDDD")
    sheet.unseal.click()
    packs = program.runner.store_call(program.room.station.tests.packs)
    assert isinstance(packs, tuple)
    assert [one.is_open for one in packs] == [False], "it was another code"
    assert sheet.isVisible()
    sheet.code.setText(KEY)
    sheet.unseal.click()
    qtbot.waitUntil(lambda: isinstance(program.guard.desk._lent, CandidateDesk))
