"""Looks at a hostile stick in a process of its own and tells what that cost.

Usage: centre|station HOME STICK OUTSIDE – one JSON object on standard output. Every file that
is opened by a path into OUTSIDE, every process started and every connection made is told.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from centre.opening import open_centre
from centre.settings import Settings
from centre.sticks.taking import take_stick
from tests.sticks.parts import Keys

_OTHER_DEEDS = ("subprocess.Popen", "os.exec", "os.system", "os.posix_spawn", "socket.connect")


def main(side: str, home: Path, stick: Path, outside: Path) -> None:
    """Look, and tell."""
    seen: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event in _OTHER_DEEDS or (
            event in ("open", "os.listdir", "os.scandir")
            and isinstance(arguments[0], str | bytes | os.PathLike)
            and os.fsdecode(arguments[0]).startswith(str(outside))
        ):
            seen.append(f"{event} {arguments[:1]}")

    if side == "centre":
        centre = open_centre(Settings(home))
        sys.addaudithook(watch)
        began = time.monotonic()
        taken = take_stick(centre, stick)
        told: dict[str, object] = {
            "took": [[one.station, one.parts, one.answers] for one in taken.stations],
            "refused": taken.refused,
        }
    else:
        link = Keys.load(home).link()
        sys.addaudithook(watch)
        began = time.monotonic()
        found = link.look(stick, ())
        told = {
            "took": list(found.answers),
            "refused": [found.foreign, found.damaged, found.unseen],
        }
    print(json.dumps(told | {"seconds": time.monotonic() - began, "seen": seen, "mb": most_mb()}))


def most_mb() -> float:
    """The most memory this process ever had, in MiB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


if __name__ == "__main__":
    main(sys.argv[1], *(Path(one) for one in sys.argv[2:5]))
