"""A whole session by clicks and keys, on a real window and a real store."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.areas.attendance.marks import Lane, Status
from app.areas.sessions.session import NotHeldReason, Step
from app.bootstrap import OpenStation
from app.domain.ids import PersonId
from app.domain.personal import LeaveKind
from app.ports.player import PlayerEvent
from tests.support.stations import SetClock
from tests.ui.operator_driver import Stand, sample_course
from ui.audience.state import RoomShows
from ui.input.scanner import ScannerListener
from ui.pages.close.view import ClosePage
from ui.pages.discuss.view import DiscussPage
from ui.pages.play.view import PlayPage
from ui.pages.prepare.view import PreparePage
from ui.pages.roll_call.state import RollCallFilter
from ui.pages.roll_call.view import RollCallPage
from ui.pages.today.view import TodayPage
from ui.state.page_names import PageName


def page(stand: Stand, kind: type[QWidget]) -> QWidget:
    assert stand.window is not None
    found = [one for one in stand.window.pages.values() if isinstance(one, kind)]
    return found[0]


def front(stand: Stand) -> PageName:
    assert stand.window is not None
    return stand.window.place


def room_sees(stand: Stand) -> RoomShows:
    assert stand.stage is not None
    return stand.stage.state.shows


def click(qtbot: QtBot, button: QAbstractButton) -> None:
    assert button.isVisibleTo(button.window())
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def sign_in(stand: Stand, opened: OpenStation, qtbot: QtBot, tmp_path: Path) -> RollCallPage:
    """A window with sign-in open, reached by its own buttons."""
    sample_course(opened, tmp_path, "c1", minutes=10)
    sample_course(opened, tmp_path, "c2", title="大棚蔬菜病虫害绿色防控", minutes=10)
    stand.open_window()
    today = page(stand, TodayPage)
    assert isinstance(today, TodayPage)
    click(qtbot, today.begin)
    prepare = page(stand, PreparePage)
    assert isinstance(prepare, PreparePage)
    assert front(stand) is PageName.PREPARE
    click(qtbot, prepare.open)
    assert front(stand) is PageName.ROLL_CALL
    roll = page(stand, RollCallPage)
    assert isinstance(roll, RollCallPage)
    return roll


def status_of(stand: Stand, person: str) -> Status | None:
    view = stand.room.view
    assert view is not None
    found = stand.opened.station.sessions.show(view.session.id)
    return next(one.status for one in found.cards if one.id == person)


def test_three_letters_and_enter_sign_someone_in_and_undo_names_him(
    stand: Stand, sign_in: RollCallPage, qtbot: QtBot
) -> None:
    QTest.keyClicks(sign_in.search, "wfs")
    assert [tile.shown.name for tile in sign_in.grid.tiles()] == ["王福生"]
    QTest.keyClick(sign_in.search, Qt.Key.Key_Return)
    assert status_of(stand, "p8") in (Status.PRESENT, Status.LATE)
    assert sign_in.search.text() == ""
    assert stand.said == "王福生：已到。"
    assert sign_in.undo.words == "撤销：王福生 已到"
    click(qtbot, sign_in.undo)
    assert stand.said == "已撤销：王福生 已到。"
    assert status_of(stand, "p8") is None
    assert sign_in.undo.words == "没有可撤销的"


def test_a_second_sign_in_is_told_the_first_time(
    stand: Stand, sign_in: RollCallPage, clock: SetClock
) -> None:
    sign_in.presenter.sign_in(PersonId("p8"))
    clock.pass_minutes(7)
    sign_in.presenter.sign_in(PersonId("p8"))
    assert stand.said == "王福生 20:00 已经签过了。"
    view = stand.room.view
    assert view is not None
    assert view.turnout.arrived == 1


def test_namesakes_are_told_apart_by_group_and_birth_year(
    sign_in: RollCallPage, qtbot: QtBot
) -> None:
    both = [tile.shown for tile in sign_in.grid.tiles() if tile.shown.name == "陈平"]
    assert len(both) == 2
    assert both[0].under != both[1].under
    assert all(one.under for one in both)


def test_leave_mode_marks_leave_and_ends_with_its_button(
    stand: Stand, sign_in: RollCallPage, qtbot: QtBot
) -> None:
    click(qtbot, sign_in.leave)
    click(qtbot, sign_in.kinds.buttons[LeaveKind.SICK.value])
    tile = sign_in.grid.tiles()[0]
    person = tile.shown.person
    click(qtbot, tile)
    assert status_of(stand, person) is Status.ON_LEAVE
    click(qtbot, sign_in.leave_end)
    assert sign_in.presenter.state.leave is None
    sign_in.presenter.look_at(RollCallFilter.ON_LEAVE)
    assert [one.shown.person for one in sign_in.grid.tiles()] == [person]


def test_a_visitor_needs_only_a_name(stand: Stand, sign_in: RollCallPage, qtbot: QtBot) -> None:
    click(qtbot, sign_in.visitor)
    click(qtbot, sign_in.visitor_form.accept)
    assert "姓名" in stand.said
    QTest.keyClicks(sign_in.visitor_form.name, "Qian")
    QTest.keyClick(sign_in.visitor_form.name, Qt.Key.Key_Return)
    view = stand.room.view
    assert view is not None
    assert view.turnout.visitors == 1
    assert sign_in.side.currentIndex() == 0


def test_space_never_signs_anybody_in(stand: Stand, sign_in: RollCallPage, qtbot: QtBot) -> None:
    tile = sign_in.grid.tiles()[0]
    tile.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(tile, Qt.Key.Key_Space)
    assert status_of(stand, tile.shown.person) is None
    QTest.keyClick(tile, Qt.Key.Key_Return)
    assert status_of(stand, tile.shown.person) is not None


def test_a_card_is_read_while_the_search_box_has_the_focus(
    stand: Stand, sign_in: RollCallPage, qtbot: QtBot, qapp: QApplication
) -> None:
    listener = ScannerListener(stand.room.scan, stand.window)
    qapp.installEventFilter(listener)
    sign_in.search.setFocus()
    for place, character in enumerate("YJ1-00013\r"):
        key = Qt.Key.Key_Return if character == "\r" else Qt.Key(ord(character))
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
            event.setTimestamp(9_000 + place * 15)
            QApplication.sendEvent(sign_in.search, event)
    qapp.removeEventFilter(listener)
    view = stand.room.view
    assert view is not None
    card = next(one for one in view.cards if one.id == "p13")
    assert card.lane is Lane.SCANNER
    assert sign_in.search.text() == ""
    stand.room.scan("YJ1-99999")
    assert "还没登记" in stand.said


def test_a_card_before_sign_in_is_open_is_answered_in_words(stand: Stand) -> None:
    stand.open_window()
    stand.room.scan("YJ1-00013")
    assert "没有打开签到" in stand.said


def test_the_session_goes_from_sign_in_to_the_end_by_its_primary_buttons(
    stand: Stand, sign_in: RollCallPage, qtbot: QtBot
) -> None:
    window = stand.window
    assert window is not None
    for person in ("p0", "p1", "p2"):
        sign_in.presenter.sign_in(PersonId(person))
    assert room_sees(stand) is RoomShows.WELCOME
    assert stand.stage is not None
    assert stand.stage.state.recent[0] == "陈秀兰"
    click(qtbot, sign_in.main)
    assert front(stand) is PageName.PLAY
    play = page(stand, PlayPage)
    assert isinstance(play, PlayPage)
    click(qtbot, play.transport.main)
    stand.player.observe(PlayerEvent.PLAYING)
    assert stand.room.step() is Step.PLAY
    assert room_sees(stand) is RoomShows.PLAY
    stand.player.run(600_000 - 250)
    stand.player.observe(PlayerEvent.ENDED)
    click(qtbot, play.end)
    assert front(stand) is PageName.DISCUSS
    assert room_sees(stand) is RoomShows.QUESTIONS
    assert len(stand.questions) == 3
    discuss = page(stand, DiscussPage)
    assert isinstance(discuss, DiscussPage)
    discuss.note.setPlainText("想学大棚技术")
    click(qtbot, discuss.finish)
    assert front(stand) is PageName.CLOSE
    close = page(stand, ClosePage)
    assert isinstance(close, ClosePage)
    assert close.presenter.state.view is not None
    assert close.presenter.state.view.notes == ("想学大棚技术",)
    click(qtbot, close.plain)
    assert close.question.text.text() == "还有 24 人没到，确定结束？"
    click(qtbot, close.question.end)
    assert close.presenter.state.is_closed
    assert room_sees(stand) is RoomShows.THANKS
    view = close.presenter.state.view
    assert (view.turnout.arrived, view.turnout.absent) == (3, 24)

    click(qtbot, close.people.tiles()[0])
    click(qtbot, close.sheet.accept)
    assert "原因" in stand.said
    close.sheet.reason.setText("来了漏签")
    click(qtbot, close.sheet.accept)
    assert close.presenter.state.view is not None
    assert close.presenter.state.view.turnout.late_entry == 1
    click(qtbot, close.main)
    assert front(stand) is PageName.TODAY
    assert stand.room.view is None


def test_the_keys_of_the_play_page_do_what_the_table_says(
    stand: Stand, sign_in: RollCallPage, qtbot: QtBot
) -> None:
    window = stand.window
    assert window is not None
    click(qtbot, sign_in.main)
    press = Qt.Key
    QTest.keyClick(window, press.Key_F5)
    stand.player.observe(PlayerEvent.PLAYING)
    stand.player.run(300_000)
    QTest.keyClick(window, press.Key_Left)
    assert stand.player.at_ms == 290_000
    QTest.keyClick(window, press.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert stand.player.at_ms == 293_000
    QTest.keyClick(window, press.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert stand.player.at_ms == 233_000
    QTest.keyClick(window, press.Key_Backspace)
    assert stand.player.at_ms == 300_000
    QTest.keyClick(window, press.Key_Space)
    assert not stand.player.playing
    QTest.keyClick(window, press.Key_Space)
    assert stand.player.playing
    QTest.keyClick(window, press.Key_Period)
    assert stand.playback.state.black
    QTest.keyClick(window, press.Key_Escape)
    assert not stand.playback.state.black
    assert stand.playback.state.is_on
    QTest.keyClick(window, press.Key_F)
    assert stand.playback.state.frozen
    QTest.keyClick(window, press.Key_F)
    QTest.keyClick(window, press.Key_M)
    assert stand.playback.state.muted
    QTest.keyClick(window, press.Key_V)
    assert not stand.player.subtitles
    QTest.keyClick(window, press.Key_BracketRight)
    assert stand.player.rate == 1.25
    QTest.keyClick(window, press.Key_Equal)
    assert stand.player.rate == 1.0
    QTest.keyClick(window, press.Key_Up)
    assert stand.playback.state.volume == 85
    QTest.keyClick(window, press.Key_PageDown)
    assert "再按一次" in stand.said
    first = stand.playback.state.course
    QTest.keyClick(window, press.Key_PageDown)
    stand.player.observe(PlayerEvent.PLAYING)
    assert stand.playback.state.course != first
    QTest.keyClick(window, press.Key_F11)
    assert stand.toggled == 1


def test_late_comers_sign_in_while_the_course_plays(
    stand: Stand, sign_in: RollCallPage, qtbot: QtBot
) -> None:
    window = stand.window
    assert window is not None
    click(qtbot, sign_in.main)
    QTest.keyClick(window, Qt.Key.Key_F5)
    stand.player.observe(PlayerEvent.PLAYING)
    QTest.keyClick(window, Qt.Key.Key_F2)
    drawer = window.drawer
    QTest.keyClicks(drawer.search, "lcs")
    QTest.keyClick(drawer.search, Qt.Key.Key_Return)
    assert status_of(stand, "p10") is not None
    assert stand.playback.state.playing
    QTest.keyClick(drawer.search, Qt.Key.Key_Escape)
    play = page(stand, PlayPage)
    assert isinstance(play, PlayPage)
    assert not play.presenter.state.drawer


def test_ending_a_course_that_plays_is_asked_first(
    stand: Stand, sign_in: RollCallPage, qtbot: QtBot
) -> None:
    window = stand.window
    assert window is not None
    click(qtbot, sign_in.main)
    QTest.keyClick(window, Qt.Key.Key_F5)
    stand.player.observe(PlayerEvent.PLAYING)
    play = page(stand, PlayPage)
    assert isinstance(play, PlayPage)
    click(qtbot, play.end)
    assert stand.playback.state.is_on
    click(qtbot, play.question.no)
    assert stand.playback.state.is_on
    click(qtbot, play.end)
    click(qtbot, play.question.yes)
    assert not stand.playback.state.is_on
    assert front(stand) is PageName.DISCUSS


def test_a_session_that_was_not_held_is_recorded_with_its_reason(
    stand: Stand, qtbot: QtBot
) -> None:
    stand.open_window()
    today = page(stand, TodayPage)
    assert isinstance(today, TodayPage)
    click(qtbot, today.not_held)
    assert not today.not_held_form.accept.isEnabled()
    click(qtbot, today.not_held_form.reasons.buttons[NotHeldReason.HARVEST.value])
    click(qtbot, today.not_held_form.accept)
    assert stand.said == "已登记为未开展：农忙。"
    rows = stand.opened.station.today.records()
    assert rows[0].session.not_held_reason is NotHeldReason.HARVEST
    assert today.presenter.state.plan is None


def test_closing_the_window_is_asked_only_while_a_session_runs(
    stand: Stand, sign_in: RollCallPage, qtbot: QtBot
) -> None:
    window = stand.window
    assert window is not None
    left: list[bool] = []
    window.left.connect(lambda: left.append(True))
    window.close()
    assert window.isVisible()
    click(qtbot, window.quit_question.question.no)
    assert not left
    window.close()
    click(qtbot, window.quit_question.question.yes)
    assert left == [True]


@pytest.mark.parametrize("prepared", [False, True])
def test_closing_the_window_without_a_session_that_runs_is_not_asked(
    stand: Stand, prepared: bool
) -> None:
    if prepared:
        stand.opened.station.sessions.prepare_extra("晚上学习", ())
    window = stand.open_window()
    assert (stand.room.view is not None) is prepared
    left: list[bool] = []
    window.left.connect(lambda: left.append(True))
    window.close()
    assert left == [True]
