"""A whole session without a mouse: F5, Tab and Enter, letters; everything answers to them."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.areas.sessions.session import Step
from app.ports.player import PlayerEvent
from tests.ui.operator_driver import Stand, sample_course
from ui.pages.close.view import ClosePage
from ui.state.page_names import PageName
from ui.windows.operator_window import OperatorWindow

Key = Qt.Key
MOST_TABS = 120


def test_a_session_from_the_plan_to_the_thanks_by_keys_alone(
    stand: Stand, qtbot: QtBot, tmp_path: Path
) -> None:
    sample_course(stand.opened, tmp_path, "c1", minutes=10)
    window = stand.open_window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    at(window, PageName.TODAY)
    press(window, Key.Key_F5)
    at(window, PageName.PREPARE)
    press(window, Key.Key_F5)
    at(window, PageName.ROLL_CALL)
    assert stand.room.step() is Step.SIGN_IN
    for letters in ("cgy", "lxl"):
        for letter in letters:
            press(window, Key(ord(letter.upper())), letter)
        press(window, Key.Key_Return)
    arrived = stand.room.view.turnout.in_room if stand.room.view else 0
    assert arrived >= 1
    press(window, Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert stand.room.view is not None
    assert stand.room.view.turnout.in_room == arrived - 1
    press(window, Key.Key_F5)
    assert stand.room.step() is Step.PLAY
    press(window, Key.Key_F5)
    stand.player.observe(PlayerEvent.PLAYING)
    stand.player.run(600_000 - 250)
    stand.player.observe(PlayerEvent.ENDED)
    by_tab(window, window.pages.play().end)
    assert stand.room.step() is Step.DISCUSS
    press(window, Key.Key_F5)
    at(window, PageName.CLOSE)
    page = cast("ClosePage", window.pages[PageName.CLOSE])
    by_tab(window, page.plain)
    assert stand.room.step() is Step.DISCUSS, "so few are here that it is asked"
    by_tab(window, page.question.end)
    assert stand.room.step() is Step.CLOSED


def test_every_page_is_reached_from_the_rail_by_keys_alone(stand: Stand, qtbot: QtBot) -> None:
    window = stand.open_window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for place in (
        PageName.COURSES,
        PageName.ROSTER,
        PageName.RECORDS,
        PageName.SENDING,
        PageName.SETTINGS,
    ):
        by_tab(window, window.rail.items[place])
        assert window.place is place


def at(window: OperatorWindow, place: PageName) -> None:
    assert window.place is place


def press(
    window: OperatorWindow,
    key: Qt.Key,
    text: str = "",
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """A key goes to whatever has the focus, as a keyboard's does."""
    focused = cast("QWidget | None", window.focusWidget())
    target = window if focused is None else focused
    if text:
        QTest.keyClicks(target, text)
    else:
        QTest.keyClick(target, key, modifier)


def by_tab(window: OperatorWindow, button: QAbstractButton) -> None:
    """Go there with Tab and press Enter."""
    for _ in range(MOST_TABS):
        if QApplication.focusWidget() is button:
            break
        press(window, Key.Key_Tab)
    assert QApplication.focusWidget() is button, f"Tab never came to {button.accessibleName()}"
    press(window, Key.Key_Return)
