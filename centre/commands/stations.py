"""``stations`` and ``release``: who sends here, how each stands, and letting its facts count."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
from sqlalchemy import func, select

from centre.clock_sense import DAY_MS, off_by
from centre.opening import open_centre
from centre.service import Centre
from centre.settings import Settings
from centre.stations.credentials import Standing, standing_of
from centre.stations.releasing import release
from centre.stations.vouching import life_ms
from centre.store.projection_tables import held
from centre.store.tables import facts, segments, sites, stations
from centre.words import say

_STATES = {
    Standing.ACTIVE.value: "centre.state_active",
    Standing.REVOKED.value: "centre.state_revoked",
    Standing.EXPIRED.value: "centre.state_expired",
}


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


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``stations`` and ``release``."""
    listed = commands.add_parser("stations")
    listed.add_argument("--json", action="store_true")
    listed.set_defaults(run=_list)

    released = commands.add_parser("release")
    released.add_argument("id")
    released.add_argument(
        "--let-in", action="store_true", help="serve its PC again, which had been shut out"
    )
    released.set_defaults(run=_release)


@contextmanager
def _opened(settings: Settings) -> Iterator[Centre]:
    centre = open_centre(settings)
    try:
        yield centre
    finally:
        centre.close()


def _list(settings: Settings, chosen: argparse.Namespace) -> int:
    with _opened(settings) as centre:
        found = list_stations(centre)
    if chosen.json:
        sys.stdout.write(msgspec.json.encode(found).decode() + "\n")
        return 0
    for one in found:
        sys.stdout.write(_line(one) + "\n")
    if not found:
        sys.stdout.write(say("centre.no_stations") + "\n")
    days = clock_days(found)
    if days:
        sys.stdout.write(say("centre.clock_off", days=days) + "\n")
    return 0


def clock_days(found: Iterable[ListedStation]) -> int:
    """By how many days the centre's clock and most stations' differ; 0 when they agree.

    Those that were there lately, as against the newest visit, have a say.
    """
    known = [one for one in found if one.offset_ms is not None and one.seen_ms is not None]
    newest = max((one.seen_ms or 0 for one in known), default=0)
    lately = [one.offset_ms or 0 for one in known if (one.seen_ms or 0) >= newest - 30 * DAY_MS]
    off = off_by(lately)
    return 0 if off is None else max(round(abs(off) / DAY_MS), 1)


def _line(one: ListedStation) -> str:
    """One station in words; what is out of the ordinary stands after it."""
    parts = [
        say(
            "centre.station_line",
            station=one.station,
            site=one.site_name,
            state=say(_STATES[one.state]),
            seen=_when(one.seen_ms),
            facts=one.facts,
            agreed=say("centre.agreed" if one.agreed else "centre.not_agreed"),
        )
    ]
    if one.expires_ms is not None:
        parts.append(say("centre.station_expires", when=_when(one.expires_ms)))
    if one.quarantined:
        parts.append(say("centre.station_quarantined", count=one.quarantined, station=one.station))
    if one.state == Standing.EXPIRED.value:
        parts.append(say("centre.station_renew", station=one.station))
    if one.waiting:
        parts.append(say("centre.station_waiting", count=one.waiting))
    if one.forks:
        parts.append(say("centre.station_forks", count=one.forks))
    if one.copied_ms is not None:
        parts.append(say("centre.station_copied", when=_when(one.copied_ms)))
    if one.moved_ms is not None:
        moved = {"site": one.moved_site, "station": one.moved_to, "when": _when(one.moved_ms)}
        parts.append(say("centre.station_moved", **moved))
    if one.put_back_ms is not None:
        parts.append(say("centre.station_put_back", when=_when(one.put_back_ms)))
    return "".join(parts)


def _when(ms: int | None) -> str:
    if ms is None:
        return say("centre.never")
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def _release(settings: Settings, chosen: argparse.Namespace) -> int:
    with _opened(settings) as centre:
        done = release(centre, chosen.id, let_in=chosen.let_in)
    values = {"station": chosen.id, "facts": done.facts, "segments": done.segments}
    sys.stdout.write(say("centre.released", **values) + "\n")
    if done.shut_out:
        sys.stdout.write(say("centre.released_still_out", station=chosen.id) + "\n")
    if done.renewed:
        sys.stdout.write(say("centre.released_let_in", station=chosen.id) + "\n")
    return 0
