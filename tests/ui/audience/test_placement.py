"""The room's window stays on the room's screen, and a lost screen never shows it to the operator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.audience.placement import AudiencePlacement
from ui.state.screens import ScreenSeen, choose_screen

LAPTOP = ScreenSeen("笔记本", 1366, 768)
PROJECTOR = ScreenSeen("投影仪", 1024, 768)
TELEVISION = ScreenSeen("电视", 1920, 1080)


@dataclass
class PluggedScreens:
    """Screens a test plugs and pulls; the operator sits at the laptop."""

    plugged: list[ScreenSeen] = field(default_factory=lambda: [LAPTOP, PROJECTOR])
    shown_on: list[str] = field(default_factory=list)
    operator_at: str = LAPTOP.name
    _changed: Callable[[], None] = lambda: None

    def seen(self) -> tuple[ScreenSeen, ...]:
        return tuple(self.plugged)

    def screen_of(self, _window: QWidget) -> str:
        return self.operator_at

    def show_full(self, window: QWidget, name: str) -> None:
        self.shown_on.append(name)
        window.show()

    def show_centred(self, window: QWidget, _name: str) -> None:
        window.show()

    def move_over(self, _window: QWidget, name: str) -> None:
        self.operator_at = name

    def listen(self, changed: Callable[[], None]) -> None:
        self._changed = changed

    def pull(self, screen: ScreenSeen) -> None:
        self.plugged.remove(screen)
        self._changed()

    def plug(self, screen: ScreenSeen) -> None:
        self.plugged.append(screen)
        self._changed()


@dataclass
class Place:
    screens: PluggedScreens
    audience: QWidget
    placement: AudiencePlacement
    told: list[str]


@pytest.fixture
def place(qtbot: QtBot) -> Place:
    screens, told = PluggedScreens(), []
    operator, audience = QWidget(), QWidget()
    qtbot.addWidget(operator)
    qtbot.addWidget(audience)
    placement = AudiencePlacement(
        screens,
        operator,
        audience,
    )
    placement.lost.connect(lambda: told.append("lost"))
    placement.returned.connect(lambda: told.append("returned"))
    return Place(screens, audience, placement, told)


def test_the_operators_own_screen_is_never_chosen_even_when_wanted() -> None:
    both = (LAPTOP, PROJECTOR)
    assert choose_screen(both, LAPTOP.name, LAPTOP.name, one_screen=False) == PROJECTOR.name
    assert choose_screen((LAPTOP,), LAPTOP.name, "", one_screen=False) == ""
    three = (LAPTOP, PROJECTOR, TELEVISION)
    assert choose_screen(three, LAPTOP.name, TELEVISION.name, one_screen=False) == TELEVISION.name
    assert choose_screen(three, LAPTOP.name, TELEVISION.name, one_screen=True) == ""


def test_the_rooms_window_opens_on_the_other_screen(place: Place) -> None:
    place.placement.choose("", one_screen=False)
    assert place.screens.shown_on == [PROJECTOR.name]
    assert place.audience.isVisible()
    assert place.told == []


def test_a_pulled_cable_hides_the_window_and_tells_and_its_return_brings_it_back(
    place: Place,
) -> None:
    place.placement.choose("", one_screen=False)
    place.screens.pull(PROJECTOR)
    assert not place.audience.isVisible()
    assert place.told == ["lost"]
    assert LAPTOP.name not in place.screens.shown_on
    place.screens.plug(PROJECTOR)
    assert place.audience.isVisible()
    assert place.told == ["lost", "returned"]
    assert place.screens.shown_on == [PROJECTOR.name, PROJECTOR.name]


def test_choosing_one_screen_is_no_loss(place: Place) -> None:
    place.placement.choose("", one_screen=False)
    place.placement.choose("", one_screen=True)
    assert not place.audience.isVisible()
    assert place.told == []


def test_f11_on_a_single_screen_shows_the_room_here_and_again_takes_it_away(place: Place) -> None:
    place.screens.plugged.remove(PROJECTOR)
    place.placement.choose("", one_screen=False)
    assert not place.audience.isVisible()
    place.placement.toggle()
    assert place.screens.shown_on == [LAPTOP.name]
    assert place.placement.current == ""
    place.placement.toggle()
    assert not place.audience.isVisible()


def test_a_screen_that_comes_later_is_used(place: Place) -> None:
    place.screens.plugged.remove(PROJECTOR)
    place.placement.choose("", one_screen=False)
    place.screens.plug(TELEVISION)
    assert place.placement.current == TELEVISION.name
    assert place.told == []
