"""How the program ends and begins: asked only in a session, awake from opening to close, and one
calm sentence after a run that nobody closed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.areas.attendance.marks import Lane
from app.areas.sessions.views import SessionView
from app.bootstrap import note_cut
from app.machine.drives import removable_drives
from app.words import say, speak
from tests.support.stations import station_at
from tests.ui.audience.test_placement import PluggedScreens
from tests.ui.programs import let_go
from ui.pages.settings.view import SettingsPage
from ui.shell import unclean_exit
from ui.shell.application import Application
from ui.shell.single_instance import InstanceServer, activate_running, door_name
from ui.state.preferences import Preferences, read_preferences
from ui.state.sign_in_result import SignInResult


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with station_at(tmp_path / "home"):
        pass
    return tmp_path / "home"


class Runs:
    """Programs on one home, one after the other."""

    def __init__(self, home: Path, qapp: QApplication, qtbot: QtBot) -> None:
        self._home, self._app, self._bot = home, qapp, qtbot
        self._made: list[Application] = []

    def begin(self, *, cut: bool = False) -> Application:
        made = Application(
            self._app, self._home, Preferences(size="standard"), PluggedScreens(), windowed=True,
            audio=False,
        )  # fmt: skip
        made.was_cut = cut
        self._made.append(made)
        made.start()
        self._bot.waitUntil(lambda: made.is_ready and bool(made.room.people), timeout=30_000)
        return made

    def end(self) -> None:
        let_go(*self._made, quietly=True)


@pytest.fixture
def runs(home: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Runs]:
    speak("zh")
    made = Runs(home, qapp, qtbot)
    yield made
    made.end()
    speak("zh")


def open_session(program: Application, qtbot: QtBot) -> None:
    station = program.room.station

    def job() -> SessionView:
        view = station.sessions.prepare_extra("冬季用火", ())
        return station.sessions.open_sign_in(view.session.id)

    program.room.ask(job, program.room.show)
    qtbot.waitUntil(program.room.is_running)


def test_awake_and_asked_only_while_a_session_runs(runs: Runs, qtbot: QtBot) -> None:
    program = runs.begin()
    assert not program._awake._kept
    open_session(program, qtbot)
    qtbot.waitUntil(lambda: program._awake._kept)
    program.window.close()
    assert program.window.isVisible()
    assert program.window.quit_question.isVisible()
    program.window.quit_question.hide()
    session = program.room.session_id()
    assert session is not None
    program.room.ask(lambda: program.room.station.sessions.close(session), program.room.show)
    qtbot.waitUntil(lambda: not program._awake._kept)
    assert not program.room.is_running()
    program.window.close()
    assert not program.window.isVisible()  # nothing runs, so nothing is asked


def test_the_mark_tells_a_closed_run_from_one_that_was_cut(home: Path) -> None:
    assert not unclean_exit.begin(home)
    unclean_exit.end(home)
    assert not unclean_exit.begin(home)
    assert unclean_exit.begin(home)  # nobody closed it
    unclean_exit.end(home)
    assert not unclean_exit.begin(home)


def test_after_a_cut_the_first_page_says_so_once_and_calmly(runs: Runs, home: Path) -> None:
    program = runs.begin(cut=True)
    assert program._opened is not None
    notices = program._opened.station.tools.notices
    assert notices == [("notice.reopened", ())]
    assert "记录都在" in say("notice.reopened")


def test_a_closed_run_is_followed_by_silence(runs: Runs) -> None:
    program = runs.begin()
    assert program._opened is not None
    assert program._opened.station.tools.notices == []


def test_a_session_cut_without_a_play_is_said_to_be_whole(tmp_path: Path) -> None:
    with station_at(tmp_path / "home") as opened:
        view = opened.station.sessions.prepare_extra("x", ())
        view = opened.station.sessions.open_sign_in(view.session.id)
        for card in view.cards[:3]:
            opened.station.attendance.sign_in(view.session.id, card.id, Lane.ROLL_CALL, "operator")
        note_cut(opened)
        note_cut(opened)
        assert opened.station.tools.notices == [("notice.resumed", (("arrived", "3"),))]


def test_a_second_start_raises_the_first(home: Path, runs: Runs, qtbot: QtBot) -> None:
    program = runs.begin()
    program.window.showMinimized()
    door = InstanceServer(home, program.come_to_front, program)
    assert activate_running(home)
    qtbot.waitUntil(lambda: not program.window.isMinimized())
    door.close()
    assert not activate_running(home)


def test_a_door_left_by_a_crash_is_made_anew(home: Path, runs: Runs, qtbot: QtBot) -> None:
    left = Path("/tmp") / door_name(home)  # noqa: S108 - where Qt puts it
    left.write_bytes(b"")
    program = runs.begin()
    door = InstanceServer(home, program.come_to_front, program)
    assert activate_running(home)
    door.close()


def test_the_settings_write_a_help_file_and_say_its_number(
    runs: Runs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "Desktop").mkdir()
    program = runs.begin()
    program.window.go("settings")
    qtbot.waitUntil(lambda: program.window.place == "settings")
    page = program.window.findChild(SettingsPage)
    assert page is not None
    assert page.help is not None
    page.help.to_desktop.click()
    assert not page.help.to_desktop.isEnabled()
    qtbot.waitUntil(lambda: page.help.to_desktop.isEnabled(), timeout=20_000)
    written = list((tmp_path / "Desktop").glob("*.zip"))
    assert len(written) == 1
    assert written[0].name in page.help.told.text()
    if not removable_drives():
        page.help.to_stick.click()
        qtbot.waitUntil(lambda: "K-711" in page.help.told.text(), timeout=20_000)


class Heard:
    """Keeps the names of what would be heard."""

    def __init__(self, program: Application) -> None:
        self.names: list[str] = []
        program.tones._sounds = self

    def play(self, file: Path, volume: int) -> None:
        assert file.is_file()
        assert volume > 0
        self.names.append(file.stem)


def test_tones_sound_for_the_right_things_and_never_during_a_course(runs: Runs) -> None:
    program = runs.begin()
    heard = Heard(program)
    for kind in SignInResult:
        program.tones.told(kind)
    assert heard.names == ["success", "success", "again", "again", "again", "again"]
    heard.names.clear()
    program.tones._busy = lambda: True
    program.tones.told(SignInResult.SUCCESS)
    program.tones._busy = lambda: False
    program.preferences.choose(Preferences(size="standard", tones=False))
    program.tones.told(SignInResult.SUCCESS)
    assert heard.names == []


def test_the_voice_is_chosen_in_the_settings_is_kept_and_can_be_turned_off(
    runs: Runs, home: Path, qtbot: QtBot
) -> None:
    program = runs.begin()
    heard = Heard(program)
    program.window.go("settings")
    page = program.window.findChild(SettingsPage)
    assert page is not None
    qtbot.waitUntil(page.tones.isVisible)
    page.tones.choice.buttons["voice"].click()
    page.tones.listen.click()
    for kind in SignInResult:
        program.tones.told(kind)
    assert heard.names == ["signed_in", "signed_in", "already", "ask", "ask", "again", "ask"]
    qtbot.waitUntil(lambda: read_preferences(home).voice)
    page.tones.choice.buttons["off"].click()
    heard.names.clear()
    program.tones.told(SignInResult.SUCCESS)
    assert heard.names == []
    assert page.tones.listen.isHidden()
    qtbot.waitUntil(lambda: not read_preferences(home).tones)


def _has(names: list[str], count: int) -> bool:
    return len(names) >= count


def test_a_card_is_answered_aloud_by_what_became_of_it(runs: Runs, qtbot: QtBot) -> None:
    program = runs.begin()
    heard = Heard(program)
    program.preferences.choose(Preferences(size="standard", voice=True))
    open_session(program, qtbot)
    known = next(one.card_no for one in program.room.people.values() if one.card_no)
    for told, code in enumerate((known, known, "0000000000"), 1):
        program.room.scan(code)
        qtbot.waitUntil(partial(_has, heard.names, told), timeout=10_000)
    assert heard.names == ["signed_in", "already", "ask"]


def test_a_home_that_is_no_folder_stays_as_it_is(tmp_path: Path) -> None:
    home, leads_to_itself = tmp_path / "minutes.docx", tmp_path / "loop"
    home.write_text("kept")
    leads_to_itself.symlink_to(leads_to_itself)
    for one in (home, leads_to_itself, tmp_path / "no text \udcff"):
        assert not activate_running(one)
        assert not unclean_exit.begin(one)
        unclean_exit.end(one)
    assert home.read_text() == "kept"
    assert leads_to_itself.is_symlink()
