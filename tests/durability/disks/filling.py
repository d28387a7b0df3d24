"""A session on a disk that is really full: the reserve file goes, and people go on signing in.

    python -m tests.durability.disks.filling --sign-ins N [--ballast-mib M]

Prints one line of JSON at the end.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from app.bootstrap import OpenStation, open_station
from app.domain.errors import UserError
from app.store import disk_reserve
from app.store.disk_reserve import DiskReserve
from tests.durability.lab.checks import Cut, check_station
from tests.durability.lab.kernel import mount, own_mounts, unmount
from tests.durability.lab.stage import Told
from tests.support.small_sessions import begin, facts_in
from tests.support.stations import SetClock, fill

_PEOPLE = 100
_A_SESSION = 200
"""Arrivals in one session; those beyond the roster are visitors."""

_ROOM_MIB = 24


def _fill_up(folder: Path) -> None:
    """Somebody else's files take all room there is, to the last byte."""
    handle = os.open(folder / "films", os.O_WRONLY | os.O_CREAT)
    try:
        for size in (1 << 20, 4096, 1):
            block = bytes(size)
            with suppress(OSError):
                while os.write(handle, block) == size:
                    pass
    finally:
        os.close(handle)


def _arrive(opened: OpenStation, wanted: int, told: list[Told]) -> int:
    """So many are confirmed; how many were refused on the way. Ends when nobody gets through."""
    refused = in_a_row = 0
    session = opened.station.sessions.running()
    while len(told) < wanted and in_a_row < 5:
        number = len(told)
        try:
            if session is None or number % _A_SESSION == 0:
                if session is not None:
                    opened.station.sessions.close(session.session.id)
                session = opened.station.sessions.show(begin(opened))
            done = opened.station.attendance.admit_visitor(
                session.session.id, f"来宾{number}", "", "邻村"
            )
        except UserError:
            refused, in_a_row = refused + 1, in_a_row + 1
            session = opened.station.sessions.running()
            continue
        in_a_row = 0
        card = done.card
        if card.status is not None and card.mark is not None:
            told.append(("mark", session.session.id, card.id, card.status.value, card.mark))
    return refused


def run(wanted: int, ballast_mib: int) -> dict[str, object]:
    """Fill the disk, let people arrive, start again, and look."""
    place = Path(tempfile.mkdtemp(prefix="yjfull"))
    mount("tmpfs", place, "tmpfs", f"size={ballast_mib + _ROOM_MIB}m")
    try:
        home = place / "home"
        opened = open_station(home, clock=SetClock())
        fill(opened, people=_PEOPLE, day="2026-11-23")
        begin(opened)
        DiskReserve(home, ballast_mib << 20).keep()
        opened.close()
        opened = open_station(home, clock=SetClock())
        _fill_up(place)
        room = shutil.disk_usage(place).free
        told: list[Told] = []
        began = time.perf_counter()
        refused = _arrive(opened, wanted, told)
        took = time.perf_counter() - began
        left = (home / "ballast").exists()
        (place / "films").unlink()
        opened.close()
        facts = {one: data.decode() for one, data in facts_in(home / "station.db").items()}
        verdict = check_station(Cut(place, told, facts, thorough=True))
        return verdict.plain() | {
            "confirmed": len(told),
            "refused": refused,
            "ballast_left": left,
            "free_at_first": room,
            "seconds": round(took, 1),
        }
    finally:
        unmount(place)
        place.rmdir()


def main(arguments: list[str]) -> None:
    """One run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sign-ins", type=int, default=400)
    parser.add_argument("--ballast-mib", type=int, default=8)
    asked = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    own_mounts()
    disk_reserve._ROOMY_BYTES = 0  # noqa: SLF001 - the small disk of a test counts as roomy
    sys.stdout.write(json.dumps(run(asked.sign_ins, asked.ballast_mib)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
