"""Tones through the real libvlc: at once for the caller, one after the other, never a crowd."""

from __future__ import annotations

import array
import threading
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.player.chime import Chime
from ui.sound.tones import sound_file
from ui.state.sign_in_result import SignInResult


@pytest.fixture
def chime() -> Iterator[Chime]:
    made = Chime(audio=False)
    yield made
    made.close()


SUCCESS = sound_file(SignInResult.SUCCESS, voice=False)
AGAIN = sound_file(SignInResult.NOT_FOUND, voice=False)
SPOKEN = {kind: sound_file(kind, voice=True) for kind in SignInResult}


@pytest.mark.parametrize("file", [SUCCESS, AGAIN], ids=lambda file: file.stem)
def test_the_shipped_tones_are_short_and_soft(file: Path) -> None:
    seconds, loudest, _ = _measured(file)
    assert seconds < 0.6
    assert 5_000 < loudest < 20_000


def test_the_voice_says_three_sentences_as_loud_as_the_tones() -> None:
    names = {kind: file.stem for kind, file in SPOKEN.items()}
    assert names.pop(SignInResult.HELP_COMES) == "again", "who asked for help needs no sentence"
    assert names.pop(SignInResult.SUCCESS) == "signed_in"
    assert names.pop(SignInResult.ALREADY) == "already"
    assert set(names.values()) == {"ask"}
    tone = _measured(SUCCESS)[2]
    for file in {file for kind, file in SPOKEN.items() if kind is not SignInResult.HELP_COMES}:
        seconds, loudest, loudness = _measured(file)
        assert 0.7 < seconds < 2.5, f"{file.stem}: the next person is not kept waiting"
        assert 5_000 < loudest < 30_000, f"{file.stem} is cut at its peaks"
        assert tone / 2 < loudness < tone * 2
        assert file.stat().st_size < 120_000


def _measured(file: Path) -> tuple[float, int, float]:
    """Seconds, the loudest sample, and the root of the mean square."""
    with wave.open(str(file)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        count, rate = sound.getnframes(), sound.getframerate()
        samples = array.array("h", sound.readframes(count))
    return count / rate, max(map(abs, samples)), (sum(one * one for one in samples) / count) ** 0.5


def test_a_tone_is_asked_for_at_once_and_is_played(chime: Chime, qtbot: QtBot) -> None:
    before = time.perf_counter()
    chime.play(SUCCESS, 60)
    assert time.perf_counter() - before < 0.02  # libvlc is not even loaded by then
    qtbot.waitUntil(lambda: chime.started == 1, timeout=10_000)
    chime.play(AGAIN, 60)
    qtbot.waitUntil(lambda: chime.started == 2, timeout=10_000)


def test_when_all_come_at_once_the_newest_is_spoken_to(chime: Chime, qtbot: QtBot) -> None:
    sounding = threading.Event()

    def a_tone_that_lasts() -> None:
        sounding.wait()

    chime._lane.ask(a_tone_that_lasts)
    for _ in range(40):
        chime.play(SUCCESS, 60)
    chime.play(AGAIN, 60)
    sounding.set()
    qtbot.waitUntil(lambda: chime.newest == AGAIN, timeout=10_000)
    assert chime.started == 1
    chime.play(SUCCESS, 60)
    qtbot.waitUntil(lambda: chime.newest == SUCCESS, timeout=10_000)
    assert chime.started == 2


def test_closing_twice_or_unused_does_no_harm() -> None:
    chime = Chime(audio=False)
    chime.close()
    chime.close()
    chime.play(SUCCESS, 60)
