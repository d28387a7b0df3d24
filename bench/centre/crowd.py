"""Sixty-four stations at once on one SQLite centre, each with a thousand facts.

Peers answer "database is locked" to most of them (``performance.md`` 1.5). The floor takes the
same facts from as many connections at once, and does nothing but keep them.
"""

from __future__ import annotations

import http.client
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import zstandard

from bench.centre.swarm import Told
from bench.centre.swarms import Story, prepare
from bench.centre.talk import floor_sender
from bench.centre.tallies import Tally, tally, wait_until_understood
from bench.data.cast import Cast, let_in
from bench.data.long_past import sessions
from bench.figures import Figure, Spread, median, percentile, single
from bench.places import Places
from bench.processes.children import environment
from bench.processes.meters import Watch, load_average
from centre.interpretation.on_demand import interpret_waiting
from centre.opening import open_centre
from centre.service import Centre
from centre.settings import Settings
from tests.support.centre_process import running_centre

STATIONS = 64
FACTS_EACH = 1_000
_UNDERSTOOD_S = 600.0


def measure(places: Places) -> list[Figure]:
    """Several crowds, each on a new centre, in turns with the floor."""
    os.environ.update(environment(places.root))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    each = 200 if places.quick else FACTS_EACH
    rates, floors, answers, refused, cpu = [], [], list[float](), 0, []
    trouble: list[str] = []
    for number in range(1 if places.quick else 3):
        with floor_sender(places) as sender:
            floors.append(_floor(sender.port, each))
        told, counted, spent_s = _crowd(places.root / f"crowd{number}", 500 + number, each)
        rates.append(STATIONS * each / max(told.confirmed_at))
        answers += [
            ms for ms, status in zip(told.taken_ms, told.status, strict=True) if status == 200
        ]
        refused += sum(status != 200 for status in told.status) + told.broken
        cpu.append(spent_s / (STATIONS * each) * 1e6)
        if not counted.is_right or told.wrong or told.unfinished:
            trouble.append(f"{counted} {told.wrong[:1]} {told.unfinished}")
    return _figures(each, rates, median(floors), answers, refused, cpu, trouble)


def _figures(  # noqa: PLR0913 - what came of all crowds
    each: int,
    rates: Sequence[float],
    floor: Spread,
    answers: Sequence[float],
    refused: int,
    cpu: Sequence[float],
    trouble: Sequence[str],
) -> list[Figure]:
    name = f"{STATIONS} stations at once on SQLite, {each:,} facts each"
    rate = median(rates)
    return [
        Figure(
            f"{name}: failures",
            "",
            single(len(trouble)),
            None,
            "0",
            not trouble,
            "; ".join(trouble) or "0 lost, 0 doubled, every sum equal",
        ),
        Figure(
            f"{name}: facts (more is better)",
            "facts/s",
            rate,
            floor,
            "",
            None,
            f"{floor.value / rate.value:.1f}× slower than the floor; load {load_average()}",
        ),
        Figure(f"{name}: answer p99 (p50–max)", "ms", percentile(answers, 99), None, "", None),
        Figure(f"{name}: told to come back later", "", single(refused), None, "", None),
        Figure(f"{name}: processor of the service", "µs/fact", median(cpu), None, "", None),
    ]


def _crowd(home: Path, seed: int, each: int) -> tuple[Told, Tally, float]:
    with _opened(home) as centre:
        cast = Cast(seed, STATIONS)
        known = let_in(centre, cast)
        with running_centre(home) as served:
            story = Story(((0.0, 0.0),), facts_each=each, give_up_s=300)
            ready = prepare(served, known, cast, story)
            try:
                with Watch(served.process.pid) as service:
                    ready.begin()
                    told = ready.told()
                spent_s = service.cpu_s
                interpret_waiting(centre)  # somebody looks
                wait_until_understood(centre, give_up_s=_UNDERSTOOD_S)
            finally:
                ready.close()
        return told, tally(centre, told), spent_s


@contextmanager
def _opened(home: Path) -> Iterator[Centre]:
    centre = open_centre(Settings(home))
    try:
        yield centre
    finally:
        centre.close()


def _floor(port: int, each: int) -> float:
    """Facts a second when as many connections bring as many facts to the floor at once."""
    data = [fact.data for one in sessions(each) for fact in one.facts][:each]
    body = zstandard.ZstdCompressor(level=3).compress(msgspec.msgpack.encode(data))
    gate = threading.Barrier(STATIONS + 1)
    threads = [
        threading.Thread(target=_bring, args=(port, body, gate), daemon=True)
        for _ in range(STATIONS)
    ]
    for one in threads:
        one.start()
    gate.wait()
    began = time.perf_counter()
    for one in threads:
        one.join()
    return STATIONS * each / (time.perf_counter() - began)


def _bring(port: int, body: bytes, gate: threading.Barrier) -> None:
    gate.wait()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("POST", "/", body)
    connection.getresponse().read()
    connection.close()
