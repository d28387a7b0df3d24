"""The whole program on one screen, with a real film of a minute and its real player."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.areas.courses.course import Course
from app.areas.sessions.session import Step
from app.words import speak
from tests.support.films import Film, make_film
from tests.support.small_sessions import begin
from tests.support.stations import SetClock, add_course, course_of, station_at
from tests.ui.audience.test_placement import LAPTOP, PluggedScreens
from tests.ui.programs import let_go
from ui.jobs.clocks import wall_ms
from ui.one_screen.bar import LINGER_MS, BarPart, TouchBar
from ui.one_screen.state import BarAct
from ui.shell.application import Application
from ui.sound.tones import Sounds
from ui.state.preferences import Preferences

FILM_MS = 60_000
SLOW_MS = 600_000
Begin = Callable[..., "OneScreenRun"]


class OneScreenRun:
    """A program that runs, and its operator's hands."""

    def __init__(self, program: Application, qtbot: QtBot) -> None:
        self.program, self.qtbot = program, qtbot

    def record_sounds(self, heard: list[str]) -> Sounds:
        """A loudspeaker that writes down what it would play."""

        class Loudspeaker:
            def play(self, file: Path, volume: int) -> None:  # noqa: ARG002 - the protocol's
                heard.append(file.name)

        return Loudspeaker()

    @property
    def shows(self) -> str:
        return self.program.audience.stage.state.shows.value

    def touch(self, part: QWidget) -> None:
        """A finger where it is seen."""
        assert part.isVisible(), part.accessibleName()
        QTest.mouseClick(part, Qt.MouseButton.LeftButton)

    def key(self, act: BarAct) -> BarPart:
        """A key of the bar."""
        bar = self.program.one_screen.bar
        parts = [one for one in (*bar.parts, bar.operator) if one.isVisible()]
        return next(one for one in parts if one.key.act is act)

    def bar(self) -> list[str]:
        """The words of the bar, empty while it is away."""
        bar = self.program.one_screen.bar
        parts = [one for one in (*bar.parts, bar.operator) if one.isVisible()]
        return [one.key.word for one in parts]

    def touch_picture(self) -> None:
        """A finger on what the room sees."""
        stage = self.program.audience.stage
        page = stage.stack.currentWidget()
        held = getattr(page, "held", None)
        self.touch(held if isinstance(held, QWidget) else page)

    def play(self) -> None:
        """From the playing page by its own button; returns once pictures come."""
        self.program.window.go("play")
        self.touch(self.program.window.pages.play().transport.main)
        self.qtbot.waitUntil(lambda: self.program.playback.state.playing, timeout=20_000)


def film(folder: Path) -> Path:
    """A minute of two pictures a second."""
    return make_film(folder / "课.mp4", Film(at_ms=tuple(range(0, FILM_MS, 500)), last_ms=500))


def _let_the_bar_stay(bar: TouchBar) -> None:
    """On a slow machine 4 s pass between two touches here; a test that waits for its going says so."""
    assert bar._linger.interval() == LINGER_MS == 4_000
    bar._linger.setInterval(SLOW_MS)


@pytest.fixture
def run(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Begin]:
    """Start in the middle of a session (``step``), or before one (None)."""
    speak("zh")
    made: list[Application] = []

    def start(
        step: Step | None = None, *, pin: str = "", screens: PluggedScreens | None = None
    ) -> OneScreenRun:
        path = film(tmp_path)
        with station_at(tmp_path / "home", clock=SetClock(wall_ms=wall_ms())) as opened:
            course: Course = replace(
                course_of(path, duration_ms=FILM_MS, title="柑橘冬季修剪"), subtitle=None
            )
            add_course(opened, course, path)
            if step is not None:
                session = begin(opened)
                if step is not Step.SIGN_IN:
                    opened.station.sessions.move(session, step)
            if pin:
                opened.station.pin.set_pin(pin)
        program = Application(
            qapp,
            tmp_path / "home",
            Preferences(size="standard"),
            screens or PluggedScreens([LAPTOP]),
            windowed=False,
            audio=False,
        )
        made.append(program)
        program.start()
        qtbot.waitUntil(
            lambda: program.is_ready and (step is None or program.room.view is not None),
            timeout=30_000,
        )
        program.window.resize(1366, 768)
        program.audience.resize(1366, 768)
        _let_the_bar_stay(program.one_screen.bar)
        return OneScreenRun(program, qtbot)

    yield start
    let_go(*made)
    speak("zh")
