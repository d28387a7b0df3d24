"""What a finger does: release acts, slip-off cancels, a double tap counts once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.buttons import DangerButton, PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.chip import ChipTone, StatusChip
from ui.widgets.count_bar import CountBar
from ui.widgets.empty_note import EmptyNote
from ui.widgets.notice_banner import NoticeBanner
from ui.widgets.step_bar import StepBar, StepLook, StepMark
from ui.widgets.tap import DOUBLE_TAP_MS
from ui.widgets.tiles.name_tile import NameTile, TileState
from ui.widgets.touch.keypad import Keypad

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tile(qtbot: QtBot) -> NameTile:
    made = NameTile("陈桂英")
    qtbot.addWidget(made)
    made.resize(200, 100)
    made.show()
    return made


def test_a_tile_acts_on_release_not_on_touch(tile: NameTile, qtbot: QtBot) -> None:
    taps: list[bool] = []
    tile.clicked.connect(lambda: taps.append(True))
    QTest.mousePress(tile, LEFT)
    assert taps == []
    QTest.mouseRelease(tile, LEFT)
    assert len(taps) == 1


def test_a_finger_that_slips_off_does_nothing(tile: NameTile) -> None:
    taps: list[bool] = []
    tile.clicked.connect(lambda: taps.append(True))
    QTest.mousePress(tile, LEFT)
    QTest.mouseMove(tile, QPoint(400, 300))
    QTest.mouseRelease(tile, LEFT, pos=QPoint(400, 300))
    assert taps == []


def test_a_double_tap_counts_once_and_a_later_tap_again(tile: NameTile, qtbot: QtBot) -> None:
    taps: list[bool] = []
    tile.clicked.connect(lambda: taps.append(True))
    QTest.mouseClick(tile, LEFT)
    QTest.mouseClick(tile, LEFT)
    assert len(taps) == 1
    QTest.qWait(DOUBLE_TAP_MS + 30)
    QTest.mouseClick(tile, LEFT)
    assert len(taps) == 2


def test_the_whole_tile_is_hot(tile: NameTile) -> None:
    taps: list[bool] = []
    tile.clicked.connect(lambda: taps.append(True))
    QTest.mouseClick(tile, LEFT, pos=QPoint(2, 2))
    assert len(taps) == 1


def test_the_same_digit_twice_in_a_hurry_is_two_digits(qtbot: QtBot) -> None:
    keypad = Keypad()
    qtbot.addWidget(keypad)
    keypad.resize(400, 500)
    keypad.show()
    digits: list[str] = []
    keypad.pressed.connect(digits.append)
    for _ in range(2):
        QTest.mouseClick(keypad.digits[5], LEFT)
    assert digits == ["6", "6"]


def test_the_keyboard_shows_where_it_is(tile: NameTile, qtbot: QtBot) -> None:
    tile.clearFocus()
    plain = tile.grab().toImage()
    tile.activateWindow()
    tile.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(tile.hasFocus)
    assert tile.grab().toImage() != plain


def test_a_tap_does_not_take_the_focus_away(qtbot: QtBot) -> None:
    window = QWidget()
    rows = QVBoxLayout(window)
    first, second = PrimaryButton("开始播放"), NameTile("陈桂英")
    rows.addWidget(first)
    rows.addWidget(second)
    qtbot.addWidget(window)
    window.show()
    first.setFocus()
    QTest.mouseClick(second, LEFT)
    assert not second.hasFocus()


@pytest.mark.parametrize("kind", [PrimaryButton, SecondaryButton, QuietButton, DangerButton])
def test_buttons_are_named_and_wide_enough_for_their_word(
    qtbot: QtBot, kind: type[PrimaryButton]
) -> None:
    button = kind("开始播放《乡村振兴促进法解读》", icon="play")
    qtbot.addWidget(button)
    assert button.accessibleName() == "开始播放《乡村振兴促进法解读》"
    needed = button.fontMetrics().horizontalAdvance(button.text()) + button.iconSize().width()
    assert button.minimumSizeHint().width() >= needed
    assert button.minimumSizeHint().height() >= 44
    assert isinstance(button, QPushButton)


def test_every_widget_says_its_name(qtbot: QtBot) -> None:
    chip = StatusChip("离线 3 天", ChipTone.WAITING)
    tape = NoticeBanner("现在没有连网，不影响签到和播放，记录都存在本机。", "知道了")
    empty = EmptyNote("今天没有安排。", "看课程")
    count = CountBar()
    count.show_count(37, 52)
    late = NameTile("陈平", "三组", TileState.LATE)
    for widget in (chip, tape, empty, count, late):
        qtbot.addWidget(widget)
    assert chip.accessibleName() == "离线 3 天"
    assert tape.accessibleName() == tape.text
    assert empty.act.accessibleName() == "看课程"
    assert "37" in count.accessibleName()
    assert "52" in count.accessibleName()
    assert late.accessibleName() == "陈平 三组 已到，迟到"


def test_the_step_bar_tells_which_step_was_tapped(qtbot: QtBot) -> None:
    bar = StepBar()
    qtbot.addWidget(bar)
    bar.show_steps((StepMark("prepare", "准备", "", StepLook.DONE), StepMark("play", "播放")))
    bar.resize(600, 90)
    bar.show()
    with qtbot.waitSignal(bar.chosen) as chosen:
        QTest.mouseClick(bar.parts[1], LEFT)
    assert chosen.args == ["play"]
