"""Remembers which MiB of a partial download are verified, in a file beside it.

The side file is written anew and put in the old one's place, so it is never half a file. It is
believed as far as the part file is long; whatever it does not name is looked at again by its
hash, so a lost side file costs time and no bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

from app.areas.courses.course import PIECE_BYTES, CourseFile
from app.wire.side_files import Unreadable, read_small

_LARGEST_SIDE_BYTES = 4 << 20
Stop = Callable[[], bool]
Seen = Callable[[int], None]


def digest_of(path: Path) -> str:
    """SHA-256 of a file as it is now, in hex."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def go_on() -> bool:
    """Never stop."""
    return False


def unheard(_looked_at: int) -> None:
    """Nobody wants to know how far it is."""


class Pieces:
    """The proven pieces of one file; one thread changes them, others may count."""

    def __init__(self, file: CourseFile) -> None:
        self.file = file
        self._good = bytearray(len(file.pieces))

    def __contains__(self, place: int) -> bool:
        return self._good[place] == 1

    def add(self, place: int) -> None:
        """This piece is on the disk and fits."""
        self._good[place] = 1

    def forget_beyond(self, part_bytes: int) -> None:
        """The part file is only so long."""
        if part_bytes < self.file.size_bytes:
            first = part_bytes // PIECE_BYTES
            self._good[first:] = bytes(len(self._good) - first)

    @property
    def all(self) -> bool:
        """Whether nothing is missing."""
        return 0 not in self._good

    @property
    def have_bytes(self) -> int:
        """Bytes of all proven pieces."""
        count = self._good.count(1)
        short = len(self._good) * PIECE_BYTES - self.file.size_bytes
        return count * PIECE_BYTES - (short if count and self._good[-1] else 0)

    def size_of(self, place: int) -> int:
        """How long a piece is: the last may be short."""
        return min(PIECE_BYTES, self.file.size_bytes - place * PIECE_BYTES)

    def fits(self, place: int, data: memoryview) -> bool:
        """Whether these are a piece's bytes."""
        return hashlib.sha256(data).hexdigest() == self.file.pieces[place]

    def gap(self) -> tuple[int, int] | None:
        """The first pieces that are missing: from this one up to before that one."""
        first = self._good.find(0)
        if first < 0:
            return None
        after = self._good.find(1, first)
        return first, len(self._good) if after < 0 else after

    def missing(self) -> list[int]:
        """Every piece that is not proven."""
        return [place for place, good in enumerate(self._good) if not good]

    def as_text(self) -> str:
        """What the side file says; ``pieces`` is what programs before runs understood."""
        runs: list[list[int]] = []
        for place, good in enumerate(self._good):
            if good and runs and runs[-1][1] == place - 1:
                runs[-1][1] = place
            elif good:
                runs.append([place, place])
        first = runs[0][1] + 1 if runs and runs[0][0] == 0 else 0
        return json.dumps({"pieces": first, "runs": runs})

    def read(self, side: Path, part_bytes: int) -> None:
        """Believe what a side file says as far as the part file reaches; raises nothing."""
        try:
            said = json.loads(read_small(side, _LARGEST_SIDE_BYTES) or b"")
            runs = [(int(first), int(last)) for first, last in said.get("runs", ())]
            runs.append((0, int(said["pieces"]) - 1))
        except (Unreadable, ValueError, KeyError, TypeError, AttributeError, OverflowError):
            return
        for first, last in runs:
            for place in range(max(first, 0), min(last + 1, len(self._good))):
                if place * PIECE_BYTES + self.size_of(place) <= part_bytes:
                    self._good[place] = 1

    def look(self, part: Path, *, stop: Stop = go_on, seen: Seen = unheard) -> bool:
        """Find among the pieces that nobody vouches for those that lie in the part file.

        True when all of it was looked at; ``stop`` ends it sooner.
        """
        data = memoryview(bytearray(PIECE_BYTES))
        with part.open("rb", buffering=0) as opened:
            there = os.fstat(opened.fileno()).st_size
            for place in self.missing():
                start, size = place * PIECE_BYTES, self.size_of(place)
                if start + size > there:
                    continue
                if stop():
                    return False
                opened.seek(start)
                if _fill(opened.readinto, data[:size]) == size and self.fits(place, data[:size]):
                    self.add(place)
                seen(start + size)
        return True


def _fill(readinto: Callable[[memoryview], int | None], place: memoryview) -> int:
    """Read until the place is full or there is no more."""
    got = 0
    while got < len(place):
        count = readinto(place[got:])
        if not count:
            break
        got += count
    return got
