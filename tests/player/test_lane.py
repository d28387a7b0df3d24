"""The player's lane: in order, one worker, and an end even when libvlc hangs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest

from app.player import vlc_player
from app.player.lane import PlayerLane
from app.player.vlc_player import VlcPlayer
from tests.player.counted import counted_clip


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Whatever hangs at it goes on when the test is over."""
    made = threading.Event()
    yield made
    made.set()


def hang_at(gate: threading.Event) -> None:
    gate.wait(60)


def test_jobs_are_done_in_the_order_of_asking_by_one_worker() -> None:
    lane, done, workers = PlayerLane(), list[int](), set[int]()

    def job(number: int) -> None:
        done.append(number)
        workers.add(threading.get_ident())
        assert lane.is_here()

    for number in range(50):
        lane.ask(partial(job, number))
    all_done = threading.Event()
    lane.ask(all_done.set)
    assert all_done.wait(10)
    assert lane.finish(lambda: None, 10)
    assert done == list(range(50))
    assert len(workers) == 1
    assert not lane.is_here()


def test_finishing_drops_what_waits_and_does_the_last_job(gate: threading.Event) -> None:
    lane, done, began = PlayerLane(), list[str](), threading.Event()

    def hang() -> None:
        began.set()
        hang_at(gate)

    lane.ask(hang)
    assert began.wait(10)
    lane.ask(lambda: done.append("waited"))
    last = partial(done.append, "last")
    assert not lane.finish(last, 0.05), "the hanging job is still there"
    lane.ask(lambda: done.append("asked after the end"))
    gate.set()
    assert lane.finish(last, 10)
    assert done == ["last"]


def test_a_lane_that_was_never_asked_ends_at_once() -> None:
    assert PlayerLane().finish(lambda: None, 0.0)


def test_no_control_waits_for_libvlc(gate: threading.Event) -> None:
    player = VlcPlayer(lambda: None, audio=False)
    player._lane.ask(partial(hang_at, gate))
    clip = counted_clip()
    for _ in range(20):
        player.load(clip)
        player.pause()
        player.seek(1_000)
        player.play()
        player.set_rate(1.25)
        player.set_volume(30)
        player.set_subtitles(False)
        player.position_ms()
        player.drain()
        player.stop()
    assert not gate.is_set(), "all of it came back while libvlc could not answer"
    gate.set()
    player.close()


@pytest.mark.logs_warnings
def test_closing_gives_up_on_a_libvlc_that_hangs(
    gate: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vlc_player, "_CLOSE_WAIT_S", 0.1)
    player = VlcPlayer(lambda: None, audio=False)
    player._lane.ask(partial(hang_at, gate))
    player.close()
    assert not gate.is_set()
