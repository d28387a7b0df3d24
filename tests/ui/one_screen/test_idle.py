"""Nobody at the one screen: the backdrop with three tiles, each one touch from its page."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.areas.sessions.session import Step
from tests.ui.audience.test_placement import LAPTOP, PROJECTOR, PluggedScreens
from tests.ui.lock.conftest import PIN, tap
from tests.ui.one_screen.conftest import Begin, OneScreenRun
from ui.lock.unlock_corner import HOLD_MS
from ui.one_screen.controller import IDLE_MS
from ui.one_screen.state import BarAct
from ui.state.page_names import PageName


def left_alone(one: OneScreenRun, ms: int = IDLE_MS) -> None:
    """Nobody touches the operator's window for so long."""
    one.program.guard._used_ms -= ms
    one.program.one_screen.look()


def test_left_alone_it_shows_the_backdrop_with_tiles_and_each_leads_on(
    run: Begin, qtbot: QtBot
) -> None:
    one = run()
    program, idle = one.program, one.program.one_screen.idle
    left_alone(one, IDLE_MS - 10_000)
    assert not program.audience.isVisible()
    left_alone(one, 10_000)
    assert one.shows == "backdrop"
    assert idle.isVisible()
    assert [tile.accessibleName() for tile in idle.tiles] == ["开始今天的学习", "看课程", "管理员"]
    assert {(tile.width(), tile.height()) for tile in idle.tiles} == {(300, 200)}
    one.touch(idle.courses)
    assert not program.audience.isVisible()
    assert program.window.place is PageName.COURSES
    left_alone(one)
    one.touch(idle.operator)
    assert program.window.place is PageName.COURSES
    left_alone(one)
    one.touch(idle.begin)
    qtbot.waitUntil(lambda: program.room.step() is Step.PREPARE)
    qtbot.waitUntil(lambda: program.window.pages[PageName.PREPARE].isVisible())
    left_alone(one)
    assert not program.audience.isVisible(), "a session is in hand"


def test_with_a_screen_for_the_room_nothing_takes_the_operators(run: Begin) -> None:
    one = run(screens=PluggedScreens([LAPTOP, PROJECTOR]))
    left_alone(one)
    assert not one.program.guard.single.covers
    assert not one.program.one_screen.idle.isVisible()


def test_with_a_pin_every_tile_asks_for_it_and_then_leads_where_it_says(
    run: Begin, qtbot: QtBot
) -> None:
    one = run(pin=PIN)
    program, idle = one.program, one.program.one_screen.idle
    left_alone(one)
    assert program.guard.is_locked
    one.touch(idle.courses)
    single = program.guard.single
    assert single.way_out.is_asking
    tap(single.way_out.sheet.pad, PIN)
    qtbot.waitUntil(lambda: not program.audience.isVisible())
    assert not program.guard.is_locked
    assert program.window.place is PageName.COURSES


def test_locked_without_a_pin_a_tile_must_be_held(run: Begin, qtbot: QtBot) -> None:
    one = run()
    program, idle = one.program, one.program.one_screen.idle
    program.guard.use_single_screen_lock(on=True)
    qtbot.waitUntil(lambda: program.guard.view.single_screen)
    left_alone(one)
    one.touch(idle.courses)
    assert program.audience.isVisible()
    assert "2 秒" in idle.courses.word
    QTest.mousePress(idle.courses, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not program.audience.isVisible(), timeout=HOLD_MS + 2_000)
    assert program.window.place is PageName.COURSES


def test_a_course_that_was_only_looked_at_ends_on_the_tiles(run: Begin, qtbot: QtBot) -> None:
    one = run()
    program = one.program
    qtbot.waitUntil(lambda: bool(program.room.courses))
    program.look_at(program.room.courses[0].course.id)
    qtbot.waitUntil(lambda: program.playback.state.playing, timeout=20_000)
    assert program.guard.single.covers
    one.touch_picture()
    assert one.bar() == ["后退10秒", "暂停", "前进10秒", "结束", "管理员"]
    one.touch(one.key(BarAct.END))
    one.touch(one.key(BarAct.YES))
    qtbot.waitUntil(lambda: program.one_screen.idle.isVisible())
    assert one.shows == "backdrop"


@pytest.mark.parametrize("playing", [False, True])
def test_a_call_for_help_stands_on_the_very_screen_until_answered(
    run: Begin, qtbot: QtBot, playing: bool
) -> None:
    one = run(Step.PLAY if playing else Step.SIGN_IN)
    program = one.program
    heard: list[str] = []
    program.tones._sounds = one.record_sounds(heard)
    if playing:
        one.play()
        one.touch_picture()
        one.touch(one.key(BarAct.LATE))
    else:
        program.toggle_screen()
    call = program.one_screen.call
    qtbot.waitUntil(lambda: not program.member.is_resting)
    one.touch(program.member.keypad_scene.side.help_button)
    assert call.isVisible()
    assert call.window() is program.audience
    assert "管理员" in call.said.text
    assert heard == ["again.wav"], "it sounds while a course plays too"
    keypad = program.member.keypad_scene.keypad
    assert call.geometry().bottom() <= keypad.mapTo(program.audience, keypad.pos()).y()
    program.guard.single.leave()
    assert call.window() is program.window
    assert call.isVisible()
    QApplication.processEvents()
    lies = QRect(call.mapTo(program.window, QPoint(0, 0)), call.size())
    buttons = cast("list[QAbstractButton]", program.window.findChildren(QAbstractButton))
    for button in buttons:
        if button.isVisible() and button is not call.answer:
            stands = QRect(button.mapTo(program.window, QPoint(0, 0)), button.size())
            assert not lies.intersects(stands), button.accessibleName()
    one.touch(call.answer)
    assert not call.isVisible()
