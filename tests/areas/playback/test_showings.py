"""What a session showed of a course: all its plays together, whichever way they are cut."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.areas.playback.plays import (
    FULL_PLAY_PERCENT,
    Interval,
    PlayOutcome,
    covered_ms,
    showings,
)

SECOND = 1_000


@dataclass(frozen=True)
class Play:
    course: str
    duration_ms: int
    shown: tuple[Interval, ...]
    outcome: PlayOutcome | None = PlayOutcome.STOPPED


def seconds(first: int, last: int) -> tuple[Interval, ...]:
    return (Interval(first * SECOND, last * SECOND),)


def test_a_course_that_was_killed_and_gone_on_with_is_one_course_to_the_end() -> None:
    plays = (
        Play("c1", 80 * SECOND, seconds(0, 32), PlayOutcome.INTERRUPTED),
        Play("c1", 80 * SECOND, seconds(57, 80), PlayOutcome.STOPPED),
    )
    (one,) = showings(plays)
    assert (one.plays, one.coverage_percent) == (2, 68), "55 of 80 s; the best single play has 40 %"
    assert one.to_the_end
    assert one.outcome is PlayOutcome.STOPPED


@pytest.mark.parametrize(
    ("shown", "outcomes", "told", "to_the_end"),
    [
        (((0, 50), (40, 80)), ("stopped", "stopped"), PlayOutcome.FULL, True),
        (((0, 80), (0, 5)), ("full", "stopped"), PlayOutcome.FULL, True),
        (((70, 80), (0, 10)), ("stopped", "interrupted"), PlayOutcome.INTERRUPTED, True),
        (((0, 30), (30, 40)), ("stopped", "broken"), PlayOutcome.BROKEN, False),
        (((0, 30), (30, 40)), ("stopped", None), None, False),
    ],
)
def test_the_end_counts_in_whichever_play_it_was_reached(
    shown: tuple[tuple[int, int], ...],
    outcomes: tuple[str | None, ...],
    told: PlayOutcome | None,
    to_the_end: bool,
) -> None:
    plays = tuple(
        Play("c1", 80 * SECOND, seconds(*part), None if how is None else PlayOutcome(how))
        for part, how in zip(shown, outcomes, strict=True)
    )
    (one,) = showings(plays)
    assert (one.outcome, one.to_the_end) == (told, to_the_end)


parts = st.tuples(st.integers(0, 400), st.integers(0, 400)).map(
    lambda ends: Interval(min(ends) * SECOND, max(ends) * SECOND)
)
plays_of_any = st.lists(
    st.builds(
        Play,
        course=st.sampled_from(["c1", "c2", "c3"]),
        duration_ms=st.just(400 * SECOND),
        shown=st.lists(parts, max_size=4).map(tuple),
        outcome=st.sampled_from([None, PlayOutcome.STOPPED, PlayOutcome.INTERRUPTED]),
    ),
    max_size=7,
)


@given(plays_of_any)
def test_the_union_is_never_less_than_a_play_nor_more_than_all(plays: list[Play]) -> None:
    told = showings(plays)
    assert [one.course for one in told] == list(dict.fromkeys(one.course for one in plays))
    for one in told:
        mine = [play for play in plays if play.course == one.course]
        each = [min(100, covered_ms(play.shown) * 100 // play.duration_ms) for play in mine]
        assert max(each) <= one.coverage_percent <= min(100, sum(each) + len(each) * 2)
        assert (one.outcome is PlayOutcome.FULL) == (one.coverage_percent >= FULL_PLAY_PERCENT)
        assert one.plays == len(mine)


@given(plays_of_any, st.randoms(use_true_random=False))
def test_neither_order_nor_cutting_changes_what_was_shown(
    plays: list[Play], chance: object
) -> None:
    cut = [
        Play(one.course, one.duration_ms, (part,), one.outcome)
        for one in plays
        for part in one.shown
    ]
    chance.shuffle(cut)  # type: ignore[attr-defined]  # a random.Random
    whole = {one.course: one for one in showings(plays)}
    for one in showings(cut):
        before = whole[one.course]
        assert one.coverage_percent == before.coverage_percent
        assert one.to_the_end == before.to_the_end
