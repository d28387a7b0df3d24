"""Cards read while a Chinese input method eats the keys: nobody is lost, nothing is invented."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui.input.scanner_ime import ComposingWatch


class Box:
    """A search box with an input method, and a clock that only the composing moves."""

    def __init__(self, box: QLineEdit) -> None:
        self.box = box
        self.at_ms = 50_000
        self.eaten = 0

    def count(self) -> None:
        self.eaten += 1

    def compose(self, preedit: str, gap_ms: int) -> None:
        self.at_ms += gap_ms
        QApplication.sendEvent(self.box, QInputMethodEvent(preedit, []))

    def commit(self, text: str, gap_ms: int) -> None:
        self.at_ms += gap_ms
        done = QInputMethodEvent()
        done.setCommitString(text)
        QApplication.sendEvent(self.box, done)

    @property
    def has_input_method(self) -> bool:
        return self.box.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


@pytest.fixture
def box(qtbot: QtBot, qapp: QApplication) -> Iterator[Box]:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    line.setFocus()
    made = Box(line)
    watch = ComposingWatch(made.count, line, now_ms=lambda: made.at_ms)
    qapp.installEventFilter(watch)
    yield made
    qapp.removeEventFilter(watch)


def test_a_card_that_became_composing_leaves_no_sign_and_asks_once_to_be_read_again(
    box: Box,
) -> None:
    box.box.setText("陈")
    asked: list[str] = []
    box.box.textEdited.connect(asked.append)
    for preedit in ("y", "yj"):
        box.compose(preedit, 20)
    box.commit("一级", 20)
    for preedit in ("z", "zz", "zzz"):
        box.compose(preedit, 20)
    box.commit("在", 20)
    assert box.eaten == 1
    assert box.box.text() == asked[-1] == "陈", "whoever searches hears of it"
    assert not box.has_input_method, "the next reading arrives as keys"


def test_a_tap_on_the_box_brings_the_input_method_back(box: Box) -> None:
    for length in range(1, 6):
        box.compose("yjabc"[:length], 15)
    assert not box.has_input_method
    QTest.mouseClick(box.box, Qt.MouseButton.LeftButton)
    assert box.has_input_method
    box.compose("gui", 300)
    box.commit("桂", 300)
    assert box.box.text() == "桂"


@pytest.mark.parametrize("seed", range(20))
def test_a_person_composing_is_never_taken_for_a_card(box: Box, seed: int) -> None:
    chance = random.Random(seed)
    wanted = ""
    for _ in range(8):
        spelled = chance.choice(("chenguiying", "li", "wang", "zhao"))
        for length in range(1, len(spelled) + 1):
            box.compose(spelled[:length], chance.randint(120, 400))
        box.commit("陈李王赵"[len(wanted) % 4], chance.randint(120, 400))
        wanted += "陈李王赵"[len(wanted) % 4]
    assert (box.box.text(), box.eaten) == (wanted, 0)
    assert box.has_input_method


def test_an_input_method_that_sends_one_key_twice_is_no_card(box: Box) -> None:
    for letter in ("c", "ch", "che", "chen"):
        box.compose(letter, 150)
        box.compose(letter, 1)  # some tell of their cursor in an event of its own
    box.commit("陈", 150)
    assert (box.box.text(), box.eaten) == ("陈", 0)
