"""Kills the centre's process while a station is sending, starts it again, and counts on both sides."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy

from app.bootstrap import OpenStation, open_station
from app.usecases.sync_once import SyncOutcome
from centre.settings import Settings
from centre.store.tables import facts
from tests.durability.kills.scenes import Site, compared, furnish, synced
from tests.durability.lab.checks import Verdict
from tests.durability.lab.tally import Tally
from tests.support.centre_process import RunningCentre, running_centre

_ARRIVALS = 60
_BEYOND = 1.1


@dataclass(slots=True)
class MortalCentre:
    """A centre on one port of this machine; killed and started again as often as wanted."""

    home: Path
    database: str
    port: int = 0
    _ends: ExitStack = field(default_factory=ExitStack)
    _now: RunningCentre | None = None

    def start(self) -> RunningCentre:
        """Answer, at the port of the first time."""
        self._now = self._ends.enter_context(
            running_centre(self.home, database=self.database, port=self.port)
        )
        self.port = int(self._now.address.rsplit(":", 1)[1])
        return self._now

    def kill(self) -> None:
        """From one moment to the next."""
        if self._now is not None:
            self._now.kill()
        self.end()

    def end(self) -> None:
        """End it; a second call does nothing."""
        self._ends.close()


@contextmanager
def _mortal(home: Path, database: str) -> Iterator[MortalCentre]:
    centre = MortalCentre(home, database)
    try:
        yield centre
    finally:
        centre.end()


def kill_centre(folder: Path, *, database: str, kills: int, seed: int, line: str) -> Tally:
    """So many kills while it takes in what a station sends; each time all must agree again."""
    chance = random.Random(seed)
    tally = Tally(line)
    in_time = 0
    with _mortal(folder / "centre", database) as mortal:
        site = furnish(mortal.start(), folder / "station", f"site{seed}")
        opened = open_station(site.home)
        try:
            span_s = _timed_round(opened)
            for turn in range(kills):
                sent, moment_s = _arrive(opened), chance.random() * span_s * _BEYOND
                cut = _send_and_kill(opened, mortal, moment_s)
                in_time += cut
                before = opened.station.today.sync_view().confirmed
                again = Site(mortal.start(), site.name, site.home)
                verdict = _judge(
                    opened, again, sent, before, whole=turn % 10 == 9 or turn == kills - 1
                )
                tally.take(verdict, f"{line} seed {seed} kill {turn}")
        finally:
            opened.close()
    if kills > 3 and in_time == 0:
        tally.failures.append(f"{line}: no kill came before the round was done")
    return tally


def _timed_round(opened: OpenStation) -> float:
    """How long a round like those that will be killed takes, in seconds; all is sent before."""
    synced(opened.station)
    _arrive(opened)
    began = time.monotonic()
    synced(opened.station)
    return time.monotonic() - began


def _arrive(opened: OpenStation) -> int:
    """People arrive; the session is closed, so that the centre makes its report of it."""
    station = opened.station
    view = station.sessions.prepare_extra("学习", ())
    station.sessions.open_sign_in(view.session.id)
    for number in range(_ARRIVALS):
        station.attendance.admit_visitor(view.session.id, f"来宾{number}")
    station.sessions.close(view.session.id)
    return _ARRIVALS


def _send_and_kill(opened: OpenStation, centre: MortalCentre, moment_s: float) -> bool:
    """Whether the kill came before the round was done."""

    def send() -> SyncOutcome:
        return opened.station.sync.run(store_lane=lambda job: job(), courses=False)

    with ThreadPoolExecutor(1) as lane:
        sending = lane.submit(send)
        wait([sending], timeout=moment_s)
        cut = not sending.done()
        centre.kill()
        sending.result(timeout=60)
    return cut


def _judge(opened: OpenStation, site: Site, sent: int, confirmed: int, *, whole: bool) -> Verdict:
    """What the station was told is confirmed must be there; then both must agree.

    They agree by count and sum of all facts; ``whole`` also compares all lines of the report.
    """
    held = _held(site.centre)
    why = synced(opened.station)
    lacking, too_much = compared(site, opened.station) if whole else (0, 0)
    here = opened.station.tools.store.held().facts
    why = why or ("" if _held(site.centre) == here else f"{_held(site.centre)} of {here} held")
    return Verdict(
        acked=sent,
        lost=lacking + max(0, confirmed - held),
        unexpected=too_much,
        why=why,
    )


def _held(centre: RunningCentre) -> int:
    """How many facts stand in its database; it has one station only."""
    address = Settings(centre.home, centre.database).database_address
    engine = sqlalchemy.create_engine(address, poolclass=sqlalchemy.NullPool)
    try:
        with engine.connect() as conn:
            query = sqlalchemy.select(sqlalchemy.func.count()).select_from(facts)
            return int(conn.scalar(query) or 0)
    finally:
        engine.dispose()
