"""After the run: is at the centre exactly what the stations hold, once, and is it understood?"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, not_, select

from app.areas.attendance.marks import PRESENCE
from app.areas.sessions.report import SessionReport
from app.wire.codec import read_row
from app.wire.sums import ZERO, add_hashes
from bench.centre.swarm import Told
from centre.service import Centre
from centre.store.projection_tables import held, report_sessions
from centre.store.tables import facts, stations

_LOOK_EVERY_S = 0.2
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Tally:
    """What the database holds against what was sent; all but the counts must be 0."""

    facts: int
    attendances: int
    sessions: int
    lost: int
    doubled: int
    stations_that_differ: int
    unconfirmed: int
    waiting: int
    sessions_that_disagree: int

    @property
    def is_right(self) -> bool:
        """Whether nothing is lost, doubled, unconfirmed or in the queue."""
        return not (
            self.lost
            or self.doubled
            or self.stations_that_differ
            or self.unconfirmed
            or self.waiting
            or self.sessions_that_disagree
        )


def wait_until_understood(centre: Centre, *, give_up_s: float) -> float:
    """Wait until nothing is left to be read into the report; when that was (s since 1970).

    Raises:
        RuntimeError: it took too long.
    """
    new = select(facts.c.arrival).where(not_(facts.c.interpreted), not_(facts.c.quarantined))
    until = time.time() + give_up_s
    while time.time() < until:
        with centre.store.reading() as tx:
            if tx.execute(new.limit(1)).first() is None:
                return time.time()
        time.sleep(_LOOK_EVERY_S)
    raise RuntimeError("the centre does not come to an end of reading")


def tally(centre: Centre, told: Told) -> Tally:
    """Compare every station's facts, one by one, and the sums the centre keeps."""
    with centre.store.reading() as tx:
        kept = _by_station(tx)
        said = select(stations.c.id, stations.c.held_facts, stations.c.held_sum)
        says = {row.id: (row.held_facts, bytes(row.held_sum)) for row in tx.execute(said)}
        disagree, sessions, present = _sessions(tx)
        waiting = tx.scalar(select(func.count()).select_from(held)) or 0
    lost = doubled = differ = unconfirmed = 0
    for name, count, total, confirmed, _agreed in told.stations:
        stored, distinct, own = kept.get(name, (0, 0, ZERO))
        lost += max(count - distinct, 0)
        doubled += stored - distinct
        unconfirmed += count - confirmed
        right = own.hex() == total and says.get(name) == (count, bytes.fromhex(total))
        differ += not right
    return Tally(
        facts=sum(one[0] for one in kept.values()),
        attendances=present,
        sessions=sessions,
        lost=lost,
        doubled=doubled,
        stations_that_differ=differ,
        unconfirmed=unconfirmed,
        waiting=waiting,
        sessions_that_disagree=disagree,
    )


def _by_station(tx: Connection) -> dict[str, tuple[int, int, bytes]]:
    """Facts, distinct hashes and their sum of each station, out of the rows themselves."""
    out: dict[str, tuple[int, int, bytes]] = {}
    query = select(facts.c.station, facts.c.hash).order_by(facts.c.station)
    station, hashes = "", list[bytes]()
    for row in tx.execute(query).yield_per(_AT_ONCE):
        if row.station != station:
            _close(out, station, hashes)
            station, hashes = row.station, []
        hashes.append(bytes(row.hash))
    _close(out, station, hashes)
    return out


def _close(out: dict[str, tuple[int, int, bytes]], station: str, hashes: Iterable[bytes]) -> None:
    held_here = list(hashes)
    if station:
        distinct = set(held_here)
        out[station] = (len(held_here), len(distinct), add_hashes(ZERO, distinct))


def _sessions(tx: Connection) -> tuple[int, int, int]:
    """Sessions whose report is not what the station saw at the close, all sessions, who came."""
    disagree = count = came = 0
    for body in tx.scalars(select(report_sessions.c.body)).yield_per(_AT_ONCE):
        told = read_row(body, SessionReport)
        listed = sum(one.status in PRESENCE for one in told.people)
        disagree += told.agrees is False or listed != told.turnout.in_room
        count += 1
        came += listed
    return disagree, count, came
