"""A durable sign-in beside one raw commit of one row on the same disk; alone, and during sync."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from app.areas.attendance.marks import Lane
from app.areas.sessions.facts import SessionOpened, SessionPrepared
from app.bootstrap import OpenStation, open_station
from app.domain.ids import PersonId, SessionId
from app.store.engine import PRAGMAS, SQLITE, set_pragmas
from bench.data.histories import Past, person_at
from bench.figures import Figure, Spread, median, missing, percentile, single
from bench.places import Places
from bench.processes.children import ask

PEOPLE = 180
ALONE, SYNCING, QUICK = 2_000, 500, 5
"""So many sign-ins; a p99 of fewer is the worst of them. A quick run takes a fifth."""
PAUSE_S = 0.1
"""A centre answers one station 600 times a minute at most."""
GOAL_P50_MS, GOAL_P99_MS, GOAL_SYNCING_MS = 1.4, 1.0, 5.9
"""Our own work beside the commit of one row on the same disk."""


def begin_session(opened: OpenStation) -> tuple[SessionId, list[PersonId]]:
    """Open sign-in for the first people of the home, as many whatever its roster."""
    tools = opened.station.tools
    session = SessionId(tools.new_id("s"))
    people = [person_at(place) for place in range(PEOPLE)]
    with tools.store.begin() as work:
        work.record(
            SessionPrepared(session, None, "group_session", "学习", (), (), None, 15),
            actor="operator",
        )
        work.record(SessionOpened(session, tuple(people), ()), actor="operator")
    return session, people


def who_comes(
    opened: OpenStation, count: int, on_lane: Callable[[Callable[[], Any]], Any]
) -> Iterator[tuple[SessionId, PersonId]]:
    """So many to sign in, in as many sessions as that takes; each begins when it is come to."""
    while count > 0:
        session, people = on_lane(partial(begin_session, opened))
        yield from ((session, person) for person in people[:count])
        count -= len(people)


def measure(places: Places) -> list[Figure]:
    """p50 and p99 alone, p99 while a sync runs, flushes per sign-in."""
    home = places.enrolled(places.home(Past(0, PEOPLE)))
    opened = open_station(home)
    part = QUICK if places.quick else 1
    try:
        ours, cpu, floor = _alone(opened, ALONE // part, places.root / "raw.db")
        during = _during_sync(opened, SYNCING // part)
    finally:
        opened.close()
    commit_p99 = percentile(floor, 99)
    return [
        _beside("durable sign-in, p50", median(ours), median(floor), GOAL_P50_MS),
        _beside(
            f"durable sign-in, p99 of {len(ours):,} without a pause (p50–worst)",
            percentile(ours, 99),
            commit_p99,
            GOAL_P99_MS,
        ),
        Figure("  its processor time, p99 (p50–worst)", "ms", percentile(cpu, 99), None, "", None),
        _beside(
            f"durable sign-in during sync, p99 of {len(during):,} (p50–worst)",
            percentile(during, 99),
            commit_p99,
            GOAL_SYNCING_MS,
        ),
        _flushes(places),
    ]


def _beside(name: str, ours: Spread, commit: Spread, goal_ms: float) -> Figure:
    met = ours.value <= commit.value + goal_ms
    return Figure(name, "ms", ours, commit, f"≤ floor + {goal_ms} ms", met)


def _alone(
    opened: OpenStation, count: int, raw: Path
) -> tuple[list[float], list[float], list[float]]:
    """Sign-ins and raw commits in turns, so that both see the same disk."""
    ours, cpu, floor = [], [], []
    with closing(_raw_commits(raw)) as commits:
        next(commits)
        for session, person in who_comes(opened, count, lambda job: job()):
            began, worked = time.perf_counter(), time.process_time()
            opened.station.attendance.sign_in(session, person, Lane.NAME_WALL, "member")
            cpu.append((time.process_time() - worked) * 1e3)
            ours.append((time.perf_counter() - began) * 1e3)
            floor.append(next(commits))
    return ours, cpu, floor


def _raw_commits(path: Path) -> Generator[float]:
    """The time (ms) of one raw one-row commit after the other."""
    with closing(SQLITE.connect(path, isolation_level=None)) as connection:
        set_pragmas(connection, PRAGMAS)
        connection.execute("CREATE TABLE one (a INTEGER PRIMARY KEY, b BLOB)")
        while True:
            started = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO one (b) VALUES (?)", (b"x" * 200,))
            connection.execute("COMMIT")
            yield (time.perf_counter() - started) * 1e3


def _during_sync(opened: OpenStation, count: int) -> list[float]:
    """Sign-ins through the store lane while the net lane exchanges as often as a centre allows."""
    over = Event()
    lane, net = ThreadPoolExecutor(1), ThreadPoolExecutor(1)

    def on_lane(job: Callable[[], Any]) -> Any:
        return lane.submit(job).result()

    def exchange() -> None:
        while not over.is_set():
            done = opened.station.sync.run(store_lane=on_lane, courses=False)
            if done.trouble is not None:
                raise done.trouble
            over.wait(PAUSE_S)

    rounds: Future[Any] = net.submit(exchange)
    taken = []
    for session, person in who_comes(opened, count, on_lane):
        started = time.perf_counter()
        on_lane(
            partial(opened.station.attendance.sign_in, session, person, Lane.NAME_WALL, "member")
        )
        taken.append((time.perf_counter() - started) * 1e3)
        over.wait(0.005)
    over.set()
    rounds.result()
    net.shutdown()
    lane.shutdown()
    return taken


def _flushes(places: Places) -> Figure:
    """Flush calls a sign-in, counted from outside: many sign-ins less few."""
    tracer = shutil.which("strace")
    if tracer is None:
        return missing("flushes a sign-in", "needs strace to be counted")
    counts = [_count(places, tracer, signed) for signed in (20, 120)]
    each = single((counts[1] - counts[0]) / 100)
    return Figure(
        "flushes a sign-in (with checkpoints)", "", each, single(1.0), "≤ 1.05", each.value <= 1.05
    )


def _count(places: Places, tracer: str, signed: int) -> int:
    home = places.home(Past(0, PEOPLE))
    traced = places.root / f"flushes{signed}"
    watch = (tracer, "-f", "-c", "-o", str(traced), "-e", "trace=fsync,fdatasync")
    ask(places.root, "bench.program.child_sign_in", str(home), str(signed), before=watch)
    calls = re.findall(r"(\d+)\s+f(?:data)?sync$", traced.read_text(), re.MULTILINE)
    return sum(int(count) for count in calls)
