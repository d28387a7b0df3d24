"""The queue model itself: nobody is lost, one screen alone is the textbook's line, and calling helps."""

from __future__ import annotations

import random

import pytest

from bench.station.queue_model import Door, arrivals, pass_session, taking

ALONE = Door(screen_s=12.5, call_s=3.5, calls_from=None)
CALLED = Door(screen_s=12.5, call_s=3.5, calls_from=3)


@pytest.mark.parametrize("seed", range(20))
def test_one_screen_alone_is_lindleys_recursion(seed: int) -> None:
    chance = random.Random(seed)
    coming = arrivals(40, 10, chance)
    waits, free = [], 0.0
    for at in coming:
        begins = max(at, free)
        waits.append(begins - at)
        free = begins + taking(ALONE.screen_s, chance)
    assert pass_session(ALONE, 40, 10, seed).waits_s == pytest.approx(waits)


def test_the_same_seed_gives_the_same_session_and_another_another() -> None:
    assert pass_session(CALLED, 40, 10, 1) == pass_session(CALLED, 40, 10, 1)
    assert pass_session(CALLED, 40, 10, 1) != pass_session(CALLED, 40, 10, 2)


def test_service_times_have_the_mean_and_the_spread_they_are_given() -> None:
    chance = random.Random(5)
    drawn = [taking(12.5, chance) for _ in range(40_000)]
    mean = sum(drawn) / len(drawn)
    spread = (sum((one - mean) ** 2 for one in drawn) / len(drawn)) ** 0.5
    assert mean == pytest.approx(12.5, rel=0.02)
    assert spread / mean == pytest.approx(0.5, rel=0.03)


def test_most_come_in_the_second_half() -> None:
    coming = arrivals(4_000, 10, random.Random(3))
    assert coming == sorted(coming)
    assert 0 <= coming[0] <= coming[-1] <= 600
    assert sum(at > 300 for at in coming) / len(coming) == pytest.approx(0.6875, abs=0.02)


def test_everybody_is_served_and_nobody_before_coming() -> None:
    for seed in range(50):
        passed = pass_session(CALLED, 60, 10, seed)
        assert len(passed.waits_s) == 60
        assert min(passed.waits_s) >= 0
        assert 0 <= passed.called <= 60


def test_an_operator_who_calls_shortens_every_long_session() -> None:
    for seed in range(50):
        alone, called = (pass_session(door, 60, 10, seed) for door in (ALONE, CALLED))
        assert alone.called == 0
        if alone.longest_s > 120:
            assert called.called
            assert called.longest_s < alone.longest_s


def test_a_door_nobody_crowds_makes_nobody_wait() -> None:
    quick = Door(screen_s=0.001, call_s=3.5)
    assert pass_session(quick, 40, 10, 9).longest_s < 0.1
