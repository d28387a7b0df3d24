"""Reading the report: sessions with everyone in them, what waits, and branches of segments."""

from __future__ import annotations

from dataclasses import field

import sqlalchemy as sa
from sqlalchemy import Connection, select

from app.domain.values import dataclass
from centre.areas import report_of_areas
from centre.interpretation.on_demand import interpret_waiting
from centre.reports.counting import count
from centre.reports.sessions import ReportMeeting, ReportSession, meetings_of, read_sessions
from centre.service import Centre
from centre.sites import find_site
from centre.store.projection_tables import held
from centre.store.tables import segments, stations


@dataclass(frozen=True, slots=True)
class Fork:
    """A segment with two branches, two segments from one place, or one under two stations."""

    site: str
    stations: tuple[str, ...]
    segments: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Move:
    """A PC that was let in at another site; what it wrote before stays the old site's."""

    station: str
    site: str
    to_station: str
    to_site: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that was asked for; ``held`` counts what waits outside any session too.

    ``copied`` and ``put_back`` count stations: two PCs spoke for one; its files were put back.
    """

    sessions: tuple[ReportSession, ...]
    held: dict[str, int]
    forks: tuple[Fork, ...]
    facts: int
    detached: int
    quarantined: int = 0
    copied: int = 0
    put_back: int = 0
    moves: tuple[Move, ...] = ()
    meetings: tuple[ReportMeeting, ...] = ()
    """Real sessions with more than one sheet among ``sessions``, everybody counted once."""
    areas: dict[str, object] = field(default_factory=dict)
    """What each area says, by its name."""


def read_report(centre: Centre, *, site: str = "", session: str = "") -> Report:
    """The report of everything, of one site (id or name), or of one session.

    What came in and was not read yet is read first. The rest is read out of indexed rows.

    Raises:
        NotFound: there is no such site.
    """
    interpret_waiting(centre, site)
    with centre.store.reading() as tx:
        chosen = find_site(tx, site).id if site else ""
        sessions = read_sessions(tx, chosen, session)
        return Report(
            sessions,
            _held(tx, chosen),
            _forks(tx, chosen),
            moves=_moves(tx, chosen),
            meetings=meetings_of(tx, sessions, are_all=not session),
            areas=report_of_areas(tx, chosen),
            **count(tx, chosen),
        )


def _held(tx: Connection, site: str) -> dict[str, int]:
    query = select(held.c.reason, sa.func.count(held.c.arrival.distinct()).label("facts")).group_by(
        held.c.reason
    )
    if site:
        query = query.where(held.c.site == site)
    return {row.reason: row.facts for row in tx.execute(query.order_by(held.c.reason))}


def _forks(tx: Connection, site: str) -> tuple[Fork, ...]:
    own = segments.c.site == site if site else sa.true()
    query = select(segments).where(own, segments.c.forked)
    forks = [
        Fork(row.site, (row.station,), (row.segment,), "branches")
        for row in tx.execute(query.order_by(segments.c.station, segments.c.segment))
    ]
    forks += _shared(tx, own, segments.c.parent_hash, "siblings")
    forks += _shared(tx, own, segments.c.segment, "two_stations")
    return tuple(forks)


def _moves(tx: Connection, site: str) -> tuple[Move, ...]:
    """PCs that went from or to a site, by when."""
    after = stations.alias("after")
    query = (
        select(stations.c.id, stations.c.site, after.c.id, after.c.site, stations.c.moved_ms)
        .join(after, after.c.id == stations.c.moved_to)
        .order_by(stations.c.moved_ms, stations.c.id)
    )
    if site:
        query = query.where(sa.or_(stations.c.site == site, after.c.site == site))
    return tuple(Move(*row) for row in tx.execute(query))


def _shared(
    tx: Connection, own: sa.ColumnElement[bool], column: sa.Column[str], why: str
) -> list[Fork]:
    """Segments that share what only one should have."""
    other = segments.c.segment if column is segments.c.parent_hash else segments.c.station
    twice = (
        select(column)
        .where(own, column.is_not(None))
        .group_by(column)
        .having(sa.func.count(sa.distinct(other)) > 1)
    )
    query = select(segments).where(own, column.in_(twice)).order_by(column, other)
    groups: dict[str, list[sa.Row[tuple[str, str, str]]]] = {}
    for row in tx.execute(query):
        groups.setdefault(row._mapping[column.name], []).append(row)
    return [
        Fork(
            rows[0].site,
            tuple(dict.fromkeys(row.station for row in rows)),
            tuple(dict.fromkeys(row.segment for row in rows)),
            why,
        )
        for rows in groups.values()
    ]
