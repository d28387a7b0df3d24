"""Running a swarm in processes of its own, and putting together what they tell."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec

from bench.centre.swarm import Plan, Told
from bench.data.cast import FEED_REV, Cast, Known
from bench.processes.children import ROOT
from tests.support.centre_process import RunningCentre

_SOON_S = 0.5


@dataclass(frozen=True, slots=True)
class Story:
    """What the stations live through; see ``bench.centre.swarm.Plan``."""

    times: tuple[tuple[float, float], ...]
    spread_s: float = 0.0
    give_up_s: float = 900.0
    facts_each: int = 0


@dataclass(frozen=True, slots=True)
class Ready:
    """Processes that are prepared and wait for the beginning."""

    processes: tuple[subprocess.Popen[bytes], ...]

    def begin(self) -> float:
        """Tell them to begin at once; the moment (s since 1970)."""
        at = time.time() + _SOON_S
        for one in self.processes:
            if one.stdin is not None:
                one.stdin.write(f"{at}\n".encode())
                one.stdin.flush()
        return at

    def told(self) -> Told:
        """Wait for all of them; what they tell together.

        Raises:
            RuntimeError: one of them failed.
        """
        return together([_told_by(one) for one in self.processes])

    def close(self) -> None:
        """End those that run still."""
        for one in self.processes:
            if one.poll() is None:
                one.kill()
            one.communicate()


def prepare(
    centre: RunningCentre, known: Known, cast: Cast, story: Story, *, processes: int = 1
) -> Ready:
    """Start the processes and wait until all have made their stations."""
    address = urlsplit(centre.address)
    plans = [
        Plan(
            host=address.hostname or "127.0.0.1",
            port=address.port or 80,
            centre_key=known.key.hex(),
            generation=known.generation,
            feed_rev=FEED_REV,
            seed=cast.seed,
            stations=cast.stations,
            attendances=cast.attendances,
            first=first,
            step=processes,
            times=story.times,
            spread_s=story.spread_s,
            give_up_s=story.give_up_s,
            facts_each=story.facts_each,
        )
        for first in range(processes)
    ]
    ready = Ready(tuple(_start(plan) for plan in plans))
    for one in ready.processes:
        if one.stdout is None or one.stdout.readline() != b"ready\n":
            ready.close()
            raise RuntimeError("a process of the swarm ended before it began")
    return ready


def together(told: Sequence[Told]) -> Told:
    """What several processes tell, as one."""
    out = Told()
    for one in told:
        for name in (
            *("sent_at", "taken_ms", "status", "brought", "confirmed_after_s", "confirmed_at"),
            *("stations", "wrong"),
        ):
            getattr(out, name).extend(getattr(one, name))
        for name in ("connections", "broken", "unfinished", "cpu_s"):
            setattr(out, name, getattr(out, name) + getattr(one, name))
        out.wall_s = max(out.wall_s, one.wall_s)
        out.late_s = max(out.late_s, one.late_s)
    return out


def _start(plan: Plan) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "bench.centre.swarm", msgspec.json.encode(plan).decode()],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def _told_by(process: subprocess.Popen[bytes]) -> Told:
    line = b""
    while process.stdout is not None and not line.endswith(b"\n"):
        more = process.stdout.readline()  # which at times ends in the middle of a long line
        if not more and process.poll() is not None:
            break
        line += more
    process.wait()
    if not line.endswith(b"\n"):
        raise RuntimeError(f"a process of the swarm failed: {process.returncode}")
    return msgspec.json.decode(line, type=Told)
