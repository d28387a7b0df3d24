"""A timetable in words or as a rule of RFC 5545, as the dates it comes to."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice

from dateutil.rrule import rruleset, rrulestr

from app.areas.catalogue.values import ClassLesson
from app.areas.classes.timetable import Timetable, UnclearTimetable, parse_timetable
from app.domain.errors import BadInput

MOST_DATES = 400


def read_words(said: str, today: date, *, from_day: str = "", to_day: str = "") -> Timetable:
    """What was said, between two days if those are given and it says none itself.

    Raises:
        BadInput: it is not understood.
    """
    try:
        return parse_timetable(said, today, from_day=from_day, to_day=to_day)
    except UnclearTimetable as wrong:
        raise BadInput(f"centre.said_{wrong.why}", **wrong.values) from wrong


def moments_of(rfc: str) -> tuple[datetime, ...]:
    """Each beginning, in local time, in order.

    Raises:
        BadInput: it is no rule, has no end, or comes to nothing or too many.
    """
    try:
        rule = rrulestr(rfc, forceset=True)
        assert isinstance(rule, rruleset)
        found = tuple(islice(rule, MOST_DATES + 1))
    except (ValueError, TypeError, OverflowError, AttributeError) as wrong:
        raise BadInput("centre.said_no_rule", rule=rfc[:60]) from wrong
    if not found:
        raise BadInput("centre.said_nothing")
    if len(found) > MOST_DATES:
        raise BadInput("centre.said_many", most=MOST_DATES)
    return found


def lessons_of(table: Timetable) -> tuple[ClassLesson, ...]:
    """The lessons a timetable comes to.

    Raises:
        BadInput: it says no end, or comes to nothing or too many.
    """
    if not table.to_day and not table.count:
        raise BadInput("centre.said_no_end")
    return tuple(
        ClassLesson(f"{one:%Y-%m-%d}", f"{one:%H:%M}", table.minutes)
        for one in moments_of(table.rfc)
    )
