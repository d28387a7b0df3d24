"""A course outside a session is a trial: the room sees what it hears, and nothing is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionView
from app.words import speak
from tests.support.stations import add_course, course_of, station_at
from tests.ui.audience.test_placement import PluggedScreens
from tests.ui.playback.test_real_playing import CLIP
from tests.ui.programs import let_go
from ui.audience.state import RoomShows
from ui.pages.close.view import ClosePage
from ui.shell.application import Application
from ui.state.page_names import PageName
from ui.state.preferences import Preferences


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with station_at(tmp_path / "home") as opened:
        course = replace(course_of(CLIP, duration_ms=4_000), subtitle=None)
        add_course(opened, course, CLIP)
        session = opened.station.sessions.prepare_extra("晚上学习", (course.id,)).session.id
        opened.station.sessions.open_sign_in(session)
        opened.station.sessions.move(session, Step.DISCUSS)
    return tmp_path / "home"


@pytest.fixture
def program(home: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Application]:
    speak("zh")
    choices = Preferences(size="standard")
    made = Application(qapp, home, choices, PluggedScreens(), windowed=False, audio=False)
    made.start()
    qtbot.waitUntil(lambda: made.is_ready and made.window.place is PageName.DISCUSS, timeout=30_000)
    yield made
    let_go(made, quietly=True)


def test_a_course_played_after_the_close_is_seen_called_a_trial_and_ends_with_the_next_session(
    program: Application, qtbot: QtBot
) -> None:
    room, window, stage = program.room, program.window, program.audience.stage
    closed = room.session_id()
    window.go(PageName.CLOSE)
    close = window.pages[PageName.CLOSE]
    assert isinstance(close, ClosePage)
    close.presenter.confirm()
    qtbot.waitUntil(lambda: stage.state.shows is RoomShows.THANKS)
    assert window.steps.isVisible()
    course = room.courses[0].course
    program.look_at(course.id)
    page = window.pages.play()
    assert not window.steps.isVisible(), "the session is over"
    assert not page.late.isVisible()
    qtbot.waitUntil(lambda: program.playback.state.playing)
    assert stage.state.shows is RoomShows.PLAY
    assert page.end.words == "结束试放…"
    assert page.transport.standing.text() == "试放，不计入记录"
    page.end.click()
    assert "去讨论" not in page.question.text.text()
    page.question.yes.click()
    qtbot.waitUntil(lambda: stage.state.shows is RoomShows.THANKS)
    assert window.place is PageName.TODAY
    assert closed is not None
    read: list[SessionView] = []
    room.ask(lambda: room.station.sessions.show(closed), read.append)
    qtbot.waitUntil(lambda: bool(read))
    assert not read[0].plays
    program.look_at(course.id)
    qtbot.waitUntil(lambda: bool(program.playback.state.course or program.playback.state.resume_ms))
    room.ask(lambda: room.station.sessions.prepare_extra("再学一场", (course.id,)), room.show)
    qtbot.waitUntil(lambda: room.step() is Step.PREPARE)
    session = room.session_id()
    assert session is not None
    room.ask(lambda: room.station.sessions.open_sign_in(session), room.show)
    qtbot.waitUntil(lambda: stage.state.shows is RoomShows.WELCOME)
    assert program.playback.state.course is None
    assert program.playback.state.asked is None
