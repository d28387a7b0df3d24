"""Every station as the centre sees it: who sends here, and how each stands."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from app.domain.values import dataclass
from centre.clock_sense import DAY_MS, off_by
from centre.service import Centre
from centre.stations.credentials import standing_of
from centre.stations.vouching import life_ms
from centre.store.projection_tables import held
from centre.store.tables import facts, segments, sites, stations


@dataclass(frozen=True, slots=True)
class ListedStation:
    """One station as the centre sees it. Times are ms UTC, None when it never happened.

    ``facts`` are those held and not in a quarantined fork; ``agreed`` says that the station
    held just the same when it was last there. ``quarantined`` are those that do not count,
    ``waiting`` those in the queue for a person, ``forks`` the segments with two branches.
    ``moved_to`` is the station its PC became at another site, ``moved_site`` that site's name.
    """

    station: str
    site: str
    site_name: str
    state: str
    machine: str
    enrolled_ms: int
    seen_ms: int | None
    expires_ms: int | None
    copied_ms: int | None
    put_back_ms: int | None
    facts: int
    sum: str
    agreed: bool
    segments: int
    forks: int
    quarantined: int
    waiting: int
    moved_ms: int | None = None
    moved_to: str | None = None
    moved_site: str = ""
    offset_ms: int | None = None


def list_stations(centre: Centre) -> tuple[ListedStation, ...]:
    """All stations, by site and name."""
    with centre.store.reading() as tx:
        rows = tx.execute(
            select(stations, sites.c.name.label("site_name"))
            .join(sites, sites.c.id == stations.c.site)
            .order_by(sites.c.name, stations.c.id)
        ).all()
        counted = select(
            segments.c.station, func.count().label("all"), func.count().filter(segments.c.forked)
        )
        parts = {
            row[0]: (row[1], row[2]) for row in tx.execute(counted.group_by(segments.c.station))
        }
        apart = select(facts.c.station, func.count()).where(facts.c.quarantined)
        quarantined = {row[0]: row[1] for row in tx.execute(apart.group_by(facts.c.station))}
        queue = select(facts.c.station, func.count(held.c.arrival.distinct())).join(
            held, held.c.arrival == facts.c.arrival
        )
        waiting = {row[0]: row[1] for row in tx.execute(queue.group_by(facts.c.station))}
    now = centre.now_ms()
    names = {row.id: row.site_name for row in rows}
    return tuple(
        ListedStation(
            station=row.id,
            site=row.site,
            site_name=row.site_name,
            state=standing_of(row.revoked_ms, row.expires_ms, now, life_ms(centre)).value,
            machine=row.machine,
            enrolled_ms=row.enrolled_ms,
            seen_ms=row.seen_ms,
            expires_ms=row.expires_ms,
            copied_ms=row.copied_ms,
            put_back_ms=row.put_back_ms,
            facts=row.held_facts,
            sum=bytes(row.held_sum).hex(),
            agreed=row.agreed_facts == row.held_facts,
            segments=parts.get(row.id, (0, 0))[0],
            forks=parts.get(row.id, (0, 0))[1],
            quarantined=quarantined.get(row.id, 0),
            waiting=waiting.get(row.id, 0),
            moved_ms=row.moved_ms,
            moved_to=row.moved_to,
            moved_site=names.get(row.moved_to, ""),
            offset_ms=row.offset_ms,
        )
        for row in rows
    )


def clock_days(found: Iterable[ListedStation]) -> int:
    """By how many days the centre's clock and most stations' differ; 0 when they agree.

    Those that were there lately, as against the newest visit, have a say.
    """
    known = [one for one in found if one.offset_ms is not None and one.seen_ms is not None]
    newest = max((one.seen_ms or 0 for one in known), default=0)
    lately = [one.offset_ms or 0 for one in known if (one.seen_ms or 0) >= newest - 30 * DAY_MS]
    off = off_by(lately)
    return 0 if off is None else max(round(abs(off) / DAY_MS), 1)
