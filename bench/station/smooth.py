"""How late the screen's event loop gets in the busiest session, beside the same program idle."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from app.bootstrap import enrol_station, move_centre, open_station
from app.domain.time import local_date
from app.machine.clock import SystemClock
from bench.data.histories import Past, write_sessions
from bench.figures import Figure, Spread, median, percentile, single
from bench.places import Places
from bench.processes.bystander import bystander
from bench.processes.children import ROOT, ask
from bench.processes.paced import paced_relay
from tests.support.centre_process import RunningCentre

SITE = "松岭村学习点"
LESSON = "fire-extinguisher"
LESSON_FILE = ROOT / "media" / "sample" / f"{LESSON}.mp4"
FACTS = 10_000
SECONDS = 45.0
LINE_BYTES_A_SECOND = 10_000_000
"""A line of 100 Mbit/s, less what it needs itself."""
COURSE_S = 40
"""So long the course comes down on that line."""
GOAL_MS, GOAL_P999_MS = 50.0, 16.0


def measure(places: Places, *, find_ms: float | None = None) -> list[Figure]:
    """p50, p99, p99.9 and the worst, and what was done meanwhile."""
    centre = places.centre()
    home = places.root / "smooth"
    prepare(home, centre, places.root)
    port = int(centre.address.rsplit(":", 1)[1])
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load not known"
    with paced_relay("127.0.0.1", port, LINE_BYTES_A_SECOND) as paced, bystander() as beside:
        move_centre(home, centre.address.rsplit(":", 1)[0] + f":{paced}")
        find = () if find_ms is None else ("--find", str(find_ms))
        told = ask(
            places.root,
            "bench.program.child_smooth",
            str(home),
            str(SECONDS / 2 if places.quick else SECONDS),
            *find,
        ).said
    if told["why"]:
        raise RuntimeError(told["why"])
    for where, seen in told.get("found", ()):
        print(f"{seen:5} {where}", file=sys.stderr)
    busy, idle = told["busy_ms"], told["idle_ms"]
    signed = ", ".join(f"{lane} {count}" for lane, count in told["signed"].items())
    note = (
        f"signed in: {signed}; {told['pictures']} pictures shown; {told['sent']:,} of"
        f" {told['unsent']:,} facts sent; a course of {COURSE_S} s on its line was fetched"
    )
    worst = single(max(busy))
    return [
        Figure("event loop late, p50", "ms", median(busy), median(idle), "", None),
        Figure(
            "event loop late, p99 (p50–worst)", "ms", percentile(busy, 99), _p(idle, 99), "", None
        ),
        Figure(
            "event loop late, p99.9 (p50–worst)",
            "ms",
            percentile(busy, 99.9),
            _p(idle, 99.9),
            f"≤ {GOAL_P999_MS:.0f} ms",
            percentile(busy, 99.9).value <= GOAL_P999_MS,
        ),
        Figure(
            "event loop late, worst",
            "ms",
            worst,
            single(max(idle)),
            f"≤ {GOAL_MS:.0f} ms",
            worst.value <= GOAL_MS,
            note,
        ),
        Figure(
            "  computed by the screen's thread between two ticks, p99.9 (p50–worst)",
            "ms",
            percentile(told["busy_own_ms"], 99.9),
            percentile(told["idle_own_ms"], 99.9),
            "",
            None,
            "what is not the machine's other work",
        ),
        Figure(
            "  a bare process beside it, late, p99.9 (p50–worst)",
            "ms",
            percentile(beside, 99.9),
            None,
            "",
            None,
            f"what the cores add; {load} before",
        ),
    ]


def _p(samples: list[float], percent: float) -> Spread:
    return percentile(samples, percent)


def prepare(home: Path, centre: RunningCentre, folder: Path) -> None:
    """The same station with 10,000 facts the centre has not, and a course it has not itself."""
    enrolled_site(home, centre)
    write_sessions(home, Past(FACTS, 0))
    _publish_long(centre, folder / "long.mp4")


def enrolled_site(home: Path, centre: RunningCentre) -> Path:
    """A station with the sample roster, a lesson and a plan for today, all from the centre."""
    code = centre.enrol_code(SITE)
    sheet = ROOT / "resources" / "sample" / "roster.xlsx"
    centre.command("import-roster", str(sheet), "--site", SITE, "--apply")
    subtitle = str(LESSON_FILE.with_suffix(".srt"))
    centre.command(
        "publish-course",
        str(LESSON_FILE),
        "--subtitle",
        subtitle,
        "--id",
        LESSON,
        "--title",
        "灭火器怎么用",
    )
    day = local_date(SystemClock().now().wall_ms).isoformat()
    when = ("--date", day, "--start", "19:30")
    centre.command("plan", "--site", SITE, *when, "--title", "集中学习", "--course", LESSON)
    enrol_station(home, centre.address, code)
    opened = open_station(home)
    try:
        opened.station.sync.run(store_lane=lambda job: job())
    finally:
        opened.close()
    return home


def _publish_long(centre: RunningCentre, long: Path) -> None:
    """A course as long to fetch as the session is watched: the lesson, with ballast behind it."""
    shutil.copyfile(LESSON_FILE, long)
    with long.open("ab") as grown:
        for block in range(COURSE_S * LINE_BYTES_A_SECOND >> 20):
            grown.write(block.to_bytes(8, "big") * (1 << 17))
    centre.command("publish-course", str(long), "--id", "long", "--title", "长课")
