"""Course files: a verified download, a stick, a line that breaks and a kill, beside other programs.

All of one run fetch the same file from the same centre. ``aria2c`` checks the same hash of every
MiB (by a metalink file), ``curl`` is followed by a flush and one hash of the whole, ``cp`` by a
flush. Files are right by their SHA-256 every time, or the figure is not taken.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from app.areas.courses.course import PIECE_BYTES, Course
from app.bootstrap import OpenStation, carry_of, enrol_station, open_station
from app.wire.signing import (
    NONCE_HEADER,
    REQUEST_LABEL,
    SIGNATURE_HEADER,
    STATION_HEADER,
    request_parts,
    sign,
    to_header,
)
from bench.figures import Figure, Spread, median, missing, single
from bench.places import Places
from bench.processes.bad_line import BadLine, bad_line
from bench.processes.children import ROOT, environment
from tests.support.centre_process import RunningCentre

SAMPLE = ROOT / "media" / "sample" / "fire-extinguisher.mp4"
_KILLS = 8
_KILL_PACE = 60_000_000
"""Bytes a second: a line quick enough to matter and slow enough to be killed on."""


@dataclass(slots=True)
class Film:
    """The course, and the centre and the line it comes over."""

    course: Course
    centre: RunningCentre
    line: BadLine
    home: Path

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.course.video.size_bytes


def measure(places: Places) -> list[Figure]:
    """The download, the stick, the bad line and the kills."""
    centre = places.centre()
    parts = urlsplit(centre.address)
    with bad_line(parts.hostname or "", parts.port or 0) as line:
        film = _publish(places, centre, line)
        times = 1 if places.quick else 3
        return [
            *_download(film, places.root, times),
            _stick(film, places.root, times),
            *_over_bad_lines(film, times),
            _killed(film, places.root),
        ]


def _publish(places: Places, centre: RunningCentre, line: BadLine) -> Film:
    """A film that is large because of what players skip, and a station that wants it."""
    size = (256 if places.quick else 1024) << 20
    path = places.root / "large.mp4"
    left = size - SAMPLE.stat().st_size
    block = random.Random(5).randbytes(16 << 20)
    with path.open("wb") as opened:
        opened.write(SAMPLE.read_bytes())
        opened.write(left.to_bytes(4, "big") + b"free")
        left -= 8
        for number in range(left // len(block) + 1):
            opened.write((number.to_bytes(8, "big") + block[8:])[: max(left, 0)])
            left -= len(block)
    told = json.loads(centre.command("publish-course", str(path), "--json"))
    path.unlink()
    home = places.root / "files-home"
    enrol_station(home, f"http://127.0.0.1:{line.port}", centre.enrol_code("files"))
    with closing(open_station(home)) as opened:
        opened.station.sync.run(store_lane=lambda job: job(), courses=False)
        (course,) = (
            one.course for one in opened.station.courses.all() if one.course.id == told["id"]
        )
    return Film(course, centre, line, home)


# --- a good line ------------------------------------------------------------------------


def _download(film: Film, root: Path, times: int) -> list[Figure]:
    """Ours, and in turns with it the other programs, all from the same centre."""
    direct = _at(film, film.centre.address)
    ours, aria, curl = [], [], []
    for _ in range(times):
        ours.append(_timed(film, lambda: _fetch(direct)))
        if shutil.which("aria2c"):
            aria.append(_timed(film, lambda: _aria2c(film, direct, root)))
        if shutil.which("curl"):
            curl.append(_timed(film, lambda: _curl(film, direct, root)))
    name = f"verified download, {film.size >> 20:,} MiB (more is better)"
    rate = median(ours)
    return [
        _beside(name, rate, aria, "aria2c with the hash of every MiB", "≥ 1.0×", 1.0),
        _beside(name, rate, curl, "curl, fsync, sha256", "≥ 1.0×", 1.0),
    ]


def _beside(
    name: str, ours: Spread, floors: list[float], what: str, goal: str, least: float
) -> Figure:
    if not floors:
        return missing(f"{name}: {what}", "not installed")
    floor = median(floors)
    return Figure(f"{name}: {what}", "MB/s", ours, floor, goal, ours.value >= least * floor.value)


def _at(film: Film, address: str) -> Path:
    """The station's home, with the centre at this address."""
    from app.bootstrap import move_centre

    move_centre(film.home, address)
    return film.home


