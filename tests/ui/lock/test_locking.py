"""The operator's window locks, nothing gets past the sheet, and the PIN opens it again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionView
from app.usecases.operator_pin import LockedPart
from tests.ui.lock.conftest import PIN, Start, tap
from tests.ui.programs import let_go
from ui.shell.application import Application
from ui.state.page_names import PageName

HOUR_MS = 3_600_000


def away(program: Application, ms: int = HOUR_MS) -> None:
    """Nobody touches the operator's window for so long."""
    program.guard._used_ms -= ms
    program.guard.look()


def open_sign_in(program: Application, qtbot: QtBot) -> None:
    station, room = program.room.station, program.room

    def begin() -> SessionView:
        return station.sessions.open_sign_in(
            station.sessions.prepare_extra("十一月集中学习", ()).session.id
        )

    room.ask(begin, room.show)
    qtbot.waitUntil(lambda: room.step() is Step.SIGN_IN)


def test_without_a_pin_nothing_ever_locks(start: Start) -> None:
    program = start()
    away(program)
    program.guard.lock()
    assert not program.guard.is_locked
    assert program.window.centralWidget().isVisible()


def test_a_window_left_alone_locks_and_only_the_pin_opens_it(start: Start, qtbot: QtBot) -> None:
    program = start(pin=PIN, screens=2)
    away(program, 9 * 60_000)
    assert not program.guard.is_locked
    away(program, 2 * 60_000)
    assert program.guard.is_locked
    assert not program.window.centralWidget().isVisible()
    pad = program.guard.sheet.pad
    tap(pad, "9999")
    qtbot.waitUntil(lambda: "密码不对" in pad.note.text)
    assert pad.typed == 0
    for digit in PIN:
        QTest.mouseClick(pad.keypad.digits[(int(digit) - 1) % 10], Qt.MouseButton.LeftButton)
    QTest.mouseClick(pad.main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not program.guard.is_locked)
    assert program.window.centralWidget().isVisible()
    assert not program.guard.sheet.isVisible()


def test_a_hand_at_the_window_keeps_it_open(start: Start) -> None:
    program = start(pin=PIN, screens=2)
    program.guard._used_ms -= HOUR_MS
    QTest.mouseMove(program.window)
    QTest.mouseClick(program.window.rail, Qt.MouseButton.LeftButton)
    program.guard.look()
    assert not program.guard.is_locked


def test_while_a_course_plays_nobody_is_away(start: Start) -> None:
    program = start(pin=PIN, screens=2)
    program.guard._playing = lambda: True
    away(program)
    assert not program.guard.is_locked
    program.guard._playing = lambda: False
    away(program, 9 * 60_000)
    assert not program.guard.is_locked
    away(program, 2 * 60_000)
    assert program.guard.is_locked


