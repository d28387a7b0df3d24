"""The rule of a tally: what rates are, that too few are told nowhere, that the last word holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.areas.ratings.facts import RatingTallied
from app.areas.ratings.record import RATINGS, fold_tallies, read_tally
from app.areas.ratings.tally import FEWEST, RatingSheet, Tally, added, told
from app.domain.inputs import Inputs
from tests.areas.sessions.facts_in_line import Line, S

COUNTS = st.lists(st.integers(-1, 9), min_size=3, max_size=5).map(tuple)
SHEETS = st.sampled_from([*(one.value for one in RatingSheet), "of a newer program"])
SAID = st.lists(st.tuples(SHEETS, COUNTS), max_size=8)


def folded(said: list[tuple[str, tuple[int, ...]]]) -> tuple[Tally, ...]:
    """The tallies of facts in this order."""
    line = Line()
    for sheet, counts in said:
        line.write(RatingTallied(S, sheet, counts))
    return fold_tallies(S, tuple(line.facts), Inputs()).tallies


def test_rates_have_their_numerator_and_denominator_and_are_rounded_down() -> None:
    tally = Tally(RatingSheet.SATISFACTION, (28, 13, 0, 1))
    assert (tally.good, tally.votes, tally.permille) == (41, 42, 976)
    assert Tally(RatingSheet.LECTURE).permille is None


@pytest.mark.parametrize(
    ("counts", "are"),
    [
        ((4, 0, 0, 0), ()),
        ((5, 0, 0, 0), (5, 0, 0, 0)),
        ((2, 1, 1, 1), (2, 1, 1, 1)),
        ((5, 0, 0), ()),
        ((9, -1, 0, 0), ()),
    ],
)
def test_fewer_than_five_and_what_is_no_tally_are_not_told(
    counts: tuple[int, ...], are: tuple[int, ...]
) -> None:
    assert told(counts) == are


@given(SAID)
def test_of_each_sheet_the_last_holds_and_nothing_small_is_in_any_row(
    said: list[tuple[str, tuple[int, ...]]],
) -> None:
    last = dict(said)
    found = {one.sheet.value: one.counts for one in folded(said)}
    assert found == {one.value: told(last[one.value]) for one in RatingSheet if one.value in last}
    assert all(not counts or sum(counts) >= FEWEST for counts in found.values())


@given(SAID)
def test_what_is_said_again_changes_nothing(said: list[tuple[str, tuple[int, ...]]]) -> None:
    assert folded([*said, *said]) == folded(said)
    assert folded(list(dict(said).items())) == folded(said)


@given(SAID)
def test_a_row_says_what_the_tally_said(said: list[tuple[str, tuple[int, ...]]]) -> None:
    line = Line()
    for sheet, counts in said:
        line.write(RatingTallied(S, sheet, counts))
    record = fold_tallies(S, tuple(line.facts), Inputs())
    assert tuple(read_tally(row) for row in RATINGS.rows(record)) == record.tallies


@given(st.lists(COUNTS, max_size=6))
def test_sums_leave_out_what_may_not_be_told(counts: list[tuple[int, ...]]) -> None:
    tallies = [Tally(RatingSheet.SATISFACTION, told(one)) for one in counts]
    sums, few = added(tallies, RatingSheet.SATISFACTION)
    assert sums.votes == sum(sum(told(one)) for one in counts)
    assert few == sum(not told(one) for one in counts)