def _timed(film: Film, act: Callable[[], float]) -> float:
    """MB/s of one way to get the whole file; the act says how many seconds it took."""
    return film.size / act() / 1e6


def _fetch(home: Path) -> float:
    """Our own way, whole and right, and gone again."""
    with closing(open_station(home)) as opened:
        began = time.perf_counter()
        done = opened.station.sync.run(store_lane=lambda job: job())
        took = time.perf_counter() - began
        if done.trouble or done.course_trouble:
            raise RuntimeError(f"not fetched: {done.trouble or done.course_trouble}")
        _check_and_drop(opened)
    return took


def _check_and_drop(opened: OpenStation) -> None:
    for view in opened.station.courses.all():
        path = opened.station.tools.shelf.whole(view.course.video)
        if path is None:
            raise RuntimeError("the file is not whole")
        _check(path, view.course)
        opened.station.tools.shelf.drop(view.course.video)


def _check(path: Path, course: Course) -> None:
    with path.open("rb") as read:
        if hashlib.file_digest(read, "sha256").hexdigest() != course.video.sha256:
            raise RuntimeError(f"{path.name} is not what was published")


def _signed(film: Film, home: Path) -> tuple[str, list[str]]:
    """Address and heads with which any program gets the file as this station."""
    target = f"/v1/media/{film.course.video.sha256}"
    with closing(open_station(home)) as opened:
        known = opened.station.sync.enrolment
        if known is None:
            raise RuntimeError("not enrolled")
        nonce = to_header(bytes(9))
        signature = sign(
            known.private_key, REQUEST_LABEL, *request_parts("GET", target, nonce, b"")
        )
    heads = {
        STATION_HEADER: known.station,
        NONCE_HEADER: nonce,
        SIGNATURE_HEADER: to_header(signature),
    }
    return film.centre.address + target, [f"{name}: {value}" for name, value in heads.items()]


def _aria2c(film: Film, home: Path, root: Path) -> float:
    address, heads = _signed(film, home)
    hashes = "".join(f"<hash>{one}</hash>" for one in film.course.video.pieces)
    listed = root / "film.meta4"
    listed.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><metalink xmlns="urn:ietf:params:xml:ns:metalink">'
        f'<file name="aria.mp4"><size>{film.size}</size>'
        f'<pieces length="{PIECE_BYTES}" type="sha-256">{hashes}</pieces>'
        f"<url>{address}</url></file></metalink>",
        encoding="utf-8",
    )
    command = ["aria2c", "-q", "-d", str(root), "--file-allocation=none", "-x1", "-s1"]
    command += ["--allow-overwrite=true", *(f"--header={one}" for one in heads), str(listed)]
    return _by_program(command, root / "aria.mp4", film, flush=False)


def _curl(film: Film, home: Path, root: Path) -> float:
    address, heads = _signed(film, home)
    path = root / "curl.mp4"
    asked = [part for one in heads for part in ("-H", one)]
    return _by_program(["curl", "-sfo", str(path), *asked, address], path, film, flush=True)


def _by_program(command: list[str], path: Path, film: Film, *, flush: bool) -> float:
    """Seconds of a program; with ``flush`` also of forcing the file to the disk and hashing it."""
    began = time.perf_counter()
    subprocess.run(command, check=True, timeout=600)
    if flush:
        _force(path)
        _check(path, film.course)
    took = time.perf_counter() - began
    _check(path, film.course)
    path.unlink()
    return took


def _force(path: Path) -> None:
    with path.open("r+b") as opened:
        os.fsync(opened.fileno())


# --- a stick --------------------------------------------------------------------------------


