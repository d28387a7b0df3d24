"""How long a new size, theme or language takes to the visible page, and the room's film stands."""

from __future__ import annotations

from bench.figures import Figure, median, single
from bench.places import Places
from bench.processes.children import ask
from bench.station.smooth import enrolled_site

GOAL_MS = 300.0
"""To the visible page."""


def measure(places: Places) -> list[Figure]:
    """Three figures for each kind of change, on three pages while a course plays."""
    home = enrolled_site(places.root / "restyle", places.centre())
    told = ask(places.root, "bench.program.child_restyle", str(home)).said
    if told["why"]:
        raise RuntimeError(told["why"])
    figures = []
    for kind in ("size", "theme", "language"):
        took = told[kind]
        visible, still = median(took["visible_ms"]), median(took["still_ms"])
        met = visible.value <= GOAL_MS
        figures += [
            Figure(f"{kind} to the visible page", "ms", visible, None, "≤ 300 ms", met),
            Figure(f"{kind}: the film stands", "ms", still, single(told["plain_ms"]), "", None),
            Figure(f"{kind}: computed in one turn", "ms", median(took["own_ms"]), None, "", None),
        ]
    return figures
