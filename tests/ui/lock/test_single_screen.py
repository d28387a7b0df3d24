"""One screen for all: members can't get behind their picture, the operator can."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.areas.sessions.session import Step
from app.usecases.operator_pin import LockedPart
from tests.ui.audience.test_placement import PROJECTOR
from tests.ui.lock.conftest import PIN, Start, tap
from tests.ui.lock.test_locking import open_sign_in
from tests.ui.programs import let_go
from ui.lock.unlock_corner import HOLD_MS
from ui.shell.application import Application


def hand_over(program: Application, qtbot: QtBot) -> None:
    """Sign-in is open and the members' screen fills the one screen."""
    open_sign_in(program, qtbot)
    QTest.keyClick(program.window, Qt.Key.Key_F11)
    assert program.audience.isVisible()
    assert program.guard.single.covers


def locked_for_members(program: Application, qtbot: QtBot) -> None:
    program.guard.use_single_screen_lock(on=True)
    qtbot.waitUntil(lambda: program.guard.view.single_screen)
    hand_over(program, qtbot)
    qtbot.waitUntil(lambda: program.guard.view.locked_now is LockedPart.SINGLE)


def test_without_a_pin_escape_brings_the_operator_back(start: Start, qtbot: QtBot) -> None:
    program = start()
    hand_over(program, qtbot)
    QTest.keyClick(program.audience, Qt.Key.Key_Escape)
    assert not program.audience.isVisible()
    assert program.window.centralWidget().isVisible()


def test_escape_and_closing_ask_for_the_pin_and_members_go_on_after_a_refusal(
    start: Start, qtbot: QtBot
) -> None:
    program = start(pin=PIN)
    hand_over(program, qtbot)
    assert program.guard.is_locked  # Alt+Tab leads to nothing
    single = program.guard.single
    for ask in (
        lambda: QTest.keyClick(program.audience, Qt.Key.Key_Escape),
        lambda: QTest.keyClick(program.member, Qt.Key.Key_Escape),
        lambda: QTest.keyClick(program.audience, Qt.Key.Key_F11),
        lambda: program.audience.close(),
    ):
        ask()
        assert single.way_out.is_asking
        assert program.audience.isVisible()
        tap(single.way_out.sheet.pad, "9998")
        qtbot.waitUntil(lambda: "密码不对" in single.way_out.sheet.pad.note.text)
        QTest.mouseClick(single.way_out.sheet.pad.back, Qt.MouseButton.LeftButton)
        assert not single.way_out.is_asking
    keys = {key.word: key for key in program.member.keypad_scene.keypad.digits}
    for digit in "0005":
        QTest.mouseClick(keys[digit], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.member.confirm.isVisible())


def test_the_pin_brings_the_operator_back_and_opens_his_window(start: Start, qtbot: QtBot) -> None:
    program = start(pin=PIN)
    hand_over(program, qtbot)
    QTest.keyClick(program.audience, Qt.Key.Key_Escape)
    tap(program.guard.single.way_out.sheet.pad, PIN)
    qtbot.waitUntil(lambda: not program.audience.isVisible())
    assert not program.guard.is_locked
    assert program.window.centralWidget().isVisible()


def test_a_keypad_nobody_uses_goes_away_for_the_members(start: Start, qtbot: QtBot) -> None:
    program = start(pin=PIN)
    hand_over(program, qtbot)
    single = program.guard.single
    QTest.keyClick(program.audience, Qt.Key.Key_Escape)
    single.way_out.sheet.pad._alone.setInterval(50)
    single.way_out.sheet.pad.press("1")
    qtbot.waitUntil(lambda: not single.way_out.is_asking)
    assert program.audience.isVisible()


def test_locked_without_a_pin_only_a_long_press_leads_out(start: Start, qtbot: QtBot) -> None:
    program = start()
    locked_for_members(program, qtbot)
    assert program.audience.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F11, Qt.Key.Key_F5):
        QTest.keyClick(program.audience, key)
    program.audience.close()
    assert program.audience.isVisible()
    program.window.close()
    assert program.window.isVisible()
    button = program.guard.single.in_strip
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert program.audience.isVisible()
    assert "2 秒" in button.word
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not program.audience.isVisible(), timeout=HOLD_MS + 2_000)
    assert not program.audience.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    qtbot.waitUntil(lambda: program.guard.view.locked_now is LockedPart.NOTHING)


def test_after_a_crash_it_comes_back_locked(start: Start, qtbot: QtBot) -> None:
    first = start(pin=PIN)
    locked_for_members(first, qtbot)
    let_go(first)
    again = start()
    qtbot.waitUntil(lambda: again.guard.single.covers)
    assert again.guard.is_locked
    QTest.keyClick(again.audience, Qt.Key.Key_Escape)
    assert again.guard.single.way_out.is_asking
    tap(again.guard.single.way_out.sheet.pad, PIN)
    qtbot.waitUntil(lambda: not again.audience.isVisible())


def test_over_other_pictures_a_touch_brings_the_way_back_and_a_moving_pointer_does_not(
    start: Start, qtbot: QtBot
) -> None:
    program = start(pin=PIN)
    station, room = program.room.station, program.room
    room.ask(lambda: station.sessions.prepare_extra("十一月集中学习", ()), room.show)
    qtbot.waitUntil(lambda: room.step() is Step.PREPARE)
    QTest.keyClick(program.window, Qt.Key.Key_F11)
    bar = program.one_screen.bar
    assert program.guard.single.covers
    QTest.mouseMove(program.audience.stage.painted, program.audience.rect().center())
    assert not bar.isVisible()
    QTest.mouseClick(program.audience.stage.painted, Qt.MouseButton.LeftButton)
    assert bar.isVisible()
    bar._linger.setInterval(20)
    bar.come()
    qtbot.waitUntil(lambda: not bar.isVisible())
    bar.come()
    QTest.mouseClick(bar.operator, Qt.MouseButton.LeftButton)
    assert program.guard.single.way_out.is_asking


def test_the_room_s_own_screen_is_nobody_s_way_out(start: Start, qtbot: QtBot) -> None:
    program = start(pin=PIN, screens=2)
    open_sign_in(program, qtbot)
    assert program.placement.current == PROJECTOR.name
    QTest.keyClick(program.audience, Qt.Key.Key_Escape)
    assert program.audience.isVisible()
    assert not program.guard.single.way_out.is_asking
    assert not program.guard.single.strip.isVisible()
