"""Playing: when to offer a resume, and what of a course was really shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.areas.playback.plays import (
    Coverage,
    Interval,
    coverage_percent,
    covered_ms,
    is_full_play,
    may_resume,
    merge_intervals,
)

HOUR_MS = 3_600_000


@pytest.mark.parametrize(
    ("position_ms", "asked"),
    [
        (0, False),
        (29_999, False),
        (30_000, True),
        (HOUR_MS * 95 // 100 - 1, True),
        (HOUR_MS * 95 // 100, False),
        (HOUR_MS, False),
    ],
)
def test_a_resume_is_offered_from_30_seconds_to_95_percent(position_ms: int, asked: bool) -> None:
    assert may_resume(position_ms, HOUR_MS) is asked


def test_a_course_of_unknown_length_or_of_half_a_minute_is_never_resumed() -> None:
    assert not may_resume(60_000, 0)
    assert not any(may_resume(position, 30_000) for position in range(0, 31_000, 500))


def watch(
    coverage: Coverage, from_ms: int, to_ms: int, *, rate: float = 1.0, at_ms: int = 0
) -> int:
    """Play on in quarter seconds of wall time; the wall time at the end."""
    coverage.begin(from_ms, at_ms)
    position = float(from_ms)
    while position < to_ms:
        position = min(position + 250 * rate, to_ms)
        at_ms += 250
        coverage.sample(int(position), at_ms, rate)
    return at_ms


@pytest.mark.parametrize("rate", [0.75, 1.0, 1.25, 1.5])
def test_what_plays_on_is_covered_at_every_rate(rate: float) -> None:
    coverage = Coverage()
    watch(coverage, 0, 60_000, rate=rate)
    assert coverage.shown() == (Interval(0, 60_000),)


def test_a_jump_does_not_count_and_what_follows_it_does() -> None:
    coverage = Coverage()
    at_ms = watch(coverage, 0, 10_000)
    coverage.sample(600_000, at_ms + 250, 1.0)
    coverage.sample(600_250, at_ms + 500, 1.0)
    assert coverage.shown() == (Interval(0, 10_000), Interval(600_000, 600_250))


def test_faster_than_the_wall_allows_is_a_jump() -> None:
    slow, fast = Coverage(), Coverage()
    slow.begin(0, 0)
    slow.sample(1_400, 1_000, 1.0)
    fast.begin(0, 0)
    fast.sample(1_401, 1_000, 1.0)
    assert covered_ms(slow.shown()) == 1_400
    assert covered_ms(fast.shown()) == 0


def test_a_step_back_and_a_standing_picture_add_nothing() -> None:
    coverage = Coverage()
    at_ms = watch(coverage, 0, 5_000)
    coverage.sample(5_000, at_ms + 250, 1.0)
    coverage.sample(1_000, at_ms + 500, 1.0)
    assert coverage.shown() == (Interval(0, 5_000),)


def test_a_pause_breaks_the_line_however_long_it_lasts() -> None:
    coverage = Coverage()
    at_ms = watch(coverage, 0, 5_000)
    coverage.pause()
    coverage.sample(5_900, at_ms + HOUR_MS, 1.0)
    assert coverage.shown() == (Interval(0, 5_000),)


def test_the_head_is_credited_from_where_playing_began() -> None:
    coverage = Coverage()
    coverage.begin(40_000, 0)
    coverage.sample(41_000, 1_000, 1.0)
    assert coverage.shown() == (Interval(40_000, 41_000),)


def test_a_believable_end_credits_the_tail() -> None:
    coverage = Coverage()
    at_ms = watch(coverage, 0, 59_000)
    assert coverage.end(60_000, at_ms + 1_000, 1.0)
    assert coverage.shown() == (Interval(0, 60_000),)


@pytest.mark.parametrize(("last_ms", "whole"), [(56_800, True), (56_799, False), (30_000, False)])
def test_an_end_before_the_length_is_left_to_the_files_bytes(last_ms: int, whole: bool) -> None:
    coverage = Coverage()
    at_ms = watch(coverage, 0, last_ms)
    assert coverage.end(60_000, at_ms + 200, 1.0) is whole
    if not whole:
        assert coverage.reached_ms == covered_ms(coverage.shown()) == last_ms + 200


def test_a_picture_that_stands_until_the_end_was_shown_so_long() -> None:
    coverage = Coverage()
    at_ms = watch(coverage, 0, 15_000)
    for late_ms in range(300, 4_000, 300):
        coverage.sample(15_000, at_ms + late_ms, 1.0)
    assert coverage.end(20_000, at_ms + 4_000, 1.0)
    assert coverage.shown() == (Interval(0, 20_000),)


def test_slides_that_move_on_by_jumps_the_clock_explains_are_covered() -> None:
    coverage = Coverage()
    coverage.begin(0, 0)
    for at_ms in range(0, 20_000, 300):
        coverage.sample(at_ms // 5_000 * 5_000, at_ms, 1.0)
    assert coverage.end(20_000, 19_900, 1.0)
    assert coverage.shown() == (Interval(0, 20_000),)


def test_signs_that_come_in_a_burst_cost_nothing_when_the_clock_explains_the_whole() -> None:
    coverage = Coverage()
    coverage.begin(0, 0)
    for position_ms, at_ms in ((500, 20), (1_500, 40), (3_400, 3_400)):
        coverage.sample(position_ms, at_ms, 1.0)
    assert coverage.end(4_000, 3_900, 1.0)
    assert coverage.shown() == (Interval(0, 4_000),)


def test_a_jump_the_clock_does_not_explain_is_not_credited_at_the_end() -> None:
    coverage = Coverage()
    at_ms = watch(coverage, 0, 10_000)
    coverage.sample(55_000, at_ms + 250, 1.0)
    assert coverage.end(60_000, at_ms + 5_000, 1.0)
    assert covered_ms(coverage.shown()) == 15_000


def test_an_end_right_behind_a_jump_says_nothing() -> None:
    coverage = Coverage()
    watch(coverage, 0, 5_000)
    coverage.pause()
    assert not coverage.end(60_000, 9_000, 1.0)
    assert coverage.believe_end(60_000, 1.0) == 60_000
    assert covered_ms(coverage.shown()) == 5_000


@pytest.mark.parametrize(
    ("last_ms", "length_ms", "shown_ms"),
    [
        (15_000, 20_000, 20_000),  # the last slide stands
        (10_000, 20_000, 20_000),
        (9_999, 9_999, 9_999),  # a header that speaks of more than there is
    ],
)
def test_of_a_file_that_is_right_all_there_is_was_delivered(
    last_ms: int, length_ms: int, shown_ms: int
) -> None:
    coverage = Coverage()
    at_ms = watch(coverage, 0, last_ms)
    coverage.end(20_000, at_ms, 1.0)
    assert coverage.believe_end(20_000, 1.0) == length_ms
    assert covered_ms(coverage.shown()) == shown_ms
    assert is_full_play(coverage.shown(), length_ms)


def test_at_a_higher_rate_the_tail_may_be_longer() -> None:
    coverage = Coverage()
    at_ms = watch(coverage, 0, 57_750, rate=1.5)
    assert coverage.end(60_000, at_ms + 1_500, 1.5)


stretches = st.lists(
    st.tuples(st.integers(0, 50_000), st.integers(0, 3_000)).map(
        lambda one: Interval(one[0], one[0] + one[1])
    ),
    max_size=20,
).map(tuple)


@given(stretches)
def test_merging_covers_the_same_moments_in_order_without_overlap(
    intervals: tuple[Interval, ...],
) -> None:
    merged = merge_intervals(intervals, hole_ms=0)
    moments = {ms for one in intervals for ms in range(one.start_ms, one.end_ms)}
    assert {ms for one in merged for ms in range(one.start_ms, one.end_ms)} == moments
    assert all(a.end_ms < b.start_ms for a, b in zip(merged, merged[1:], strict=False))
    assert merge_intervals(merged, hole_ms=0) == merged
    assert merge_intervals(tuple(reversed(intervals)), hole_ms=0) == merged


@given(stretches, stretches)
def test_watching_more_never_covers_less(
    first: tuple[Interval, ...], second: tuple[Interval, ...]
) -> None:
    assert covered_ms(first + second) >= max(covered_ms(first), covered_ms(second))
    assert 0 <= coverage_percent(first + second, 40_000) <= 100


def test_sampling_holes_are_closed_and_real_ones_are_not() -> None:
    assert merge_intervals((Interval(0, 1_000), Interval(1_600, 2_000))) == (Interval(0, 2_000),)
    apart = (Interval(0, 1_000), Interval(1_601, 2_000))
    assert merge_intervals(apart) == apart


def test_ninety_percent_is_a_full_play_and_watching_twice_is_not() -> None:
    assert is_full_play((Interval(0, 54_000),), 60_000)
    assert not is_full_play((Interval(0, 53_999),), 60_000)
    assert not is_full_play((Interval(0, 30_000), Interval(0, 30_000)), 60_000)
    assert coverage_percent((Interval(0, 10),), 0) == 0
