"""A timetable as people say it ("every Tuesday and Thursday at 19:30"), as a rule of RFC 5545.

Chinese words in, one frozen value out; which days the rule comes to is computed from its RFC form
by a library, at the centre. Nothing is guessed: what is not understood is refused by name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from app.domain.values import dataclass
from app.domain.written_forms import shown_form

_DAYS = {
    "一": "MO",
    "二": "TU",
    "三": "WE",
    "四": "TH",
    "五": "FR",
    "六": "SA",
    "日": "SU",
    "天": "SU",
}
_ORDER = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_COUNTS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "十": 10}
_WEEKDAY = r"(?:周|星期|礼拜)?([一二三四五六日天])"
_WEEKDAYS = re.compile(
    r"每?(?P<every>隔一?|[两二三四]|[2-4]个?)?(?:周|星期|礼拜)的?(?P<days>(?:(?:周|星期|礼拜)?[一二三四五六日天][、,和及]*|"
    r"(?:至|到|-)(?:周|星期|礼拜)?[一二三四五六日天])+)"
)
_NTH = re.compile(
    r"每个?月的?(?:第?([一二三四五]|[1-5])个?|(最后)一?个?)(?:周|星期|礼拜)([一二三四五六日天])"
)
_MONTH_DAYS = re.compile(r"每个?月的?((?:\d{1,2}[日号]?[、,和及]*)+)[日号]")
_SIXES = re.compile(r"逢([一二三四五六七八九\d])")
_DAILY = re.compile(r"每天|每日|天天")
_TIME = re.compile(
    r"(上午|早上|早|中午|下午|傍晚|晚上|晚|夜里)?\s*(\d{1,2})(?::(\d\d)|点(?:(半)|(\d{1,2})分?)?)"
)
_UNTIL_TIME = re.compile(r"\s*[-–—~至到]\s*")
_MINUTES = re.compile(r"(?:每次|时长|共)?(\d{1,4})\s*分钟?")
_HOURS = re.compile(r"(?:每次|时长)?(\d{1,2}(?:\.5)?|半|[一两二三])个?(半)?(?:小时|钟头)(半)?")
_TIMES = re.compile(r"共?\s*(\d{1,3}|[一二两三四五六十])\s*[次讲课节场]")
_DATE = r"(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?"
_ONE_DATE = re.compile(_DATE)
_SPAN = re.compile(
    rf"(?:从|自)?{_DATE}\s*(?:起|开始)?\s*(?:至|到|-|–|—|~)\s*{_DATE}\s*(?:止|结束)?"
)
_FROM = re.compile(rf"(?:从|自)\s*{_DATE}\s*(?:起|开始)?|{_DATE}\s*(?:起|开始)")
_TO = re.compile(rf"(?:至|到)\s*{_DATE}\s*(?:止|结束|为止)?")
_WITHOUT = re.compile(
    rf"(?:除了?|但|不含|跳过)((?:\s*{_DATE}[、,和及]*)+)(?:外|停课|不上|除外)?|"
    rf"((?:\s*{_DATE}[、,和及]*)+)(?:停课|不上|除外)"
)
_LEFT = re.compile(r"[\s,、;。.的在于,每次]+")
_BLANKS = re.compile(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])")
_PAST_NOON = frozenset("下午 傍晚 晚上 晚 夜里".split())


class UnclearTimetable(Exception):  # noqa: N818 - it says what is unclear
    """What was said is no timetable: ``why`` in one word, and the values of a sentence about it."""

    def __init__(self, why: str, **values: str) -> None:
        super().__init__(why)
        self.why, self.values = why, values


@dataclass(frozen=True, slots=True)
class Timetable:
    """When something is held again and again; days are ISO dates, ``start`` is local HH:MM."""

    frequency: str
    by_day: tuple[str, ...] = ()
    by_month_day: tuple[int, ...] = ()
    interval: int = 1
    start: str = ""
    minutes: int = 0
    from_day: str = ""
    to_day: str = ""
    count: int = 0
    without: tuple[str, ...] = ()

    @property
    def rrule(self) -> str:
        """The rule alone (RFC 5545, 3.3.10)."""
        parts = [f"FREQ={self.frequency}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.by_day:
            parts.append("BYDAY=" + ",".join(self.by_day))
        if self.by_month_day:
            parts.append("BYMONTHDAY=" + ",".join(str(one) for one in self.by_month_day))
        if self.count:
            parts.append(f"COUNT={self.count}")
        elif self.to_day:
            parts.append(f"UNTIL={_compact(self.to_day)}T235959")
        return ";".join(parts)

    @property
    def rfc(self) -> str:
        """Beginning, rule and exceptions as lines of a calendar, in local time."""
        clock = self.start.replace(":", "") + "00"
        lines = [f"DTSTART:{_compact(self.from_day)}T{clock}", f"RRULE:{self.rrule}"]
        lines += [f"EXDATE:{_compact(one)}T{clock}" for one in self.without]
        return "\n".join(lines)


def parse_timetable(said: str, today: date, *, from_day: str = "", to_day: str = "") -> Timetable:
    """What was said as a rule; a date without a year is the next such day, counted from ``today``.
    Days that it does not say itself are ``from_day``, else today, and ``to_day``.

    Raises:
        UnclearTimetable: it says no days, no time, no end, or something that is not understood.
    """
    text = _BLANKS.sub("", shown_form(said))
    text, without = _exceptions(text)
    text, first, last = _ends(text, today)
    text, table = _which_days(text, said)
    text, start, minutes = _clock(text)
    text, count = _how_often(text)
    rest = _LEFT.sub("", text)
    if rest:
        raise UnclearTimetable("unknown", said=said[:60], rest=rest[:30])
    if not start:
        raise UnclearTimetable("no_time", said=said[:60])
    first, last = first or from_day or today.isoformat(), last or to_day
    if last and last < first:
        raise UnclearTimetable("backwards", first=first, last=last)
    skipped = tuple(sorted(_dated(one, date.fromisoformat(first)) for one in without))
    return replace(
        table,
        start=start,
        minutes=minutes,
        from_day=first,
        to_day=last,
        count=count,
        without=skipped,
    )


def _compact(day: str) -> str:
    return day.replace("-", "")


_Said = tuple[str | None, str | None, str | None]


def _dated(said: _Said, today: date) -> str:
    """A date as it was said; without a year the next one from ``today`` on."""
    year, month, day = said
    try:
        found = date(int(year or today.year), int(month or 0), int(day or 0))
        if year is None and found < today:
            found = found.replace(year=today.year + 1)
    except ValueError as wrong:
        told = "-".join(one for one in said if one)
        raise UnclearTimetable("no_date", value=told) from wrong
    return found.isoformat()


def _exceptions(text: str) -> tuple[str, list[_Said]]:
    found: list[_Said] = []
    while (match := _WITHOUT.search(text)) is not None:
        found += [_said(one) for one in _ONE_DATE.finditer(match[0])]
        text = text[: match.start()] + " " + text[match.end() :]
    return text, found


def _said(match: re.Match[str]) -> _Said:
    return match[1], match[2], match[3]


def _ends(text: str, today: date) -> tuple[str, str, str]:
    """From and to, as far as they are said. A first day without a year may have passed already."""
    span = _SPAN.search(text)
    if span is not None:
        first, last = (span[1], span[2], span[3]), (span[4] or span[1], span[5], span[6])
        if last[0] is not None and first[0] is None:
            first = (last[0], *first[1:])
        begins = _dated(first, date(today.year, 1, 1)) if first[0] is None else _dated(first, today)
        ends = _dated(last, date.fromisoformat(begins))
        if first[0] is None and ends < today.isoformat():
            begins = _dated(first, today)
            ends = _dated(last, date.fromisoformat(begins))
        return text[: span.start()] + " " + text[span.end() :], begins, ends
    begins = ends = ""
    match = _FROM.search(text)
    if match is not None:
        begins = _dated(_first(match), today)
        text = text[: match.start()] + " " + text[match.end() :]
    match = _TO.search(text)
    if match is not None:
        ends = _dated(_first(match), date.fromisoformat(begins) if begins else today)
        text = text[: match.start()] + " " + text[match.end() :]
    return text, begins, ends


def _first(match: re.Match[str]) -> _Said:
    """The date of a match, in whichever of its ways it was said."""
    groups = match.groups()
    return next(
        (groups[at], groups[at + 1], groups[at + 2])
        for at in range(0, len(groups), 3)
        if groups[at + 1] is not None
    )


def _which_days(text: str, said: str) -> tuple[str, Timetable]:
    for pattern, read in _WAYS:
        match = pattern.search(text)
        if match is not None:
            return text[: match.start()] + " " + text[match.end() :], read(match)
    raise UnclearTimetable("no_days", said=said[:60])


def _nth(match: re.Match[str]) -> Timetable:
    place = -1 if match[2] else _number(match[1])
    return Timetable("MONTHLY", by_day=(f"{place}{_DAYS[match[3]]}",))


def _month_days(match: re.Match[str]) -> Timetable:
    days = sorted({int(one) for one in re.findall(r"\d+", match[1])})
    if not all(1 <= one <= 31 for one in days):
        raise UnclearTimetable("no_date", value=match[0])
    return Timetable("MONTHLY", by_month_day=tuple(days))


def _sixes(match: re.Match[str]) -> Timetable:
    """The days that end in a digit: 6, 16 and 26."""
    digit = int(match[1]) if match[1].isdigit() else "一二三四五六七八九".index(match[1]) + 1
    days = tuple(one for one in (digit, digit + 10, digit + 20) if one)
    return Timetable("MONTHLY", by_month_day=days)


def _weekdays(match: re.Match[str]) -> Timetable:
    found: set[str] = set()
    last = ""
    for sign, name in re.findall(rf"(至|到|-)?{_WEEKDAY}", match["days"]):
        day = _DAYS[name]
        if sign and last:
            begin, end = _ORDER.index(last), _ORDER.index(day)
            found |= {_ORDER[(begin + at) % 7] for at in range((end - begin) % 7 + 1)}
        found.add(day)
        last = day
    every = match["every"] or ""
    interval = 2 if every.startswith("隔") else _number(every.rstrip("个")) if every else 1
    return Timetable(
        "WEEKLY", by_day=tuple(one for one in _ORDER if one in found), interval=interval
    )


_WAYS = (
    (_NTH, _nth),
    (_MONTH_DAYS, _month_days),
    (_SIXES, _sixes),
    (_WEEKDAYS, _weekdays),
    (_DAILY, lambda _match: Timetable("DAILY")),
)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _COUNTS[text]


def _clock(text: str) -> tuple[str, str, int]:
    """When it begins and how long it takes; the time may be a span."""
    match = _TIME.search(text)
    if match is None:
        return text, "", 0
    part = match[1] or ""
    begin = _minute(match, part)
    end_at = match.end()
    minutes = 0
    between = _UNTIL_TIME.match(text, end_at)
    until = _TIME.match(text, between.end()) if between is not None else None
    if until is not None:
        minutes = _minute(until, until[1] or part) - begin
        end_at = until.end()
        if minutes <= 0:
            raise UnclearTimetable("backwards", first=match[0], last=until[0])
    text = text[: match.start()] + " " + text[end_at:]
    for pattern, read in ((_HOURS, _of_hours), (_MINUTES, lambda one: int(one[1]))):
        found = pattern.search(text)
        if found is not None:
            minutes = read(found)
            text = text[: found.start()] + " " + text[found.end() :]
    return text, f"{begin // 60:02d}:{begin % 60:02d}", minutes


def _minute(match: re.Match[str], part: str) -> int:
    hour = int(match[2])
    minute = 30 if match[4] else int(match[3] or match[5] or 0)
    if part in _PAST_NOON and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        raise UnclearTimetable("no_date", value=match[0])
    return hour * 60 + minute


def _of_hours(match: re.Match[str]) -> int:
    whole = 30.0 if match[1] == "半" else 60 * float(_COUNTS.get(match[1], 0) or match[1])
    return int(whole + (30 if match[2] or match[3] else 0))


def _how_often(text: str) -> tuple[str, int]:
    match = _TIMES.search(text)
    if match is None:
        return text, 0
    return text[: match.start()] + " " + text[match.end() :], _number(match[1])
