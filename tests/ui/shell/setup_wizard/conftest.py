"""The program on a quite new home: nothing enrolled, nothing recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.words import speak
from tests.ui.audience.test_placement import PluggedScreens
from tests.ui.programs import let_go
from ui.shell.application import Application
from ui.state.preferences import Preferences
from ui.state.restart import Restart

Begin = Callable[..., Application]


@pytest.fixture
def screens() -> PluggedScreens:
    return PluggedScreens()


@pytest.fixture
def begin(
    tmp_path: Path, screens: PluggedScreens, qapp: QApplication, qtbot: QtBot
) -> Iterator[Begin]:
    """Start the program; it is ready when the pages or the first setting up are there."""
    speak("zh")
    made: list[Application] = []

    def start(*, sets_up: Restart = Restart.NONE, cut: bool = False) -> Application:
        program = Application(
            qapp,
            tmp_path / "home",
            Preferences(size="standard"),
            screens,
            windowed=True,
            audio=False,
            sets_up=sets_up,
        )
        made.append(program)
        program.was_cut = cut
        program.start()
        qtbot.waitUntil(lambda: program.is_ready or _is_seen(program), timeout=20_000)
        return program

    yield start
    let_go(*made)
    speak("zh")


def _is_seen(program: Application) -> bool:
    """Whether the first setting up is in front: a window shows a new page in its next turn."""
    return program.first is not None and program.first.view.isVisible()
