"""When a segment was begun, by what the centre held, by its own first fact and what repairs its clock."""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.domain.errors import BadInput
from app.domain.facts import SegmentOpened
from app.domain.time import ClockGrade
from app.wire.fact_bytes import read_fact
from centre.interpretation.clock_samples import repaired_ms
from centre.stations.rights.rule import Began
from centre.store.tables import facts, segments

_DAY_MS = 24 * 3_600_000


def began_when(
    tx: Connection, station: str, segment: str, ended_ms: int, now_ms: int, first: bytes | None
) -> Began:
    """When a segment was begun; ``first`` is its first fact if that comes only now."""
    mine = (segments.c.station == station, segments.c.segment == segment)
    seen_ms = tx.scalar(select(segments.c.first_seen_ms).where(*mine))
    if seen_ms is not None and seen_ms < ended_ms:
        return Began.SEEN_BEFORE
    if first is None:
        here = (facts.c.station == station, facts.c.segment == segment)
        query = select(facts.c.bytes).where(*here, facts.c.n == 1, facts.c.attached)
        held = tx.scalars(query.limit(2)).all()
        first = bytes(held[0]) if len(held) == 1 else None
    opened_ms = None if first is None else _opened_ms(tx, station, first)
    if opened_ms is None or not 0 < opened_ms <= now_ms + _DAY_MS:
        return Began.UNKNOWN
    return Began.BEFORE if opened_ms < ended_ms else Began.AFTER


def _opened_ms(tx: Connection, station: str, data: bytes) -> int | None:
    """When a first fact was written, by its clock or what repairs it; None when nobody can say."""
    try:
        reading = read_fact(data)
    except (BadInput, RecursionError):
        return None
    if not isinstance(reading.fact, SegmentOpened):
        return None
    repaired = repaired_ms(tx, station, reading.fact.boot, reading.instant.mono_ms)
    if repaired is not None:
        return repaired
    return reading.instant.wall_ms if reading.instant.grade is ClockGrade.OK else None
