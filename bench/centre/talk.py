"""Talking with a real centre: throughput, bytes, and what a round costs however long the past."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.areas.attendance.marks import Lane
from app.bootstrap import OpenStation, open_station
from app.domain.errors import UserError
from app.domain.ids import PersonId, SessionId
from app.ports.link import Link
from app.usecases.sync_once import SyncOnce, SyncOutcome
from app.wire.codec import pack
from app.wire.messages import EnrolAnswer, EnrolRequest, ExchangeAnswer, ExchangeRequest
from bench.centre.tallies import wait_until_understood
from bench.data.histories import Past
from bench.figures import Figure, Spread, median, missing, single
from bench.floors.push import Sender
from bench.places import Places
from bench.processes.children import ROOT, environment
from bench.station.sign_in import begin_session
from centre.opening import open_centre
from centre.settings import Settings

NEW_FACTS = 10
MOST_FAILED = 3
READ_S = 900
"""Longer than a centre takes to read two hundred thousand facts."""


@dataclass(slots=True)
class Watched:
    """The station's link, with everything asked through it kept."""

    link: Link
    asked: list[ExchangeRequest] = field(default_factory=list)

    def exchange(self, request: ExchangeRequest) -> ExchangeAnswer:
        """Keep and pass on."""
        self.asked.append(request)
        return self.link.exchange(request)

    def fetch(
        self, sha256: str, start: int, end: int | None = None
    ) -> Iterator[bytes | memoryview]:
        """Pass on."""
        return self.link.fetch(sha256, start, end)

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Pass on."""
        return self.link.enrol(request)

    def close(self) -> None:
        """Pass on."""
        self.link.close()


def measure(places: Places) -> list[Figure]:
    """The push, then rounds of ten facts and of none with three lengths of past."""
    with floor_sender(places) as sender:
        figures = _push(places, sender)
        return figures + _rounds(places, sender)


@contextmanager
def floor_sender(places: Places) -> Iterator[Sender]:
    """The floor's receiving end in its own process, and a sender to it."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "bench.floors.push",
            str(places.root / f"floor{time.monotonic_ns()}.db"),
        ],
        cwd=ROOT,
        env=environment(places.root),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if process.stdout is None:  # pragma: no cover - it was asked for
            raise AssertionError("no pipe")
        sender = Sender(int(json.loads(process.stdout.readline())["port"]))
        yield sender
        sender.close()
    finally:
        process.kill()
        process.communicate()


def _push(places: Places, sender: Sender) -> list[Figure]:
    count = 3_000 if places.quick else 10_000
    rates, floors, sizes, least, rounds = [], [], [], [], []
    for _ in range(1 if places.quick else 3):
        home = places.enrolled(places.home(Past(count, 200)))
        before = sender.sent_bytes
        started = time.perf_counter()
        sender.push(home / "station.db", count)
        floors.append(count / (time.perf_counter() - started))
        least.append((sender.sent_bytes - before) / count)
        opened = open_station(home)
        try:
            watched, sync = watch(opened)
            started = time.perf_counter()
            done = one_round(sync)
            rates.append(done.sent / (time.perf_counter() - started))
            sizes.append(sum(len(pack(request)) for request in watched.asked) / done.sent)
            rounds.append(float(len(watched.asked)))
        finally:
            opened.close()
    rate, floor, size = median(rates), median(floors), median(sizes)
    slow = single(floor.value / rate.value)
    return [
        Figure(
            f"push of {count:,} facts (more is better)",
            "facts/s",
            rate,
            floor,
            "≤ 3.5× slower",
            slow.value <= 3.5,
            f"{slow.value:.1f}× slower than the floor, {median(rounds).value:.0f} requests",
        ),
        Figure("bytes sent a fact", "B", size, median(least), "≤ 40 B", size.value <= 40),
    ]


def _rounds(places: Places, sender: Sender) -> list[Figure]:
    figures = []
    ten_floor = timed(lambda: sender.send([b"x" * 220] * NEW_FACTS), 30)
    none_floor = timed(lambda: sender.send([]), 30)
    at_none: Spread | None = None
    pasts = (0, 1_000, places.big_past.facts) if places.quick else (0, 10_000, 200_000)
    for past in pasts:
        big = past == places.big_past.facts
        home = places.enrolled(places.big() if big else places.home(Past(past, 200)))
        try:
            ten, none, requests = _at_past(home, places.centre().home)
        except UserError as failed:
            figures.append(missing(f"sync with {past:,} behind it", f"not taken: {failed}"))
            continue
        if at_none is None:
            at_none = ten
        growth = ten.value / at_none.value
        figures += [
            Figure(
                f"sync of {NEW_FACTS} facts, {past:,} behind it",
                "ms",
                ten,
                ten_floor,
                "≤ 1.3× of empty" if past else "≤ 4 ms",
                growth <= 1.3 if past else ten.value <= 4,
                f"{growth:.2f}× of empty, {requests} request" if past else f"{requests} request",
            ),
            Figure(
                f"sync of nothing, {past:,} behind it",
                "ms",
                none,
                none_floor,
                "≤ 1 ms",
                none.value <= 1,
            ),
        ]
    return figures


def _at_past(home: Path, centre: Path) -> tuple[Spread, Spread, int]:
    """What a round costs once the centre has read what it was sent before."""
    opened = open_station(home)
    try:
        watched, sync = watch(opened)
        session, people = begin_session(opened)
        send_all(opened, sync)
        with closing(open_centre(Settings(centre))) as looked_at:
            wait_until_understood(looked_at, give_up_s=READ_S)
        ten, requests = [], 0
        for start in range(0, 150, NEW_FACTS):
            sign_in(opened, session, people[start : start + NEW_FACTS])
            asked = len(watched.asked)
            started = time.perf_counter()
            one_round(sync)
            ten.append((time.perf_counter() - started) * 1e3)
            requests = len(watched.asked) - asked
        none = timed(lambda: one_round(sync), 20)
        return median(ten), none, requests
    finally:
        opened.close()


def sign_in(opened: OpenStation, session: SessionId, people: list[PersonId]) -> None:
    """Each of these people signs in; each is durable by itself."""
    for person in people:
        opened.station.attendance.sign_in(session, person, Lane.NAME_WALL, "member")


def watch(opened: OpenStation) -> tuple[Watched, SyncOnce]:
    """The station's sync over a link that keeps what is asked."""
    if opened.link is None:
        raise RuntimeError("the home is not enrolled")
    watched = Watched(opened.link)
    return watched, replace(opened.station.sync, link=watched)


def one_round(sync: SyncOnce) -> SyncOutcome:
    """One whole round without course files; it must succeed."""
    done = sync.run(store_lane=lambda job: job(), cancelled=lambda: False, courses=False)
    if done.trouble is not None:
        raise done.trouble
    return done


def send_all(opened: OpenStation, sync: SyncOnce) -> None:
    """Rounds until the centre holds everything; a busy centre may let one run out of time."""
    failed = 0
    while True:
        done = sync.run(store_lane=lambda job: job(), cancelled=lambda: False, courses=False)
        with opened.station.tools.store.read() as reading:
            held, confirmed = reading.fact_counts()
        if held == confirmed:
            return
        failed += done.trouble is not None
        if done.trouble is not None and failed > MOST_FAILED:
            raise done.trouble


def timed(act: Callable[[], object], times: int) -> Spread:
    """Milliseconds of an act, so many times."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        taken.append((time.perf_counter() - started) * 1e3)
    return median(taken)
