"""What follows one event is done piece by piece, with the screen's own work in between."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from app.domain.errors import UserError
from ui.jobs.deferred_calls import DeferredCalls
from ui.jobs.runner import TURN_S, JobRunner


class Beats(QObject):
    """Counts how often the event loop came round."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start()

    def _on_beat(self) -> None:
        self.count += 1


def test_pieces_are_done_in_order_and_the_loop_comes_round_between_them(qtbot: QtBot) -> None:
    beats, turns = Beats(), DeferredCalls()
    done: list[tuple[str, int]] = []
    for name in "abc":
        turns(lambda name=name: done.append((name, beats.count)))  # type: ignore[misc]
    assert done == []
    qtbot.waitUntil(lambda: len(done) == 3)
    assert [name for name, _ in done] == ["a", "b", "c"]
    assert done[0][1] < done[1][1] < done[2][1]


def test_a_piece_asked_for_by_a_piece_comes_last(qtbot: QtBot) -> None:
    turns = DeferredCalls()
    done: list[str] = []

    def first() -> None:
        turns(lambda: done.append("asked"))
        done.append("first")

    turns(first)
    turns(lambda: done.append("second"))
    qtbot.waitUntil(lambda: len(done) == 3)
    assert done == ["first", "second", "asked"]


def test_many_answers_at_once_leave_the_screen_its_turns(qtbot: QtBot) -> None:
    runner, beats = JobRunner(), Beats()
    answers: list[tuple[int, int]] = []

    def fail(said: UserError) -> None:
        raise AssertionError(said)

    def heavy(number: int) -> None:
        until = time.thread_time() + TURN_S
        while time.thread_time() < until:
            pass
        answers.append((number, beats.count))

    for number in range(6):
        runner.store(lambda number=number: number, heavy, fail)  # type: ignore[misc]
    runner.store_call(lambda: None)  # all have answered before the screen's thread looks
    qtbot.waitUntil(lambda: len(answers) == 6)
    runner.close()
    assert [number for number, _ in answers] == list(range(6))
    assert answers[-1][1] - answers[0][1] >= 4
