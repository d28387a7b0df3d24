"""Memory over a day: how it stands at several hours, and whether it grows."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence

from bench.figures import Figure, Spread, single
from bench.places import Places
from bench.processes.children import ask
from bench.station.smooth import enrolled_site

ROUNDS = 16
"""Of half an hour each."""
SETTLED = 4
"""Rounds before caches are full."""
GOAL_MIB_AN_HOUR = 1.0


def measure(places: Places) -> list[Figure]:
    """Resident memory early and late in the day, and the slope between."""
    home = enrolled_site(places.root / "day", places.centre())
    rounds = ROUNDS // 2 if places.quick else ROUNDS
    told = ask(places.root, "bench.program.child_day", str(home), str(rounds)).said
    if told["why"]:
        raise RuntimeError(told["why"])
    weights = told["weights"]
    for one in weights:
        print("  ".join(f"{name} {value:g}" for name, value in one.items()), file=sys.stderr)
    late = weights[SETTLED - 1 :]
    mib = [one["mib"] for one in late]
    grows = slope([one["hours"] for one in late], mib)
    marks = sum(told["signed"].values())
    return [
        Figure(
            f"resident memory over a day of {rounds} sessions, last (first–most)",
            "MiB",
            Spread(mib[-1], mib[0], max(mib)),
            None,
            "",
            None,
            f"{marks} sign-ins, {rounds} rounds of sending",
        ),
        Figure(
            "  it grows each hour",
            "MiB",
            single(grows),
            None,
            f"≤ {GOAL_MIB_AN_HOUR:g} MiB",
            grows <= GOAL_MIB_AN_HOUR,
        ),
        _kept("  objects of the interpreter, last (first–most)", late, "objects"),
        _kept("  widgets, last (first–most)", late, "widgets"),
        _kept("  open files, last (first–most)", late, "files"),
    ]


def slope(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Growth of ``ys`` for each ``xs``, by least squares; 0 for fewer than two points."""
    return statistics.linear_regression(xs, ys).slope if len(xs) > 1 else 0.0


def _kept(name: str, weights: Sequence[dict[str, float]], what: str) -> Figure:
    seen = [one[what] for one in weights]
    return Figure(name, "", Spread(seen[-1], seen[0], max(seen)), None, "", None)
