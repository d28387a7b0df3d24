"""``python -m bench [name …] [--json FILE] [--quick]``: figures, each beside its floor."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from app.domain.errors import UserError
from bench.centre import crowd, ingest, one_by_one, talk, theme_day
from bench.county import measuring
from bench.figures import Figure, missing, table, write_results
from bench.places import Places
from bench.processes.children import ROOT
from bench.station import (
    cases,
    day,
    files,
    first_frame,
    queue,
    restyle,
    search,
    sign_in,
    smooth,
    start,
)
from tests.durability.rollback import rollback_matrix

FIGURES: dict[str, Callable[[Places], list[Figure]]] = {
    "search": search.measure,
    "frame": first_frame.measure,
    "sign-in": sign_in.measure,
    "start": start.measure,
    "talk": talk.measure,
}
"""Name → what takes it. Start comes before talk, which changes the large home."""
LONG: dict[str, Callable[[Places], list[Figure]]] = {
    "ingest": ingest.measure,
    "one-by-one": one_by_one.measure,
    "crowd": crowd.measure,
    "theme-day": theme_day.measure,
    "county": measuring.measure,
    "rollback-matrix": rollback_matrix.measure,
    "smooth": smooth.measure,
    "queue": queue.measure,
    "restyle": restyle.measure,
    "cases": cases.measure,
    "day": day.measure,
    "files": files.measure,
}
"""These take many minutes and are taken only when they are named."""


def main(argv: Sequence[str] | None = None) -> int:
    """Take the figures, print the table, write them down; 0 also when a goal is missed."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(FIGURES | LONG))
    parser.add_argument("--json", type=Path, default=ROOT / "bench" / "results.json")
    parser.add_argument("--quick", action="store_true", help="smaller pasts, fewer runs")
    parser.add_argument(
        "--find", type=float, metavar="MS", help="smooth: say what held the screen up for longer"
    )
    arguments = parser.parse_args(argv)
    if arguments.find is not None:
        LONG["smooth"] = partial(smooth.measure, find_ms=arguments.find)
    unknown = [name for name in arguments.names if name not in FIGURES | LONG]
    if unknown:
        parser.error(f"no figure named {', '.join(unknown)}")
    figures: list[Figure] = []
    with ExitStack() as ends:
        root = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        places = Places(root, arguments.quick, ends)
        for name, measure in (FIGURES | LONG).items():
            if name in (arguments.names or FIGURES):
                started = time.perf_counter()
                try:
                    figures += measure(places)
                except (RuntimeError, AssertionError, UserError, OSError) as failed:
                    figures.append(missing(name, f"could not be taken: {failed}"[:160]))
                print(f"{name}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
    print(table(figures))
    write_results(arguments.json, figures, quick=arguments.quick)
    return 0


if __name__ == "__main__":
    sys.exit(main())
