"""The sign-in screen as people meet it: real widgets, a real station, fingers and keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from app.domain.ids import PersonId, SessionId
from app.usecases.station import Station
from app.words import speak
from tests.support.stations import station_at
from tests.ui.input.keyboards import Keyboard
from tests.ui.pages.member_sign_in.driver import (
    SITE,
    HandClock,
    JobsAtOnce,
    RecordingHost,
    opened,
    present_names,
)
from ui.pages.member_sign_in.side_panel import ToldCard
from ui.pages.member_sign_in.state import MemberState, MemberTile, ResultCard, Scene
from ui.pages.member_sign_in.view import MemberSignInView
from ui.state.sign_in_result import SignInResult
from ui.theme.look import apply_look
from ui.theme.tokens import InterfaceSize, touch_floors
from ui.widgets.fit.label import FitLabel
from ui.widgets.tiles.name_tile import NameTile
from ui.widgets.touch.button import TouchButton
from ui.widgets.touch.keypad import Key

W = TypeVar("W", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton
SCREENS = [(1366, 768), (1280, 800), (1920, 1080)]
DRAWERS = [(455, 768), (640, 1080)]
LONG = ("买买提·吐尔逊", "阿不都热合曼·吐尔逊江·买买", "𬭛㛃䶮", "那仁格日勒·巴特尔·苏和巴特")


@dataclass(slots=True)
class Booth:
    """A sign-in screen on a real station with sign-in open."""

    station: Station
    view: MemberSignInView
    session: SessionId
    clock: HandClock
    keyboard: Keyboard
    helped: list[bool] = field(default_factory=list)

    def tap(self, part: QWidget) -> None:
        assert part.isVisible()
        QTest.mouseClick(part, LEFT)

    def tap_digits(self, digits: str) -> None:
        keys = {key.word: key for key in self.view.keypad_scene.keypad.digits}
        for digit in digits:
            self.tap(keys[digit])


@pytest.fixture
def booth(qtbot: QtBot, tmp_path: Path) -> Iterator[Booth]:
    with station_at(tmp_path / "home") as at:
        clock, host = HandClock(), RecordingHost()
        view = MemberSignInView(
            at.station.attendance,
            JobsAtOnce(),
            host,
            after=clock,
            pitch_mm=0.25,
        )
        qtbot.addWidget(view)
        view.resize(1366, 768)
        view.show()
        shown = opened(at.station)
        view.show_session(shown, SITE)
        keyboard = Keyboard(lambda: QApplication.focusWidget() or view, clock.pass_ms)
        yield Booth(at.station, view, shown.session.id, clock, keyboard, host.helped)


def visible(view: QWidget, kind: type[W]) -> list[W]:
    """Every visible part of a kind."""
    found: Iterable[W] = view.findChildren(kind)
    return [part for part in found if part.isVisible()]


def rested(qtbot: QtBot, booth: Booth) -> None:
    qtbot.waitUntil(lambda: not booth.view.is_resting)


def test_digits_stand_as_dots_and_only_who_is_alone_there_sees_the_last_one_briefly(
    booth: Booth, qtbot: QtBot
) -> None:
    rested(qtbot, booth)
    boxes = booth.view.keypad_scene.boxes
    booth.tap_digits("62")
    assert boxes.shown == "●●", "others may look on"
    booth.view.echo_digits(True)
    booth.tap_digits("1")
    assert boxes.shown == "●●1"
    qtbot.waitUntil(lambda: boxes.shown == "●●●", timeout=2_000)
    booth.view.presenter.erase()
    assert boxes.shown == "●●", "a digit that stood there before is not shown again"
    assert not set("0123456789") & set(boxes.accessibleName().replace("2", ""))


def test_a_member_signs_in_with_fingers_only(booth: Booth, qtbot: QtBot) -> None:
    rested(qtbot, booth)
    booth.tap_digits("0000")
    assert booth.view.confirm.name.text == "陈桂英"
    rested(qtbot, booth)
    booth.tap(booth.view.confirm.yes)
    assert present_names(booth.station, booth.session) == ["陈桂英"]
    card = booth.view.keypad_scene.side.told
    assert card.isVisible()
    assert card.said is not None
    assert card.said.headline == "陈桂英"


def test_a_member_signs_in_with_a_keyboard_only(booth: Booth, qtbot: QtBot) -> None:
    booth.view.activateWindow()
    booth.view.setFocus()
    keyboard = booth.keyboard
    keyboard.fingers("0009")
    keyboard.press("\x1b", 300, key=Qt.Key.Key_Escape)
    keyboard.fingers("000")
    keyboard.press("\b", 300, key=Qt.Key.Key_Backspace)
    keyboard.fingers("01")
    keyboard.wait(400)
    assert booth.view.confirm.name.text == "陈建国"
    keyboard.press("\r", 500)
    assert present_names(booth.station, booth.session) == ["陈建国"]


def test_space_signs_nobody_in(booth: Booth) -> None:
    booth.keyboard.fingers("0000")
    booth.clock.pass_ms(400)
    QTest.keyClick(booth.view, Qt.Key.Key_Space)
    assert present_names(booth.station, booth.session) == []
    assert booth.view.presenter.state.scene is Scene.CONFIRM


def test_a_member_without_a_phone_signs_in_at_the_wall(booth: Booth, qtbot: QtBot) -> None:
    rested(qtbot, booth)
    booth.tap(booth.view.keypad_scene.side.find_button)
    rested(qtbot, booth)
    groups = {tile.name: tile for tile in booth.view.wall.wall.tiles if tile.isVisible()}
    booth.tap(groups["2组"])
    QTest.qWait(370)
    names = {tile.name: tile for tile in booth.view.wall.wall.tiles if tile.isVisible()}
    booth.tap(names["买买提·吐尔逊"])
    rested(qtbot, booth)
    booth.tap(booth.view.confirm.yes)
    assert present_names(booth.station, booth.session) == ["买买提·吐尔逊"]


def test_the_second_half_of_a_double_tap_does_not_say_yes(booth: Booth, qtbot: QtBot) -> None:
    rested(qtbot, booth)
    booth.tap_digits("0000")
    middle = booth.view.confirm.yes.rect().center()
    at = booth.view.confirm.yes.mapTo(booth.view, middle)
    part = booth.view.childAt(at)
    assert not isinstance(part, QAbstractButton)
    rested(qtbot, booth)
    assert booth.view.childAt(at) is booth.view.confirm.yes


def test_help_is_one_tap_away(booth: Booth, qtbot: QtBot) -> None:
    rested(qtbot, booth)
    booth.tap(booth.view.keypad_scene.side.help_button)
    assert booth.helped == [True]
    assert booth.view.keypad_scene.side.told.isVisible()


def test_the_bar_shrinks_before_the_digits_are_wiped(booth: Booth) -> None:
    QTest.keyClicks(booth.view, "62")
    booth.view.show_state(replace(booth.view.presenter.state, clearing=True))
    assert booth.view.wipe_bar.is_running
    booth.view.presenter.touched()
    booth.view.presenter.erase()
    assert not booth.view.wipe_bar.is_running


def test_hiding_the_screen_wipes_it(booth: Booth) -> None:
    booth.keyboard.fingers("0000")
    booth.clock.pass_ms(400)
    assert booth.view.presenter.state.person is not None
    booth.view.hide()
    assert booth.view.presenter.state.person is None


def test_the_recent_names_carry_neither_time_nor_way(booth: Booth, qtbot: QtBot) -> None:
    booth.keyboard.fingers("0000")
    booth.keyboard.press("\r", 900)
    names = [name.accessibleName() for name in booth.view.keypad_scene.side.count.names]
    assert [name for name in names if name] == ["陈桂英"]


# --- every state at every size ---------------------------------------------------------


def every_state() -> list[MemberState]:
    known = MemberState(
        scene=Scene.KEYPAD,
        site_name=SITE,
        title="十一月集中学习",
        starts_at="19:30",
        arrived=137,
        expected=180,
        visitors=12,
        recent=("陈桂英", *LONG),
    )
    people = tuple(
        MemberTile(
            PersonId(f"p{n}"),
            (*LONG, "陈平")[n % 5],
            "二组，1955 年生" if n % 3 else "",
            n % 4 == 0,
        )
        for n in range(112)
    )
    shown = [
        replace(known, scene=Scene.NOT_OPEN),
        replace(known, recent=(), arrived=0, visitors=0),
        replace(known, digits="621", clearing=True),
        replace(known, scene=Scene.CHOOSE, choices=people[:2]),
        replace(known, scene=Scene.CHOOSE, choices=people[:5]),
        replace(known, scene=Scene.NAMES, choices=people, heading="二组"),
        replace(known, scene=Scene.NAMES, choices=people[:18], by_surname=True, heading="欧阳"),
        replace(known, scene=Scene.OVER),
    ]
    shown += [
        replace(
            known, scene=Scene.CONFIRM, person=MemberTile(PersonId("x"), name, "十二组，1955 年生")
        )
        for name in LONG
    ]
    shown += [
        replace(known, told=ResultCard(kind, "您 08:52 已经签过了", LONG[1], "今天第 137 位"))
        for kind in SignInResult
    ]
    return shown


@pytest.mark.parametrize(
    ("screen", "size", "language"),
    [
        *((screen, size, "zh") for screen in [*SCREENS, *DRAWERS] for size in InterfaceSize),
        ((1366, 768), InterfaceSize.LARGEST, "en"),
        ((1280, 800), InterfaceSize.LARGE, "en"),
        ((455, 768), InterfaceSize.STANDARD, "en"),
    ],
)
def test_nothing_is_cut_small_or_too_near(
    qtbot: QtBot,
    qapp: QApplication,
    booth: Booth,
    screen: tuple[int, int],
    size: InterfaceSize,
    language: str,
) -> None:
    speak(language)
    apply_look(qapp, size)
    view = booth.view
    view.resize(*screen)
    for state in every_state():
        view.show_state(state)
        qapp.processEvents()
        view.grab()
        assert view.stack.width() <= screen[0], state.scene
        assert not visible(view, QScrollBar)
        _check_words(view, state, drawer=screen in DRAWERS)
        _check_targets(view, state)


def _check_words(view: QWidget, state: MemberState, *, drawer: bool) -> None:
    for label in visible(view, FitLabel):
        if label.text:
            fitted = label.fitted()
            assert fitted.whole, (state.scene, label.text, label.size())
            assert fitted.px >= (20 if drawer else 22), (state.scene, label.text, fitted.px)
    for tile in visible(view, NameTile):
        name, note = tile.fitted()
        assert name.whole, (state.scene, tile.name)
        assert "".join(name.lines) == tile.name
        assert name.px >= 20, (state.scene, tile.name, name.px, tile.size())
        assert note is None or note.whole
    for button in visible(view, TouchButton):
        assert button.word_px() >= 20, (state.scene, button.word, button.size())


def _check_targets(view: MemberSignInView, state: MemberState) -> None:
    floors = touch_floors(0.25)
    parts: list[QWidget] = [*visible(view.stack, Key), *visible(view.stack, NameTile)]
    parts += visible(view.stack, TouchButton)
    for part in parts:
        floor = floors.key if isinstance(part, Key) else floors.tile
        assert part.height() >= floor, (state.scene, part.accessibleName(), part.size())
        assert part.width() >= floor, (state.scene, part.accessibleName(), part.size())
        assert view.rect().contains(_in(view, part)), (state.scene, part.accessibleName())
    places = sorted((_in(view, part) for part in parts), key=lambda one: (one.top(), one.left()))
    for one, other in pairwise(places):
        if one.top() == other.top() and not one.intersects(other):
            assert other.left() - one.right() - 1 >= min(floors.gap, 12), state.scene
    for number, one in enumerate(places):
        assert not [other for other in places[number + 1 :] if one.intersects(other)], state.scene


def _in(view: QWidget, part: QWidget) -> QRect:
    return QRect(part.mapTo(view, QPoint(0, 0)), part.size())


@pytest.mark.parametrize("screen", SCREENS)
def test_with_a_panel_of_unknown_pitch_keys_are_at_least_112_px(
    qtbot: QtBot, booth: Booth, screen: tuple[int, int]
) -> None:
    view = MemberSignInView(booth.station.attendance, JobsAtOnce(), RecordingHost(), pitch_mm=0.0)
    qtbot.addWidget(view)
    view.resize(*screen)
    view.show()
    view.show_session(booth.station.sessions.show(booth.session), SITE)
    assert view.size().toTuple() == screen
    for key in visible(view, Key):
        assert min(key.width(), key.height()) >= 112
    for button in visible(view.keypad_scene.side, TouchButton):
        assert min(button.width(), button.height()) >= 96


def test_every_focusable_part_has_a_name_and_is_reached_by_tab(booth: Booth, qtbot: QtBot) -> None:
    view = booth.view
    for state in every_state():
        view.show_state(state)
        for part in visible(view, QWidget):
            if part.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert part.accessibleName(), (state.scene, part)


def test_tab_reaches_every_key_of_the_keypad(booth: Booth, qtbot: QtBot) -> None:
    view = booth.view
    view.activateWindow()
    view.setFocus()
    seen: set[str] = set()
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget() or view, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if isinstance(focused, Key | TouchButton):
            seen.add(focused.word)
    assert {"1", "5", "0", "清空", "退格", "按姓名找", "请管理员帮忙"} <= seen


def test_a_digit_typed_while_a_key_has_the_focus_still_counts(booth: Booth) -> None:
    key = booth.view.keypad_scene.keypad.digits[2]
    key.setFocus()
    QTest.keyClicks(key, "7")
    assert booth.view.presenter.state.digits == "7"


def test_told_cards_say_their_words_to_a_screen_reader(booth: Booth) -> None:
    booth.view.show_state(every_state()[-1])
    card = booth.view.findChild(ToldCard)
    assert isinstance(card, ToldCard)
    assert LONG[1] in card.accessibleName()


@pytest.mark.parametrize(("width", "height"), [*SCREENS, *DRAWERS])
def test_the_success_card_carries_not_me_as_large_as_a_finger(
    booth: Booth, qapp: QApplication, width: int, height: int
) -> None:
    booth.view.resize(width, height)
    qapp.processEvents()
    booth.tap_digits("0000")
    assert not booth.view.keypad_scene.side.told.not_me.isVisible()
    booth.view.presenter.yes()
    qapp.processEvents()
    button = booth.view.keypad_scene.side.told.not_me
    floor = booth.view.lengths().tile
    assert min(button.width(), button.height()) >= floor
    assert present_names(booth.station, booth.session) == ["陈桂英"]
    QTest.mouseClick(button, LEFT)
    assert present_names(booth.station, booth.session) == []
    assert not button.isVisible()
