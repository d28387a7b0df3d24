"""The rules of the ledgers told once more, with plain loops: nothing of the program is used."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.county.naive_values import (
    CAME,
    CHINA,
    GIVEN_KINDS,
    Line,
    Said,
    day_of,
)


def parts_of(
    facts: list[Said], rows: dict[str, tuple[str, str, str, str]], minutes: int
) -> dict[str, tuple[str, int, int]]:
    """Person → status, minutes and lessons, with those who were visited, visited or taught."""
    visited: dict[str, int] = {}
    helped: dict[str, int] = defaultdict(int)
    taught: dict[str, int] = defaultdict(int)
    for one in facts:
        if one.kind == "visit.made":
            visited[one.body["person"]] = one.body["minutes"]
            if one.body.get("by") not in (None, one.body["person"]):
                helped[one.body["by"]] += one.body["minutes"]
        if one.kind == "lecture.given" and one.body.get("person"):
            taught[one.body["person"]] += 1
    for who in (*taught, *visited, *helped):
        rows.setdefault(who, ("", "", "", ""))
    found = {}
    for who, (standpoint, _, status, _) in rows.items():
        told, time = status, minutes if status in CAME else 0
        if who in helped:
            told, time = "present", helped[who] + visited.get(who, 0)
        elif who in visited:
            told, time = "visited", visited[who]
        elif not standpoint:
            told, time = "present", minutes
        found[who] = (status if status in CAME else told, time, taught.get(who, 0))
    return found


def credit_line(row: dict[str, Any]) -> Line:
    return Line(
        person=row["person"],
        session=row["session"],
        site=row.get("site", ""),
        plan=row.get("plan", ""),
        kind=row["kind"],
        training_class="",
        campaign="",
        from_ms=row.get("from_ms", 0),
        to_ms=row.get("to_ms", 0),
        standpoint="visitor",
        left_out="",
        status=row["status"],
        minutes=row["minutes"],
        lessons=0,
        approval=row.get("approval", ""),
    )


def rank_of(status: str) -> int:
    if status in CAME:
        return 0
    return 1 if status == "on_leave" else 2 if status else 3


def count_hints(  # noqa: PLR0913 - all that hints follow from
    plays: list[Said],
    marks: dict[str, Said],
    rows: dict[str, tuple[str, str, str, str]],
    from_ms: int,
    to_ms: int,
    *,
    is_late: bool,
) -> tuple[str, ...]:
    came = [who for who, row in rows.items() if row[2] in CAME]
    at_pc = [marks[who].wall_ms for who in came if rows[who][2] != "late_entry"]
    found = []
    if plays and not came:
        found.append("nobody_signed_in")
    at_end = [at for at in at_pc if to_ms - 600_000 <= at <= to_ms]
    is_long = to_ms - from_ms >= 45 * 60_000
    if not is_late and is_long and len(at_pc) >= 5 and len(at_end) * 100 >= len(at_pc) * 80:
        found.append("signed_in_at_end")
    for one in plays:
        hour = datetime.fromtimestamp(one.wall_ms / 1000, UTC).astimezone(CHINA).hour
        if hour < 5:
            found.append("played_at_night")
            break
    return tuple(found)


def count_hours(lines: list[Line], year: int, home: str) -> dict[str, int]:
    taken: list[tuple[Line, int]] = []
    parts = []
    for line in lines:
        if line.approval == "returned":
            continue
        part = of_year(line, year)
        if part is not None:
            parts.append((line, part))
    for line, part in sorted(
        parts, key=lambda one: (-one[0].minutes, one[0].from_ms, one[0].session)
    ):
        clash = False
        for other, _ in taken:
            same = line.session == other.session
            same = same or bool(line.plan) and (line.plan, line.site) == (other.plan, other.site)
            if same or (line.from_ms < other.to_ms and other.from_ms < line.to_ms):
                clash = True
        if not clash:
            taken.append((line, part))
    by_day: dict[str, int] = defaultdict(int)
    told = {"minutes": 0, "pending": 0, "elsewhere": 0}
    for line, part in sorted(taken, key=lambda one: (one[0].from_ms, one[0].session)):
        counted = part if line.kind in GIVEN_KINDS else min(part, 240)
        day = day_of(line.from_ms)
        if line.to_ms <= line.from_ms or day_of(line.to_ms - 1) == day:
            counted = min(counted, max(480 - by_day[day], 0))
            by_day[day] += counted
        told["minutes"] += counted
        told["pending"] += counted if line.approval == "pending" else 0
        told["elsewhere"] += counted if line.site != home else 0
    return told


def of_year(line: Line, year: int) -> int | None:
    """What of a line's minutes lies in a year; None when it has no part in it."""
    begin = int(datetime(year, 1, 1, tzinfo=CHINA).timestamp() * 1000)
    end = int(datetime(year + 1, 1, 1, tzinfo=CHINA).timestamp() * 1000)
    length = line.to_ms - line.from_ms
    if length <= 0 or begin <= line.from_ms and line.to_ms <= end:
        return line.minutes if day_of(line.from_ms)[:4] == str(year) else None
    if line.to_ms <= begin or line.from_ms >= end:
        return None
    until = min(max(end - line.from_ms, 0), length) * line.minutes // length
    before = min(max(begin - line.from_ms, 0), length) * line.minutes // length
    return until - before


def count_months(since: str, today: str) -> int:
    """Whole months from one day to another, counted one by one."""
    start, end = date.fromisoformat(since), date.fromisoformat(today)
    months = 0
    while True:
        ahead = start.month - 1 + months + 1
        try:
            then = date(start.year + ahead // 12, ahead % 12 + 1, start.day)
        except ValueError:  # a shorter month ends with its last day
            then = date(start.year + (ahead + 1) // 12, (ahead + 1) % 12 + 1, 1) - timedelta(days=1)
        if then > end:
            return months
        months += 1


def count_turnout(lines: list[Line]) -> dict[str, int]:
    told: dict[str, int] = defaultdict(int)
    people, expected, seen = set(), set(), set()
    sessions = set()
    for line in lines:
        sessions.add((line.site, line.session))
        came = line.status in CAME
        if line.standpoint == "expected":
            told["expected"] += 1
            told["arrived"] += came
            told["on_leave"] += line.status == "on_leave"
            told["absent"] += not came and line.status != "on_leave"
            expected.add(line.person)
            if came:
                seen.add(line.person)
        elif line.standpoint == "left_out":
            told["left_out"] += 1
            told["left_out_came"] += came
        elif line.standpoint == "visitor":
            told["visitors"] += came
        if came and line.standpoint:
            told["attendances"] += 1
            told["pending"] += line.approval == "pending"
            people.add(line.person)
    told["people"], told["expected_people"] = len(people), len(expected)
    told["seen_people"], told["sessions"] = len(seen), len(sessions)
    return dict(told)
