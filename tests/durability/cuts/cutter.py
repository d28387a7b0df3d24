"""Cuts recordings: a warm process with a disk of its own puts an image on it and starts the program.

    python -m tests.durability.cuts.cutter

Takes lines of JSON ``{"recording", "seed", "places"}`` and answers each place with one line.
"""

from __future__ import annotations

import json
import logging
import mmap
import os
import random
import sys
import tempfile
from pathlib import Path

from tests.durability.cuts.stories import STORIES
from tests.durability.lab.checks import Cut, Verdict
from tests.durability.lab.kernel import LoopDevice, die_with_parent, mount, own_mounts, unmount
from tests.durability.lab.stage import Recording, read_recording
from tests.durability.lab.tape import Replay, read_tape

_QUICK = "nobarrier"
"""Nobody cuts the replayed disk a second time."""


_THOROUGH_EVERY = 8


class CutDisk:
    """A disk in memory that is filled anew for each cut."""

    def __init__(self, size_bytes: int) -> None:
        self._backing = os.memfd_create("cut")
        os.ftruncate(self._backing, size_bytes)
        self.image = mmap.mmap(self._backing, size_bytes)
        self.root = Path(tempfile.mkdtemp(prefix="yjcut"))
        self.device = LoopDevice(self._backing)

    def judge(self, recording: Recording, acked: int, *, thorough: bool) -> Verdict:
        """Mount what the image holds, let ext4 replay its journal, and look."""
        self.device.forget_cached()
        cut = Cut(self.root, recording.told[:acked], recording.facts, thorough)
        try:
            mount(self.device.path, self.root, "ext4", _QUICK)
        except OSError as unmountable:
            return Verdict(acked=acked, lost=acked, corrupt=1, why=f"not mounted: {unmountable}")
        try:
            return STORIES[recording.story].check(cut)
        except Exception as failed:  # noqa: BLE001 - whatever a start may raise is the finding
            why = f"not opened: {type(failed).__name__}: {failed}"[:200]
            return Verdict(acked=acked, lost=acked, corrupt=1, why=why)
        finally:
            unmount(self.root)

    def let_go(self) -> None:
        """Give everything back."""
        self.device.let_go()
        os.close(self._backing)
        self.root.rmdir()


def cut_all(folder: Path, seed: int, places: list[int]) -> None:
    """Answer each place with its verdict, on standard output."""
    recording = read_recording(folder)
    replay = Replay(read_tape(recording.tape), recording.size_bytes, len(recording.told))
    disk = CutDisk(recording.size_bytes)
    try:
        for turn, place in enumerate(sorted(places)):
            chance = random.Random(f"{seed}:{place}:{turn}")
            replay.put_image(disk.image, place, chance)
            verdict = disk.judge(
                recording, replay.acked(place), thorough=turn % _THOROUGH_EVERY == 0
            )
            sys.stdout.write(json.dumps({"place": place, **verdict.plain()}) + "\n")
            sys.stdout.flush()
    finally:
        disk.let_go()


def main() -> None:
    """Serve until the input ends."""
    die_with_parent()
    own_mounts()
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        asked = json.loads(line)
        cut_all(Path(asked["recording"]), asked["seed"], asked["places"])


if __name__ == "__main__":
    main()
