"""The centre's own intake and reading without HTTP, for profiles: where does the time go?

``python -m bench.centre.in_process [STATIONS]`` prints two profiles, of taking in and of reading.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from app.wire.signing import NONCE_HEADER, SIGNATURE_HEADER, STATION_HEADER, to_header
from bench.data.cast import FEED_REV, Cast, let_in
from bench.data.session import attendances, moments
from bench.data.speaker import TARGET, CentreSaid, Speaker
from bench.processes.cluster import durable_cluster
from bench.processes.meters import load_average
from centre.intake.exchanging import serve
from centre.interpretation.on_demand import interpret_waiting
from centre.opening import open_centre
from centre.service import Centre
from centre.settings import Settings
from centre.stations.signed import SignedRequest

_LINES = 28


def signed(request: bytes) -> SignedRequest:
    """A request's bytes as the service sees them behind HTTP."""
    head, _, body = request.partition(b"\r\n\r\n")
    lines = head.decode("ascii").split("\r\n")[1:]
    headers = dict(line.split(": ", 1) for line in lines)
    kept = {name: headers[name] for name in (STATION_HEADER, NONCE_HEADER, SIGNATURE_HEADER)}
    return SignedRequest("POST", TARGET, kept, body)


def with_session(speaker: Speaker, coming: int) -> Speaker:
    """The same station with its whole session written."""
    wall_ms = int(time.time() * 1e3) - 7_200_000
    speaker.begin(wall_ms)
    place: dict[int, int] = {}
    for at, one in enumerate(moments(speaker.seed, speaker.index, coming)):
        speaker.record_moment(one, place, at, wall_ms + int(one.at_s * 1e3))
    return speaker


def ask(
    centre: Centre, speaker: Speaker, during: AbstractContextManager[None] | None = None
) -> None:
    """One whole exchange, without HTTP; the service's part of it ``during`` a context."""
    data, nonce, _ = speaker.say(1 << 20, int(time.time() * 1e3))
    request = signed(data)
    with during or nullcontext():
        answered = serve(centre, request, lambda _station: None)
    headers = {SIGNATURE_HEADER: to_header(answered.signature)}
    speaker.hear(nonce, headers, answered.body)


def main() -> None:
    """Profile taking in one session of each station, then nothing new, then reading all."""
    stations = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    cast = Cast(1, stations, 30 * stations)
    with durable_cluster() as cluster, tempfile.TemporaryDirectory() as home:
        centre = open_centre(Settings(Path(home), cluster.cluster.new_database()))
        known = let_in(centre, cast)
        said = CentreSaid("here", known.key, known.generation, FEED_REV)
        rooms = attendances(stations, cast.attendances, cast.seed)
        speakers = [
            with_session(Speaker(cast.seed, one, said), rooms[one]) for one in range(stations)
        ]
        _profile("a session's facts", stations, lambda: _ask_all(centre, speakers))
        _profile("nothing new", stations, lambda: _ask_all(centre, speakers))
        count = sum(one.count for one in speakers)
        _profile("reading, a fact", count, lambda: _read(centre))
        centre.close()


def _ask_all(centre: Centre, speakers: Sequence[Speaker]) -> None:
    for one in speakers:
        ask(centre, one)


def _read(centre: Centre) -> None:
    interpret_waiting(centre)


def _profile(name: str, count: int, work: Callable[[], object]) -> None:
    profile = cProfile.Profile()
    began, cpu = time.perf_counter(), time.process_time()
    profile.runcall(work)
    wall_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    print(f"\n== {name}: {wall_s / count * 1e3:.2f} ms each ({cpu_s / count * 1e3:.2f} ms here), ")
    print(f"   load {load_average()}")
    stats = pstats.Stats(profile)
    stats.strip_dirs().sort_stats("cumulative").print_stats(_LINES)
    stats.sort_stats("tottime").print_stats(_LINES // 2)


if __name__ == "__main__":
    main()
