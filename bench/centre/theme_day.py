"""A county's theme day against the real service on PostgreSQL, and the herd after an outage.

Three stories, each with stations, centre and database of its own: the busiest two minutes as
they really come; the whole session, passing faster; everybody back after an outage that lasted
the session. At the end of each the database is compared with what every station holds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from bench.centre.swarm import Told
from bench.centre.swarms import Ready, Story, prepare
from bench.centre.tallies import Tally, tally, wait_until_understood
from bench.data.cast import Cast, let_in
from bench.data.session import SESSION_S, START_S
from bench.figures import Figure, percentile, single
from bench.places import Places
from bench.processes.children import environment
from bench.processes.cluster import DurableCluster, durable_cluster
from bench.processes.meters import Watch, load_average
from centre.interpretation.on_demand import interpret_waiting
from centre.opening import open_centre
from centre.service import Centre
from centre.settings import Settings
from tests.support.centre_process import RunningCentre, running_centre

STATIONS = 6_700
ATTENDANCES = 200_000
FACTOR = 24.0
"""How much faster than in life the whole session passes: two hours in five minutes."""
_WARM_S = 240.0
"""So long before the busiest minutes all come with what they had before; less, and the minutes
that are watched would be a herd's."""
_WINDOW_S = 120.0
HERD_S = 120
_UNDERSTOOD_S = 900.0


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the day is, and how it is served."""

    stations: int = STATIONS
    attendances: int = ATTENDANCES
    factor: float = FACTOR
    processes: int = 2
    generators: int = 1
    herd_s: int = HERD_S
    """Within how many seconds all come back."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What one story gave. Times in seconds from its beginning."""

    told: Told
    tally: Tally
    confirmed_s: float
    understood_s: float
    service: Watch
    database: Watch
    database_mib: float
    load: str
    window: tuple[float, float]
    """Only exchanges sent in this stretch are counted for rates and times."""


def measure(places: Places) -> list[Figure]:
    """All three stories in turn."""
    scale = scale_of(places)
    os.environ.update(environment(places.root))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    out: list[Figure] = []
    for name, story, window in stories(scale):
        with durable_cluster() as cluster:
            ran = run_story(places.root / name.replace(" ", "-"), cluster, scale, story, window)
        out += figures(name, scale, ran)
    return out


