"""What people say of a timetable, as a rule; the rule's days are those a plain count finds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from app.areas.classes.timetable import Timetable, UnclearTimetable, parse_timetable

TODAY = date(2026, 11, 30)
SAID: tuple[tuple[str, str, str, int], ...] = (
    ("每周二、四晚 19:30", "FREQ=WEEKLY;BYDAY=TU,TH", "19:30", 0),
    ("每月 26 日 19:30", "FREQ=MONTHLY;BYMONTHDAY=26", "19:30", 0),
    ("每月26号晚上七点半", "", "", 0),
    (
        "2026年5月6日至6月30日 每周二、四 19:30 90分钟 除5月20日",
        "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20260630T235959",
        "19:30",
        90,
    ),
    ("每周一至周五 上午9点到10点半", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "09:00", 90),
    ("每两周周三晚7点半 2小时", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "19:30", 120),
    ("隔周周六 9:00 一个半小时", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", "09:00", 90),
    ("每月最后一个周五 15:00", "FREQ=MONTHLY;BYDAY=-1FR", "15:00", 0),
    ("每月第二个星期二下午3点", "FREQ=MONTHLY;BYDAY=2TU", "15:00", 0),
    ("逢六晚上7点 共8次", "FREQ=MONTHLY;BYMONTHDAY=6,16,26;COUNT=8", "19:00", 0),
    ("每月6、16、26日 19：30-21:00", "FREQ=MONTHLY;BYMONTHDAY=6,16,26", "19:30", 90),
    ("每星期三、星期五 １９：３０", "FREQ=WEEKLY;BYDAY=WE,FR", "19:30", 0),
    ("每天 6:30 到12月31日", "FREQ=DAILY;UNTIL=20261231T235959", "06:30", 0),
)


@pytest.mark.parametrize(("said", "rule", "start", "minutes"), SAID)
def test_words_become_a_rule(said: str, rule: str, start: str, minutes: int) -> None:
    if not rule:
        with pytest.raises(UnclearTimetable):
            parse_timetable(said, TODAY)
        return
    found = parse_timetable(said, TODAY)
    assert (found.rrule, found.start, found.minutes) == (rule, start, minutes)


@pytest.mark.parametrize(
    ("said", "first", "last", "without"),
    [
        ("5月6日至6月30日 每周二 19:30", "2027-05-06", "2027-06-30", ()),
        ("11月1日至12月31日 每周二 19:30", "2026-11-01", "2026-12-31", ()),
        ("12月1日至2月28日 每周二 19:30 除2月16日", "2026-12-01", "2027-02-28", ("2027-02-16",)),
        ("从12月3日起 每周二 19:30", "2026-12-03", "", ()),
        (
            "2026-12-01至2027-01-31 每周三 19:30 12月30日、1月6日停课",
            "2026-12-01",
            "2027-01-31",
            ("2026-12-30", "2027-01-06"),
        ),
        ("每周二 19:30", "2026-11-30", "", ()),
    ],
)
def test_a_day_without_a_year_is_the_one_that_is_meant(
    said: str, first: str, last: str, without: tuple[str, ...]
) -> None:
    found = parse_timetable(said, TODAY)
    assert (found.from_day, found.to_day, found.without) == (first, last, without)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("每周二", "no_time"),
        ("晚上 19:30", "no_days"),
        ("每周二 19:30 唱歌", "unknown"),
        ("每周二 25:00", "no_date"),
        ("每月32日 19:30", "no_date"),
        ("2026年2月30日至3月1日 每周二 19:30", "no_date"),
        ("2027年3月1日至2026年3月1日 每周二 19:30", "backwards"),
        ("每周二 21:00-19:30", "backwards"),
        ("", "no_days"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(said: str, key: str) -> None:
    with pytest.raises(UnclearTimetable) as refused:
        parse_timetable(said, TODAY)
    assert refused.value.why == key


_NAMES = dict(zip("一二三四五六日", range(7), strict=True))
_DAYS = st.lists(st.sampled_from("一二三四五六日"), min_size=1, max_size=4, unique=True)
_FIRST = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@settings(max_examples=150, deadline=None)
@given(first=_FIRST, length=st.integers(1, 200), days=_DAYS, skip=st.integers(0, 40))
def test_weekly_days_are_those_a_plain_count_finds(
    first: date, length: int, days: list[str], skip: int
) -> None:
    last, gone = first + timedelta(days=length), first + timedelta(days=skip)
    said = (
        f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日 "
        f"每周{'、'.join(days)} 19:30 除{gone.year}年{gone.month}月{gone.day}日"
    )
    wanted = {_NAMES[one] for one in days}
    plain = [first + timedelta(days=n) for n in range(length + 1)]
    expected = [one for one in plain if one.weekday() in wanted and one != gone]
    found = parse_timetable(said, TODAY)
    assert days_of(found) == expected
    assert by_calendar(found) == expected


@settings(max_examples=150, deadline=None)
@given(first=_FIRST, length=st.integers(1, 500), day=st.integers(1, 31))
def test_monthly_days_are_those_a_plain_count_finds(first: date, length: int, day: int) -> None:
    last = first + timedelta(days=length)
    said = f"{first.isoformat()}至{last.isoformat()} 每月{day}日 19:30"
    plain = [first + timedelta(days=n) for n in range(length + 1)]
    found = parse_timetable(said, TODAY)
    assert days_of(found) == [one for one in plain if one.day == day]


def days_of(table: Timetable) -> list[date]:
    return [one.date() for one in rrulestr(table.rfc, forceset=True)]


def by_calendar(table: Timetable) -> list[date]:
    """The same through a calendar file, as another program reads it."""
    text = "\r\n".join(
        (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//x//y//ZH",
            "BEGIN:VEVENT",
            "UID:1",
            "DTSTAMP:20260101T000000Z",
            *table.rfc.split("\n"),
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        )
    )
    event: Any
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    rule = event["RRULE"]
    starts = event["DTSTART"].dt
    gone = {one.dt for one in event["EXDATE"].dts} if "EXDATE" in event else set()
    read = rrulestr(rule.to_ical().decode(), dtstart=starts)
    return [one.date() for one in read if one not in gone]
