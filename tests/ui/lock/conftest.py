"""The whole program on a home with a roster; one screen or two, with or without a PIN."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import open_station
from app.words import speak
from tests.support.stations import station_at
from tests.ui.audience.test_placement import LAPTOP, PROJECTOR, PluggedScreens
from tests.ui.programs import let_go
from ui.lock.pin_pad import PinPad
from ui.shell.application import Application
from ui.state.preferences import Preferences

PIN = "2053"

Start = Callable[..., Application]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with station_at(tmp_path / "home"):
        pass
    return tmp_path / "home"


@pytest.fixture
def start(home: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Start]:
    """Start the program; ``pin`` is set before, ``screens`` are one or two."""
    speak("zh")
    made: list[Application] = []

    def begin(*, pin: str = "", screens: int = 1) -> Application:
        if pin:
            opened = open_station(home)
            opened.station.pin.set_pin(pin)
            opened.close()
        plugged = PluggedScreens([LAPTOP, PROJECTOR][:screens])
        program = Application(qapp, home, Preferences(size="standard"), plugged, windowed=False)
        made.append(program)
        program.start()
        qtbot.waitUntil(lambda: program.is_ready and len(program.room.index) > 0, timeout=30_000)
        return program

    yield begin
    let_go(*made)
    speak("zh")


def tap(pad: PinPad, pin: str) -> None:
    """Enter a PIN with a finger, and Enter (a second finger on one button within 350 ms is none)."""
    keys = {key.word: key for key in pad.keypad.digits}
    for digit in pin:
        QTest.mouseClick(keys[digit], Qt.MouseButton.LeftButton)
    QTest.keyClick(pad, Qt.Key.Key_Return)
