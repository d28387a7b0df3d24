"""When something was: a station's clocks corrected by what is known of the same boot.

A sample says where a station's monotonic clock stood when the true time was known: from an
exchange with the centre, or – only by the day – from the operator. What a fact said of its
own time is kept beside what is shown, and nothing is left out or put elsewhere for its time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from app.domain.facts import ClockAsserted, ClockCompared
from app.domain.time import LOCAL, local_time, wall_ms_of
from app.domain.values import dataclass

BELIEVED_MS = 60_000
"""A clock this near to the corrected time is simply right."""
_MOST_MS = 1 << 53


class TimeSource(StrEnum):
    """Where a shown time comes from."""

    CLOCK = "clock"
    REPAIRED = "repaired"
    BY_DAY = "by_day"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Sample:
    """At ``mono_ms`` of a boot it was ``true_ms``; ``exact`` unless only the day is known."""

    mono_ms: int
    true_ms: int
    exact: bool

    @property
    def rank(self) -> tuple[bool, int]:
        """Which of two at one place of a boot holds: the exact one, then the lower time."""
        return not self.exact, self.true_ms


@dataclass(frozen=True, slots=True)
class Moment:
    """What is shown, and why."""

    at_ms: int
    source: TimeSource


def sample_of(fact: ClockCompared | ClockAsserted) -> Sample | None:
    """What a clock fact says of its boot; None when it makes no sense."""
    if isinstance(fact, ClockCompared):
        true_ms, exact = fact.centre_ms + fact.round_trip_ms // 2, True
    else:
        true_ms, exact = _on_day(fact), False
    if not (0 <= fact.mono_ms < _MOST_MS and 0 <= true_ms < _MOST_MS and len(fact.boot) <= 200):
        return None
    return Sample(fact.mono_ms, true_ms, exact)


def _on_day(fact: ClockAsserted) -> int:
    """The time of day the clock showed, on the day the operator named; -1 for no date."""
    try:
        day = date.fromisoformat(fact.day)
    except ValueError:
        return -1
    shown = local_time(fact.wall_ms)
    return wall_ms_of(datetime.combine(day, shown.time(), LOCAL))


def correct(samples: Sequence[Sample], wall_ms: int, mono_ms: int, *, unsure: bool) -> Moment:
    """When it was that the clocks of a boot read so, as well as its samples tell (by ``mono_ms``)."""
    exact = [one for one in samples if one.exact]
    chosen = nearest_sample(exact or samples, mono_ms)
    if chosen is None:
        return Moment(wall_ms, TimeSource.UNSURE if unsure else TimeSource.CLOCK)
    at_ms = chosen.true_ms + mono_ms - chosen.mono_ms
    if abs(at_ms - wall_ms) <= BELIEVED_MS:
        return Moment(wall_ms, TimeSource.CLOCK)
    return Moment(at_ms, TimeSource.REPAIRED if chosen.exact else TimeSource.BY_DAY)


class ClockReading(NamedTuple):
    """What the clocks of a boot read, and what is shown for it."""

    boot: str
    offset_ms: int
    """The wall clock less the monotonic one."""
    source: str


def compared(now: Moment, read: ClockReading, opened: ClockReading | None) -> Moment:
    """The moment of a mark as far as the opening of its session lets it be believed.

    Between two readings of one boot that nothing corrects, only a clock that was set moves the
    wall clock against the monotonic one: then it is not known which of the two was right.
    """
    if opened is None or not read.boot or read.boot != opened.boot:
        return now
    if {now.source, opened.source} != {TimeSource.CLOCK}:
        return now
    was_set = abs(read.offset_ms - opened.offset_ms) > 2 * BELIEVED_MS
    return Moment(now.at_ms, TimeSource.UNSURE) if was_set else now


def hold_samples(samples: Iterable[Sample]) -> tuple[Sample, ...]:
    """The samples of a boot in order of ``mono_ms``, one for each place, whatever came first."""
    ranked = sorted(samples, key=lambda one: (one.mono_ms, one.rank), reverse=True)
    held = {one.mono_ms: one for one in ranked}
    return tuple(held[mono_ms] for mono_ms in sorted(held))


def nearest_sample(samples: Sequence[Sample], mono_ms: int) -> Sample | None:
    """The sample next to a place of its boot; ``samples`` in order of ``mono_ms``."""
    if not samples:
        return None
    place = bisect_left([one.mono_ms for one in samples], mono_ms)
    around = samples[max(place - 1, 0) : place + 1]
    return min(around, key=lambda one: abs(one.mono_ms - mono_ms))
