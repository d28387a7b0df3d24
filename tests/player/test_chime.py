"""Tones through the real libvlc: at once for the caller, one after the other, never a crowd."""

from __future__ import annotations

import threading
import time
import wave
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.player.chime import Chime
from ui.sound.tones import AGAIN, SUCCESS, tone_file


@pytest.fixture
def chime() -> Iterator[Chime]:
    made = Chime(audio=False)
    yield made
    made.close()


@pytest.mark.parametrize("name", [SUCCESS, AGAIN])
def test_the_shipped_tones_are_short_and_soft(name: str) -> None:
    with wave.open(str(tone_file(name))) as sound:
        assert sound.getnframes() / sound.getframerate() < 0.6
        samples = sound.readframes(sound.getnframes())
    loudest = max(
        abs(int.from_bytes(samples[at : at + 2], "little", signed=True))
        for at in range(0, len(samples), 2)
    )
    assert 5_000 < loudest < 20_000


def test_a_tone_is_asked_for_at_once_and_is_played(chime: Chime, qtbot: QtBot) -> None:
    before = time.perf_counter()
    chime.play(tone_file(SUCCESS), 60)
    assert time.perf_counter() - before < 0.02  # libvlc is not even loaded by then
    qtbot.waitUntil(lambda: chime.started == 1, timeout=10_000)
    chime.play(tone_file(AGAIN), 60)
    qtbot.waitUntil(lambda: chime.started == 2, timeout=10_000)


def test_when_all_come_at_once_a_few_tones_speak_for_them(chime: Chime, qtbot: QtBot) -> None:
    sounding = threading.Event()

    def a_tone_that_lasts() -> None:
        sounding.wait()

    chime._lane.ask(a_tone_that_lasts)
    for _ in range(40):
        chime.play(tone_file(SUCCESS), 60)
    sounding.set()
    qtbot.waitUntil(lambda: chime._waiting == 0 and chime.started == 2, timeout=10_000)
    chime.play(tone_file(AGAIN), 60)
    qtbot.waitUntil(lambda: chime.started == 3, timeout=10_000)


def test_closing_twice_or_unused_does_no_harm() -> None:
    chime = Chime(audio=False)
    chime.close()
    chime.close()
    chime.play(tone_file(SUCCESS), 60)
