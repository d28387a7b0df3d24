"""A push of a hundred thousand facts from one station to a SQLite centre, beside the floor.

The whole way: read from the station's store, packed, signed, sent over HTTP, verified, chained,
kept, receipted, and the receipts kept. The floor reads, sends and keeps the same bytes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from app.bootstrap import OpenStation, open_station
from app.machine.enrolment import keep_enrolment, load_enrolment
from bench.centre.talk import floor_sender, send_all, watch
from bench.data.histories import Past
from bench.data.long_past import LISTED, Segment, into_station, sessions
from bench.figures import Figure, median, single
from bench.floors.push import Sender
from bench.places import Places
from bench.processes.meters import cost_of, load_average
from bench.processes.relay import relay_to

GOAL_RATE, GOAL_BYTES = 100_000, 30


def measure(places: Places) -> list[Figure]:
    """Rates in turns with the floor, processor time of both ends, and bytes on the wire."""
    count = 10_000 if places.quick else 100_000
    past = sessions(count)
    rates, floors, here, there = [], [], [], []
    with floor_sender(places) as sender:
        for _ in range(1 if places.quick else 3):
            home = _home(places, past)
            began = time.perf_counter()
            sender.push(home / "station.db", count)
            floors.append(count / (time.perf_counter() - began))
            taken_s, own_s, centre_s = _push(places, home, count)
            rates.append(count / taken_s)
            here.append(own_s / count * 1e6)
            there.append(centre_s / count * 1e6)
        floor_bytes = _floor_bytes(sender, home, count)
    rate, floor = median(rates), median(floors)
    return [
        Figure(
            f"push of {count:,} facts over HTTP to SQLite (more is better)",
            "facts/s",
            rate,
            floor,
            f"≥ {GOAL_RATE:,}",
            rate.value >= GOAL_RATE,
            f"{floor.value / rate.value:.1f}× slower than the floor; load {load_average()}",
        ),
        Figure("  processor time at the station", "µs/fact", median(here), None, "", None),
        Figure("  processor time at the centre", "µs/fact", median(there), None, "", None),
        *_wire(places, past, floor_bytes),
    ]


def _home(places: Places, past: Sequence[Segment]) -> Path:
    """A home with this past, nothing of it sent."""
    home = places.enrolled(places.home(Past(0, 200)))
    into_station(home, past, sent=False)
    return home


def _push(places: Places, home: Path, count: int) -> tuple[float, float, float]:
    """Seconds it took, and processor seconds at the station and at the centre."""
    centre = places.centre().process.pid
    opened = open_station(home)
    try:
        _watched, sync = watch(opened)
        before, cpu, began = cost_of(centre).cpu_s, time.process_time(), time.perf_counter()
        send_all(opened, sync)
        taken_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
        centre_s = cost_of(centre).cpu_s - before
        _check(opened, count)
        return taken_s, cpu_s, centre_s
    finally:
        opened.close()


def _check(opened: OpenStation, count: int) -> None:
    with opened.station.tools.store.read() as reading:
        held, confirmed = reading.fact_counts()
    if not held == confirmed >= count:
        raise AssertionError(f"{confirmed} of {held} facts are confirmed")


def _floor_bytes(sender: Sender, home: Path, count: int) -> float:
    before = sender.sent_bytes
    sender.push(home / "station.db", count)
    return (sender.sent_bytes - before) / count


def _wire(places: Places, past: Sequence[Segment], floor: float) -> list[Figure]:
    """Bytes on the wire, heads and answers too, of the push and of one session by itself."""
    marks = sum(one.kind == "attendance.marked" for some in past for one in some.facts)
    whole, session = _bytes(places, past), _bytes(places, past[:1])
    return [
        Figure(
            "bytes on the wire a sign-in, all else of the session on top of it",
            "B",
            single(whole / marks),
            single(floor),
            f"≤ {GOAL_BYTES} B",
            whole / marks <= GOAL_BYTES,
            "heads, signatures, answers and receipts included; floor: bodies a fact",
        ),
        Figure(
            f"  one session of {LISTED} sign-ins sent by itself",
            "B",
            single(session / LISTED),
            None,
            "",
            None,
        ),
    ]


def _bytes(places: Places, past: Sequence[Segment]) -> int:
    home = _home(places, past)
    kept = load_enrolment(home)
    if kept is None:
        raise AssertionError("the home is not enrolled")
    target = urlsplit(kept.address)
    with relay_to(target.hostname or "", target.port or 80) as relay:
        keep_enrolment(home, replace(kept, address=f"http://127.0.0.1:{relay.port}"))
        opened = open_station(home)
        try:
            send_all(opened, watch(opened)[1])
        finally:
            opened.close()
        return relay.both
