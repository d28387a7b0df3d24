"""What a moment is on a station whose clock may be wrong.

A moment is the wall clock's reading together with the monotonic one and a grade
that says how far the wall clock can be believed. Order never comes from here:
facts are ordered by segment and number (reliability 4.6).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

from app.domain.values import dataclass

LOCAL = timezone(timedelta(hours=8))
"""Stations work on China Standard Time; it has no daylight saving."""

_DOUBTFUL_AFTER = timedelta(days=548)


class ClockGrade(StrEnum):
    """How far the wall clock can be believed when a fact was written."""

    OK = "ok"
    UNSURE = "unsure"
    """Too far after the newest time that was proven (18 months)."""
    BAD = "bad"
    """Before a time that is known to have passed."""


@dataclass(frozen=True, slots=True)
class Instant:
    """One reading: ``wall_ms`` since 1970 UTC, ``mono_ms`` since an arbitrary start of this boot."""

    wall_ms: int
    mono_ms: int
    grade: ClockGrade

    @property
    def local(self) -> datetime:
        """The wall reading as local date and time; a clock beyond year 9998 reads as 9998."""
        return local_time(self.wall_ms)


def local_time(wall_ms: int) -> datetime:
    """Local date and time of a wall reading, clamped to what a calendar can show."""
    seconds = min(max(wall_ms // 1000, 0), 253_370_764_800)
    return datetime.fromtimestamp(seconds, UTC).astimezone(LOCAL)


def local_date(wall_ms: int) -> date:
    """Local calendar date of a wall reading."""
    return local_time(wall_ms).date()


def wall_ms_of(moment: datetime) -> int:
    """Milliseconds since 1970 UTC of an aware date and time."""
    return int(moment.timestamp() * 1000)


def grade_clock(wall_ms: int, proven_ms: int) -> ClockGrade:
    """Grade a wall reading against the newest time known to have passed (both ms since 1970)."""
    if wall_ms < proven_ms:
        return ClockGrade.BAD
    if wall_ms > proven_ms + int(_DOUBTFUL_AFTER.total_seconds() * 1000):
        return ClockGrade.UNSURE
    return ClockGrade.OK


FIRST_YEAR = 1970


def days_of_month(month: str) -> tuple[date, date] | None:
    """The first and the last day of a month (YYYY-MM, from 1970 on); None when it is none."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
    if f"{first:%Y-%m}" != month or not FIRST_YEAR <= first.year < date.max.year:
        return None
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, after - timedelta(days=1)
