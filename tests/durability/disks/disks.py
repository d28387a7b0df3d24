"""Runs the failing and the full disk in processes of their own, and adds up what was found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from typing import Any

from tests.durability.lab.checks import read_verdict
from tests.durability.lab.tally import Tally
from tests.support.centre_process import ROOT

_LONGEST_S = 3_600


@dataclass(slots=True)
class DiskRun:
    """``numbers`` flushes or writes were hit in turn; counts are sums over them."""

    tally: Tally
    counts: dict[str, int] = field(default_factory=dict)
    most_refused: int = 0
    """Sign-ins refused in the worst session, until the trouble was over."""

    @property
    def believed(self) -> int:
        """Confirmations that rest on a flush that failed."""
        return self.counts.get("believed", 0)


def fail_at_each(
    kind: str, *, first: int = 1, last: int = 10_000, step: int = 1, bug: str = ""
) -> DiskRun:
    """See ``tests.durability.disks.failing``; raises AssertionError when the run itself breaks."""
    command = ["tests.durability.disks.failing", kind, "--first", str(first), "--last", str(last)]
    lines = _run([*command, "--step", str(step), *(["--bug", bug] if bug else [])])
    run = DiskRun(Tally(kind))
    for told in lines:
        run.tally.take(read_verdict(told), f"{kind} number {told['number']}")
        for name in "refused unopened failed failed_log no_room believed after".split():
            run.counts[name] = run.counts.get(name, 0) + int(told[name])
        run.most_refused = max(run.most_refused, int(told["refused"]))
    return run


def fill_up(sign_ins: int, ballast_mib: int) -> dict[str, Any]:
    """See ``tests.durability.disks.filling``: what it printed."""
    command = ["tests.durability.disks.filling", "--sign-ins", str(sign_ins)]
    (told,) = _run([*command, "--ballast-mib", str(ballast_mib)])
    return told


def _run(command: list[str]) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="yjdisk") as place:
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=os.environ | {"TMPDIR": place},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_LONGEST_S,
            check=False,
        )
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.returncode} {done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]
