"""The whole program with its own lanes, windows and player, on a home of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import open_station
from app.domain.errors import StoreTrouble
from app.ports.store import FactLine
from app.store.engine import SqliteError
from app.words import speak
from tests.support.small_sessions import facts_in
from tests.support.stations import station_at
from tests.ui.audience.test_placement import PROJECTOR, PluggedScreens
from tests.ui.programs import let_go
from ui.shell import application_base
from ui.shell.application import Application
from ui.state.page_names import PageName
from ui.state.preferences import Preferences


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with station_at(tmp_path / "home"):
        pass
    return tmp_path / "home"


@pytest.fixture
def screens() -> PluggedScreens:
    return PluggedScreens()


@pytest.fixture
def program(
    home: Path, screens: PluggedScreens, qapp: QApplication, qtbot: QtBot
) -> Iterator[Application]:
    speak("zh")
    made = Application(qapp, home, Preferences(size="standard"), screens, windowed=False)
    made.start()
    assert made.window.isVisible()  # before the record is open
    qtbot.waitUntil(lambda: made.is_ready and bool(made.room.people), timeout=30_000)
    yield made
    let_go(made, quietly=True)
    speak("zh")


def test_the_room_gets_its_screen_and_loses_and_regains_it(
    program: Application, screens: PluggedScreens
) -> None:
    assert screens.shown_on == [PROJECTOR.name]
    screens.pull(PROJECTOR)
    assert "大屏断开了" in program.window.banner.text
    assert not program.audience.isVisible()
    screens.plug(PROJECTOR)
    assert program.window.banner.text == ""
    assert program.audience.isVisible()


def test_leaving_lets_the_home_go_for_the_next_start(home: Path, program: Application) -> None:
    with pytest.raises(StoreTrouble):
        open_station(home)
    program.leave()
    open_station(home).close()


def test_another_language_and_size_hold_at_once_and_are_kept(
    program: Application, home: Path, qtbot: QtBot
) -> None:
    program.window.go(PageName.SETTINGS)
    program.preferences.choose(Preferences(language="en", size="large"))
    qtbot.waitUntil(lambda: program.window.rail.items[PageName.TODAY].accessibleName() == "Today")
    qtbot.waitUntil(lambda: (home / "choices.json").exists())
    assert program.window.place is PageName.SETTINGS


def test_a_home_that_is_in_use_is_told_in_one_sentence(
    home: Path, screens: PluggedScreens, qapp: QApplication, qtbot: QtBot
) -> None:
    speak("zh")
    with station_at(home):
        second = Application(qapp, home, Preferences(size="standard"), screens, windowed=True)
        second.start()
        qtbot.waitUntil(
            lambda: "已经在运行" in second.window.centralWidget().accessibleName(), timeout=10_000
        )
        let_go(second, quietly=True)


def test_a_full_disk_at_the_start_is_told_and_the_record_opens_by_itself_when_there_is_room(
    tmp_path: Path,
    screens: PluggedScreens,
    qapp: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    speak("zh")
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)]
    if os.name == "nt" or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting is not allowed here")
    monkeypatch.setattr(application_base, "AGAIN_MS", 100)
    try:
        with station_at(place / "home"):
            pass
        film = place / "film.mp4"
        with film.open("wb", buffering=0) as opened, suppress(OSError):
            while True:
                opened.write(bytes(4096))
        made = Application(
            qapp, place / "home", Preferences(size="standard"), screens, windowed=False
        )
        made.start()
        qtbot.waitUntil(
            lambda: "K-101" in made.window.centralWidget().accessibleName(), timeout=30_000
        )
        assert not made.is_ready
        film.unlink()
        qtbot.waitUntil(lambda: made.is_ready, timeout=30_000)
        let_go(made, quietly=True)
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_what_was_recorded_is_copied_into_the_store_once_nobody_waits(
    program: Application, home: Path, qtbot: QtBot
) -> None:
    station = program.room.station
    known: set[str] = set()

    def record() -> tuple[FactLine, ...]:
        station.sessions.prepare_extra("学习", ())
        return station.tools.store.newest_facts(100)

    def recorded(lines: tuple[FactLine, ...]) -> None:
        known.update(one.hash for one in lines)
        program.fact_made()

    def is_copied() -> bool:
        shutil.copyfile(home / "station.db", home / "alone.db")
        with suppress(SqliteError):  # it was copied in the middle of a checkpoint
            return bool(known) and known <= set(facts_in(home / "alone.db"))
        return False

    program.room.ask(record, recorded)
    qtbot.waitUntil(is_copied, timeout=30_000)
