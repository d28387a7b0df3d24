"""A session while it runs: every fact comes in an exchange of its own, and the report keeps up.

No HTTP; the service in this process over a durable PostgreSQL, at the pace of a real session by
a clock that is set forward. What it costs is processor time of both together, beside a program
that only commits the same bytes one at a time.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from bench.centre.in_process import ask
from bench.data.cast import FEED_REV, Cast, let_in
from bench.data.session import SESSION_S, attendances, moments
from bench.data.speaker import CentreSaid, Speaker
from bench.figures import Figure, median
from bench.places import Places
from bench.processes.cluster import DurableCluster, durable_cluster
from bench.processes.meters import cost_of, load_average
from centre.interpretation.pending import interpret_due
from centre.interpretation.queue import waiting_facts
from centre.opening import open_centre
from centre.settings import Settings

GOAL_MS = 6.0
_COMING = 38
_FACTS_A_LOOK = 10
"""A centre of many rooms looks once a second who is to be read."""
_SEED = 3


@dataclass(slots=True)
class _SetForward:
    """The centre's clock: it stands where the session is."""

    ms: int

    def __call__(self) -> int:
        return self.ms


@dataclass(slots=True)
class _Spent:
    """Processor seconds of this process."""

    s: float = 0.0

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count what is done meanwhile."""
        began = time.process_time()
        yield
        self.s += time.process_time() - began


def measure(places: Places) -> list[Figure]:
    """Milliseconds of processor time a fact, of it in the service, and what reading makes of it."""
    rooms = 12 if places.quick else 40
    ours, service, reading, floor = [], [], [], []
    with durable_cluster() as cluster:
        for _ in range(1 if places.quick else 3):
            with tempfile.TemporaryDirectory(dir=places.root) as home:
                taken, read, database_s, data = _sessions(Path(home), cluster, rooms)
            floor.append(_bare(cluster, data) / len(data) * 1e3)
            ours.append((taken + read + database_s) / len(data) * 1e3)
            service.append(taken / len(data) * 1e3)
            reading.append(read / len(data) * 1e3)
    whole = median(ours)
    name = f"centre, {rooms} sessions of {_COMING}, one fact an exchange: service + PostgreSQL"
    note = f"load {load_average()}"
    met = whole.value <= GOAL_MS
    return [
        Figure(name, "ms/fact", whole, median(floor), f"≤ {GOAL_MS:g}", met, note),
        Figure("  of it taking in, in the service", "ms/fact", median(service), None, "", None),
        Figure("  of it reading, in the service", "ms/fact", median(reading), None, "", None),
    ]


def _sessions(
    home: Path, cluster: DurableCluster, rooms: int
) -> tuple[float, float, float, list[bytes]]:
    """Seconds of taking in, of reading, of the database; and the facts that came."""
    begins_ms = int(time.time() * 1e3) - int(SESSION_S * 1e3)
    clock = _SetForward(begins_ms)
    centre = open_centre(Settings(home, cluster.cluster.new_database()), now_ms=clock)
    cast = Cast(_SEED, rooms, _COMING * rooms)
    known = let_in(centre, cast)
    said = CentreSaid("here", known.key, known.generation, FEED_REV)
    speakers = [Speaker(_SEED, one, said) for one in range(rooms)]
    for one in speakers:
        one.begin(begins_ms)
        ask(centre, one)
    interpret_due(centre)
    taking, reading = _Spent(), _Spent()
    before = cost_of(cluster.pid).cpu_s
    coming = attendances(rooms, cast.attendances, _SEED)
    programme = [
        (one.at_s, place, at, one)
        for place in range(rooms)
        for at, one in enumerate(moments(_SEED, place, coming[place]))
    ]
    places: list[dict[int, int]] = [{} for _ in speakers]
    for number, (at_s, place, at, moment) in enumerate(sorted(programme, key=lambda one: one[:3])):
        clock.ms = begins_ms + int(at_s * 1e3)
        speakers[place].record_moment(moment, places[place], at, clock.ms)
        ask(centre, speakers[place], taking.counted())
        urgent = centre.arrivals.take()
        if urgent or number % _FACTS_A_LOOK == 0:
            with reading.counted():
                interpret_due(centre, urgent)
    database_s = cost_of(cluster.pid).cpu_s - before
    waiting = len(waiting_facts(centre))
    centre.close()
    if waiting:
        raise RuntimeError(f"{waiting} facts wait")
    data = [fact for one in speakers for fact in one.facts[1:]]
    return taking.s, reading.s, database_s, data


def _bare(cluster: DurableCluster, data: list[bytes]) -> float:
    """Processor seconds of a program and its database that only commit these facts one by one."""
    url = make_url(cluster.cluster.new_database())
    with psycopg.connect(host=str(url.query["host"]), dbname=url.database, user="postgres") as db:
        db.execute("CREATE TABLE facts (arrival BIGSERIAL PRIMARY KEY, bytes BYTEA NOT NULL)")
        db.commit()
        before, own = cost_of(cluster.pid).cpu_s, time.process_time()
        for one in data:
            db.execute("INSERT INTO facts (bytes) VALUES (%s)", (one,))
            db.commit()
        return time.process_time() - own + cost_of(cluster.pid).cpu_s - before