def test_locked_no_key_reaches_the_pages_but_digits_reach_the_keypad(
    start: Start, qtbot: QtBot
) -> None:
    program = start(pin=PIN, screens=2)
    open_sign_in(program, qtbot)
    program.window.go(PageName.ROLL_CALL)
    program.guard.lock()
    page = program.window.pages[PageName.ROLL_CALL]
    for target in (program.window, page, program.audience):
        for key in (Qt.Key.Key_F5, Qt.Key.Key_Z, Qt.Key.Key_F11, Qt.Key.Key_Return):
            QTest.keyClick(target, key, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClick(target, key)
    assert program.room.step() is Step.SIGN_IN
    assert program.window.place is PageName.ROLL_CALL
    assert program.guard.is_locked
    pad = program.guard.sheet.pad
    for typed, digit in enumerate(PIN, 1):
        QTest.keyClick(pad, Qt.Key(ord(digit)))
        qtbot.waitUntil(lambda typed=typed: pad.typed == typed)  # type: ignore[misc]
    QTest.keyClick(pad, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not program.guard.is_locked)


def test_cards_are_read_while_the_window_is_locked(start: Start, qtbot: QtBot) -> None:
    program = start(pin=PIN, screens=2)
    open_sign_in(program, qtbot)
    program.guard.lock()
    pad = program.guard.sheet.pad
    QTest.keyClicks(pad, "YJ1-00000")
    QTest.keyClick(pad, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: program.room.view is not None and program.room.view.turnout.in_room == 1
    )
    assert program.guard.is_locked
    assert pad.typed == 0
    program.guard.look()
    assert "已到 1 人" in pad.meanwhile.text()


def test_tab_stays_on_the_sheet(start: Start) -> None:
    program = start(pin=PIN, screens=2)
    program.guard.lock()
    program.window.activateWindow()
    sheet = program.guard.sheet
    for _ in range(40):
        focused = program.window.focusWidget()
        assert focused is sheet.pad or sheet.isAncestorOf(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)


def test_f1_tells_on_the_sheet_what_to_do_when_the_pin_is_forgotten(start: Start) -> None:
    program = start(pin=PIN, screens=2)
    program.guard.lock()
    sheet = program.guard.sheet
    QTest.keyClick(sheet.pad, Qt.Key.Key_F1)
    assert sheet.help.isVisible()
    assert any("pin forget" in line.text() for line in sheet.help.lines)
    QTest.keyClick(sheet.help.close_button, Qt.Key.Key_Escape)
    assert not sheet.help.isVisible()


def test_a_locked_window_cannot_be_closed_and_says_why(start: Start) -> None:
    program = start(pin=PIN, screens=2)
    program.guard.lock()
    program.window.close()
    assert program.window.isVisible()
    assert "关闭" in program.guard.sheet.pad.sentence.text()


def test_turning_the_pc_off_and_on_does_not_open_a_locked_window(
    start: Start, qtbot: QtBot
) -> None:
    first = start(pin=PIN, screens=2)
    first.guard.lock()
    qtbot.waitUntil(lambda: first.guard.view.locked_now is LockedPart.CONSOLE)
    let_go(first)
    again = start(screens=2)
    assert again.guard.is_locked
    tap(again.guard.sheet.pad, PIN)
    qtbot.waitUntil(lambda: not again.guard.is_locked)
    qtbot.waitUntil(lambda: again.guard.view.locked_now is LockedPart.NOTHING)


def test_too_many_wrong_tries_count_down_in_words(start: Start, qtbot: QtBot) -> None:
    program = start(pin=PIN, screens=2)
    program.guard.lock()
    pad = program.guard.sheet.pad
    for left in (4, 3, 2, 1):
        tap(pad, "9999")
        qtbot.waitUntil(lambda left=left: f"再错 {left} 次" in pad.note.text)  # type: ignore[misc]
    tap(pad, "9999")
    qtbot.waitUntil(lambda: "试得太多了" in pad.note.text)
    tap(pad, PIN)
    assert program.guard.is_locked
    assert "试得太多了" in pad.note.text


def test_another_language_keeps_it_locked(start: Start, qtbot: QtBot) -> None:
    program = start(pin=PIN, screens=2)
    program.guard.lock()
    choices = program.preferences.read()
    from dataclasses import replace

    program.preferences.choose(replace(choices, language="en"))
    qtbot.waitUntil(lambda: program.guard.sheet.pad.title.text() == "Locked")
    assert program.guard.is_locked
    assert not program.window.centralWidget().isVisible()


def test_the_pin_lies_in_no_file_and_no_log(start: Start, home: Path, qtbot: QtBot) -> None:
    program = start(pin="73914628", screens=2)
    program.guard.lock()
    tap(program.guard.sheet.pad, "73914628")
    qtbot.waitUntil(lambda: not program.guard.is_locked)
    let_go(program)
    for file in home.rglob("*"):
        if file.is_file():
            assert b"73914628" not in file.read_bytes(), file
