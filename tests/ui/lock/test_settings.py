"""The PIN is set, changed and removed in the settings, which say plainly what having none means."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.lock.conftest import PIN, Start, tap
from ui.pages.settings.lock_row import LockRow
from ui.pages.settings.view import SettingsPage
from ui.shell.application import Application
from ui.state.page_names import PageName


def lock_row(program: Application) -> LockRow:
    program.window.go(PageName.SETTINGS)
    row = cast("SettingsPage", program.window.pages[PageName.SETTINGS]).lock
    assert row is not None
    return row


def test_a_pin_is_set_changed_and_removed(start: Start, qtbot: QtBot) -> None:
    program = start(screens=2)
    row, guard = lock_row(program), program.guard
    assert "没有设密码" in row.stands.text()
    assert not row.minutes.isVisible()
    QTest.mouseClick(row.set_pin, Qt.MouseButton.LeftButton)
    pad = guard.choosing.pad
    tap(pad, "1234")
    assert "太好猜" in pad.note.text
    tap(pad, PIN)
    tap(pad, "2054")
    assert "两次不一样" in pad.note.text
    tap(pad, PIN)
    tap(pad, PIN)
    qtbot.waitUntil(lambda: guard.view.has_pin)
    assert not guard.choosing.isVisible()
    assert row.minutes.isVisible()
    QTest.mouseClick(row.minutes.buttons["20"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: guard.view.idle_minutes == 20)
    QTest.mouseClick(row.set_pin, Qt.MouseButton.LeftButton)
    for pin in ("9998", "7316", "7316"):
        tap(pad, pin)
    qtbot.waitUntil(lambda: "原来的密码不对" in pad.note.text)
    for pin in (PIN, "7316", "7316"):
        tap(pad, pin)
    qtbot.waitUntil(lambda: not guard.choosing.isVisible())
    QTest.mouseClick(row.remove, Qt.MouseButton.LeftButton)
    tap(pad, "7316")
    qtbot.waitUntil(lambda: not guard.view.has_pin)
    assert "没有设密码" in row.stands.text()


def test_escape_leaves_the_questions_and_changes_nothing(start: Start) -> None:
    program = start(screens=2)
    row = lock_row(program)
    QTest.mouseClick(row.set_pin, Qt.MouseButton.LeftButton)
    choosing = program.guard.choosing
    choosing.pad.press("2")
    QTest.keyClick(choosing.pad, Qt.Key.Key_Escape)
    assert choosing.isVisible()
    QTest.keyClick(choosing.pad, Qt.Key.Key_Escape)
    assert not choosing.isVisible()
    assert not program.guard.view.has_pin


def test_the_single_screen_is_locked_from_the_settings(start: Start, qtbot: QtBot) -> None:
    program = start(screens=1)
    row = lock_row(program)
    assert not row.hand_over.isVisible()
    QTest.mouseClick(row.single.buttons["on"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.guard.view.single_screen)
    row.ensurePolished()
    assert row.hand_over.isVisible()
    QTest.mouseClick(row.hand_over, Qt.MouseButton.LeftButton)
    assert program.guard.single.is_locked
