"""Moments on a machine whose clock may be wrong."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.time import (
    LOCAL,
    ClockGrade,
    Instant,
    days_of_month,
    grade_clock,
    local_date,
    local_time,
    wall_ms_of,
)
from app.machine.clock import BUILT_MS

DAY_MS = 86_400_000


@pytest.mark.parametrize(
    ("after_ms", "grade"),
    [
        (-1, ClockGrade.BAD),
        (0, ClockGrade.OK),
        (548 * DAY_MS, ClockGrade.OK),
        (548 * DAY_MS + 1, ClockGrade.UNSURE),
    ],
)
def test_a_clock_is_graded_against_the_newest_proven_time(after_ms: int, grade: ClockGrade) -> None:
    assert grade_clock(BUILT_MS + after_ms, BUILT_MS) is grade


@pytest.mark.parametrize(
    ("shown", "grade"),
    [
        (datetime(1970, 1, 1, 8, tzinfo=LOCAL), ClockGrade.BAD),
        (datetime(2009, 1, 1, tzinfo=LOCAL), ClockGrade.BAD),
        (datetime(2099, 12, 31, tzinfo=LOCAL), ClockGrade.UNSURE),
    ],
)
def test_absurd_clocks_are_shown_as_they_are_and_graded(shown: datetime, grade: ClockGrade) -> None:
    wall_ms = wall_ms_of(shown)
    assert local_time(wall_ms) == shown
    assert grade_clock(wall_ms, BUILT_MS) is grade


def test_the_build_day_is_the_day_it_says() -> None:
    assert local_date(BUILT_MS) == date(2026, 11, 23)


@given(st.integers(-(10**20), 10**20))
def test_no_reading_of_a_clock_breaks_the_calendar(wall_ms: int) -> None:
    shown = Instant(wall_ms, 0, ClockGrade.UNSURE).local
    assert 1970 <= shown.year <= 9999
    assert shown.date() + timedelta(days=1) > shown.date()


def test_midnight_belongs_to_the_new_day_on_china_standard_time() -> None:
    midnight = wall_ms_of(datetime(2026, 11, 24, tzinfo=LOCAL))
    assert local_date(midnight) == date(2026, 11, 24)
    assert local_date(midnight - 1) == date(2026, 11, 23)
    assert local_time(midnight).utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    ("month", "last"),
    [("2026-11", "2026-11-30"), ("2024-02", "2024-02-29"), ("2026-12", "2026-12-31")],
)
def test_a_month_goes_from_its_first_day_to_its_last(month: str, last: str) -> None:
    days = days_of_month(month)
    assert days is not None
    assert [one.isoformat() for one in days] == [f"{month}-01", last]


@pytest.mark.parametrize(
    "month", ["", "x", "2026-13", "2026-1", "1969-12", "9999-12", "2026-11-01"]
)
def test_what_is_no_month_has_no_days(month: str) -> None:
    assert days_of_month(month) is None
