"""On which day of a month the theme day is (domain a 3.5): the 26th unless the county set another
day, shifted where a row of the calendar says so."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable

from app.areas.catalogue.values import CalendarDay, DayKind, ThemeDayRule

DEFAULT_DAY = 26


def theme_day(month: str, rules: Iterable[ThemeDayRule], days: Iterable[CalendarDay]) -> str:
    """The ISO date of a month's (YYYY-MM) theme day.

    The rule that began last holds; a day beyond the end of the month is its last. Of several days
    that the calendar names in one month the last holds.
    """
    named = [
        one.id
        for one in days
        if one.kind is DayKind.THEME_DAY and one.id[:7] == month and not one.stopped
    ]
    if named:
        return max(named)
    begun = [one for one in rules if one.id <= month and not one.stopped]
    rule = max(begun, key=lambda one: one.id, default=None)
    of_month = DEFAULT_DAY if rule is None else rule.day_of_month
    return f"{month}-{min(max(of_month, 1), days_of(month)):02}"


def days_of(month: str) -> int:
    """How many days a month (YYYY-MM) has."""
    return monthrange(int(month[:4]), int(month[5:7]))[1]
