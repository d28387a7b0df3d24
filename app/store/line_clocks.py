"""What a fold asks of this store: when a fact was written, and how the segments hang together."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, bindparam, select, tuple_
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.clock_correction import Moment, Sample, correct, sample_of
from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import Fact
from app.domain.facts import ClockAsserted, ClockCompared
from app.domain.inputs import Inputs
from app.domain.line_order import follows
from app.domain.time import ClockGrade
from app.store.decided import aliases_of, policies_of
from app.store.prepared import Prepared
from app.store.tables import clock_samples, facts, segments
from app.wire.fact_bytes import read_fact

_SAMPLES = Prepared(
    select(clock_samples.c.mono_ms, clock_samples.c.true_ms, clock_samples.c.exact)
    .where(clock_samples.c.boot == bindparam("booted"))
    .order_by(clock_samples.c.mono_ms)
)
_adding = upsert(clock_samples)
_KEEP = Prepared(
    _adding.on_conflict_do_update(
        index_elements=["boot", "mono_ms"],
        set_={"true_ms": _adding.excluded.true_ms, "exact": _adding.excluded.exact},
        # An exact one holds, then the lowest time, whichever came first.
        where=tuple_(1 - _adding.excluded.exact, _adding.excluded.true_ms)
        < tuple_(1 - clock_samples.c.exact, clock_samples.c.true_ms),
    ),
    clock_samples.c.keys(),
)
_PARENT = Prepared(
    select(segments.c.parent, segments.c.parent_n, segments.c.stated).where(
        segments.c.id == bindparam("segment")
    )
)
_IN_BOOT = Prepared(
    select(facts.c.bytes)
    .join(segments, segments.c.no == facts.c.segment_no)
    .where(segments.c.boot == bindparam("booted"))
)


def samples_of(conn: Connection, boot: str) -> tuple[Sample, ...]:
    """What is known of a boot's clocks, in order of ``mono_ms``."""
    if not boot:
        return ()
    rows = _SAMPLES.all(conn, {"booted": boot})
    return tuple(Sample(row.mono_ms, row.true_ms, bool(row.exact)) for row in rows)


def inputs_of(conn: Connection) -> Inputs:
    """The inputs of folds in one transaction, in which no sample and no segment is added."""
    known = cache(lambda boot: samples_of(conn, boot))
    parent = cache(lambda _station, segment: _parent_of(conn, segment))

    def moment(one: DecodedFact) -> Moment:
        return correct(known(one.boot), one.wall_ms, one.mono_ms, unsure=one.unsure)

    return Inputs(
        moment=moment,
        follows=lambda one, other: follows(parent, one, other),
        policies=policies_of(conn),
        aliases=aliases_of(conn),
    )


def put_sample(conn: Connection, fact: Fact | None) -> str:
    """Keep what a clock fact says of a boot; which boot, empty when it says nothing."""
    if not isinstance(fact, ClockCompared | ClockAsserted):
        return ""
    sample = sample_of(fact)
    if sample is None:
        return ""
    row = {"boot": fact.boot, "mono_ms": sample.mono_ms, "true_ms": sample.true_ms}
    _KEEP.run(conn, row | {"exact": int(sample.exact)})
    return fact.boot


def moved_by(conn: Connection, fact: ClockCompared | ClockAsserted) -> list[bytes]:
    """Keep what a clock fact says; the bytes of the facts whose moment is another one by it."""
    before = samples_of(conn, fact.boot)
    boot = put_sample(conn, fact)
    after = samples_of(conn, boot)
    if not boot or after == before:
        return []
    rows = _IN_BOOT.all(conn, {"booted": boot})
    return [bytes(row.bytes) for row in rows if _moves(row.bytes, before, after)]


def _moves(data: bytes, before: tuple[Sample, ...], after: tuple[Sample, ...]) -> bool:
    now = read_fact(data).instant
    unsure = now.grade is not ClockGrade.OK
    was = correct(before, now.wall_ms, now.mono_ms, unsure=unsure)
    return correct(after, now.wall_ms, now.mono_ms, unsure=unsure) != was


def _parent_of(conn: Connection, segment: str) -> tuple[str, int] | None:
    row = _PARENT.one(conn, {"segment": segment})
    if row is None or row.stated is None:
        return None
    return row.parent or "", row.parent_n or 0
