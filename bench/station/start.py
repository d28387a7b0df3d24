"""From a fresh process to a usable window and the memory it then takes; and short commands."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from bench.data.histories import Past
from bench.figures import Figure, Spread, median, missing
from bench.places import Places
from bench.processes.children import ROOT, ask, environment
from tests.support.centre_process import centre_command

SMALL = Past(300, 60)
GOALS_MS = {"small": 600, "warm": 700, "cold": 1_200}
GOAL_MIB = 150
GOAL_COMMAND_MS = 350


def measure(places: Places) -> list[Figure]:
    """Start and memory beside a bare window; libvlc is in neither before a session is prepared.
    Commands beside an interpreter that does nothing."""
    runs = 3 if places.quick else 7
    home, small = places.big(), places.home(SMALL)
    try:
        ask(places.root, "bench.program.child_window", str(home))
    except RuntimeError as failed:
        return [missing("start to usable window", f"ui/ does not start yet: {failed}"[:160])]
    ask(places.root, "bench.floors.window")
    taken: dict[str, list[float]] = {name: [] for name in ("floor", *GOALS_MS)}
    for _ in range(runs):
        taken["floor"].append(ask(places.root, "bench.floors.window").ms)
        taken["small"].append(_start_ms(places, small))
        taken["warm"].append(_start_ms(places, home))
        _forget_pages(home / "station.db")
        taken["cold"].append(_start_ms(places, home))
    few = max(2, runs // 2)
    held = median([_mib(places, "bench.program.child_window", home) for _ in range(few)])
    bare = median([_mib(places, "bench.floors.window") for _ in range(few)])
    least = median(taken["floor"])
    size = places.size_of_big
    return [
        _start(f"{SMALL.facts} facts, {SMALL.people} people", taken["small"], least, "small"),
        _start(size, taken["warm"], least, "warm"),
        _start(f"{size}, the store not in memory", taken["cold"], least, "cold"),
        Figure(
            *(f"resident memory, no video, {size}", "MiB", held, bare, f"≤ {GOAL_MIB} MiB"),
            held.value <= GOAL_MIB,
        ),
        *_commands(places, small, runs),
    ]


def _start(size: str, taken: list[float], floor: Spread, goal: str) -> Figure:
    ours, most = median(taken), GOALS_MS[goal]
    name = f"start to usable window, {size}"
    return Figure(name, "ms", ours, floor, f"≤ {most} ms", ours.value <= most)


def _start_ms(places: Places, home: Path) -> float:
    return ask(places.root, "bench.program.child_window", str(home)).ms


def _forget_pages(file: Path) -> None:
    """Have the system read a file from the disk again, where it can be told so."""
    if hasattr(os, "posix_fadvise"):
        handle = os.open(file, os.O_RDONLY)
        try:
            os.fsync(handle)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)


def _mib(places: Places, module: str, home: Path | None = None) -> float:
    told = () if home is None else (str(home), "--settle")
    return float(ask(places.root, module, *told).said["mib"])


def _commands(places: Places, station: Path, runs: int) -> list[Figure]:
    centre = places.root / "centre of commands"
    centre_command(centre, "init")
    commands = {
        "python -m app … status": ("-m", "app", "--home", str(station), "status"),
        "python -m centre --help": ("-m", "centre", "--help"),
        "python -m centre report": ("-m", "centre", "--home", str(centre), "report", "--json"),
    }
    floor, taken = list[float](), {name: list[float]() for name in commands}
    for _ in range(runs + 1):
        floor.append(_command_ms(places, ("-c", "pass")))
        for name, command in commands.items():
            taken[name].append(_command_ms(places, command))
    least = median(floor[1:])
    goal = f"≤ {GOAL_COMMAND_MS} ms"
    figures = []
    for name, times in taken.items():
        ours = median(times[1:])  # the first compiles the modules
        met = ours.value <= GOAL_COMMAND_MS
        figures.append(Figure(name, "ms", ours, least, goal, met))
    return figures


def _command_ms(places: Places, command: tuple[str, ...]) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(places.root),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return (time.perf_counter() - started) * 1e3
