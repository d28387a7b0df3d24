"""The rule of a day: which row holds, from which start it counts, and whom it judges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.areas.attendance.lateness import Starts, verdict
from app.areas.attendance.marks import Status
from app.domain.policy import DEFAULT, NONE_SET, Policies, Policy, StartRule
from app.domain.time import local_date

NOON = 1_795_060_800_000
DAYS = st.dates().map(lambda day: day.isoformat())
ROWS = st.lists(st.builds(Policy, DAYS, st.integers(0, 240)), max_size=5).map(tuple)


@given(of_site=ROWS, of_county=ROWS, day=DAYS)
def test_the_newest_row_of_the_site_holds_then_the_countys_then_15_minutes(
    of_site: tuple[Policy, ...], of_county: tuple[Policy, ...], day: str
) -> None:
    held = Policies(of_site, of_county).on(day)
    begun = [[one for one in rows if one.valid_from <= day] for rows in (of_site, of_county)]
    rows = begun[0] or begun[1]
    if not rows:
        assert held == DEFAULT
        assert held.grace_minutes == 15
    else:
        assert held in rows
        assert held.valid_from == max(one.valid_from for one in rows)


def test_the_last_moment_of_the_grace_is_in_time() -> None:
    starts, rule = Starts(NOON, None), Policy("2026-01-01", 20)
    last = NOON + 20 * 60_000
    assert verdict(rule, Status.LATE, last, starts) is Status.PRESENT
    assert verdict(rule, Status.PRESENT, last + 1, starts) is Status.LATE


@pytest.mark.parametrize("said", [Status.ON_LEAVE, Status.LATE_ENTRY, Status.ABSENT])
def test_what_is_no_arrival_is_never_judged(said: Status) -> None:
    assert verdict(DEFAULT, said, NOON + 10**9, Starts(NOON, NOON)) is said


def test_without_any_known_start_the_screen_is_believed() -> None:
    starts = Starts(None, None)
    assert (starts.day, starts.counted_ms(StartRule.LATER)) == ("", None)
    for said in (Status.PRESENT, Status.LATE):
        assert verdict(NONE_SET.on(starts.day), said, NOON, starts) is said


@given(planned=st.none() | st.integers(0, 1 << 41), opened=st.none() | st.integers(0, 1 << 41))
def test_a_start_that_is_not_known_gives_way_to_the_one_that_is(
    planned: int | None, opened: int | None
) -> None:
    starts = Starts(planned, opened)
    known = [one for one in (planned, opened) if one is not None]
    if known:
        assert starts.counted_ms(StartRule.LATER) == max(known)
        assert starts.counted_ms(StartRule.PLANNED) == known[0]
        assert starts.counted_ms(StartRule.OPENED) == known[-1]
        assert starts.day == local_date(known[0]).isoformat()


@pytest.mark.parametrize(
    ("row", "sound"),
    [
        (Policy("2026-03-01"), True),
        (Policy("2026-03-01", 240), True),
        (Policy("2026-03-01", 241), False),
        (Policy("2026-03-01", -1), False),
        (Policy("2026-02-30"), False),
        (Policy("20260301"), False),
        (DEFAULT, False),
    ],
)
def test_a_row_needs_a_date_and_minutes_that_can_be_meant(row: Policy, *, sound: bool) -> None:
    assert row.is_sound is sound
