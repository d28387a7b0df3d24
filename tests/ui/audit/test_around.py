"""The first setting up and the PIN's keypad, measured as every other screen is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from app.words import speak
from tests.ui.audit.around import desk, locked, set_up, vouched
from tests.ui.audit.measuring.faults import operator_floors
from tests.ui.audit.measuring.screen import screen_faults
from tests.ui.audit.states import settled
from tests.ui.audit.test_operator import FORMS
from ui.lock.lock_screen import LockScreen
from ui.pages.first_run.view import SetupWizardView
from ui.theme import look
from ui.theme.tokens import InterfaceSize


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "height", "size"), FORMS)
def test_no_state_has_a_fault(
    qapp: QApplication, qtbot: QtBot, language: str, width: int, height: int, size: InterfaceSize
) -> None:
    speak(language)
    look.apply_look(qapp, size, width=width, lines=height)
    found: list[str] = []
    ringed: set[str] = set()
    floors = operator_floors(look.scaled(1000) / 1000)

    def walk(window: QMainWindow, states: Iterator[str]) -> None:
        for state in states:
            settled(qapp)
            if (window.width(), window.height()) != (width, height):
                found.append(f"{state}: the window grew to {window.size().toTuple()}")
                window.resize(width, height)
            for fault in screen_faults(window, floors, ringed=ringed):
                found.append(f"{state}: {fault}")

    setting_up = QMainWindow()
    qtbot.addWidget(setting_up)
    view = SetupWizardView(desk())
    setting_up.setCentralWidget(view)
    setting_up.resize(width, height)
    setting_up.show()
    walk(setting_up, set_up(view))
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    sheet = LockScreen(window)
    walk(window, locked(sheet))
    sheet.hide()
    walk(window, vouched(window))
    speak("zh")
    look.apply_look(qapp, InterfaceSize.STANDARD)
    assert not found, "\n".join(found)
