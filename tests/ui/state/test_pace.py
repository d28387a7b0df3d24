"""MB and minutes of a long piece of work: nothing is promised too soon."""

from __future__ import annotations

from app.words import speak
from ui.state.pace import Pace

MB = 1_000_000


def test_how_far_and_how_many_minutes() -> None:
    speak("zh")
    pace = Pace()
    assert pace.words(0, 350 * MB, 0) == "1 MB / 350 MB"
    assert pace.words(2 * MB, 350 * MB, 1_000) == "2 MB / 350 MB", "too soon to promise"
    assert pace.words(10 * MB, 350 * MB, 5_000) == "10 MB / 350 MB · 还要约 3 分钟"
    assert pace.words(330 * MB, 350 * MB, 165_000) == "330 MB / 350 MB · 不到 1 分钟"


def test_another_piece_of_work_begins_anew() -> None:
    pace = Pace()
    pace.left_s(0, 100 * MB, 0)
    assert pace.left_s(50 * MB, 100 * MB, 10_000) == 10
    assert pace.left_s(60 * MB, 400 * MB, 11_000) is None
    assert pace.left_s(70 * MB, 400 * MB, 21_000) == 330


def test_a_standstill_promises_nothing() -> None:
    pace = Pace()
    pace.left_s(5, 100, 0)
    assert pace.left_s(5, 100, 60_000) is None
