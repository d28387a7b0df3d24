"""Runs of facts: their limits, their hashes, and how they are kept.

A fact's identity is its hash in the chain, under the station that sent it; its number is
its place in the chain, whatever a run claims. Facts whose predecessor is not held stay
detached and are attached when it comes, so order, pieces and repetition change nothing.
No meaning is read here: what cannot be read is kept like everything else.
"""

from __future__ import annotations

import string
from collections import defaultdict
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, select, update

from app.domain.errors import BadInput
from app.wire.errors import ErrorNumber
from app.wire.fact_bytes import (
    MAX_FACT_BYTES,
    MAX_PERSONAL_BYTES,
    chain_hash,
    personal_hash,
    read_fact,
    segment_root,
)
from app.wire.messages import MAX_FACTS_A_RUN, Run
from centre.refusals import NotServed
from centre.stations.credentials import Credential
from centre.store.insert import insert_new
from centre.store.tables import facts, segments

HASH_BYTES = 32
_MOST_FACTS = 1 << 40
_SEGMENT_CHARACTERS = frozenset(string.ascii_lowercase + string.digits + "-_")


def check_segment_name(segment: str) -> None:
    """Refuse what cannot be the name of a segment."""
    if not 0 < len(segment) <= 64 or not _SEGMENT_CHARACTERS.issuperset(segment):
        raise NotServed(ErrorNumber.UNREADABLE, "segment")


def check_run(run: Run) -> None:
    """Refuse a run whose frame is wrong; what its facts say does not matter here."""
    check_segment_name(run.segment)
    if len(run.previous) != HASH_BYTES or not 1 <= run.from_n < _MOST_FACTS:
        raise NotServed(ErrorNumber.UNREADABLE, "run")
    if len(run.facts) > MAX_FACTS_A_RUN:
        raise NotServed(ErrorNumber.TOO_LARGE, "facts in a run")
    if any(len(data) > MAX_FACT_BYTES for data in run.facts):
        raise NotServed(ErrorNumber.TOO_LARGE, "fact")


def hashes_of(run: Run) -> tuple[bytes, ...]:
    """The hash of each fact of a run."""
    out: list[bytes] = []
    previous = run.previous
    for data in run.facts:
        previous = chain_hash(previous, data)
        out.append(previous)
    return tuple(out)


def keep_run(tx: Connection, station: Credential, run: Run, now_ms: int) -> None:
    """Keep the facts of one run, in the caller's transaction."""
    hashes = hashes_of(run)
    origin, attached = _place_of(tx, station, run)
    rows = [
        {
            "station": station.station,
            "segment": run.segment,
            "n": origin + offset,
            "hash": own,
            "previous": previous,
            "bytes": data,
            "personal": None,
            "attached": attached,
            "interpreted": False,
            "site": station.site,
            "received_ms": now_ms,
        }
        for offset, (own, previous, data) in enumerate(
            zip(hashes, (run.previous, *hashes), run.facts, strict=False), start=1
        )
    ]
    insert_new(tx, facts, rows, key=["station", "hash"])
    _keep_personal(tx, station, run, hashes)


def settle_segment(tx: Connection, station: Credential, segment: str, now_ms: int) -> None:
    """Attach what can be attached now, and note whether the segment has two branches."""
    _attach(tx, station, segment)
    row = {
        "station": station.station,
        "segment": segment,
        "site": station.site,
        "forked": False,
        "first_seen_ms": now_ms,
    }
    insert_new(tx, segments, (row,), key=["station", "segment"])
    own = sa.and_(facts.c.station == station.station, facts.c.segment == segment)
    two_children = (
        select(facts.c.previous)
        .where(own)
        .group_by(facts.c.previous)
        .having(sa.func.count() > 1)
        .limit(1)
    )
    if tx.execute(two_children).first() is not None:
        tx.execute(
            update(segments)
            .where(segments.c.station == station.station, segments.c.segment == segment)
            .values(forked=True)
        )


def _place_of(tx: Connection, station: Credential, run: Run) -> tuple[int, bool]:
    """The number before the run's first fact, and whether the run is attached there."""
    if run.previous == segment_root(run.segment):
        return 0, True
    parent = tx.execute(
        select(facts.c.n, facts.c.attached).where(
            facts.c.station == station.station,
            facts.c.segment == run.segment,
            facts.c.hash == run.previous,
        )
    ).one_or_none()
    if parent is None or not parent.attached:
        return run.from_n - 1, False
    return parent.n, True


def _attach(tx: Connection, station: Credential, segment: str) -> None:
    own = sa.and_(facts.c.station == station.station, facts.c.segment == segment)
    loose = tx.execute(
        select(facts.c.arrival, facts.c.hash, facts.c.previous).where(
            own, sa.not_(facts.c.attached)
        )
    ).all()
    if not loose:
        return
    children: dict[bytes, list[tuple[int, bytes]]] = defaultdict(list)
    for one in loose:
        children[one.previous].append((one.arrival, one.hash))
    reached = _attached_numbers(tx, own, [*children])
    reached[segment_root(segment)] = 0
    found: list[dict[str, object]] = []
    frontier = [(previous, n) for previous, n in reached.items() if previous in children]
    while frontier:
        previous, n = frontier.pop()
        for arrival, own_hash in children.get(previous, ()):
            found.append({"which": arrival, "place": n + 1})
            frontier.append((own_hash, n + 1))
    if found:
        tx.execute(
            update(facts)
            .where(facts.c.arrival == sa.bindparam("which"))
            .values(attached=True, n=sa.bindparam("place")),
            found,
        )


def _attached_numbers(
    tx: Connection, own: sa.ColumnElement[bool], wanted: Sequence[bytes]
) -> dict[bytes, int]:
    numbers: dict[bytes, int] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        query = select(facts.c.hash, facts.c.n).where(own, facts.c.attached, facts.c.hash.in_(some))
        numbers.update({one.hash: one.n for one in tx.execute(query)})
    return numbers


def _keep_personal(tx: Connection, station: Credential, run: Run, hashes: Sequence[bytes]) -> None:
    """Keep a personal payload only beside the fact whose bytes name its hash."""
    payloads: Mapping[int, bytes] = dict(run.personal)
    for n, payload in payloads.items():
        offset = n - run.from_n
        if not 0 <= offset < len(run.facts) or len(payload) > MAX_PERSONAL_BYTES:
            continue
        if stated_personal_hash(run.facts[offset]) != personal_hash(payload):
            continue
        tx.execute(
            update(facts)
            .where(
                facts.c.station == station.station,
                facts.c.hash == hashes[offset],
                facts.c.personal.is_(None),
            )
            .values(personal=payload, interpreted=False)
        )


def stated_personal_hash(data: bytes) -> str:
    """The hash of the personal payload that a fact's bytes name; empty if none can be read."""
    try:
        return read_fact(data).personal_hash
    except (BadInput, RecursionError):
        return ""
