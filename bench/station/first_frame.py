"""From "play" to the first picture, warm, beside bare libvlc."""

from __future__ import annotations

from bench.figures import Figure, median, missing
from bench.places import Places
from bench.processes.children import ROOT, ask

NAME = "play to first picture, warm"


def measure(places: Places) -> list[Figure]:
    """One figure, or a plain line why there is none."""
    clips = sorted((ROOT / "media" / "sample").glob("*.mp4"))
    if not clips:
        return [missing(NAME, "media/sample has no clip")]
    runs = 5 if places.quick else 9
    try:
        said = ask(places.root, "bench.program.child_frame", str(clips[0]), str(runs)).said
    except RuntimeError as failed:
        return [missing(NAME, f"did not run: {failed}"[:160])]
    ours, floor = median(said["ours"]), median(said["floor"])
    return [Figure(NAME, "ms", ours, floor, "≤ 1.5×", ours.value <= 1.5 * floor.value)]
