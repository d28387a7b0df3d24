"""One segment compared: what a station lacks of it, and whether the centre lacks something.

A segment with a fork is right when the station's own branch is held whole: nobody can hold
both branches, and each of the PCs that wrote one is told the truth about its own.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, not_, select

from app.domain.values import dataclass
from app.wire.messages import SegmentHeld
from app.wire.sums import add_hashes, take_hashes
from centre.store.tables import facts

_MOST_LOOKED_AT = 20_000
"""Of a larger difference the first part is given back before the rest is looked at."""

_NO_END = 1 << 62


@dataclass(frozen=True, slots=True)
class SegmentHere:
    """What is held here of a segment, a quarantined fork left out."""

    segment: str
    held_facts: int
    held_sum: bytes
    forked: bool
    fork_n: int | None
    machine: str = ""
    first_seen_ms: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """Facts after ``returns_after`` and before ``returns_before`` are to be given back (None:
    nothing is); ``resend`` says that the centre lacks something."""

    returns_after: int | None = None
    returns_before: int = _NO_END
    resend: bool = False


def differs_by(
    tx: Connection, station: str, here: SegmentHere, theirs: SegmentHeld | None
) -> Difference:
    """Tell what is lacking on which side of a segment whose counts or sums differ."""
    if here.forked:
        return _with_fork(tx, station, here, theirs)
    if theirs is None:
        return Difference(returns_after=0)
    after = _hashes(tx, station, here.segment, theirs.upto_n)
    if len(after) > _MOST_LOOKED_AT:
        return Difference(returns_after=theirs.upto_n)
    if theirs.facts == theirs.upto_n:
        rest = [*after, *_loose(tx, station, here.segment, theirs.upto_n)]
        is_part = (
            here.held_facts - len(rest) == theirs.upto_n
            and take_hashes(here.held_sum, rest) == theirs.sum
        )
    else:
        is_part = bool(after) and theirs.facts <= here.held_facts
    return Difference(theirs.upto_n if after else None, resend=not is_part)


def fork_of(tx: Connection, station: str, here: SegmentHere) -> int:
    """The lowest number that two facts of a forked segment have."""
    if here.fork_n is not None:
        return here.fork_n
    doubled = (
        select(facts.c.n)
        .where(facts.c.station == station, facts.c.segment == here.segment)
        .group_by(facts.c.n)
        .having(func.count() > 1)
        .subquery()
    )
    return int(tx.scalar(select(func.min(doubled.c.n))) or _NO_END)


def _with_fork(
    tx: Connection, station: str, here: SegmentHere, theirs: SegmentHeld | None
) -> Difference:
    fork = fork_of(tx, station, here)
    if theirs is None or theirs.upto_n < fork - 1:
        return Difference(0 if theirs is None else theirs.upto_n, returns_before=fork)
    query = (
        select(facts.c.n, facts.c.hash, facts.c.previous)
        .where(facts.c.station == station, facts.c.segment == here.segment, facts.c.n >= fork)
        .order_by(facts.c.n)
        .limit(_MOST_LOOKED_AT)
    )
    rows = tx.execute(query).all()
    counted = here.held_sum
    if here.fork_n is None:
        counted = take_hashes(counted, (bytes(row.hash) for row in rows))
    sums: dict[bytes, bytes] = {}
    known = theirs.upto_n == fork - 1 and theirs.sum == counted
    for row in rows:
        total = add_hashes(sums.get(bytes(row.previous), counted), (bytes(row.hash),))
        sums[bytes(row.hash)] = total
        known = known or (row.n == theirs.upto_n and total == theirs.sum)
    return Difference(resend=not known and len(rows) < _MOST_LOOKED_AT)


def _hashes(tx: Connection, station: str, segment: str, after_n: int) -> list[bytes]:
    query = (
        select(facts.c.hash)
        .where(
            facts.c.station == station,
            facts.c.segment == segment,
            facts.c.n > after_n,
        )
        .limit(_MOST_LOOKED_AT + 1)
    )
    return [bytes(one) for one in tx.scalars(query)]


def _loose(tx: Connection, station: str, segment: str, upto_n: int) -> list[bytes]:
    """Facts behind a gap here, among the numbers that the other side has too."""
    query = (
        select(facts.c.hash)
        .where(
            facts.c.station == station,
            facts.c.segment == segment,
            facts.c.n <= upto_n,
            not_(facts.c.attached),
        )
        .limit(_MOST_LOOKED_AT)
    )
    return [bytes(one) for one in tx.scalars(query)]
