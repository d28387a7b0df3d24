"""Handouts, the drawer, the countdown and swapping in the whole program with its own lanes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.areas.sessions.session import Step
from app.words import speak
from tests.support.small_sessions import begin
from tests.support.stations import station_at
from tests.ui.audience.test_placement import LAPTOP, PROJECTOR, PluggedScreens
from tests.ui.handouts.pdfs import pdf, written
from tests.ui.programs import let_go
from ui.audience.state import RoomShows
from ui.shell.application import Application
from ui.state.page_names import PageName
from ui.state.preferences import Preferences


class Begun:
    """Starts the program in the middle of a session, at the step asked for."""

    def __init__(self, app: QApplication, qtbot: QtBot, folder: Path) -> None:
        self._app, self._qtbot = app, qtbot
        self.home = folder / "home"
        self.made: list[Application] = []

    def __call__(self, step: Step, *, screens: PluggedScreens) -> Application:
        with station_at(self.home) as opened:
            session = begin(opened)
            if step is not Step.SIGN_IN:
                opened.station.sessions.move(session, step)
        program = Application(
            self._app, self.home, Preferences(size="standard"), screens, windowed=False
        )
        self.made.append(program)
        program.start()
        self._qtbot.waitUntil(
            lambda: program.is_ready and program.room.view is not None, timeout=30_000
        )
        return program


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Begun]:
    speak("zh")
    begun = Begun(qapp, qtbot, tmp_path)
    yield begun
    let_go(*begun.made)


def test_a_handout_fills_the_rooms_screen_and_leaves_it_when_put_away(
    start: Begun, qtbot: QtBot, tmp_path: Path
) -> None:
    program = start(Step.PLAY, screens=PluggedScreens())
    stage = program.audience.stage
    program.handouts.open(written(tmp_path, "讲义", pdf(2)))
    qtbot.waitUntil(lambda: stage.state.shows is RoomShows.HANDOUT)
    QTest.keyClick(program.window, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: "#00ff00" in colours(program))
    assert stage.painted.texts == (), "no word of ours, no file name stands on the picture"
    assert "讲义" not in program.audience.windowTitle()
    program.handouts.close()
    assert stage.state.shows is RoomShows.WELCOME


def test_swapping_is_kept_for_the_next_start(start: Begun, qtbot: QtBot) -> None:
    screens = PluggedScreens()
    program = start(Step.SIGN_IN, screens=screens)
    program.room_side.swap()
    assert screens.operator_at == PROJECTOR.name
    kept = start.home / "choices.json"
    qtbot.waitUntil(lambda: kept.exists())
    qtbot.waitUntil(lambda: json.loads(kept.read_text("utf-8"))["audience_screen"] == LAPTOP.name)


def test_identifying_with_one_screen_draws_what_to_press_until_a_screen_comes(
    start: Begun,
) -> None:
    screens = PluggedScreens([LAPTOP])
    program = start(Step.SIGN_IN, screens=screens)
    program.room_side.identify()
    assert program.window.extend_sheet.isVisible()
    QTest.keyClick(program.window, Qt.Key.Key_Escape)
    assert not program.window.extend_sheet.isVisible()
    program.room_side.identify()
    screens.plug(PROJECTOR)
    assert not program.window.extend_sheet.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Period, Qt.Key.Key_B])
def test_a_clickers_black_key_takes_any_picture_away_and_gives_it_back(
    start: Begun, qtbot: QtBot, tmp_path: Path, key: Qt.Key
) -> None:
    program = start(Step.DISCUSS, screens=PluggedScreens())
    program.window.go(PageName.DISCUSS)
    stage, black = program.audience.stage, program.window.pages.discuss().black

    def sees(shows: RoomShows) -> None:
        # A letter is held for a moment: it may be the first of a card's.
        qtbot.waitUntil(lambda: stage.state.shows is shows)
        assert black.isChecked() is (shows is RoomShows.BLACK)

    sees(RoomShows.QUESTIONS)
    QTest.keyClick(program.window, key)
    sees(RoomShows.BLACK)
    assert colours(program) == {"#000000"}
    QTest.keyClick(program.window, key)
    sees(RoomShows.QUESTIONS)
    program.handouts.open(written(tmp_path, "讲义", pdf(2)))
    sees(RoomShows.HANDOUT)
    QTest.keyClick(program.window, key)
    sees(RoomShows.BLACK)
    QTest.keyClick(program.window, Qt.Key.Key_PageDown)
    sees(RoomShows.BLACK)
    QTest.keyClick(program.window, Qt.Key.Key_Escape)
    sees(RoomShows.HANDOUT)
    qtbot.waitUntil(lambda: "#00ff00" in colours(program))
    black.click()
    sees(RoomShows.BLACK)


def test_the_black_key_is_a_letter_in_the_notes(start: Begun, qtbot: QtBot) -> None:
    program = start(Step.DISCUSS, screens=PluggedScreens())
    program.window.go(PageName.DISCUSS)
    page = program.window.pages.discuss()
    page.note.setFocus()
    QTest.keyClick(page.note, Qt.Key.Key_B)
    QTest.keyClick(page.note, Qt.Key.Key_Period)
    qtbot.waitUntil(lambda: page.note.toPlainText().lower() == "b.")
    assert program.audience.stage.state.shows is RoomShows.QUESTIONS


def test_black_ends_with_the_session_so_that_the_room_sees_the_thanks(
    start: Begun, qtbot: QtBot
) -> None:
    program = start(Step.DISCUSS, screens=PluggedScreens())
    program.window.go(PageName.DISCUSS)
    stage = program.audience.stage
    QTest.keyClick(program.window, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: stage.state.shows is RoomShows.BLACK)
    session = program.room.session_id()
    assert session is not None
    program.room.ask(lambda: program.room.station.sessions.close(session), program.room.show)
    qtbot.waitUntil(lambda: stage.state.shows is RoomShows.THANKS)


def test_a_handout_opened_behind_the_black_is_what_the_room_sees_after_it(
    start: Begun, qtbot: QtBot, tmp_path: Path
) -> None:
    program = start(Step.PLAY, screens=PluggedScreens())
    program.window.go(PageName.PLAY)
    stage = program.audience.stage
    QTest.keyClick(program.window, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: stage.state.shows is RoomShows.BLACK)
    program.handouts.open(written(tmp_path, "讲义", pdf(1)))
    qtbot.waitUntil(lambda: stage.state.sheet is not None)
    assert stage.state.shows is RoomShows.BLACK
    QTest.keyClick(program.window, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: stage.state.shows is RoomShows.HANDOUT)


def colours(program: Application) -> set[str]:
    picture = program.audience.stage.grab().toImage()
    middle = picture.pixelColor(picture.width() // 2, picture.height() // 2)
    return {middle.name()}
