"""Records a story: a real ext4 on a disk that keeps a tape, and the real writer on it.

python -m tests.durability.cuts.recorder STORY FOLDER [--seed N] [--acts N]
"""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.durability.cuts import disk as disk_program
from tests.durability.cuts.stories import STORIES
from tests.durability.lab.kernel import LoopDevice, mount, own_mounts, unmount
from tests.durability.lab.stage import Recording, Stage, read_recording
from tests.durability.lab.tape import Counters
from tests.support.centre_process import ROOT

SIZE_BYTES = 32 << 20
_MKFS = "mkfs.ext4 -q -F -b 4096 -m 0 -J size=4 -E nodiscard,lazy_itable_init=0".split()
_LONGEST_S = 300


def record(story: str, folder: Path, *, seed: int = 1, acts: int = 200) -> Recording:
    """Record a story in a process of its own; raises AssertionError with what it said if it fails."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.durability.cuts.recorder", story, str(folder)]
    done = subprocess.run(
        [*command, "--seed", str(seed), "--acts", str(acts)],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_LONGEST_S,
        check=False,
    )
    if done.returncode != 0:
        raise AssertionError(f"recording {story}: {done.returncode} {done.stderr[-2000:]}")
    return read_recording(folder)


@contextmanager
def recorded_disk(folder: Path) -> Iterator[Path]:
    """A formatted and mounted disk whose tape is written into ``folder``."""
    place = Path(tempfile.mkdtemp(prefix="yjlab"))
    (fuse := place / "fuse").mkdir()
    (root := place / "disk").mkdir()
    server = subprocess.Popen(
        [sys.executable, "-m", disk_program.__name__, str(fuse)]
        + [str(folder / "tape"), str(folder / "counters"), str(SIZE_BYTES)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(fuse / disk_program.NAME, server)
        backing = os.open(fuse / disk_program.NAME, os.O_RDWR | os.O_CLOEXEC)
        device = LoopDevice(backing)
        os.close(backing)
        try:
            subprocess.run([*_MKFS, device.path], check=True, capture_output=True)
            mount(device.path, root, "ext4")
            try:
                yield root
            finally:
                unmount(root)
        finally:
            device.let_go()
        unmount(fuse)
        server.wait(timeout=60)
    finally:
        server.kill()
        server.wait()
    root.rmdir()
    fuse.rmdir()
    place.rmdir()


def _wait_for(path: Path, server: subprocess.Popen[bytes]) -> None:
    """The disk is there as soon as it can be asked for; asking again and again costs little."""
    while not path.exists():
        try:
            server.wait(timeout=0.01)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError("the recording disk did not start")


def main(arguments: list[str]) -> None:
    """Record and write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("story", choices=sorted(STORIES))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--acts", type=int, default=200)
    asked = parser.parse_args(arguments)
    logging.disable(logging.WARNING)
    own_mounts()
    counters = Counters(asked.folder / "counters")
    story = STORIES[asked.story]
    with recorded_disk(asked.folder) as root:
        stage = Stage(root, counters, asked.seed, asked.acts)
        story.play(stage)
        end = counters.entries
    Recording(
        asked.folder, asked.story, SIZE_BYTES, stage.start, end, tuple(stage.told), stage.facts
    ).write()


if __name__ == "__main__":
    main(sys.argv[1:])
