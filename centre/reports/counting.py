"""How many facts there are, and what is strange about them: added up, never by reading them all."""

from __future__ import annotations

from typing import TypedDict

from sqlalchemy import Connection, and_, func, not_, select, true

from centre.store.tables import facts, segments, stations


class Counts(TypedDict):
    """Facts in all, those behind a gap, those set apart; stations flagged as copied or put back."""

    facts: int
    detached: int
    quarantined: int
    copied: int
    put_back: int


def count(tx: Connection, site: str) -> Counts:
    """Count for one site, or for all when it is empty.

    What counts is kept per segment; what is detached or set apart has small indexes of its own.
    """
    its = and_(segments.c.station == facts.c.station, segments.c.segment == facts.c.segment)
    of_segments = segments.c.site == site if site else true()
    of_facts = facts.c.site == site if site else true()
    of_stations = stations.c.site == site if site else true()
    counted = tx.scalar(select(func.sum(segments.c.held_facts)).where(of_segments))
    forked = tx.scalar(
        select(func.count())
        .select_from(facts.join(segments, its))
        .where(facts.c.quarantined, of_facts, facts.c.n >= segments.c.fork_n)
    )
    flagged = select(func.count(stations.c.copied_ms), func.count(stations.c.put_back_ms))
    copied, put_back = tx.execute(flagged.where(of_stations)).one()
    return Counts(
        facts=int(counted or 0) + int(forked or 0),
        detached=int(
            tx.scalar(
                select(func.count()).select_from(facts).where(not_(facts.c.attached), of_facts)
            )
            or 0
        ),
        quarantined=int(
            tx.scalar(select(func.count()).select_from(facts).where(facts.c.quarantined, of_facts))
            or 0
        ),
        copied=copied,
        put_back=put_back,
    )
