"""Playing on one screen: full screen at once, the bar by touch, late sign-in, the way out."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.areas.sessions.session import Step
from tests.ui.audience.test_placement import LAPTOP, PROJECTOR, PluggedScreens
from tests.ui.lock.conftest import PIN, tap
from tests.ui.one_screen.conftest import Begin
from ui.audience.mirror import StageMirror
from ui.one_screen.bar import BAR_PX, KEY_PX
from ui.one_screen.state import BarAct
from ui.state.page_names import PageName


def test_a_course_fills_the_one_screen_at_once_and_again_after_a_pause(
    run: Begin, qtbot: QtBot
) -> None:
    one = run(Step.PLAY)
    program = one.program
    one.play()
    assert program.guard.single.covers
    assert one.shows == "play"
    assert one.bar() == []
    QTest.keyClick(program.audience, Qt.Key.Key_Escape)
    assert not program.audience.isVisible()
    assert program.playback.state.playing
    QTest.keyClick(program.window, Qt.Key.Key_Space)
    assert not program.playback.state.playing
    assert not program.audience.isVisible()
    QTest.keyClick(program.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: program.audience.isVisible())
    assert program.playback.state.playing


def test_with_a_screen_of_its_own_the_operators_window_stays(run: Begin) -> None:
    one = run(Step.PLAY, screens=PluggedScreens([LAPTOP, PROJECTOR]))
    one.play()
    assert not one.program.guard.single.covers
    one.touch_picture()
    assert one.bar() == []


def test_a_lost_screen_does_not_let_the_picture_take_the_operators(
    run: Begin, qtbot: QtBot
) -> None:
    screens = PluggedScreens([LAPTOP, PROJECTOR])
    one = run(Step.PLAY, screens=screens)
    one.play()
    screens.pull(PROJECTOR)
    qtbot.waitUntil(lambda: not one.program.playback.state.playing)
    QTest.keyClick(one.program.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: one.program.playback.state.playing)
    assert not one.program.audience.isVisible()


def test_a_touch_brings_the_bar_and_its_keys_do_what_they_say(run: Begin, qtbot: QtBot) -> None:
    one = run(Step.PLAY)
    playback, bar = one.program.playback, one.program.one_screen.bar
    one.play()
    one.touch_picture()
    assert one.bar() == ["后退10秒", "暂停", "前进10秒", "迟到签到", "结束", "管理员"]
    assert bar._linger.isActive(), "gone by itself after 4 s, see the fixture"
    one.touch(one.key(BarAct.ON_10))
    qtbot.waitUntil(lambda: playback.state.position_ms >= 10_000)
    one.touch(one.key(BarAct.MAIN))
    assert not playback.state.playing
    assert "继续" in one.bar()
    one.touch(one.key(BarAct.MAIN))
    qtbot.waitUntil(lambda: playback.state.playing)
    bar._linger.setInterval(10)
    bar.come()
    qtbot.waitUntil(lambda: one.bar() == [])
    assert playback.state.playing


def test_the_bar_is_160_px_at_the_foot_of_the_picture_with_keys_for_fingers(run: Begin) -> None:
    one = run(Step.PLAY)
    program = one.program
    one.play()
    one.touch_picture()
    bar = program.one_screen.bar
    assert bar.geometry() == QRect(0, 768 - BAR_PX, 1366, BAR_PX)
    one.touch(one.key(BarAct.LATE))
    assert program.on_screen.drawer
    drawer = program.audience.stage.drawer
    assert drawer.isVisible()
    for wide, high in ((1366, 768), (1280, 720), (1024, 768)):
        program.audience.resize(wide, high)
        one.touch_picture()
        place = QRect(drawer.mapTo(program.audience, QPoint(0, 0)), drawer.size())
        assert not bar.geometry().intersects(place)
        parts = [part for part in (*bar.parts, bar.operator) if part.isVisible()]
        assert min(part.width() for part in parts) >= KEY_PX
        assert all(bar.rect().contains(part.geometry()) for part in parts)
    one.touch(drawer.close_key)
    assert not drawer.isVisible()


def test_late_sign_in_opens_at_the_touch_even_before_the_members_screen_was_made(
    run: Begin,
) -> None:
    one = run(Step.PLAY)
    program = one.program
    one.play()
    program.room_side.let_member_go()
    one.touch_picture()
    one.touch(one.key(BarAct.LATE))
    assert program.audience.stage.drawer.isVisible()
    assert program.member.isVisible()


def test_ending_asks_on_the_picture_and_leads_to_the_questions(run: Begin, qtbot: QtBot) -> None:
    one = run(Step.PLAY)
    program = one.program
    one.play()
    one.touch_picture()
    one.touch(one.key(BarAct.END))
    assert one.bar() == ["接着放", "结束播放"]
    assert "还没放完" in program.one_screen.bar.says.text
    one.touch(one.key(BarAct.NO))
    assert program.playback.state.is_on
    one.touch_picture()
    one.touch(one.key(BarAct.END))
    one.touch(one.key(BarAct.YES))
    qtbot.waitUntil(lambda: one.shows == "questions")
    assert program.guard.single.covers, "the room reads the questions"
    one.touch_picture()
    assert one.bar() == ["结束讨论", "管理员"]
    one.touch(one.key(BarAct.FINISH))
    assert not program.audience.isVisible()
    assert program.window.place is PageName.CLOSE


def test_at_the_end_the_bar_stays_and_offers_what_comes_next(run: Begin, qtbot: QtBot) -> None:
    one = run(Step.PLAY)
    program = one.program
    one.play()
    program.playback.seek(59_000)
    qtbot.waitUntil(lambda: program.playback.state.ended, timeout=20_000)
    assert one.bar() == ["再放一遍《柑橘冬季修剪》", "去讨论", "管理员"]
    assert "放完了" in program.one_screen.bar.says.text
    assert not program.one_screen.bar._linger.isActive()
    one.touch(one.key(BarAct.END))
    qtbot.waitUntil(lambda: one.shows == "questions")


def test_with_a_pin_members_may_pause_but_neither_end_nor_leave(run: Begin, qtbot: QtBot) -> None:
    one = run(Step.PLAY, pin=PIN)
    program = one.program
    one.play()
    single = program.guard.single
    one.touch_picture()
    one.touch(one.key(BarAct.MAIN))
    assert not program.playback.state.playing
    one.touch(one.key(BarAct.END))
    one.touch(one.key(BarAct.YES))
    assert single.way_out.is_asking
    assert program.playback.state.is_on
    tap(single.way_out.sheet.pad, PIN)
    qtbot.waitUntil(lambda: one.shows == "questions")
    assert program.guard.is_locked
    one.touch_picture()
    one.touch(one.key(BarAct.FINISH))
    assert single.way_out.is_asking
    tap(single.way_out.sheet.pad, PIN)
    qtbot.waitUntil(lambda: not program.audience.isVisible())
    assert not program.guard.is_locked
    assert program.window.place is PageName.CLOSE


def test_the_preview_has_the_proportions_of_the_screen_before_it_was_ever_filled(
    run: Begin,
) -> None:
    one = run(Step.PLAY)
    one.program.window.go(PageName.PLAY)
    mirror = one.program.window.pages.play().mirror._mirror
    assert isinstance(mirror, StageMirror)
    assert abs(mirror.place().width() / mirror.place().height() - 1366 / 768) < 0.01
