"""When something was, by the samples of its boot: what is shown follows from the set of them."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.clock_correction import (
    BELIEVED_MS,
    ClockReading,
    Moment,
    Sample,
    TimeSource,
    compared,
    correct,
    hold_samples,
    nearest_sample,
    sample_of,
)
from app.domain.facts import ClockAsserted, ClockCompared
from app.domain.time import local_date, local_time
from app.machine.clock import BUILT_MS

HOUR_MS = 3_600_000
MOST_MS = 1 << 53

monos = st.integers(0, 12 * HOUR_MS)
walls = st.integers(0, BUILT_MS + 50_000 * HOUR_MS)
samples = st.builds(Sample, monos, walls, st.booleans())


# --- what a clock fact says ---------------------------------------------------------------------


def test_a_comparison_with_the_centre_counts_half_the_way_there_and_back() -> None:
    said = sample_of(ClockCompared("boot", 5, 1_000, BUILT_MS, 400))
    assert said == Sample(1_000, BUILT_MS + 200, exact=True)


@given(walls, st.dates(local_date(0) + timedelta(days=1), local_date(BUILT_MS + 10**12)))
def test_the_operators_day_keeps_the_time_of_day_that_the_clock_showed(
    wall_ms: int, day: object
) -> None:
    said = sample_of(ClockAsserted("boot", wall_ms, 1_000, str(day)))
    assert said is not None
    assert not said.exact
    assert local_date(said.true_ms) == day
    assert local_time(said.true_ms).time() == local_time(wall_ms).time()


@pytest.mark.parametrize(
    "fact",
    [
        ClockAsserted("boot", BUILT_MS, 1_000, "今天"),
        ClockAsserted("boot", BUILT_MS, 1_000, "2026-02-30"),
        ClockAsserted("boot", BUILT_MS, -1, "2026-11-24"),
        ClockAsserted("boot", BUILT_MS, MOST_MS, "2026-11-24"),
        ClockCompared("boot", BUILT_MS, 1_000, -1, 0),
        ClockCompared("boot", BUILT_MS, 1_000, MOST_MS, 0),
        ClockCompared("boot", BUILT_MS, -1, BUILT_MS, 0),
        ClockCompared("b" * 201, BUILT_MS, 1_000, BUILT_MS, 0),
    ],
)
def test_what_makes_no_sense_is_no_sample(fact: ClockCompared | ClockAsserted) -> None:
    assert sample_of(fact) is None


# --- which sample counts ------------------------------------------------------------------------


@given(st.lists(samples, max_size=8), st.randoms(use_true_random=False))
def test_the_samples_that_are_held_are_one_a_place_in_order_whatever_came_first(
    given_: list[Sample], chance: random.Random
) -> None:
    held = hold_samples(given_)
    places = [one.mono_ms for one in held]
    assert places == sorted({one.mono_ms for one in given_})
    assert hold_samples(chance.sample(given_, len(given_))) == held
    assert hold_samples((*held, *given_)) == held
    for one in held:
        there = [other for other in given_ if other.mono_ms == one.mono_ms]
        assert one.exact == any(other.exact for other in there)
        assert one.true_ms == min(other.true_ms for other in there if other.exact == one.exact)


@given(st.lists(samples, min_size=1, max_size=8), monos)
def test_the_nearest_sample_is_none_farther_than_any(given_: list[Sample], mono_ms: int) -> None:
    nearest = nearest_sample(hold_samples(given_), mono_ms)
    assert nearest is not None
    assert all(abs(nearest.mono_ms - mono_ms) <= abs(one.mono_ms - mono_ms) for one in given_)


def test_without_a_sample_there_is_none_near() -> None:
    assert nearest_sample((), 5) is None


# --- what is shown ------------------------------------------------------------------------------


@given(walls, monos, st.booleans())
def test_with_nothing_known_the_clock_is_shown_and_doubted_when_it_was(
    wall_ms: int, mono_ms: int, unsure: bool
) -> None:
    source = TimeSource.UNSURE if unsure else TimeSource.CLOCK
    assert correct((), wall_ms, mono_ms, unsure=unsure) == Moment(wall_ms, source)


@given(st.lists(samples, min_size=1, max_size=8), walls, monos, st.booleans())
def test_a_corrected_time_is_as_far_from_its_sample_as_the_boot_had_run(
    given_: list[Sample], wall_ms: int, mono_ms: int, unsure: bool
) -> None:
    held = hold_samples(given_)
    shown = correct(held, wall_ms, mono_ms, unsure=unsure)
    used = nearest_sample([one for one in held if one.exact] or held, mono_ms)
    assert used is not None
    at_ms = used.true_ms + (mono_ms - used.mono_ms)
    if abs(at_ms - wall_ms) <= BELIEVED_MS:
        assert shown == Moment(wall_ms, TimeSource.CLOCK)
    else:
        assert shown == Moment(at_ms, TimeSource.REPAIRED if used.exact else TimeSource.BY_DAY)


@given(st.lists(samples, min_size=1, max_size=6), walls, monos)
def test_what_the_operator_said_counts_for_nothing_beside_an_exact_sample(
    given_: list[Sample], wall_ms: int, mono_ms: int
) -> None:
    exact = [one for one in given_ if one.exact]
    assume(exact)
    assert correct(hold_samples(given_), wall_ms, mono_ms, unsure=False) == correct(
        hold_samples(exact), wall_ms, mono_ms, unsure=False
    )


@given(samples, monos, st.integers(-BELIEVED_MS, BELIEVED_MS))
def test_a_clock_that_is_nearly_right_is_shown_as_it_was(
    sample: Sample, mono_ms: int, off_ms: int
) -> None:
    wall_ms = sample.true_ms + mono_ms - sample.mono_ms + off_ms
    assert correct([sample], wall_ms, mono_ms, unsure=True) == Moment(wall_ms, TimeSource.CLOCK)


@pytest.mark.parametrize("off_ms", [-BELIEVED_MS - 1, BELIEVED_MS + 1])
@pytest.mark.parametrize(
    ("exact", "source"), [(True, TimeSource.REPAIRED), (False, TimeSource.BY_DAY)]
)
def test_a_clock_a_minute_and_more_off_is_put_right(
    off_ms: int, exact: bool, source: TimeSource
) -> None:
    sample = Sample(1_000, BUILT_MS, exact)
    shown = correct([sample], BUILT_MS + off_ms, 1_000, unsure=False)
    assert shown == Moment(BUILT_MS, source)


# --- a clock that was set between opening and mark ----------------------------------------------


CLOCK = TimeSource.CLOCK.value


@pytest.mark.parametrize(
    ("read", "opened"),
    [
        (ClockReading("b", 0, CLOCK), None),
        (ClockReading("", 0, CLOCK), ClockReading("", 10 * HOUR_MS, CLOCK)),
        (ClockReading("b", 0, CLOCK), ClockReading("another", 10 * HOUR_MS, CLOCK)),
        (ClockReading("b", 0, "repaired"), ClockReading("b", 10 * HOUR_MS, CLOCK)),
        (ClockReading("b", 0, CLOCK), ClockReading("b", 10 * HOUR_MS, "by_day")),
        (ClockReading("b", 0, CLOCK), ClockReading("b", 2 * BELIEVED_MS, CLOCK)),
        (ClockReading("b", 0, CLOCK), ClockReading("b", -2 * BELIEVED_MS, CLOCK)),
    ],
)
def test_a_mark_is_believed_where_the_opening_says_nothing_against_it(
    read: ClockReading, opened: ClockReading | None
) -> None:
    now = Moment(BUILT_MS, TimeSource(read.source))
    assert compared(now, read, opened) is now


@pytest.mark.parametrize("set_ms", [2 * BELIEVED_MS + 1, -2 * BELIEVED_MS - 1])
def test_a_clock_that_was_set_between_opening_and_mark_leaves_both_unsure(set_ms: int) -> None:
    read, opened = ClockReading("b", 0, CLOCK), ClockReading("b", set_ms, CLOCK)
    now = Moment(BUILT_MS, TimeSource.CLOCK)
    assert compared(now, read, opened) == Moment(BUILT_MS, TimeSource.UNSURE)
