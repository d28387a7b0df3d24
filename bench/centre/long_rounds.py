"""What a round costs however long the past is: at the station and at its centre, side by side.

Three stations, each with a centre of its own, take turns, so that all see the same machine.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from app.bootstrap import OpenStation, enrol_station, open_station
from app.domain.ids import PersonId, SessionId
from app.machine.enrolment import keep_enrolment, load_enrolment
from app.usecases.sync_once import SyncOnce
from bench.centre.talk import NEW_FACTS, Watched, one_round, send_all, sign_in, watch
from bench.data.histories import Past
from bench.data.long_past import Segment, into_centre, into_station, sessions
from bench.figures import Figure, Spread, median, single
from bench.places import Places
from bench.processes.children import ROOT, environment
from bench.processes.meters import cost_of, load_average
from bench.processes.relay import relay_to
from bench.station.sign_in import begin_session
from centre.opening import open_centre
from centre.settings import Settings
from tests.support.centre_process import RunningCentre, running_centre

GOAL_TEN_MS, GOAL_NONE_MS, GOAL_GROWTH, GOAL_NONE_BYTES = 3.9, 0.7, 1.1, 500
_ECHO_BYTES = 300


@dataclass(slots=True)
class Pair:
    """A station and its own centre, with a past; and what their rounds took."""

    past: int
    served: RunningCentre
    opened: OpenStation
    watched: Watched
    sync: SyncOnce
    session: SessionId
    people: list[PersonId]
    ten_ms: list[float] = field(default_factory=list)
    none_ms: list[float] = field(default_factory=list)
    ten_cpu: list[float] = field(default_factory=list)
    centre_cpu_s: float = 0.0


def measure(places: Places) -> list[Figure]:
    """Ten facts and none, after nothing, 200 thousand and a million facts."""
    pasts = (0, 5_000, 20_000) if places.quick else (0, 200_000, 1_000_000)
    times = 6 if places.quick else 15
    with ExitStack() as ends:
        echo = ends.enter_context(_echo(places.root))
        chain = sessions(max(pasts))
        pairs = [ends.enter_context(_pair(places, past, chain)) for past in pasts]
        echo_ms = [_in_turns(pairs, turn, echo) for turn in range(times)]
        figures = list(_told(pairs, median([one for some in echo_ms for one in some])))
        figures += _wire(pairs[-1])
    return figures


@contextmanager
def _pair(places: Places, past: int, chain: Sequence[Segment]) -> Iterator[Pair]:
    home, place = places.home(Past(0, 200)), places.root / f"centre{past}"
    with running_centre(place) as served:
        kept = enrol_station(home, served.address, served.enrol_code("site"))
        behind = _first(chain, past)
        if behind:
            into_station(home, behind, sent=True)
            centre = open_centre(Settings(place))
            into_centre(centre, kept.station, behind)
            centre.close()
        opened = open_station(home)
        try:
            watched, sync = watch(opened)
            session, people = begin_session(opened)
            send_all(opened, sync)
            yield Pair(past, served, opened, watched, sync, session, people)
        finally:
            opened.close()
            shutil.rmtree(home, ignore_errors=True)


def _first(chain: Sequence[Segment], facts: int) -> list[Segment]:
    """The first sessions that hold about so many facts."""
    out, count = [], 0
    for one in chain:
        if count >= facts:
            break
        out.append(one)
        count += len(one.facts)
    return out


def _in_turns(pairs: Sequence[Pair], turn: int, echo: socket.socket) -> list[float]:
    """One turn: ten new facts at each pair, then nothing a few times; echoes in between."""
    out: list[float] = []
    for one in pairs:
        who = one.people[turn * NEW_FACTS : (turn + 1) * NEW_FACTS]
        sign_in(one.opened, one.session, who)
        asked = len(one.watched.asked)
        cpu, centre = time.process_time(), cost_of(one.served.process.pid).cpu_s
        one.ten_ms.append(_ms(one))
        one.ten_cpu.append((time.process_time() - cpu) * 1e3)
        one.centre_cpu_s += cost_of(one.served.process.pid).cpu_s - centre
        if len(one.watched.asked) != asked + 1:
            raise AssertionError("a round was more than one request")
    for _ in range(6):
        for one in pairs:
            one.none_ms.append(_ms(one))
        began = time.perf_counter()
        _ask_echo(echo)
        out.append((time.perf_counter() - began) * 1e3)
    return out


def _ms(one: Pair) -> float:
    began = time.perf_counter()
    one_round(one.sync)
    return (time.perf_counter() - began) * 1e3


def _told(pairs: Sequence[Pair], echo: Spread) -> Iterator[Figure]:
    first = pairs[0]
    at_none, idle_at_none = median(first.ten_ms), median(first.none_ms)
    for one in pairs:
        ten = median(one.ten_ms)
        growth = ten.value / at_none.value
        met = ten.value <= GOAL_TEN_MS and (not one.past or growth <= GOAL_GROWTH)
        yield Figure(
            f"{NEW_FACTS} new facts, {one.past:,} behind them on both sides",
            "ms",
            ten,
            echo,
            f"≤ {GOAL_TEN_MS} ms" + (f", ≤ {GOAL_GROWTH}× of none" if one.past else ""),
            met,
            f"{growth:.2f}× of none; station's processor {median(one.ten_cpu)} ms; "
            f"load {load_average()}",
        )
    for one in pairs:
        none = median(one.none_ms)
        yield Figure(
            f"nothing new, {one.past:,} behind it",
            "ms",
            none,
            echo,
            f"≤ {GOAL_NONE_MS} ms",
            none.value <= GOAL_NONE_MS,
            f"{none.value / idle_at_none.value:.2f}× of none",
        )


def _wire(one: Pair) -> list[Figure]:
    """Bytes of a round of ten and of none, heads and bodies of both ways, on a kept connection."""
    home = one.opened.home
    kept = load_enrolment(home)
    if kept is None:
        raise AssertionError("the home is not enrolled")
    one.opened.close()
    target = urlsplit(one.served.address)
    with relay_to(target.hostname or "", target.port or 80) as relay:
        keep_enrolment(home, replace(kept, address=f"http://127.0.0.1:{relay.port}"))
        opened = open_station(home)
        try:
            watched, sync = watch(opened)
            session, people = begin_session(opened)
            send_all(opened, sync)
            sign_in(opened, session, people[:NEW_FACTS])
            before, asked = relay.both, len(watched.asked)
            one_round(sync)
            ten = relay.both - before
            one_round(sync)
            none, up = relay.both - before - ten, relay.up
            one_round(sync)
            up, requests = relay.up - up, len(watched.asked) - asked
        finally:
            opened.close()
            keep_enrolment(home, kept)
    if requests != 3:
        raise AssertionError("a round was more than one request")
    each = single(ten / NEW_FACTS)
    return [
        Figure(
            "bytes of nothing new, one request, both ways",
            "B",
            single(none),
            None,
            f"≤ {GOAL_NONE_BYTES} B",
            none <= GOAL_NONE_BYTES,
            f"{up} up, {none - up} down",
        ),
        Figure(f"bytes of {NEW_FACTS} facts, a fact, both ways", "B", each, None, "", None),
    ]


@contextmanager
def _echo(place: Path) -> Iterator[socket.socket]:
    """A kept connection to a bare ASGI application in its own process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.floors.echo", str(_ECHO_BYTES)],
        cwd=ROOT,
        env=environment(place),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        line = "" if process.stdout is None else process.stdout.readline()
        port = int(json.loads(line)["port"])
        while True:
            try:
                connection = socket.create_connection(("127.0.0.1", port), timeout=20)
            except ConnectionRefusedError:
                continue
            break
        with connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            yield connection
    finally:
        process.kill()
        process.communicate()


def _ask_echo(connection: socket.socket) -> None:
    """A request and an answer of the size of an exchange of nothing."""
    body = b"x" * _ECHO_BYTES
    head = f"POST /v1/exchange HTTP/1.1\r\nHost: here\r\ncontent-length: {len(body)}\r\n\r\n"
    connection.sendall(head.encode("ascii") + body)
    got = b""
    while not got.endswith(b"x" * _ECHO_BYTES):
        some = connection.recv(1 << 16)
        if not some:
            raise RuntimeError("the echo ended")
        got += some
