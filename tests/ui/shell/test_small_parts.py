"""Keys, choices, the sending beat, the door, and the grid's arithmetic."""

from __future__ import annotations

from pathlib import Path

import pytest
import shiboken6
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.bootstrap import OpenStation
from app.usecases.views import SyncState
from app.words import say
from tests.support.stations import sample_people
from tests.ui.inline_jobs import InlineJobs
from ui.input.shortcut_filter import ShortcutFilter
from ui.input.shortcuts import Shortcut, act_of
from ui.main import read_arguments
from ui.pages.roster.model import COLUMNS, RosterModel
from ui.parts.lists.name_grid import GAP, LEAST_HEIGHT, fit_tiles
from ui.shell.single_instance import InstanceServer, activate_running
from ui.state.formatting import hours_of, running_time
from ui.state.page_names import PageName
from ui.state.preferences import FILE_NAME, Preferences, read_preferences, save_preferences
from ui.sync.scheduler import BACKOFF_FIRST_MS, BACKOFF_MOST_MS, SyncScheduler, backoff_ms

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_letters_are_commands_on_the_play_page_only() -> None:
    for key in (Qt.Key.Key_B, Qt.Key.Key_F, Qt.Key.Key_M, Qt.Key.Key_V, Qt.Key.Key_Space):
        assert act_of(key, NONE, PageName.PLAY, typing=False) not in (None, Shortcut.NOTHING)
        assert act_of(key, NONE, PageName.PLAY, typing=True) is None
        assert act_of(key, NONE, PageName.TODAY, typing=False) is None


def test_a_clickers_capital_b_and_caps_lock_mean_black_too() -> None:
    assert act_of(Qt.Key.Key_B, SHIFT, PageName.PLAY, typing=False) is Shortcut.BLACK
    assert act_of(Qt.Key.Key_Left, SHIFT, PageName.PLAY, typing=False) is Shortcut.BACK_3


def test_page_keys_of_a_clicker_mean_nothing_outside_the_play_page() -> None:
    assert act_of(Qt.Key.Key_PageDown, NONE, PageName.ROLL_CALL, typing=False) is None


def test_choices_survive_a_restart_and_damage_means_defaults(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chosen = Preferences(language="en", size="large", audience_screen="投影仪", volume=35)
    save_preferences(tmp_path, chosen)
    assert read_preferences(tmp_path) == chosen
    assert read_preferences(tmp_path / "none") == Preferences()


@pytest.mark.logs_warnings
@pytest.mark.parametrize("damage", ["", "[]", "{", '{"volume": "x"}', '"zh"'])
def test_a_damaged_choices_file_means_the_defaults(tmp_path: Path, damage: str) -> None:
    (tmp_path / FILE_NAME).write_text(damage, encoding="utf-8")
    assert read_preferences(tmp_path) == Preferences()


@given(st.integers(0, 60), st.floats(0, 1))
def test_the_wait_after_failures_is_random_and_bounded(failures: int, chance: float) -> None:
    wait = backoff_ms(failures, chance)
    assert 1_000 <= wait <= BACKOFF_MOST_MS
    assert backoff_ms(0, 1.0) == BACKOFF_FIRST_MS


def test_a_round_without_enrolment_ends_calmly_and_is_tried_again(
    opened: OpenStation, qtbot: QtBot
) -> None:
    heard: list[object] = []
    parent = QObject()
    beat = SyncScheduler(opened.station, InlineJobs(), busy_playing=lambda: False, parent=parent)
    beat.changed.connect(heard.append)
    beat.now()
    assert len(heard) == 2
    assert not beat.is_sending
    view = beat.view(opened.station.today.sync_view())
    assert view.state is SyncState.NOTHING
    shiboken6.delete(parent)  # its timer must not ask a station that is closed


def test_a_home_that_names_no_folder_is_refused_with_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for nothing in ("", "  "):
        with pytest.raises(SystemExit):
            read_arguments(["--home", nothing])
        assert say("op.home_empty") in capsys.readouterr().err
    assert read_arguments(["--home", "/srv/站"]).home == Path("/srv/站")


def test_a_second_start_brings_the_first_to_the_front(tmp_path: Path, qtbot: QtBot) -> None:
    knocked: list[bool] = []
    parent = QObject()
    assert not activate_running(tmp_path)
    door = InstanceServer(tmp_path, lambda: knocked.append(True), parent)
    assert activate_running(tmp_path)
    qtbot.waitUntil(lambda: bool(knocked))
    door.close()


@given(st.integers(0, 400), st.integers(200, 1900), st.integers(100, 900))
def test_tiles_never_overlap_and_fill_the_place(count: int, width: int, height: int) -> None:
    found = fit_tiles(count, width, height)
    assert found.columns >= 1
    assert found.columns * found.width + (found.columns - 1) * GAP <= width
    assert found.height >= LEAST_HEIGHT


def test_the_roster_model_is_a_sound_table(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = RosterModel()
    model.show_people(sample_people())
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # untyped upstream
    assert model.data(model.index(1, COLUMNS.index("phone"))) == "****0001"


def test_times_are_said_as_people_read_them() -> None:
    assert running_time(0) == "0:00"
    assert running_time(3_599_999) == "59:59"
    assert running_time(3_600_000) == "1:00:00"
    assert hours_of(690) == "11.5"
    assert hours_of(120) == "2"


@pytest.mark.logs_warnings
def test_a_fault_while_a_key_is_handled_is_logged_and_the_program_goes_on(
    qtbot: QtBot, qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    class Faulty:
        place = PageName.TODAY

        def act(self, act: Shortcut) -> bool:
            raise RuntimeError(f"a fault of ours at {act}")

        def takes_keys_of(self, window: QWidget) -> bool:
            return window is box

    box = QWidget()
    qtbot.addWidget(box)
    box.show()
    keys = ShortcutFilter(Faulty(), box)
    qapp.installEventFilter(keys)
    QTest.keyClick(box, Qt.Key.Key_F5)
    qapp.removeEventFilter(keys)
    assert "a fault of ours" in caplog.text
