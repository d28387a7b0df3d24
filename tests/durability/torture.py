"""``python -m tests.durability.torture [name …] [--resume]``: the long runs, with progress, in portions.

What is done stands in ``torture/state.json``; with ``--resume`` only the rest is run. The tables
at the end are also written to ``torture/report.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.processes.children import ROOT
from tests.durability.lab.tally import HEADINGS, Tally, read_tally, table
from tests.durability.portions import GROUPS, Group, Portion

FOLDER = ROOT / "torture"


class Progress:
    """What is done, on disk after every portion; a run that is killed loses the one in hand.

    Several runs of different groups may go on at once.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def forget(self, group: Group) -> None:
        """Begin this group anew."""
        old = {portion.key for portion in group.portions}
        self._write({key: kept for key, kept in self._done().items() if key not in old})

    def has(self, portion: Portion) -> bool:
        """Whether this very portion was run."""
        return portion.key in self._done()

    def keep(self, portion: Portion, tally: Tally) -> None:
        """Write it down."""
        self._write(self._done() | {portion.key: tally.plain()})

    def _done(self) -> dict[str, dict[str, Any]]:
        if not self._path.exists():
            return {}
        found: dict[str, dict[str, Any]] = json.loads(self._path.read_text(encoding="utf-8"))
        return found

    def _write(self, done: dict[str, dict[str, Any]]) -> None:
        draft = self._path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(done, indent=1), encoding="utf-8")
        os.replace(draft, self._path)

    def tallies(self, group: Group) -> list[Tally]:
        """One a line of the group's table, portions of the same name added up."""
        sums: dict[str, Tally] = {}
        done = self._done()
        for portion in group.portions:
            if portion.key in done:
                tally = read_tally(done[portion.key])
                sums.setdefault(portion.line, Tally(portion.line)).add(tally)
        return list(sums.values())


def main(argv: Sequence[str] | None = None) -> int:
    """Run the asked groups; 1 when something was lost, doubled or invented, 0 when not."""
    parser = argparse.ArgumentParser(prog="torture", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(GROUPS))
    parser.add_argument("--resume", action="store_true", help="go on where the last run ended")
    asked = parser.parse_args(argv)
    unknown = [name for name in asked.names if name not in GROUPS]
    if unknown:
        parser.error(f"no run named {', '.join(unknown)}")
    FOLDER.mkdir(exist_ok=True)
    progress = Progress(FOLDER / "state.json")
    groups = [group for name, group in GROUPS.items() if not asked.names or name in asked.names]
    for group in groups:
        if not asked.resume:
            progress.forget(group)
        _run(group, progress)
    report = "\n\n".join(_section(group, progress) for group in groups)
    (FOLDER / "report.md").write_text(report + "\n", encoding="utf-8")
    print(report)
    return int(any(_is_bad(group, progress) for group in groups))


def _run(group: Group, progress: Progress) -> None:
    why = group.why_not()
    if why is not None:
        print(f"{group.name}: skipped, {why}", flush=True)
        return
    todo = [portion for portion in group.portions if not progress.has(portion)]
    began = time.monotonic()
    with group.open() as tools:
        for place, portion in enumerate(todo, start=1):
            with tempfile.TemporaryDirectory(prefix="torture-") as folder:
                tally = portion.run(tools, Path(folder))
            progress.keep(portion, tally)
            took = time.monotonic() - began
            left = took / place * (len(todo) - place)
            print(
                f"{group.name} {place}/{len(todo)}: {portion.key}: {tally.cuts} times, "
                f"{tally.lost} lost, {len(tally.failures)} bad; {took:.0f} s, "
                f"about {left:.0f} s left",
                flush=True,
            )
            if portion.must_hold and not tally.is_good:
                print(tally.first_failures, file=sys.stderr, flush=True)


def _section(group: Group, progress: Progress) -> str:
    rows = [tally.cells() for tally in progress.tallies(group)]
    body = table(HEADINGS, rows) if rows else f"not run: {group.why_not() or 'not asked for'}"
    return f"### {group.title}\n\n{body}"


def _is_bad(group: Group, progress: Progress) -> bool:
    must = {portion.line for portion in group.portions if portion.must_hold}
    return any(not one.is_good for one in progress.tallies(group) if one.story in must)


if __name__ == "__main__":
    sys.exit(main())
