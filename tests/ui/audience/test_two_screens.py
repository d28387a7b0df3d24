"""The room's own screen: plugged, pulled, swapped, mirrored – on fakes and on a real X server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.words import speak
from tests.ui.audience.test_placement import LAPTOP, PROJECTOR, TELEVISION, PluggedScreens
from tests.ui.audience.x_server import why_not
from ui.audience.picture.extend_picture import ExtendPicture
from ui.audience.placement import AudiencePlacement
from ui.audience.state import AudienceState, RoomShows
from ui.audience.window import AudienceWindow
from ui.state.screens import ScreenSeen, other_screens
from ui.theme.look import apply_look
from ui.theme.tokens import InterfaceSize


class Stood:
    """Two windows and their screens; ``told`` is what the operator's side heard."""

    def __init__(self, *plugged: ScreenSeen, operator_at: ScreenSeen = LAPTOP) -> None:
        self.screens = PluggedScreens(list(plugged), operator_at=operator_at.name)
        self.operator, self.audience = QWidget(), AudienceWindow()
        self.audience.show_state(AudienceState(RoomShows.WELCOME, "松岭村"))
        self.told: list[str] = []
        self.placement = AudiencePlacement(
            self.screens,
            self.operator,
            self.audience,
        )
        self.placement.lost.connect(lambda: self.told.append("lost"))
        self.placement.returned.connect(lambda: self.told.append("returned"))

    def end(self) -> None:
        self.audience.close_for_good()
        self.operator.close()


def test_a_screen_that_shows_the_operators_own_picture_is_no_room_screen(qtbot: QtBot) -> None:
    here = replace(LAPTOP, place=(0, 0))
    same, beside = replace(PROJECTOR, place=(0, 0)), replace(PROJECTOR, place=(1366, 0))
    assert other_screens((here, same), here.name) == ()
    assert other_screens((here, beside), here.name) == (beside,)
    stood = Stood(here, same)
    stood.placement.choose(PROJECTOR.name, one_screen=False)
    assert stood.placement.current == ""
    assert not stood.audience.isVisible()
    assert stood.told == []
    stood.end()


def test_switching_to_clone_in_the_middle_is_a_loss_and_back_to_extend_a_return(
    qtbot: QtBot,
) -> None:
    here, beside = replace(LAPTOP, place=(0, 0)), replace(PROJECTOR, place=(1366, 0))
    stood = Stood(here, beside)
    stood.placement.choose("", one_screen=False)
    stood.screens.plugged[1] = replace(beside, place=(0, 0))
    stood.placement.settle()
    assert stood.told == ["lost"]
    assert not stood.audience.isVisible()
    stood.screens.plugged[1] = beside
    stood.placement.settle()
    assert stood.told == ["lost", "returned"]
    assert stood.screens.shown_on[-1] == PROJECTOR.name
    stood.end()


def test_the_screen_is_remembered_by_name_whatever_its_place_in_the_row(qtbot: QtBot) -> None:
    stood = Stood(LAPTOP, PROJECTOR, TELEVISION)
    stood.placement.choose(TELEVISION.name, one_screen=False)
    stood.screens.pull(TELEVISION)
    assert stood.placement.current == PROJECTOR.name
    stood.screens.plugged.insert(0, TELEVISION)
    stood.placement.settle()
    assert stood.placement.current == TELEVISION.name
    stood.end()


def test_swapping_moves_the_operator_first_and_swapping_again_brings_all_back(
    qtbot: QtBot,
) -> None:
    stood = Stood(LAPTOP, PROJECTOR)
    stood.placement.choose("", one_screen=False)
    assert stood.placement.swap() == LAPTOP.name
    assert stood.screens.operator_at == PROJECTOR.name
    assert stood.screens.shown_on[-1] == LAPTOP.name
    assert stood.placement.swap() == PROJECTOR.name
    assert stood.screens.operator_at == LAPTOP.name
    assert stood.told == []
    stood.end()