def scale_of(places: Places) -> Scale:
    """The full day, or a tenth of it; the environment may say otherwise."""
    small = places.quick
    return Scale(
        stations=_asked("STATIONS", STATIONS // 10 if small else STATIONS),
        attendances=_asked("ATTENDANCES", ATTENDANCES // 10 if small else ATTENDANCES),
        factor=float(_asked("FACTOR", 72 if small else int(FACTOR))),
        processes=_asked("PROCESSES", 2),
        generators=_asked("GENERATORS", 1),
        herd_s=_asked("HERD_S", HERD_S // 10 if small else HERD_S),
    )


def stories(scale: Scale) -> Iterator[tuple[str, Story, tuple[float, float]]]:
    """Name, story and the stretch that is measured; ``YJ_BENCH_STORIES`` chooses some."""
    chosen = os.environ.get("YJ_BENCH_STORIES", "busiest session herd").split()
    if "busiest" in chosen:
        first_s = START_S - 120 - _WINDOW_S / 2
        corners = ((_WARM_S, first_s), (_WARM_S + _WINDOW_S, first_s + _WINDOW_S))
        story = Story(corners, spread_s=_WARM_S * 0.8)
        yield "busiest minutes", story, (_WARM_S, _WARM_S + _WINDOW_S)
    if "session" in chosen:
        lasts_s = SESSION_S / scale.factor
        story = Story(((0.0, 0.0), (lasts_s, SESSION_S)))
        yield f"session {scale.factor:.0f}× as fast", story, (0.0, lasts_s)
    if "herd" in chosen:
        yield (
            f"herd within {scale.herd_s} s",
            Story(((0.0, SESSION_S),), spread_s=scale.herd_s),
            (0.0, float("inf")),
        )


def run_story(
    home: Path,
    cluster: DurableCluster,
    scale: Scale,
    story: Story,
    window: tuple[float, float] = (0.0, float("inf")),
) -> Ran:
    """Let a cast into a new database, serve it, let it live through a story, and compare."""
    address = cluster.cluster.new_database()
    cast = Cast(20261118, scale.stations, scale.attendances)
    with _opened(home, address) as centre:
        known = let_in(centre, cast)
        with centre.store.writing() as tx:
            tx.exec_driver_sql("ANALYZE")
        options = ("--processes", str(scale.processes))
        with running_centre(home, database=address, options=options) as served:
            ready = prepare(served, known, cast, story, processes=scale.generators)
            try:
                return _watched(centre, served, cluster, ready, address, window)
            finally:
                ready.close()


def _watched(
    centre: Centre,
    served: RunningCentre,
    cluster: DurableCluster,
    ready: Ready,
    address: str,
    window: tuple[float, float],
) -> Ran:
    with Watch(served.process.pid) as service, Watch(cluster.pid) as database:
        began = ready.begin()
        told = ready.told()
        interpret_waiting(centre)  # somebody looks
        understood = wait_until_understood(centre, give_up_s=_UNDERSTOOD_S)
    with centre.store.reading() as tx:
        name = make_url(address).database
        size = tx.exec_driver_sql("SELECT pg_database_size(%s)", (name,)).scalar_one()
    return Ran(
        told=told,
        tally=tally(centre, told),
        confirmed_s=max(told.confirmed_at, default=0.0),
        understood_s=understood - began,
        service=service,
        database=database,
        database_mib=size / (1 << 20),
        load=load_average(),
        window=window,
    )


@contextmanager
def _opened(home: Path, address: str) -> Iterator[Centre]:
    centre = open_centre(Settings(home, address))
    try:
        yield centre
    finally:
        centre.close()


def figures(name: str, scale: Scale, ran: Ran) -> list[Figure]:
    """One story's figures; the tally is the one with a goal."""
    told, right = ran.told, ran.tally.is_right and not (ran.told.wrong or ran.told.unfinished)
    good, refused = _answers(told, ran.window)
    lasted_s = min(ran.window[1], max(told.sent_at, default=1.0)) - ran.window[0]
    brought = sum(
        many
        for at_s, many in zip(told.sent_at, told.brought, strict=True)
        if ran.window[0] <= at_s <= ran.window[1]
    )
    waited = [
        one
        for one, at_s in zip(told.confirmed_after_s, told.confirmed_at, strict=True)
        if ran.window[0] <= at_s - one and at_s <= ran.window[1] + 60
    ]
    about = f"{scale.stations:,} stations, {scale.processes} processes, load {ran.load}"
    counts = (
        f"{ran.tally.facts:,} facts, {ran.tally.attendances:,} attendances, "
        f"{ran.tally.sessions:,} sessions; " + _trouble(ran)
    )
    out = [
        Figure(
            f"{name}: lost + doubled",
            "facts",
            single(ran.tally.lost + ran.tally.doubled),
            None,
            "0",
            right,
            counts,
        ),
        Figure(f"{name}: exchanges", "/s", single(len(good) / lasted_s), None, "", None, about),
        Figure(f"{name}: facts brought", "/s", single(brought / lasted_s), None, "", None),
        *_times(name, good),
        Figure(f"{name}: answers 503/429", "", single(refused), None, "", None),
        Figure(f"{name}: broken connections", "", single(told.broken), None, "", None),
        Figure(f"{name}: all confirmed after", "s", single(ran.confirmed_s), None, "", None),
        Figure(f"{name}: all understood after", "s", single(ran.understood_s), None, "", None),
        *_costs(name, ran),
    ]
    if waited and ran.window[0] > 0:
        fact = percentile(waited, 99)
        out.append(Figure(f"{name}: fact → confirmed p99 (p50–max)", "s", fact, None, "", None))
    return out


def _times(name: str, good: Sequence[float]) -> Iterator[Figure]:
    for percent in (50, 95, 99):
        one = percentile(good or [0.0], percent)
        yield Figure(f"{name}: answer p{percent}", "ms", single(one.value), None, "", None)
    yield Figure(f"{name}: answer max", "ms", single(max(good, default=0.0)), None, "", None)


def _costs(name: str, ran: Ran) -> Iterator[Figure]:
    wall_s = max(ran.understood_s, 1e-9) * (os.cpu_count() or 1)
    spent = (
        ("service", ran.service.cpu_s),
        ("PostgreSQL", ran.database.cpu_s),
        ("load generator", ran.told.cpu_s),
    )
    for who, cpu_s in spent:
        note = f"{cpu_s:.0f} s of {wall_s:.0f} s"
        if who == "load generator":
            note += f", its loop at most {ran.told.late_s * 1e3:.0f} ms late"
        share = single(100 * cpu_s / wall_s)
        yield Figure(f"{name}: processor, {who}", "%", share, None, "", None, note)
    yield Figure(f"{name}: service, memory", "MiB", single(ran.service.most_mib), None, "", None)
    yield Figure(f"{name}: database", "MiB", single(ran.database_mib), None, "", None)


def _answers(told: Told, window: tuple[float, float]) -> tuple[list[float], int]:
    """Times (ms) of answers in the window, and how many told to come back later."""
    first_s, last_s = window
    good, refused = [], 0
    for at_s, ms, status in zip(told.sent_at, told.taken_ms, told.status, strict=True):
        if first_s <= at_s <= last_s:
            if status == 200:
                good.append(ms)
            else:
                refused += 1
    return good, refused


def _trouble(ran: Ran) -> str:
    tally_, told = ran.tally, ran.told
    said = {
        "lost": tally_.lost,
        "doubled": tally_.doubled,
        "stations whose sums differ": tally_.stations_that_differ,
        "unconfirmed": tally_.unconfirmed,
        "waiting": tally_.waiting,
        "sessions that disagree": tally_.sessions_that_disagree,
        "stations not finished": told.unfinished,
        "wrong answers": len(told.wrong),
    }
    bad = [f"{count} {word}" for word, count in said.items() if count]
    return "; ".join([*bad, *told.wrong[:2]]) or "0 lost, 0 doubled, every sum equal"


def _asked(name: str, otherwise: int) -> int:
    return int(os.environ.get(f"YJ_BENCH_{name}", otherwise))
