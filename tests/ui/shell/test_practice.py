"""Practising: a session with invented people in a folder of its own; the real record is untouched."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import open_station
from app.bootstrap.practice import make_practice, throw_away
from app.domain.ids import PlanId
from app.usecases.views import SyncState
from app.words import say, speak
from tests.support.centre_process import ROOT
from tests.support.small_sessions import sign_in
from tests.support.stations import station_at
from tests.ui.audience.test_placement import PluggedScreens
from tests.ui.operator_driver import sample_course
from tests.ui.programs import let_go
from ui.shell.application import Application
from ui.shell.open_record import PRACTICE_FOLDER, Practice, open_record
from ui.state.preferences import Preferences
from ui.state.restart import Restart

_KILLED = """
import os, sys
from pathlib import Path
from app.bootstrap import open_station
from app.bootstrap.practice import make_practice
from app.words import speak
speak("zh")
make_practice(Path(sys.argv[1]))
opened = open_station(Path(sys.argv[1]))
opened.station.sessions.prepare("plan1")
os._exit(9)
"""


@pytest.fixture
def practice(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Application]:
    """The program in a practice, ready."""
    speak("zh")
    program = Application(
        qapp,
        tmp_path / "practice",
        Preferences(size="standard"),
        PluggedScreens(),
        windowed=True,
        audio=False,
        practice=Practice(),
    )
    program.start()
    qtbot.waitUntil(lambda: program.is_ready, timeout=20_000)
    yield program
    let_go(program)


def files_of(home: Path) -> dict[str, str]:
    """Every file of a record and its content."""
    return {
        one.relative_to(home).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in sorted(home.rglob("*"))
        if one.is_file()
    }


def test_a_whole_practice_leaves_the_real_record_as_it_was(tmp_path: Path) -> None:
    with station_at(tmp_path / "real") as real:
        course = sample_course(real, tmp_path, "c1")
    before = files_of(tmp_path / "real")
    home = tmp_path / "practice"
    make_practice(home, (course,), tmp_path / "real" / "media")
    opened = open_station(home)
    try:
        today = opened.station.today.overview()
        assert today.site_name == say("practice.site")
        assert [one.ready for one in today.courses] == [True], "its file is linked, not copied"
        assert today.sync.state is SyncState.NOT_ENROLLED
        session = opened.station.sessions.prepare(PlanId("plan1")).session
        assert session.title == say("practice.title")
        opened.station.sessions.open_sign_in(session.id)
        sign_in(opened, session.id, 1, 2)
        play = opened.station.playback.started(session.id, course.id, 0)
        assert opened.station.playback.show(play).course == course.id
        view = opened.station.sessions.close(session.id)
        assert (view.turnout.arrived, view.turnout.expected) == (2, 12)
    finally:
        opened.close()
    assert files_of(tmp_path / "real") == before


def test_it_is_marked_everywhere_sends_nothing_and_leads_back(
    practice: Application, qtbot: QtBot
) -> None:
    header = practice.window.header
    qtbot.waitUntil(lambda: header.site.text() == say("practice.site"))
    qtbot.waitUntil(lambda: header.sync_chip.words == say("practice.chip"))
    assert practice.room.site_name == say("practice.site"), "so it stands on every screen and paper"
    assert practice.room.station.sync.link is None
    today = practice.window.pages[practice.window.place]
    assert not today.enrol.isVisible()  # type: ignore[attr-defined]  # the first page's card
    assert header.end_practice.isVisible()
    QTest.mouseClick(header.end_practice, Qt.MouseButton.LeftButton)
    assert practice.comes_back is Restart.REAL
    assert not practice.comes_back.sets_up


def test_courses_that_can_not_be_linked_are_left_out(tmp_path: Path) -> None:
    with station_at(tmp_path / "real") as real:
        course = sample_course(real, tmp_path, "c1")
    make_practice(tmp_path / "practice", (course,), tmp_path / "nowhere")
    opened = open_station(tmp_path / "practice")
    try:
        assert opened.station.today.overview().courses == ()
    finally:
        opened.close()


def test_what_a_killed_practice_left_is_deleted_at_the_next_start(tmp_path: Path) -> None:
    with station_at(tmp_path / "real") as real:
        course = sample_course(real, tmp_path, "c1")
    before = files_of(tmp_path / "real")
    left = tmp_path / "real" / PRACTICE_FOLDER
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED, str(left)], cwd=ROOT, check=False, timeout=60
    )
    assert ended.returncode == 9
    assert (left / "station.db").exists()
    make_practice(left, (course,), tmp_path / "real" / "media")
    opened = open_station(left)
    try:
        assert opened.station.today.records() == (), "a practice is new"
        assert [one.ready for one in opened.station.today.overview().courses] == [True]
        throw_away(left)
        assert (left / "station.db").exists(), "another program practises in it"
    finally:
        opened.close()
    open_record(tmp_path / "real", cut=False).opened.close()
    assert not left.exists()
    assert {name: files_of(tmp_path / "real")[name] for name in before} == before


def test_what_bears_the_name_of_the_practice_is_never_deleted(tmp_path: Path) -> None:
    home, other = tmp_path / "real", tmp_path / "other"
    for place in (home, other):
        place.mkdir()
    (other / "kept.txt").write_text("kept")
    (home / PRACTICE_FOLDER).symlink_to(other)
    open_record(home, cut=False).opened.close()
    assert sorted(one.name for one in other.iterdir()) == ["kept.txt"]
    (home / PRACTICE_FOLDER).write_text("a file")
    make_practice(home / PRACTICE_FOLDER)
    assert (home / PRACTICE_FOLDER / "station.db").exists()
