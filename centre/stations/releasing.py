"""A person at the centre lets quarantined facts of a station count."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select, update

from app.domain.errors import NotFound
from app.domain.values import dataclass
from app.wire.sums import ZERO, add_hashes
from centre.decisions.ledger import Kind, decide
from centre.interpretation.pending import interpret_pending
from centre.service import Centre
from centre.stations.credentials import Standing, standing_of
from centre.stations.vouching import life_ms
from centre.store.site_lock import lock_site
from centre.store.tables import facts, segments, stations
from centre.store.unread import read_again


@dataclass(frozen=True, slots=True)
class Released:
    """How many facts count from now on, and in how many segments both branches do.

    ``shut_out``: its PC is shut out still; ``renewed``: it may read again, its credential had ended.
    """

    facts: int
    segments: int
    shut_out: bool = False
    renewed: bool = False


def release(centre: Centre, station: str, *, let_in: bool = False) -> Released:
    """Let all quarantined facts of a station count: both branches of forks, and what it sent
    when its right was over. A fork that was released is not set apart again.

    What counts and who is served are two questions: a stolen PC's honest sessions may count while
    it stays shut out. ``let_in`` serves it again. A credential that merely ended is renewed.

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
        apart = (facts.c.station == station, facts.c.quarantined)
        count = read_again(tx, *apart, quarantined=False)
        decide(tx, centre, Kind.RELEASED, station, values={"facts": str(count)})
        if let_in and row.revoked_ms is not None:
            decide(tx, centre, Kind.LET_IN, station)
        renewed = _renew(tx, centre, row, let_in=let_in)
    interpret_pending(centre, row.site)
    is_out = row.revoked_ms is not None and not let_in
    return Released(count, len(forks), is_out, renewed)


def _renew(tx: Connection, centre: Centre, row: Row[Any], *, let_in: bool) -> bool:
    """Let a station read again whose credential ended, or that is let in; whether that was new."""
    now = centre.now_ms()
    standing = standing_of(row.revoked_ms, row.expires_ms, now, life_ms(centre))
    if standing is not Standing.EXPIRED and not (let_in and row.revoked_ms is not None):
        return False
    values = {"revoked_ms": None, "expires_ms": now + life_ms(centre)}
    tx.execute(update(stations).where(stations.c.id == row.id).values(**values))
    return True


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
