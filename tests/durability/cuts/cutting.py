"""Cuts a recording many times on several disks at once, and adds up what was found."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.durability.cuts.recorder import record
from tests.durability.lab.checks import Verdict, read_verdict
from tests.durability.lab.stage import Recording
from tests.durability.lab.tally import Tally
from tests.support.centre_process import ROOT

WORKERS = max(1, min(4, os.cpu_count() or 1))
_LONGEST_CUT_S = 60


class Cutters:
    """Warm processes, each with a disk of its own; see ``open_cutters``."""

    def __init__(self, processes: Sequence[subprocess.Popen[str]]) -> None:
        self._processes = processes

    def cut(self, recording: Recording, cuts: int, seed: int) -> Tally:
        """Cut at random places; raises AssertionError when a process dies or hangs."""
        chance = random.Random(f"{recording.story}:{seed}")
        span = range(recording.start, recording.end + 1)
        places = sorted(chance.choices(span, k=cuts))
        share = -(-cuts // len(self._processes))
        tally = Tally(recording.story)
        with ThreadPoolExecutor(len(self._processes)) as readers:
            jobs = [
                readers.submit(self._answers, process, recording, part, seed)
                for process, at in zip(self._processes, range(0, cuts, share), strict=False)
                if (part := places[at : at + share])
            ]
            try:
                for job in jobs:
                    for place, verdict in job.result(timeout=_LONGEST_CUT_S * (share + 1)):
                        tally.take(verdict, f"{recording.story} seed {seed} place {place}")
            except BaseException:
                self.end()
                raise
        return tally

    def end(self) -> None:
        """Kill them all; their mounts and loop devices end with them."""
        for process in self._processes:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    @staticmethod
    def _answers(
        process: subprocess.Popen[str], recording: Recording, places: list[int], seed: int
    ) -> list[tuple[int, Verdict]]:
        asked = {"recording": str(recording.folder), "seed": seed, "places": places}
        orders, answers = _pipes(process)
        orders.write(json.dumps(asked) + "\n")
        orders.flush()
        found: list[tuple[int, Verdict]] = []
        for _ in places:
            line = answers.readline()
            if not line:
                raise AssertionError(f"the cutter ended after {found[-1:]} of {places[:1]}…")
            told = json.loads(line)
            found.append((int(told["place"]), read_verdict(told)))
        return found


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    if process.stdin is None or process.stdout is None:  # pragma: no cover - they were asked for
        raise AssertionError("no pipes")
    return process.stdin, process.stdout


@contextmanager
def open_cutters(count: int = WORKERS) -> Iterator[Cutters]:
    """Start the processes; dead at the end, whatever happens."""
    with tempfile.TemporaryDirectory(prefix="yjcut") as place:
        cutters = Cutters([_start(place) for _ in range(count)])
        try:
            yield cutters
        finally:
            cutters.end()


def _start(place: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.durability.cuts.cutter"],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": place},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def record_and_cut(
    cutters: Cutters, story: str, folder: Path, *, cuts: int, acts: int, seed: int
) -> Tally:
    """A fresh recording, then its cuts."""
    return cutters.cut(record(story, folder, seed=seed, acts=acts), cuts, seed)