def _stick(film: Film, root: Path, times: int) -> Figure:
    """From a folder that stands for the stick, so that both read from the same memory."""
    stick = root / "stick"
    stick.mkdir()
    film.centre.command("stick", str(stick), "--courses")
    lying = stick / "YJ" / "media" / film.course.video.sha256
    ours, floors = [], []
    for _ in range(times):
        copy = root / "copy.mp4"
        began = time.perf_counter()
        subprocess.run(["cp", str(lying), str(copy)], check=True)
        _force(copy)
        floors.append(film.size / (time.perf_counter() - began) / 1e6)
        copy.unlink()
        with closing(open_station(film.home)) as opened:
            carry = carry_of(opened)
            began = time.perf_counter()
            done = carry.take(stick, store_lane=lambda job: job())
            ours.append(film.size / (time.perf_counter() - began) / 1e6)
            if done.files != 1:
                raise RuntimeError(f"not taken from the stick: {done.trouble}")
            _check_and_drop(opened)
    shutil.rmtree(stick)
    name = f"stick import, {film.size >> 20:,} MiB (more is better)"
    return _beside(name, median(ours), floors, "cp, fsync", "≥ 0.6×", 0.6)


# --- a line that breaks ----------------------------------------------------------------------


def _over_bad_lines(film: Film, times: int) -> list[Figure]:
    """A fifth of all stretches of 8 MiB is bad: one byte is another, or the line is cut."""
    line = film.line
    shares, rounds, seconds, faults = [], 0, [], ""
    for seed in range(times):
        line.chance, line.bad = random.Random(seed), 0.2
        line.cuts = line.flips = line.down = 0
        home = _at(film, f"http://127.0.0.1:{line.port}")
        began = time.perf_counter()
        with closing(open_station(home)) as opened:
            while not all(view.ready for view in opened.station.courses.all()):
                rounds += 1
                if rounds > 200 * times:
                    raise RuntimeError("it never becomes whole")
                opened.station.sync.run(store_lane=lambda job: job())
            seconds.append(time.perf_counter() - began)
            shares.append(line.down / film.size)
            _check_and_drop(opened)
        faults += f"{line.cuts} cuts and {line.flips} flips; "
    line.bad = 0.0
    share, took = median(shares), median(seconds)
    name = "a fifth of 8 MiB stretches bad"
    return [
        Figure(
            f"{name}: bytes that came ÷ size", "", share, single(1), "≤ 1.05", share.high <= 1.05,
            f"{faults}{rounds / times:.1f} rounds",
        ),
        Figure(f"{name}: until it is whole", "s", took, None, "no wait", rounds <= 3 * times),
    ]  # fmt: skip


# --- kills --------------------------------------------------------------------------------------


def _killed(film: Film, root: Path) -> Figure:
    """Bytes that came twice, for each kill at some moment of the download."""
    line, chance = film.line, random.Random(9)
    home = _at(film, f"http://127.0.0.1:{line.port}")
    line.pace = _KILL_PACE
    again = []
    for _ in range(_KILLS):
        before, line.down = _have(film, home), 0
        child = subprocess.Popen(
            [sys.executable, "-m", "bench.program.child_fetch", str(home)],
            cwd=ROOT,
            env=environment(root),
            stdout=subprocess.PIPE,
        )
        if child.stdout is None:  # pragma: no cover - it was asked for
            raise AssertionError("no pipe")
        child.stdout.readline()
        until = line.down + chance.randrange(1 << 20, film.size // (2 * _KILLS))
        while line.down < until and child.poll() is None:
            time.sleep(0.002)
        came = line.down
        child.kill()
        child.communicate()
        again.append((came - (_have(film, home) - before)) / (1 << 20))
    line.pace = 0
    with closing(open_station(home)) as opened:
        opened.station.sync.run(store_lane=lambda job: job())
        _check_and_drop(opened)
    lost = Spread(max(again), min(again), max(again))
    return Figure(
        f"{_KILLS} kills: bytes sent again for the worst", "MiB", lost, None, "≤ 4 MiB",
        lost.value <= 4, f"at {_KILL_PACE // 1_000_000} MB/s",
    )  # fmt: skip


def _have(film: Film, home: Path) -> int:
    """What the next start will not ask for again."""
    with closing(open_station(home)) as opened:
        shelf = opened.station.tools.shelf
        shelf.gap(film.course.video, stop=lambda: False, seen=lambda _at: None)
        return shelf.have_bytes(film.course.video)