def test_a_start_with_the_operator_on_the_rooms_screen_makes_way_for_the_room(
    qtbot: QtBot,
) -> None:
    stood = Stood(PROJECTOR, LAPTOP, operator_at=PROJECTOR)
    stood.placement.choose(PROJECTOR.name, one_screen=False)
    assert stood.screens.operator_at == LAPTOP.name
    assert stood.placement.current == PROJECTOR.name
    stood.end()


def test_with_one_screen_swapping_does_nothing_and_the_operator_stays(qtbot: QtBot) -> None:
    stood = Stood(LAPTOP)
    stood.placement.choose(LAPTOP.name, one_screen=False)
    assert stood.placement.swap() == ""
    assert stood.screens.operator_at == LAPTOP.name
    stood.end()


def test_a_change_of_resolution_fits_the_window_to_the_screen_again(qtbot: QtBot) -> None:
    stood = Stood(LAPTOP, PROJECTOR)
    stood.placement.choose("", one_screen=False)
    stood.placement.settle()
    assert stood.screens.shown_on == [PROJECTOR.name]
    stood.screens.plugged[1] = replace(PROJECTOR, width=1280, height=800)
    stood.placement.settle()
    assert stood.screens.shown_on == [PROJECTOR.name, PROJECTOR.name]
    stood.end()


def test_one_screen_filled_by_the_room_is_not_emptied_by_a_change_of_screens(
    qtbot: QtBot,
) -> None:
    stood = Stood(LAPTOP)
    stood.placement.choose("", one_screen=False)
    stood.placement.toggle()
    assert stood.audience.isVisible()
    stood.screens.plugged[0] = replace(LAPTOP, width=1280)
    stood.placement.settle()
    assert stood.audience.isVisible()
    stood.end()


@pytest.mark.parametrize("windows", [True, False])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", list(InterfaceSize))
def test_the_drawing_of_what_to_press_has_no_word_too_small_or_cut(
    qtbot: QtBot, qapp: object, size: InterfaceSize, language: str, windows: bool
) -> None:
    speak(language)
    apply_look(qapp, size)  # type: ignore[arg-type]  # the fixture is the QApplication
    picture = ExtendPicture(windows=windows)
    qtbot.addWidget(picture)
    for wide in (picture.minimumSizeHint(), picture.sizeHint()):
        picture.resize(QSize(wide.width(), wide.height()))
        picture.grab()
        assert picture.whole
    speak("zh")
    assert picture.accessibleName()


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "there is a server")
def test_on_a_real_x_server_the_room_follows_its_screen(tmp_path: Path) -> None:
    done = subprocess.run(
        (sys.executable, "-m", "tests.ui.audience.x_walk"),
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
    )
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["first"] == [1366, 0, 1024, 768]
    assert seen["operator"] == [100, 100, 800, 500]
    assert seen["pulled"] == [False, ["lost"], ""]
    assert seen["back"] == [[1366, 0, 1024, 768], ["lost", "returned"]]
    assert seen["back_ms"] < 2_000
    assert seen["numbers"] == [["1", "laptop"], ["2", "beamer"]]
    assert seen["swapped"] == "laptop"
    assert seen["after_swap"] == [[0, 0, 1366, 768], True]
    assert seen["clone"] == [False, "", "lost", 0]


@pytest.mark.skipif(
    bool(why_not()) or shutil.which("openbox") is None, reason="no server or no window manager"
)
def test_where_windows_are_placed_by_the_desktop_the_keyboard_stays_with_the_operator(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        (sys.executable, "-m", "tests.ui.audience.x_keyboard"),
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == {"beside": True, "over": True}


def test_the_rooms_window_asks_for_no_keyboard_when_it_comes(qtbot: QtBot) -> None:
    window = AudienceWindow()
    qtbot.addWidget(window)
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
