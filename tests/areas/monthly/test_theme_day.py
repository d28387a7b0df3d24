"""The theme day: the 26th, another day from a month on, or where the calendar shifts it."""

from __future__ import annotations

import pytest

from app.areas.catalogue.values import CalendarDay, DayKind, ThemeDayRule
from app.areas.monthly.theme_day import theme_day

RULES = (ThemeDayRule("2026-03", 20), ThemeDayRule("2026-09", 31), ThemeDayRule("2027-01", 5))
SHIFTED = CalendarDay("2026-10-28", DayKind.THEME_DAY, "国庆后")


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ("2026-02", "2026-02-26"),
        ("2026-03", "2026-03-20"),
        ("2026-08", "2026-08-20"),
        ("2026-09", "2026-09-30"),
        ("2026-10", "2026-10-28"),
        ("2026-11", "2026-11-30"),
        ("2027-02", "2027-02-05"),
    ],
)
def test_the_rule_that_began_last_holds_unless_the_calendar_names_a_day(
    month: str, day: str
) -> None:
    holiday = CalendarDay("2026-11-30", DayKind.HOLIDAY)
    assert theme_day(month, RULES, (SHIFTED, holiday)) == day


def test_what_was_stopped_says_nothing() -> None:
    rule = ThemeDayRule("2026-03", 20, stopped=True)
    day = CalendarDay("2026-10-28", DayKind.THEME_DAY, stopped=True)
    assert theme_day("2026-10", (rule,), (day,)) == "2026-10-26"
    assert theme_day("2026-02", (ThemeDayRule("2026-02", 31),), ()) == "2026-02-28"
