"""From a fresh process to a usable window, and the memory it then takes."""

from __future__ import annotations

from bench.figures import Figure, median, missing
from bench.places import Places
from bench.processes.children import ask


def measure(places: Places) -> list[Figure]:
    """Start and memory beside a bare window; libvlc is in neither before an evening is prepared."""
    runs = 3 if places.quick else 7
    home = places.big()
    try:
        ask(places.root, "bench.program.child_window", str(home))
    except RuntimeError as failed:
        return [missing("start to usable window", f"ui/ does not start yet: {failed}"[:160])]
    ask(places.root, "bench.floors.window")
    ours, floor = [], []
    for _ in range(runs):
        floor.append(ask(places.root, "bench.floors.window").ms)
        ours.append(ask(places.root, "bench.program.child_window", str(home)).ms)
    shown, least = median(ours), median(floor)
    size = places.size_of_big
    few = max(2, runs // 2)
    held = median(
        [_mib(places, "bench.program.child_window", str(home), "--settle") for _ in range(few)]
    )
    bare = median([_mib(places, "bench.floors.window") for _ in range(few)])
    return [
        Figure(
            f"start to usable window, {size}", "ms", shown, least, "≤ 600 ms", shown.value <= 600
        ),
        Figure(
            f"resident memory, no video, {size}", "MiB", held, bare, "≤ 150 MiB", held.value <= 150
        ),
    ]


def _mib(places: Places, module: str, *arguments: str) -> float:
    return float(ask(places.root, module, *arguments).said["mib"])
