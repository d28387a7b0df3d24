"""A painted part that comes back is shown from its kept picture, and never from a wrong one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmapCache
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.ids import PersonId
from ui.parts.lists.name_grid import NameShown, RollTile
from ui.theme.look import apply_look, own_colours
from ui.theme.tokens import InterfaceSize, Theme
from ui.widgets import pixmap_cache
from ui.widgets.chip import ChipTone, StatusChip
from ui.widgets.fit.button import FitButton
from ui.widgets.step_bar import StepBar, StepLook, StepMark, StepPart
from ui.widgets.tiles.name_tile import NameTile, TileState
from ui.widgets.touch.button import TouchButton, Voice
from ui.widgets.touch.keypad import Key, Keypad


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    pixmap_cache.forget_pictures()


def seen(part: QWidget) -> QImage:
    return part.grab().toImage()


def alike(one: QImage, other: QImage) -> bool:
    """The same but for rounding: a picture is laid over, not painted on, what is behind."""
    first, second = bytes(one.constBits()), bytes(other.constBits())
    return len(first) == len(second) and all(
        abs(a - b) <= 3 for a, b in zip(first, second, strict=True)
    )


def painted_anew(part: QWidget) -> QImage:
    pixmap_cache.forget_pictures()
    return seen(part)


STEP = StepMark("a", "签到", "3/40", StepLook.OPEN)


def key() -> Key:
    return Key("清除", digit=False)


def tile() -> NameTile:
    return NameTile("陈桂英")


def roll_tile() -> RollTile:
    holder = QWidget()
    made = RollTile(holder)
    made.setParent(None)
    made.show_name(NameShown(PersonId("a"), "陈桂英"))
    return made


def button() -> TouchButton:
    return TouchButton("找名字", icon="people")


def fit_button() -> FitButton:
    return FitButton("迟到", icon="people", checkable=True)


def step() -> StepPart:
    made = StepPart(2)
    made.show_step(STEP)
    return made


def chip() -> StatusChip:
    return StatusChip("已上报", ChipTone.GOOD)


@pytest.mark.parametrize(
    ("make", "acts"),
    [
        (key, [lambda one: one.show_word("擦掉"), lambda one: one.set_px(20), lambda one: one.setDown(True)]),
        (tile, [lambda one: one.show_person("王秀英"), lambda one: one.show_person("陈桂英", "东头"),
                lambda one: one.show_person("陈桂英", "东头", TileState.ARRIVED),
                lambda one: one.set_name_px(16), lambda one: one.setFocus(Qt.FocusReason.TabFocusReason)]),
        (roll_tile, [lambda one: one.show_name(NameShown(PersonId("a"), "陈桂英", first=True)),
                     lambda one: one.show_name(NameShown(PersonId("a"), "陈桂英", state=TileState.LATE))]),
        (button, [lambda one: one.show_word("找"), lambda one: one.show_word("找", icon="help"),
                  lambda one: one.show_word("找", voice=Voice.MAIN), lambda one: one.measure(18, 40)]),
        (fit_button, [lambda one: one.say("全部"), lambda one: one.say("全部", icon="stop"),
                      lambda one: one.setChecked(True), lambda one: one.setEnabled(False)]),
        (step, [lambda one: one.show_step(StepMark("a", "签到", "4/40", StepLook.OPEN)),
                lambda one: one.show_step(StepMark("a", "签到", "4/40", StepLook.DONE)),
                lambda one: one.show_step(StepMark("a", "签到", "4/40", StepLook.NOW))]),
        (chip, [lambda one: one.show_status("未上报", ChipTone.GOOD),
                lambda one: one.show_status("未上报", ChipTone.CARE),
                lambda one: one.show_status("未上报", ChipTone.CARE, icon="screens"),
                lambda one: one.set_px(14)]),
    ],
    ids=["key", "tile", "roll tile", "touch button", "fit button", "step", "chip"],
)  # fmt: skip
def test_whatever_changes_on_a_part_is_seen(
    make: Callable[[], QWidget], acts: list[Callable[[QWidget], object]], qtbot: QtBot
) -> None:
    part = make()
    qtbot.addWidget(part)
    part.resize(240, 90)
    part.show()
    part.activateWindow()
    qtbot.waitUntil(part.isActiveWindow)
    part.clearFocus()
    before = seen(part)
    assert alike(seen(part), before)
    for act in acts:
        act(part)
        seen(part)
        after = seen(part)
        assert not alike(after, before)
        assert alike(after, painted_anew(part))
        before = after


def test_theme_and_interface_size_are_never_those_of_an_older_picture(
    qapp: QApplication, qtbot: QtBot
) -> None:
    part = step()
    qtbot.addWidget(part)
    part.resize(240, 90)
    light = seen(part)
    apply_look(qapp, InterfaceSize.STANDARD, theme=Theme.DARK)
    dark = seen(part)
    assert dark != light
    with own_colours():
        assert seen(part) not in (dark, None)
    apply_look(qapp, InterfaceSize.LARGE)
    assert seen(part) not in (dark, light)


def test_a_part_that_comes_back_is_not_drawn_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    true = Key.paint_content

    def watched(self: Key, *given: object) -> None:
        drawn.append(self.word)
        true(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Key, "paint_content", watched)
    keypad = Keypad()
    qtbot.addWidget(keypad)
    keypad.resize(400, 500)
    seen(keypad)
    assert len(drawn) == 12
    seen(keypad)  # what is seen once needs no picture
    assert len(drawn) == 24
    seen(keypad)
    assert len(drawn) == 24


def test_what_is_kept_stays_below_its_bound_and_the_newest_stays(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    true = NameTile.paint_content

    def watched(self: NameTile, *given: object) -> None:
        drawn.append(self.name)
        true(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(NameTile, "paint_content", watched)
    part = tile()
    qtbot.addWidget(part)
    part.resize(600, 400)
    most = (pixmap_cache.MOST_KIB << 10) // (600 * 400 * 4)
    names = [f"陈桂英 {number}" for number in range(3 * most)]
    for name in names:
        part.show_person(name)
        for _ in range(3):
            seen(part)
    assert QPixmapCache.cacheLimit() == pixmap_cache.MOST_KIB
    assert drawn == [name for name in names for _ in range(2)], "the third look is a picture"
    drawn.clear()
    for name in reversed(names):
        part.show_person(name)
        seen(part)
    again = len(names) - len(drawn)
    assert most // 2 <= again <= most
    assert drawn == names[::-1][again:], "the newest were kept"
    pixmap_cache.forget_pictures()
    part.show_person(names[-1])
    seen(part)
    assert drawn[-1] == names[-1]


def test_only_the_step_whose_words_changed_asks_to_be_painted(qtbot: QtBot) -> None:
    marks = tuple(StepMark(key, key, "3/40", StepLook.OPEN) for key in "abc")
    bar = StepBar()
    qtbot.addWidget(bar)
    bar.resize(600, 90)
    bar.show_steps(marks)
    with qtbot.waitExposed(bar):
        bar.show()
    painted: list[str] = []
    for part in bar.parts:
        part.content = lambda part=part: painted.append(part.mark.key)  # type: ignore[assignment,method-assign,misc]
    QApplication.processEvents()
    painted.clear()
    bar.show_steps((marks[0], StepMark("b", "b", "4/40", StepLook.OPEN), marks[2]))
    qtbot.waitUntil(lambda: bool(painted))
    assert set(painted) == {"b"}
