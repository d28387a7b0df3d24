"""When something was: a station's clocks repaired by what is known of the same boot.

A sample says where a station's monotonic clock stood when the true time was known: from an
exchange with the centre, or – only by the day – from the operator. What a fact said of its
own time is kept beside what is shown, and nothing is left out or put elsewhere for its time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, bindparam, select, tuple_

from app.domain.facts import ClockAsserted, ClockCompared
from app.domain.time import LOCAL, local_time, wall_ms_of
from centre.interpretation.readings import Said
from centre.store.insert import insert_new
from centre.store.prepared import Prepared
from centre.store.tables import clock_samples, facts, segments

BELIEVED_MS = 60_000
"""A clock this near to the repaired time is simply right."""
_MOST_MS = 1 << 53
_SAMPLES = Prepared(
    select(clock_samples.c.mono_ms, clock_samples.c.centre_ms, clock_samples.c.source)
    .where(clock_samples.c.station == bindparam("of"), clock_samples.c.boot == bindparam("booted"))
    .order_by(clock_samples.c.mono_ms)
)


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


@dataclass(frozen=True, slots=True)
class Moment:
    """What is shown, and why."""

    at_ms: int
    source: TimeSource


def keep_samples(tx: Connection, said: Iterable[Said]) -> set[tuple[str, str]]:
    """Keep what clock facts say; the (station, boot) pairs they speak of."""
    rows = []
    for one in said:
        sample = _sample_row(one)
        if sample is not None:
            rows.append(sample)
    insert_new(tx, clock_samples, rows, key=["station", "boot", "mono_ms"])
    return {(str(row["station"]), str(row["boot"])) for row in rows}


def _sample_row(one: Said) -> dict[str, object] | None:
    fact = one.fact
    if isinstance(fact, ClockCompared):
        true_ms = fact.centre_ms + fact.round_trip_ms // 2
        source, round_trip = "centre", fact.round_trip_ms
    elif isinstance(fact, ClockAsserted):
        true_ms, source, round_trip = _on_day(fact), "operator", 0
    else:
        return None
    if not (0 <= fact.mono_ms < _MOST_MS and 0 <= true_ms < _MOST_MS and len(fact.boot) <= 200):
        return None
    return {
        "station": one.station,
        "boot": fact.boot,
        "mono_ms": fact.mono_ms,
        "wall_ms": fact.wall_ms,
        "centre_ms": true_ms,
        "round_trip_ms": round_trip,
        "source": source,
    }


def _on_day(fact: ClockAsserted) -> int:
    """The time of day the clock showed, on the day the operator named; -1 for no date."""
    try:
        day = date.fromisoformat(fact.day)
    except ValueError:
        return -1
    shown = local_time(fact.wall_ms)
    return wall_ms_of(datetime.combine(day, shown.time(), LOCAL))


def sessions_of_boots(tx: Connection, boots: set[tuple[str, str]]) -> set[str]:
    """Sessions with facts written in these boots: their times may be others now."""
    if not boots:
        return set()
    return _sessions_in(tx, tuple_(segments.c.station, segments.c.boot).in_(sorted(boots)))


def sessions_of_segments(tx: Connection, begun: set[tuple[str, str]]) -> set[str]:
    """Sessions with facts that were read already in these (station, segment) pairs.

    Their place and their boot are known only since the segment's first fact came.
    """
    if not begun:
        return set()
    return _sessions_in(tx, tuple_(segments.c.station, segments.c.segment).in_(sorted(begun)))


def _sessions_in(tx: Connection, chosen: ColumnElement[bool]) -> set[str]:
    its = and_(facts.c.station == segments.c.station, facts.c.segment == segments.c.segment)
    query = (
        select(facts.c.session)
        .join(segments, its)
        .where(chosen, facts.c.session.is_not(None))
        .distinct()
    )
    return {str(one) for one in tx.scalars(query)}


class Clocks:
    """The samples of the boots in which some facts were written."""

    def __init__(self, samples: Mapping[tuple[str, str], Sequence[Sample]]) -> None:
        self._samples = samples

    @classmethod
    def of(cls, tx: Connection, boots: Iterable[tuple[str, str]]) -> Clocks:
        """Read the samples of these (station, boot) pairs."""
        wanted = sorted({pair for pair in boots if pair[1]})
        found: dict[tuple[str, str], list[Sample]] = defaultdict(list)
        for station, boot in wanted:
            for row in _SAMPLES.all(tx, {"of": station, "booted": boot}):
                sample = Sample(row.mono_ms, row.centre_ms, row.source == "centre")
                found[station, boot].append(sample)
        return cls(found)

    def moment(self, one: Said) -> Moment:
        """When a fact was written, as well as it can be known."""
        known = self._samples.get((one.station, one.boot), ())
        exact = [sample for sample in known if sample.exact]
        chosen = _nearest(exact or known, one.mono_ms)
        if chosen is None:
            return Moment(one.wall_ms, TimeSource.UNSURE if one.unsure else TimeSource.CLOCK)
        at_ms = chosen.true_ms + one.mono_ms - chosen.mono_ms
        if abs(at_ms - one.wall_ms) <= BELIEVED_MS:
            return Moment(one.wall_ms, TimeSource.CLOCK)
        return Moment(at_ms, TimeSource.REPAIRED if chosen.exact else TimeSource.BY_DAY)


def repaired_ms(tx: Connection, station: str, boot: str, mono_ms: int) -> int | None:
    """The true time at a place of a boot, by the centre's own samples of it; None without one."""
    rows = _SAMPLES.all(tx, {"of": station, "booted": boot}) if boot else ()
    known = [Sample(row.mono_ms, row.centre_ms, True) for row in rows if row.source == "centre"]
    chosen = _nearest(known, mono_ms)
    return None if chosen is None else chosen.true_ms + mono_ms - chosen.mono_ms


def _nearest(samples: Sequence[Sample], mono_ms: int) -> Sample | None:
    if not samples:
        return None
    place = bisect_left([one.mono_ms for one in samples], mono_ms)
    around = samples[max(place - 1, 0) : place + 1]
    return min(around, key=lambda one: abs(one.mono_ms - mono_ms))
