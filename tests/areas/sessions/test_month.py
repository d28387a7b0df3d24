"""What the calendar of a month says of each day."""

from __future__ import annotations

from datetime import date, datetime

from app.areas.sessions.month import DayMark, month_of
from app.areas.sessions.session import PlanEntry, Session, Step
from app.domain.ids import PlanId, SessionId
from app.domain.time import LOCAL


def session(day: int, step: Step, *, plan: str | None = None, month: int = 11) -> Session:
    at = int(datetime(2026, month, day, 19, 30, tzinfo=LOCAL).timestamp() * 1000)
    name = SessionId(f"s{day}{step.value}")
    entry = None if plan is None else PlanId(plan)
    return Session(name, entry, "group_session", step.value, step, (), (), at, 15, at)


def plan(day: str, name: str) -> PlanEntry:
    return PlanEntry(PlanId(name), day, "19:30", "学习")


def test_each_day_says_the_most_that_happened_on_it() -> None:
    month = month_of(
        date(2026, 11, 23),
        (
            session(9, Step.CLOSED, plan="a"),
            session(9, Step.NOT_HELD, plan="b"),
            session(16, Step.NOT_HELD, plan="c"),
            session(23, Step.SIGN_IN, plan="d"),
            session(31, Step.CLOSED, month=10),
        ),
        (
            plan("2026-11-30", "e"),
            plan("2026-11-16", "f"),
            plan("2026-12-01", "g"),
            plan("2026-11-3", "h"),
        ),
    )
    said = {at: one for at, one in enumerate(month.days, 1) if one is not DayMark.NONE}
    assert said == {
        9: DayMark.HELD,
        16: DayMark.NOT_HELD,
        23: DayMark.PLANNED,
        30: DayMark.PLANNED,
    }
    titles = {at: one for at, one in enumerate(month.titles, 1) if one}
    assert titles == {9: "closed", 16: "not_held", 23: "sign_in", 30: "学习"}
    assert (month.first_weekday, len(month.days), month.today) == (6, 30, 23), "1 November: Sunday"
    assert month.planned == 6, "what the plan wanted, whatever became of it"


def test_a_month_of_six_weeks_and_a_leap_february() -> None:
    assert len(month_of(date(2028, 2, 1), (), ()).days) == 29
    august = month_of(date(2026, 8, 1), (), ())
    assert (august.first_weekday, len(august.days)) == (5, 31)
