"""Sign-in beside a course on one screen: the right third, keys for fingers, nothing covered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import OpenStation
from app.words import speak
from tests.support.stations import station_at
from tests.ui.pages.member_sign_in.driver import SITE, JobsAtOnce, RecordingHost, opened
from ui.audience.stage import AudienceStage
from ui.audience.state import AudienceState, RoomShows
from ui.pages.member_sign_in.view import MemberSignInView
from ui.theme.look import apply_look
from ui.theme.tokens import InterfaceSize
from ui.widgets.fit.label import FitLabel
from ui.widgets.tap import TapPart
from ui.widgets.touch.keypad import Key

W = TypeVar("W", bound=QWidget)
SCREENS = [(1366, 768), (1280, 720)]
LEAST_KEY = 96
LATE = AudienceState(RoomShows.PLAY, SITE, "十一月集中学习", drawer=True)


class Beside:
    """A stage that plays with the drawer open, on a panel of which no pitch is known."""

    def __init__(self, at: OpenStation, qtbot: QtBot, *, pitch_mm: float) -> None:
        self.stage = AudienceStage()
        qtbot.addWidget(self.stage)
        self.view = MemberSignInView(
            at.station.attendance, JobsAtOnce(), RecordingHost(), pitch_mm=pitch_mm
        )
        self.stage.set_sign_in_widget(self.view)
        self.stage.show_state(AudienceState(RoomShows.SIGN_IN, SITE))
        self.view.show_session(opened(at.station), SITE)
        self.stage.show()

    def place(self, part: QWidget) -> QRect:
        return QRect(part.mapTo(self.stage, QPoint(0, 0)), part.size())

    def seen(self, kind: type[W]) -> list[W]:
        found: Iterable[W] = self.stage.drawer.findChildren(kind)
        return [part for part in found if part.isVisible()]

    def tap(self, digits: str) -> None:
        keys = {key.word: key for key in self.view.keypad_scene.keypad.digits}
        for digit in digits:
            QTest.mouseClick(keys[digit], Qt.MouseButton.LeftButton)


@pytest.fixture(params=[0.0, 0.252])
def beside(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[Beside]:
    with station_at(tmp_path / "home") as at:
        yield Beside(at, qtbot, pitch_mm=request.param)


LOOKS = [
    *((screen, size, "zh") for screen in SCREENS[:2] for size in InterfaceSize),
    ((1024, 768), InterfaceSize.LARGEST, "zh"),
    ((1280, 720), InterfaceSize.LARGEST, "en"),
    ((1366, 768), InterfaceSize.STANDARD, "en"),
    ((1920, 1080), InterfaceSize.LARGE, "zh"),
    ((2560, 1440), InterfaceSize.LARGEST, "zh"),
]


def test_every_key_of_late_sign_in_is_96_px_and_covered_by_nothing(
    beside: Beside, qapp: QApplication
) -> None:
    for screen, size, language in LOOKS:
        speak(language)
        apply_look(qapp, size, lines=screen[1])
        _check_drawer(beside, qapp, screen)


def _check_drawer(beside: Beside, qapp: QApplication, screen: tuple[int, int]) -> None:
    stage, view = beside.stage, beside.view
    stage.resize(*screen)
    # From the whole screen into the drawer, as when the course begins.
    stage.show_state(AudienceState(RoomShows.SIGN_IN, SITE))
    qapp.processEvents()
    stage.show_state(LATE)
    qapp.processEvents()
    third = QRect(screen[0] * 2 // 3, 0, screen[0] - screen[0] * 2 // 3, screen[1])
    assert abs(stage.drawer.width() - screen[0] / 3) <= 2
    keys = beside.seen(Key)
    assert len(keys) == 12
    assert min(min(key.width(), key.height()) for key in keys) >= LEAST_KEY
    ways_out = [view.keypad_scene.side.find_button, view.keypad_scene.side.help_button]
    parts = [*keys, *ways_out, stage.drawer.close_key, view.keypad_scene.boxes]
    for part in parts:
        assert part.isVisible(), part.accessibleName()
        assert third.adjusted(-2, 0, 2, 0).contains(beside.place(part)), part.accessibleName()
    for one, other in combinations(parts, 2):
        assert not beside.place(one).intersects(beside.place(other)), (one, other)
    for word in beside.seen(FitLabel):
        assert not word.text or (word.fitted().whole and word.fitted().px >= 20), word.text


def test_what_was_said_takes_no_key_from_under_the_finger(
    beside: Beside, qapp: QApplication, qtbot: QtBot
) -> None:
    stage, view = beside.stage, beside.view
    stage.resize(1366, 768)
    stage.show_state(LATE)
    qapp.processEvents()
    places = [beside.place(key) for key in beside.seen(Key)]
    qtbot.waitUntil(lambda: not view.is_resting)
    beside.tap("9999")
    qapp.processEvents()
    assert view.keypad_scene.side.told.isVisible()
    assert [beside.place(key) for key in beside.seen(Key)] == places
    beside.tap("0")
    qapp.processEvents()
    assert view.keypad_scene.boxes.isVisible()
    assert [beside.place(key) for key in beside.seen(Key)] == places


def test_the_drawer_is_put_away_by_its_own_key(beside: Beside, qtbot: QtBot) -> None:
    stage = beside.stage
    stage.resize(1366, 768)
    stage.show_state(LATE)
    assert isinstance(stage.drawer.close_key, TapPart)
    with qtbot.waitSignal(stage.put_away):
        QTest.mouseClick(stage.drawer.close_key, Qt.MouseButton.LeftButton)
