"""With a projector the members' keypad may stay on the operator's PC: names here, digits there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.usecases.operator_pin import LockedPart
from tests.ui.lock.conftest import PIN, Start, tap
from tests.ui.lock.test_locking import open_sign_in
from tests.ui.programs import let_go
from ui.audience.state import RoomShows
from ui.lock.unlock_corner import HOLD_MS
from ui.shell.application import Application
from ui.state.page_names import PageName


def touch(part: QWidget) -> None:
    assert part.isVisible(), part.accessibleName()
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)


def hand_over(program: Application, qtbot: QtBot) -> None:
    """The operator gives this PC to the members, by the button of the roll-call."""
    open_sign_in(program, qtbot)
    program.window.go(PageName.ROLL_CALL)
    touch(program.window.pages[PageName.ROLL_CALL].desk)  # type: ignore[attr-defined]
    assert program.guard.desk.is_open


def test_members_sign_in_at_the_pc_and_the_room_sees_their_names(
    start: Start, qtbot: QtBot
) -> None:
    program = start(screens=2)
    hand_over(program, qtbot)
    member, stage = program.member, program.audience.stage
    assert member.window() is program.window
    assert member.height() >= program.window.height() - 80
    assert stage.state.shows is RoomShows.WELCOME
    qtbot.waitUntil(lambda: not member.is_resting)
    keys = {key.word: key for key in member.keypad_scene.keypad.digits}
    for digit in "0007":
        touch(keys[digit])
    qtbot.waitUntil(lambda: member.confirm.isVisible() and not member.is_resting)
    touch(member.confirm.yes)
    qtbot.waitUntil(lambda: stage.state.arrived == 1)
    assert stage.state.recent == (member.presenter.state.recent[0],)
    assert stage.state.shows is RoomShows.WELCOME
    touch(program.guard.desk.button)
    assert not program.guard.desk.is_open
    assert program.window.place is PageName.ROLL_CALL
    QTest.keyClick(program.window, Qt.Key.Key_F1)
    assert program.window.help_sheet.isVisible()


def test_no_key_of_the_members_reaches_the_operators_pages(start: Start, qtbot: QtBot) -> None:
    program = start(screens=2)
    hand_over(program, qtbot)
    for key in (Qt.Key.Key_F5, Qt.Key.Key_F1, Qt.Key.Key_Escape, Qt.Key.Key_Z):
        QTest.keyClick(program.member, key)
    assert program.window.place is PageName.ROLL_CALL
    assert not program.window.help_sheet.isVisible()
    assert program.guard.desk.is_open
    QTest.keyClick(program.member, Qt.Key.Key_F11)
    assert not program.guard.desk.is_open


def test_with_a_pin_only_the_pin_gives_the_pc_back_and_members_go_on_after_a_refusal(
    start: Start, qtbot: QtBot
) -> None:
    program = start(pin=PIN, screens=2)
    hand_over(program, qtbot)
    qtbot.waitUntil(lambda: program.guard.view.locked_now is LockedPart.CONSOLE)
    way_out = program.guard.desk.way_out
    program.window.close()
    assert program.window.isVisible()
    touch(program.guard.desk.button)
    assert way_out.is_asking
    tap(way_out.sheet.pad, "9998")
    qtbot.waitUntil(lambda: "密码不对" in way_out.sheet.pad.note.text)
    touch(way_out.sheet.pad.back)
    assert program.guard.desk.is_open
    touch(program.guard.desk.button)
    tap(way_out.sheet.pad, PIN)
    qtbot.waitUntil(lambda: not program.guard.desk.is_open)
    qtbot.waitUntil(lambda: program.guard.view.locked_now is LockedPart.NOTHING)
    assert not program.guard.is_locked


def test_a_program_that_was_cut_off_meanwhile_comes_back_locked(start: Start, qtbot: QtBot) -> None:
    first = start(pin=PIN, screens=2)
    hand_over(first, qtbot)
    qtbot.waitUntil(lambda: first.guard.view.locked_now is LockedPart.CONSOLE)
    let_go(first)
    again = start(screens=2)
    assert again.guard.is_locked


def test_locked_without_a_pin_the_button_must_be_held(start: Start, qtbot: QtBot) -> None:
    program = start(screens=2)
    program.guard.use_single_screen_lock(on=True)
    qtbot.waitUntil(lambda: program.guard.view.single_screen)
    hand_over(program, qtbot)
    button = program.guard.desk.button
    touch(button)
    assert program.guard.desk.is_open
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not program.guard.desk.is_open, timeout=HOLD_MS + 2_000)


def test_with_one_screen_the_keypad_fills_it_and_there_is_no_such_choice(
    start: Start, qtbot: QtBot
) -> None:
    program = start()
    open_sign_in(program, qtbot)
    program.window.go(PageName.ROLL_CALL)
    desk = program.window.pages[PageName.ROLL_CALL].desk  # type: ignore[attr-defined]
    assert not desk.isVisible()
