"""Card readers and scanners are told from typing, whatever has the focus."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui.input.bursts import BurstReader
from ui.input.scanner import ScannerListener

CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-"


class Feed:
    """Drives the rule as the listener does, with a clock of its own."""

    def __init__(self) -> None:
        self.reader = BurstReader()
        self.typed = ""
        self.scans: list[str] = []
        self._held = ""
        self._last_ms = 0

    def key(self, character: str, at_ms: int) -> None:
        self._time_passes(at_ms)
        verdict = self.reader.key(character, at_ms)
        self._settle(verdict.give_back, verdict.scan)
        if verdict.hold:
            self._held += character
        else:
            self.typed += character
        self._last_ms = at_ms

    def end(self, at_ms: int) -> None:
        self._time_passes(at_ms)
        verdict = self.reader.end(at_ms)
        self._settle(verdict.give_back, verdict.scan)
        if not verdict.swallow:
            self.typed += "\n"
        self._last_ms = at_ms

    def quiet(self) -> None:
        verdict = self.reader.quiet()
        self._settle(verdict.give_back, verdict.scan)

    def _time_passes(self, at_ms: int) -> None:
        if self.reader.is_holding and at_ms - self._last_ms > self.reader.wait_ms:
            self.quiet()

    def _settle(self, give_back: bool, scan: str | None) -> None:
        if scan is not None:
            self.scans.append(scan)
            self._held = ""
        elif give_back:
            self.typed += self._held
            self._held = ""


def test_a_thousand_streams_of_human_typing_are_never_a_scan_and_never_altered() -> None:
    chance = random.Random(20261123)
    for _ in range(1_000):
        feed, at_ms, wanted = Feed(), 10_000, ""
        for _ in range(chance.randrange(1, 40)):
            at_ms += chance.randrange(120, 900)
            if chance.random() < 0.1:
                feed.end(at_ms)
                wanted += "\n"
            else:
                character = chance.choice(CHARACTERS)
                feed.key(character, at_ms)
                wanted += character
        feed.quiet()
        assert feed.scans == []
        assert feed.typed == wanted


def test_a_thousand_bursts_of_30_ms_are_always_recognised_and_nothing_is_typed() -> None:
    chance = random.Random(7)
    for _ in range(1_000):
        feed, at_ms = Feed(), 10_000
        code = "".join(chance.choice(CHARACTERS) for _ in range(chance.randrange(4, 24)))
        for character in code:
            feed.key(character, at_ms)
            at_ms += chance.randrange(1, 31)
        if chance.random() < 0.5:
            feed.end(at_ms)
            if chance.random() < 0.5:
                feed.end(at_ms + 5)
        else:
            feed.quiet()
        assert feed.scans == [code]
        assert feed.typed == ""


def test_typing_scanning_and_typing_again_keeps_the_typing_in_order() -> None:
    chance = random.Random(3)
    for _ in range(200):
        feed, at_ms, wanted = Feed(), 10_000, ""
        for _ in range(3):
            for _ in range(chance.randrange(1, 6)):
                at_ms += chance.randrange(120, 400)
                character = chance.choice(CHARACTERS)
                feed.key(character, at_ms)
                wanted += character
            at_ms += 200
            for character in "YJ1-00042":
                at_ms += 20
                feed.key(character, at_ms)
            at_ms += 10
            feed.end(at_ms)
        feed.quiet()
        assert feed.scans == ["YJ1-00042"] * 3
        assert feed.typed == wanted


def test_three_fast_keys_are_too_few_for_a_card() -> None:
    feed = Feed()
    for place, character in enumerate("123"):
        feed.key(character, 1_000 + place * 20)
    feed.end(1_080)
    assert (feed.scans, feed.typed) == ([], "123\n")


def test_a_key_that_repeats_for_two_seconds_is_not_a_card() -> None:
    feed = Feed()
    for place in range(100):
        feed.key("A", 1_000 + place * 30)
    feed.quiet()
    assert feed.scans == []
    assert feed.typed == "A" * 100


# --- with real events and a real text field ------------------------------------------


def press(widget: QLineEdit, key: Qt.Key, text: str, at_ms: int) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(at_ms)
        QApplication.sendEvent(widget, event)


@pytest.fixture
def field(qtbot: QtBot, qapp: QApplication) -> Iterator[tuple[QLineEdit, list[str]]]:
    box = QLineEdit()
    qtbot.addWidget(box)
    box.show()
    box.setFocus()
    scans: list[str] = []
    listener = ScannerListener(scans.append, box)
    qapp.installEventFilter(listener)
    yield box, scans
    qapp.removeEventFilter(listener)


def test_a_burst_is_swallowed_from_the_field_that_has_the_focus(
    field: tuple[QLineEdit, list[str]],
) -> None:
    box, scans = field
    entered: list[bool] = []
    box.returnPressed.connect(lambda: entered.append(True))
    at_ms = 5_000
    for character in "yj1-00042":  # Caps Lock off or on: the key codes are the same
        press(box, Qt.Key(ord(character.upper())), character, at_ms)
        at_ms += 12
    press(box, Qt.Key.Key_Return, "\r", at_ms)
    assert scans == ["YJ1-00042"]
    assert box.text() == ""
    assert entered == []


def test_a_burst_without_an_ending_is_taken_after_a_pause(
    qtbot: QtBot, field: tuple[QLineEdit, list[str]]
) -> None:
    box, scans = field
    for place, character in enumerate("88123456"):
        press(box, Qt.Key(ord(character)), character, 5_000 + place * 10)
    qtbot.waitUntil(lambda: scans == ["88123456"])
    assert box.text() == ""


def test_typing_arrives_in_order_and_with_its_own_letters(
    qtbot: QtBot, field: tuple[QLineEdit, list[str]]
) -> None:
    box, scans = field
    at_ms = 5_000
    for character in "cgy Chen":
        key = Qt.Key.Key_Space if character == " " else Qt.Key(ord(character.upper()))
        press(box, key, character, at_ms)
        at_ms += 130
    qtbot.waitUntil(lambda: box.text() == "cgy Chen")
    assert scans == []
