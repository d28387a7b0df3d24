"""The naive recount of every ledger over lines that were counted by hand (``recount_sessions``)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from bench.county.recount_sessions import (
    CAME,
    CHINA,
    GIVEN_KINDS,
    LEADERS,
    Line,
    SessionRecount,
    day_of,
)


class Recount(SessionRecount):
    """Every ledger, counted with plain loops."""

    def hours(self, year: int) -> dict[str, dict[str, int]]:
        """Person of the roster → minutes, pending, elsewhere, missing."""
        own: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            if line.status in (*CAME, "visited"):
                own[self._first(line.person)].append(line)
        found = {}
        for who, person in self.people.items():
            told = _hours(own[self._first(who)], year, person["site"])
            target = 56 * 60 if set(person.get("posts", ())) & set(LEADERS) else 32 * 60
            found[who] = {**told, "missing": max(target - told["minutes"], 0)}
        return found

    def absence(self, today: str) -> dict[str, dict[str, object]]:
        """Member → since when not seen, and what that means."""
        first: dict[str, str] = {}
        seen: dict[str, str] = {}
        for line in self.lines:
            day = day_of(line.from_ms)
            if day > today:
                continue
            who = self._first(line.person)
            first[who] = min(first.get(who, day), day)
            counts = line.status in (*CAME, "visited") and line.approval != "returned"
            if counts and line.kind != "online_class":
                seen[who] = max(seen.get(who, day), day)
        found: dict[str, dict[str, object]] = {}
        for who, person in self.people.items():
            if person.get("kind", "member") not in ("member", "probationary_member"):
                continue
            one = self._first(who)
            since = seen.get(one, first.get(one, ""))
            months = _months(since, today) if since else 0
            standing = ""
            for told in person.get("standings", ()):
                until = told.get("until")
                has_begun = told.get("since", "") <= today
                if not standing and has_begun and (not until or today <= until):
                    standing = told["kind"]
            excused = standing in ("frail", "on_leave")
            alarm = 0 if excused else 6 if months >= 6 else months if months >= 4 else 0
            days = (date.fromisoformat(today) - date.fromisoformat(since)).days if since else 0
            found[who] = {"since": since, "days": days, "months": months, "alarm": alarm}
        return found

    def turnout(self, first: str, last: str, by: str = "") -> dict[str, dict[str, int]]:
        """Key → the counts of its lines."""
        groups: dict[str, list[Line]] = defaultdict(list)
        for line in _once(self.lines[: self.own]):
            if not first <= day_of(line.from_ms) <= last:
                continue
            key = {
                "": "",
                "site": line.site,
                "session": line.session,
                "kind": line.kind,
                "month": day_of(line.from_ms)[:7],
                "class": line.training_class,
                "campaign": line.campaign,
                "branch": self._branch(line) if by == "branch" else "",
            }[by]
            if key or not by:
                groups[key].append(line)
        return {key: _turnout(lines) for key, lines in groups.items()}

    def yearly(self, year: int) -> dict[str, dict[str, int]]:
        """Person of the roster → how often what."""
        zero = dict.fromkeys("expected attended on_leave absent lessons practice visits".split(), 0)
        found = {self._first(who): dict(zero) for who in self.people}
        own = [line._replace(person=self._first(line.person)) for line in self.lines]
        for line in _once(own):
            if line.person not in found or day_of(line.from_ms)[:4] != str(year):
                continue
            told = found[line.person]
            came = line.status in CAME
            told["attended"] += came
            told["lessons"] += line.lessons
            told["visits"] += line.status == "visited"
            told["practice"] += came and line.kind in ("practice", "route")
            if line.standpoint == "expected":
                told["expected"] += 1
                told["on_leave"] += line.status == "on_leave"
                told["absent"] += not came and line.status != "on_leave"
        return {who: found[self._first(who)] for who in self.people}

    def running(self, first: str, last: str) -> dict[str, dict[str, int]]:
        """Site → what was held, and what was noticed."""
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        days: dict[str, set[str]] = defaultdict(set)
        for one in self.books:
            day = day_of(one.from_ms)
            if not first <= day <= last:
                continue
            told = found[one.site]
            told["held" if one.step == "closed" else "not_held"] += 1
            told["minutes"] += one.minutes
            told["plays"] += one.plays
            told["faults"] += len(one.faults)
            if one.step == "closed":
                days[one.site].add(day)
            for hint in one.hints:
                told[hint] += 1
        for site, told in found.items():
            told["days"] = len(days[site])
        return found

    def _branch(self, line: Line) -> str:
        """The first unit somebody was in then."""
        person = self.people.get(line.person)
        if person is None:
            return ""
        units = person.get("units", ())
        for one in reversed(person.get("formerly", ())):
            if line.from_ms < one["until_ms"]:
                units = one.get("units", ())
        return units[0] if units else ""

    def _first(self, person: str) -> str:
        """The first of somebody's ids."""
        return self.one.get(person, (person,))[0]


def _once(lines: list[Line]) -> list[Line]:
    """Of the sheets of one plan of a site each person once; without what was sent back."""
    sheets: dict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in lines:
        if line.approval != "returned":
            held = ("plan", line.site, line.plan) if line.plan else ("session", line.session)
            sheets[(*held, line.person)].append(line)
    found = []
    for own in sheets.values():
        rank = {"expected": 0, "left_out": 1, "visitor": 2, "": 3}
        listed = sorted(own, key=lambda one: (rank[one.standpoint], one.from_ms, one.session))
        told = sorted(own, key=lambda one: (_rank(one.status), one.from_ms, one.session))
        found.append(
            told[0]._replace(
                standpoint=listed[0].standpoint,
                left_out=listed[0].left_out,
                session=listed[0].session,
            )
        )
    return found


def _rank(status: str) -> int:
    if status in CAME:
        return 0
    return 1 if status == "on_leave" else 2 if status else 3


def _hours(lines: list[Line], year: int, home: str) -> dict[str, int]:
    taken: list[tuple[Line, int]] = []
    parts = []
    for line in lines:
        if line.approval == "returned":
            continue
        part = _of_year(line, year)
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


def _of_year(line: Line, year: int) -> int | None:
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


def _months(since: str, today: str) -> int:
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


def _turnout(lines: list[Line]) -> dict[str, int]:
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
