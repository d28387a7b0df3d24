"""The room's cable is pulled while a course plays: it waits, says so, and never goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.areas.sessions.session import Step
from app.words import speak
from tests.support.stations import add_course, course_of, station_at
from tests.ui.audience.test_placement import PROJECTOR, PluggedScreens
from tests.ui.playback.test_real_playing import CLIP
from tests.ui.programs import let_go
from ui.audience.state import RoomShows
from ui.input.shortcuts import Shortcut
from ui.shell.application import Application
from ui.state.page_names import PageName
from ui.state.preferences import Preferences

BACK_WITHIN_MS = 2_000


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A session at its playing step, with a course of some seconds."""
    with station_at(tmp_path / "home") as opened:
        course = replace(course_of(CLIP, duration_ms=4_000), subtitle=None)
        add_course(opened, course, CLIP)
        session = opened.station.sessions.prepare_extra("晚上学习", (course.id,)).session.id
        opened.station.sessions.open_sign_in(session)
        opened.station.sessions.move(session, Step.PLAY)
    return tmp_path / "home"


@pytest.fixture
def screens() -> PluggedScreens:
    return PluggedScreens()


@pytest.fixture
def program(
    home: Path, screens: PluggedScreens, qapp: QApplication, qtbot: QtBot
) -> Iterator[Application]:
    speak("zh")
    choices = Preferences(size="standard")
    made = Application(qapp, home, choices, screens, windowed=False, audio=False)
    made.start()
    qtbot.waitUntil(lambda: made.is_ready and made.window.place is PageName.PLAY, timeout=30_000)
    yield made
    let_go(made, quietly=True)


def test_a_pulled_screen_pauses_and_a_returned_one_shows_the_same_picture_again(
    program: Application, screens: PluggedScreens, qtbot: QtBot
) -> None:
    playback = program.playback
    program.window.act(Shortcut.MAIN)
    qtbot.waitUntil(lambda: playback.state.playing and playback.state.position_ms > 300)
    screens.pull(PROJECTOR)
    qtbot.waitUntil(lambda: not playback.state.playing)
    stood_ms = playback.state.position_ms
    assert "大屏断开了" in program.window.banner.text
    assert not program.audience.isVisible(), "the room's picture must not land on the desk"
    screens.plug(PROJECTOR)
    qtbot.waitUntil(lambda: program.audience.isVisible(), timeout=BACK_WITHIN_MS)
    assert program.window.banner.text == ""
    assert program.audience.stage.state.shows is RoomShows.PLAY
    assert not playback.state.playing, "who pulled a cable may be standing before the picture"
    assert playback.state.position_ms == stood_ms
    program.window.act(Shortcut.MAIN)
    qtbot.waitUntil(lambda: playback.state.playing)
