"""Somebody's learning hours of a calendar year, with the sessions behind every figure.

Of several records of one session, and of sessions that overlap, the longest counts and the others
nothing: hours never double, whatever is merged. A session over the turn of a year is split by its
time. Then the caps: by session, by day, by kind and year, in the order in which sessions were held.
Minutes are whole numbers; a figure is also told as far as it still waits for approval.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from app.areas.catalogue.values import Credit
from app.areas.hours.rule_set import RuleSet, rule_of
from app.areas.hours.session_lines import SessionLine
from app.domain.time import LOCAL, local_date, wall_ms_of
from app.domain.values import dataclass


class NotCounted(StrEnum):
    """Why a session somebody took part in counts less than its minutes, or nothing."""

    OVERLAPS = "overlaps"
    """A longer one of the same time counts."""
    RETURNED = "returned"
    """It was entered late and sent back."""
    CAPPED = "capped"
    """A cap of its session, day or kind was reached."""


@dataclass(frozen=True, slots=True)
class CountedSession:
    """One session of the account: how long it was, and what of it counts in the year."""

    session: str
    day: str
    kind: str
    title: str
    minutes: int
    counted: int
    is_pending: bool = False
    site: str = ""
    site_name: str = ""
    """Where it was, when that was elsewhere."""
    why_not: str = ""
    """See ``NotCounted``; empty when all of it counts."""


@dataclass(frozen=True, slots=True)
class HoursAccount:
    """Somebody's hours of a year; every figure is the sum over ``sessions``."""

    person: str
    year: int
    target: int
    rule_set: str
    sessions: tuple[CountedSession, ...]

    @property
    def minutes(self) -> int:
        """What counts."""
        return sum(one.counted for one in self.sessions)

    @property
    def pending(self) -> int:
        """What of it still waits for approval."""
        return sum(one.counted for one in self.sessions if one.is_pending)

    @property
    def elsewhere(self) -> int:
        """What of it was at other sites."""
        return sum(one.counted for one in self.sessions if one.site_name)

    @property
    def missing(self) -> int:
        """How many minutes are still to come until the target."""
        return max(self.target - self.minutes, 0)


@dataclass(frozen=True, slots=True)
class _YearPart:
    """What of a session may count in the year."""

    line: SessionLine
    site_name: str
    minutes: int
    """Of the year's part."""


def hours_of(  # noqa: PLR0913 - whose, of what, by which rule
    person: str,
    lines: Iterable[SessionLine],
    credits: Iterable[Credit],  # noqa: A002 - the glossary's word
    rule_sets: Iterable[RuleSet],
    year: int,
    *,
    posts: Iterable[str] = (),
    site: str = "",
) -> HoursAccount:
    """The account of a person's year from the lines of here and the credits from elsewhere.

    ``lines`` and ``credits`` of other people and years are left aside; ``site`` is the person's
    home, whose rule holds.
    """
    rule = rule_of(rule_sets, year, site)
    told = [(one, "") for one in lines if one.person == person and one.came]
    told += [
        (line_of_credit(one), one.site_name)
        for one in credits
        if one.person == person and not one.stopped
    ]
    parts = {
        _YearPart(line, name, minutes)
        for line, name in told
        if (minutes := minutes_in(line, year)) is not None
    }
    return HoursAccount(
        person=person,
        year=year,
        target=rule.target(posts),
        rule_set=rule.id,
        sessions=_counted(parts, rule),
    )


def line_of_credit(credit: Credit) -> SessionLine:
    """What somebody attended elsewhere, as a line."""
    return SessionLine(
        person=credit.person,
        session=credit.session,
        site=credit.site,
        day=credit.day,
        kind=credit.kind,
        title=credit.title,
        status=credit.status,
        standpoint="visitor",
        from_ms=credit.from_ms,
        to_ms=credit.to_ms,
        minutes=credit.minutes,
        plan=credit.plan,
        approval=credit.approval,
    )


def minutes_in(line: SessionLine, year: int) -> int | None:
    """How many of a line's minutes are the year's; None when it has no part in it."""
    first = int(line.day[:4])
    last = local_date(line.to_ms - 1).year if line.to_ms > line.from_ms else first
    if last <= first:
        return line.minutes if first == year else None
    if not first <= year <= last:
        return None
    return _until(line, year) - _until(line, year - 1)


def _until(line: SessionLine, year: int) -> int:
    """How many of a line's minutes were over when a year ended."""
    end_ms = wall_ms_of(datetime(year + 1, 1, 1, tzinfo=LOCAL))
    gone = min(max(end_ms - line.from_ms, 0), line.to_ms - line.from_ms)
    return line.minutes * gone // (line.to_ms - line.from_ms)


def _counted(parts: Set[_YearPart], rule: RuleSet) -> tuple[CountedSession, ...]:
    holding = {id(one) for one in _holding(parts)}
    by_day: dict[str, int] = defaultdict(int)
    by_kind: dict[str, int] = defaultdict(int)
    found: dict[str, CountedSession] = {}
    for one in sorted(parts, key=_held_first):
        line = one.line
        told = CountedSession(
            line.session,
            line.day,
            line.kind,
            line.title,
            one.minutes,
            0,
            line.is_pending,
            line.site,
            one.site_name,
        )
        if id(one) not in holding:
            missed = NotCounted.OVERLAPS if line.counts else NotCounted.RETURNED
            found.setdefault(line.session, replace(told, why_not=missed))
            continue
        worth = rule.credit(line.kind, one.minutes)
        left = [worth]
        cap_year = rule.rate(line.kind).cap_year
        if cap_year:
            left.append(cap_year - by_kind[line.kind])
        if rule.cap_day and _is_of_one_day(line):
            left.append(rule.cap_day - by_day[line.day])
            by_day[line.day] += max(min(left), 0)
        counted = max(min(left), 0)
        by_kind[line.kind] += counted
        why = (
            NotCounted.CAPPED
            if counted < worth or worth < rule.uncapped(line.kind, one.minutes)
            else ""
        )
        found[line.session] = replace(told, counted=counted, why_not=why)
    return tuple(found.values())


def _holding(parts: Set[_YearPart]) -> list[_YearPart]:
    """The parts that count: the longest first, none of a session or time that is taken."""
    holding: list[_YearPart] = []
    for one in sorted(parts, key=_longest_first):
        if one.line.counts and not any(_are_one(one.line, other.line) for other in holding):
            holding.append(one)
    return holding


def _are_one(one: SessionLine, other: SessionLine) -> bool:
    """Whether two lines are of one session, of one plan of a site, or of one time."""
    if one.session == other.session:
        return True
    if one.plan and (one.plan, one.site) == (other.plan, other.site):
        return True
    return one.from_ms < other.to_ms and other.from_ms < one.to_ms


def _is_of_one_day(line: SessionLine) -> bool:
    return line.to_ms <= line.from_ms or local_date(line.to_ms - 1).isoformat() == line.day


def _longest_first(part: _YearPart) -> tuple[object, ...]:
    return -part.line.minutes, *_order(part)


def _held_first(part: _YearPart) -> tuple[object, ...]:
    return part.line.day, *_order(part)


def _order(part: _YearPart) -> tuple[object, ...]:
    """Of equal ones what is known here first; then anything that tells them apart for good."""
    line = part.line
    return (
        line.from_ms,
        line.session,
        part.site_name,
        line.site,
        line.plan,
        line.approval,
        line.kind,
    )
