"""How much of what a station sent has been read into the report."""

from __future__ import annotations

from sqlalchemy import Connection, func, not_, or_, select

from centre.store.tables import facts, held, segments, stations


def understood_count(tx: Connection, station: str, site: str) -> int:
    """Facts of a station that are in the report, or need not be; never walks the history.

    What is new, what waits in the queue and what is set apart is found by small indexes.
    """
    total = tx.scalar(select(stations.c.held_facts).where(stations.c.id == station)) or 0
    new = select(func.count()).where(
        facts.c.site == site,
        not_(facts.c.interpreted),
        not_(facts.c.quarantined),
        facts.c.station == station,
    )
    waiting = (
        select(func.count())
        .select_from(held.join(facts, facts.c.arrival == held.c.arrival))
        .where(held.c.site == site, facts.c.station == station, not_(facts.c.quarantined))
    )
    apart = (
        select(func.count())
        .select_from(
            facts.join(
                segments,
                (segments.c.station == facts.c.station) & (segments.c.segment == facts.c.segment),
            )
        )
        .where(
            facts.c.station == station,
            facts.c.quarantined,
            or_(segments.c.fork_n.is_(None), facts.c.n < segments.c.fork_n),
        )
    )
    out = sum(int(tx.scalar(query) or 0) for query in (new, waiting, apart))
    return max(int(total) - out, 0)
