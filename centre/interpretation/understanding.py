"""How much of what a station sent has been read into the report."""

from __future__ import annotations

from sqlalchemy import Connection, Text, bindparam, func, not_, or_, select

from centre.store.tables import facts, held, segments, stations


def understood_count(tx: Connection, station: str, site: str) -> int:
    """Facts of a station that are in the report, or need not be; never walks the history.

    What is new, what waits in the queue and what is set apart is found by small indexes.
    """
    row = tx.execute(_COUNTS, {"station": station, "site": site}).one()
    total, new, waiting, apart = (int(one) for one in row)
    return max(total - new - waiting - apart, 0)


_STATION = bindparam("station", type_=Text)
_SITE = bindparam("site", type_=Text)
_NEW = (
    select(func.count())
    .where(
        facts.c.site == _SITE,
        not_(facts.c.interpreted),
        not_(facts.c.quarantined),
        facts.c.station == _STATION,
    )
    .scalar_subquery()
)
_WAITING = (
    select(func.count())
    .select_from(held.join(facts, facts.c.arrival == held.c.arrival))
    .where(held.c.site == _SITE, facts.c.station == _STATION, not_(facts.c.quarantined))
    .scalar_subquery()
)
_APART = (
    select(func.count())
    .select_from(
        facts.join(
            segments,
            (segments.c.station == facts.c.station) & (segments.c.segment == facts.c.segment),
        )
    )
    .where(
        facts.c.station == _STATION,
        facts.c.quarantined,
        or_(segments.c.fork_n.is_(None), facts.c.n < segments.c.fork_n),
    )
    .scalar_subquery()
)
_COUNTS = select(stations.c.held_facts, _NEW, _WAITING, _APART).where(stations.c.id == _STATION)
