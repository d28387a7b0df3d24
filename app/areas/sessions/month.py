"""The month as it hangs on the wall: which days a session was held, not held, or is planned."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from app.areas.sessions.session import PlanEntry, Session, Step
from app.domain.time import local_date
from app.domain.values import dataclass


class DayMark(StrEnum):
    """What a day of the calendar says."""

    NONE = ""
    PLANNED = "planned"
    NOT_HELD = "not_held"
    HELD = "held"


_ORDER = tuple(DayMark)
_OF_STEP = {Step.CLOSED: DayMark.HELD, Step.NOT_HELD: DayMark.NOT_HELD}


@dataclass(frozen=True, slots=True)
class Month:
    """``first_weekday`` of its first day (Monday 0), a mark for each day with the title of what is
    marked, and ``planned``: how many entries of the plan fall into it, whatever became of them."""

    year: int
    month: int
    today: int
    first_weekday: int
    days: tuple[DayMark, ...]
    planned: int = 0
    titles: tuple[str, ...] = ()


def month_of(day: date, sessions: Iterable[Session], plans: Iterable[PlanEntry]) -> Month:
    """The month of ``day``: of several things on one day the one that was held goes before one that
    was not, and that before one that is only planned."""
    first_weekday, length = monthrange(day.year, day.month)
    marks, titles = [DayMark.NONE] * length, [""] * length

    def put(at: int, mark: DayMark, title: str) -> None:
        if _ORDER.index(mark) > _ORDER.index(marks[at - 1]):
            marks[at - 1], titles[at - 1] = mark, title

    entries: set[str] = set()
    for session in sessions:
        if session.is_dropped:
            continue
        at = local_date(session.held_ms)
        if (at.year, at.month) == (day.year, day.month):
            put(at.day, _OF_STEP.get(session.step, DayMark.PLANNED), session.title)
            if session.plan is not None:
                entries.add(session.plan)
    for plan in plans:
        if plan.date[:7] == f"{day:%Y-%m}" and plan.has_moment:
            put(int(plan.date[8:]), DayMark.PLANNED, plan.title)
            entries.add(plan.id)
    return Month(
        day.year, day.month, day.day, first_weekday, tuple(marks), len(entries), tuple(titles)
    )
