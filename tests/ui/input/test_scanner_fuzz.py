"""Cards and keys in any mixture, as real key events at a real search box: nothing is lost or invented."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.input.key_runs import LEAST_KEYS
from ui.input.scanner import ScannerListener

LETTERS = "abcdefghjkmnpqrstuvwxyz0123456789"
ENDINGS: dict[str, tuple[tuple[Qt.Key, str], ...]] = {
    "CR": ((Qt.Key.Key_Return, "\r"),),
    "LF": ((Qt.Key.Key_Enter, "\n"),),
    "CR LF": ((Qt.Key.Key_Return, "\r"), (Qt.Key.Key_Enter, "\n")),
    "Tab": ((Qt.Key.Key_Tab, "\t"),),
}


class Desk:
    """A box with the focus, one after it, and a clock that only the keys move."""

    def __init__(self, box: QLineEdit, after: QLineEdit, scans: list[str]) -> None:
        self.box, self.after, self.scans = box, after, scans
        self.entered = 0
        box.returnPressed.connect(self._count)
        self._at_ms = 100_000

    def key(self, key: Qt.Key, text: str, gap_ms: int) -> None:
        self._at_ms += gap_ms
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(self._at_ms)
            QApplication.sendEvent(self.box.window().focusWidget(), event)

    def signs(self, text: str, gaps: tuple[int, int], chance: random.Random, first: int) -> None:
        for number, sign in enumerate(text):
            gap = first if number == 0 else chance.randint(*gaps)
            self.key(Qt.Key(ord(sign.upper())), sign, gap)

    def types(self, text: str, chance: random.Random) -> None:
        """A person: 120 ms or more between keys."""
        self.signs(text, (120, 900), chance, 300)

    def reads(self, code: str, ending: str, chance: random.Random) -> None:
        """A scanner: at most 30 ms between keys."""
        self.signs(code, (1, 30), chance, 300)
        for key, text in ENDINGS[ending]:
            self.key(key, text, chance.randint(1, 30))

    def _count(self) -> None:
        self.entered += 1


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    form = QWidget()
    qtbot.addWidget(form)
    rows = QVBoxLayout(form)
    box, after = QLineEdit(), QLineEdit()
    for one in (box, after):
        rows.addWidget(one)
    form.show()
    box.setFocus()
    scans: list[str] = []
    listener = ScannerListener(scans.append, box)
    qapp.installEventFilter(listener)
    yield Desk(box, after, scans)
    qapp.removeEventFilter(listener)


@pytest.mark.parametrize("seed", range(30))
def test_any_mixture_of_typing_and_cards_keeps_both_whole(
    desk: Desk, qtbot: QtBot, seed: int
) -> None:
    chance = random.Random(seed)
    wanted, codes = "", []
    for _ in range(chance.randrange(3, 9)):
        if chance.random() < 0.5:
            text = "".join(chance.choices(LETTERS, k=chance.randrange(1, 7)))
            desk.types(text, chance)
            wanted += text
        else:
            code = "".join(chance.choices(LETTERS.upper(), k=chance.randrange(LEAST_KEYS, 20)))
            desk.reads(code.lower(), chance.choice(list(ENDINGS)), chance)
            codes.append(code)
    qtbot.waitUntil(lambda: desk.box.text() == wanted)
    assert desk.scans == codes
    assert desk.entered == 0
    assert desk.box.window().focusWidget() is desk.box, (
        "a Tab of the scanner must not move the focus"
    )


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_card_while_a_word_is_being_composed_leaves_the_word_alone(
    desk: Desk, ending: str
) -> None:
    chance = random.Random(4)
    QApplication.sendEvent(desk.box, QInputMethodEvent("chen g", []))
    desk.reads("yj1-00042", ending, chance)
    assert desk.scans == ["YJ1-00042"]
    done = QInputMethodEvent()
    done.setCommitString("陈桂英")
    QApplication.sendEvent(desk.box, done)
    assert desk.box.text() == "陈桂英"
    assert desk.entered == 0


@pytest.mark.parametrize("read", range(1, LEAST_KEYS))
def test_a_card_that_is_torn_away_after_a_few_signs_signs_nobody_in(
    desk: Desk, qtbot: QtBot, read: int
) -> None:
    chance = random.Random(read)
    desk.signs("yj1-00042"[:read], (1, 30), chance, 300)
    qtbot.waitUntil(lambda: desk.box.text() == "yj1-00042"[:read])
    desk.reads("yj1-00007", "CR", chance)
    assert desk.scans == ["YJ1-00007"], "the rest of a torn card must not join the next"
    assert desk.box.text() == "yj1-00042"[:read]


def test_a_human_enter_after_typing_is_an_enter(desk: Desk, qtbot: QtBot) -> None:
    chance = random.Random(9)
    desk.types("cgy", chance)
    desk.key(Qt.Key.Key_Return, "\r", 400)
    qtbot.waitUntil(lambda: desk.entered == 1)
    assert (desk.box.text(), desk.scans) == ("cgy", [])


def test_a_human_tab_moves_on(desk: Desk, qtbot: QtBot) -> None:
    desk.types("cg", random.Random(1))
    desk.key(Qt.Key.Key_Tab, "\t", 400)
    qtbot.waitUntil(lambda: desk.box.window().focusWidget() is desk.after)
    assert desk.box.text() == "cg"
    assert desk.scans == []


def test_a_held_key_that_repeats_is_no_card(desk: Desk, qtbot: QtBot) -> None:
    for number in range(40):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", number > 0
        )
        event.setTimestamp(200_000 + number * 30)
        QApplication.sendEvent(desk.box, event)
    qtbot.waitUntil(lambda: desk.box.text() == "a" * 40)
    assert desk.scans == []
