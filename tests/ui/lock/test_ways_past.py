"""Ways past the lock that somebody with time on their hands would find: none of them leads out."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.lock.conftest import PIN, Start, tap
from tests.ui.lock.test_locking import HOUR_MS, away
from ui.state.page_names import PageName

LEFT = Qt.MouseButton.LeftButton


def test_dialogs_that_lie_on_one_another_are_all_put_away_when_it_locks(start: Start) -> None:
    program = start(pin=PIN, screens=2)
    lower = QFileDialog(program.window)
    lower.setOption(QFileDialog.Option.DontUseNativeDialog)
    lower.open()
    upper = QDialog(lower)
    upper.open()
    assert QApplication.activeModalWidget() is upper
    away(program)
    assert program.guard.is_locked
    assert not upper.isVisible()
    assert not lower.isVisible(), "files could be looked through, and the PIN not be entered"
    assert QApplication.activeModalWidget() is None


def test_a_menu_that_has_dropped_down_is_put_away_too(start: Start) -> None:
    program = start(pin=PIN, screens=2)
    menu = QMenu(program.window)
    menu.addAction("复制")
    menu.popup(program.window.mapToGlobal(program.window.rect().center()))
    assert QApplication.activePopupWidget() is menu
    away(program)
    assert not menu.isVisible()


def test_who_works_in_a_dialog_of_the_window_is_not_away(start: Start) -> None:
    program = start(pin=PIN, screens=2)
    lower = QDialog(program.window)
    lower.open()
    upper = QDialog(lower)
    upper.open()
    for dialog in (lower, upper):
        program.guard._used_ms -= HOUR_MS
        QTest.mouseClick(dialog, LEFT)
        program.guard.look()
        assert not program.guard.is_locked
        assert dialog.isVisible()
    upper.reject()
    lower.reject()


def test_a_window_that_is_nobodys_dialog_does_not_keep_it_open(start: Start, qtbot: QtBot) -> None:
    program = start(pin=PIN, screens=2)
    strange = QDialog()
    qtbot.addWidget(strange)
    strange.show()
    program.guard._used_ms -= HOUR_MS
    QTest.mouseClick(strange, LEFT)
    program.guard.look()
    assert program.guard.is_locked


def test_help_on_the_locked_sheet_opens_no_window_of_the_system(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def file_wanted(*_asked: object) -> tuple[str, str]:
        asked.append("file")
        return "", ""

    def dialog_wanted(_dialog: QDialog) -> int:
        asked.append("dialog")
        return 0

    monkeypatch.setattr(QFileDialog, "getSaveFileName", file_wanted)
    monkeypatch.setattr(QDialog, "exec", dialog_wanted)
    program = start(pin=PIN, screens=2)
    program.guard.lock()
    sheet = program.guard.sheet
    QTest.keyClick(sheet.pad, Qt.Key.Key_F1)
    for button in cast("list[QAbstractButton]", sheet.help.findChildren(QAbstractButton)):
        if button.isVisible():
            QTest.mouseClick(button, LEFT)
    assert asked == []


def test_a_new_pin_half_chosen_is_given_up_when_it_locks(start: Start, qtbot: QtBot) -> None:
    program = start(pin=PIN, screens=2)
    program.window.go(PageName.SETTINGS)
    program.guard.choose_pin()
    choosing = program.guard.choosing
    tap(choosing.pad, PIN)
    tap(choosing.pad, "6174")
    away(program)
    assert program.guard.is_locked
    assert not choosing.isVisible()
    tap(program.guard.sheet.pad, PIN)
    qtbot.waitUntil(lambda: not program.guard.is_locked)
    assert not choosing.isVisible()
    assert program.window.place is PageName.SETTINGS


def test_enter_held_down_on_the_keypad_is_one_try(start: Start, qtbot: QtBot) -> None:
    program = start(pin=PIN, screens=2)
    program.guard.lock()
    pad = program.guard.sheet.pad
    tried: list[str] = []
    pad.entered.connect(tried.append)
    tap(pad, "9999")
    for _ in range(60):
        QTest.keyClick(pad, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "密码不对" in pad.note.text)
    assert tried == ["9999"]
