"""What the clocks of each boot of a station are known to have shown, kept as samples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, and_, bindparam, select, tuple_

from app.domain.clock_correction import Moment, Sample, correct, nearest_sample, sample_of
from app.domain.decoded_fact import DecodedFact
from app.domain.facts import ClockAsserted, ClockCompared
from centre.store.insert import keep_lowest
from centre.store.prepared import Prepared
from centre.store.projection_tables import SESSIONS, fact_keys
from centre.store.tables import clock_samples, facts, segments

_SAMPLES = Prepared(
    select(clock_samples.c.mono_ms, clock_samples.c.centre_ms, clock_samples.c.source)
    .where(clock_samples.c.station == bindparam("of"), clock_samples.c.boot == bindparam("booted"))
    .order_by(clock_samples.c.mono_ms)
)


def keep_samples(tx: Connection, said: Iterable[DecodedFact]) -> set[tuple[str, str]]:
    """Keep what clock facts say; the (station, boot) pairs they speak of."""
    rows = []
    for one in said:
        sample = _sample_row(one)
        if sample is not None:
            rows.append(sample)
    # "centre" stands before "operator": an exact one holds, then the lowest, whichever came first.
    keep_lowest(
        tx,
        clock_samples,
        rows,
        key=["station", "boot", "mono_ms"],
        rank=["source", "centre_ms"],
    )
    return {(str(row["station"]), str(row["boot"])) for row in rows}


def _sample_row(one: DecodedFact) -> dict[str, object] | None:
    fact = one.fact
    if not isinstance(fact, ClockCompared | ClockAsserted):
        return None
    sample = sample_of(fact)
    if sample is None:
        return None
    return {
        "station": one.station,
        "boot": fact.boot,
        "mono_ms": sample.mono_ms,
        "wall_ms": fact.wall_ms,
        "centre_ms": sample.true_ms,
        "round_trip_ms": fact.round_trip_ms if isinstance(fact, ClockCompared) else 0,
        "source": "centre" if sample.exact else "operator",
    }


def in_boots(boots: set[tuple[str, str]]) -> ColumnElement[bool]:
    """Segments of these (station, boot) pairs: the times in them may be others now."""
    return tuple_(segments.c.station, segments.c.boot).in_(sorted(boots))


def in_segments(begun: set[tuple[str, str]]) -> ColumnElement[bool]:
    """These (station, segment) pairs: their place and boot are known only since their first fact."""
    return tuple_(segments.c.station, segments.c.segment).in_(sorted(begun))


def keys_written_in(tx: Connection, chosen: ColumnElement[bool]) -> dict[str, set[str]]:
    """Keys, by projection, with facts that were read already in some segments."""
    its = and_(facts.c.station == segments.c.station, facts.c.segment == segments.c.segment)
    found: dict[str, set[str]] = defaultdict(set)
    of_sessions = select(facts.c.session).join(segments, its)
    named = of_sessions.where(chosen, facts.c.session.is_not(None)).distinct()
    found[SESSIONS] = {str(one) for one in tx.scalars(named)}
    indexed = select(fact_keys.c.projection, fact_keys.c.key).distinct()
    joined = indexed.join(facts, facts.c.arrival == fact_keys.c.arrival).join(segments, its)
    for row in tx.execute(joined.where(chosen)):
        found[row.projection].add(row.key)
    return found


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

    def moment(self, one: DecodedFact) -> Moment:
        """When a fact was written, as well as it can be known."""
        known = self._samples.get((one.station, one.boot), ())
        return correct(known, one.wall_ms, one.mono_ms, unsure=one.unsure)


def repaired_ms(tx: Connection, station: str, boot: str, mono_ms: int) -> int | None:
    """The true time at a place of a boot, by the centre's own samples of it; None without one."""
    rows = _SAMPLES.all(tx, {"of": station, "booted": boot}) if boot else ()
    known = [Sample(row.mono_ms, row.centre_ms, True) for row in rows if row.source == "centre"]
    chosen = nearest_sample(known, mono_ms)
    return None if chosen is None else chosen.true_ms + mono_ms - chosen.mono_ms
