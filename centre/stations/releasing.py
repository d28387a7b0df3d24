"""A person at the centre lets quarantined facts of a station count."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from app.domain.errors import NotFound
from app.wire.sums import ZERO, add_hashes
from centre.intake.site_lock import lock_site
from centre.interpretation.pending import interpret_pending
from centre.service import Centre
from centre.store.tables import facts, segments, stations


@dataclass(frozen=True, slots=True)
class Released:
    """How many facts count from now on, and in how many segments both branches do."""

    facts: int
    segments: int


def release(centre: Centre, station: str) -> Released:
    """Let all quarantined facts of a station count: both branches of forks, and what it sent
    when its right was over. A fork that was released is not set apart again.

    Raises:
        NotFound: there is no such station.
    """
    with centre.store.writing() as tx:
        row = tx.execute(
            select(stations).where(stations.c.id == station).with_for_update(key_share=True)
        ).one_or_none()
        if row is None:
            raise NotFound("centre.no_station", station=station)
        lock_site(tx, row.site)
        forks = tx.execute(
            select(segments.c.segment, segments.c.fork_n).where(
                segments.c.station == station, segments.c.fork_n.is_not(None)
            )
        ).all()
        for fork in forks:
            _count_branches(tx, station, fork.segment, fork.fork_n)
        done = tx.execute(
            update(facts)
            .where(facts.c.station == station, facts.c.quarantined)
            .values(quarantined=False, interpreted=False)
        )
    interpret_pending(centre, row.site)
    return Released(done.rowcount, len(forks))


def _count_branches(tx: Connection, station: str, segment: str, fork_n: int) -> None:
    """Count in what stands from the fork on."""
    query = select(facts.c.hash).where(
        facts.c.station == station, facts.c.segment == segment, facts.c.n >= fork_n
    )
    hashes = [bytes(one) for one in tx.scalars(query)]
    total = add_hashes(ZERO, hashes)
    mine = (segments.c.station == station, segments.c.segment == segment)
    held_sum = tx.scalar(select(segments.c.held_sum).where(*mine))
    tx.execute(
        update(segments)
        .where(*mine)
        .values(
            fork_n=None,
            held_facts=segments.c.held_facts + len(hashes),
            held_sum=add_hashes(bytes(held_sum or ZERO), (total,)),
        )
    )
    whole = stations.c.id == station
    held_sum = tx.scalar(select(stations.c.held_sum).where(whole))
    tx.execute(
        update(stations)
        .where(whole)
        .values(
            held_facts=stations.c.held_facts + len(hashes),
            held_sum=add_hashes(bytes(held_sum or ZERO), (total,)),
        )
    )
