"""The tape: every block write and flush of a recorded disk, in order, with what was acked by then."""

from __future__ import annotations

import mmap
import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

BLOCK_BYTES = 4096
SECTOR_BYTES = 512
_HEAD = struct.Struct("<cQQI")
_COUNTERS = struct.Struct("<QQ")


@dataclass(frozen=True, slots=True)
class Entry:
    """A write, or a flush (``data`` None); ``acked`` is how much was confirmed before it."""

    acked: int
    offset: int
    data: bytes | None


class Counters:
    """Two numbers shared by the writer of the record and the disk: acks given, entries made."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(_COUNTERS.size))
        with path.open("r+b") as opened:
            self._shared = mmap.mmap(opened.fileno(), _COUNTERS.size)

    @property
    def acked(self) -> int:
        """How many confirmations were given."""
        return int.from_bytes(self._shared[:8], "little")

    @acked.setter
    def acked(self, count: int) -> None:
        self._shared[:8] = count.to_bytes(8, "little")

    @property
    def entries(self) -> int:
        """How many entries the tape has."""
        return int.from_bytes(self._shared[8:16], "little")

    @entries.setter
    def entries(self, count: int) -> None:
        self._shared[8:16] = count.to_bytes(8, "little")


class TapeWriter:
    """Appends entries; used by the disk alone."""

    def __init__(self, opened: BinaryIO, counters: Counters) -> None:
        self._opened = opened
        self._counters = counters
        self._count = 0

    def wrote(self, offset: int, data: bytes) -> None:
        """A block write was taken."""
        self._put(_HEAD.pack(b"W", self._counters.acked, offset, len(data)) + data)

    def flushed(self) -> None:
        """All writes up to here are to be on the platter."""
        self._put(_HEAD.pack(b"F", self._counters.acked, 0, 0))

    def _put(self, entry: bytes) -> None:
        self._opened.write(entry)
        self._count += 1
        self._counters.entries = self._count


def read_tape(path: Path) -> list[Entry]:
    """All entries of a recording."""
    return list(_entries(path))


def _entries(path: Path) -> Iterator[Entry]:
    with path.open("rb") as opened:
        while head := opened.read(_HEAD.size):
            kind, acked, offset, length = _HEAD.unpack(head)
            yield Entry(acked, offset, opened.read(length) if kind == b"W" else None)


class Replay:
    """What a disk holds after a cut before entry ``place``; ask in rising order of places.

    All writes up to the last flush before the cut are there. Of the later 4 KiB blocks a random
    half is, and one in twenty of those is torn at a sector.
    """

    def __init__(self, tape: list[Entry], size_bytes: int, acked: int) -> None:
        self._tape = tape
        self._acked = acked
        self._flushed = bytearray(size_bytes)
        self._next = 0

    def acked(self, place: int) -> int:
        """What had been confirmed when the cut came; all of it (``acked``) when nothing followed."""
        return min(self._tape[place].acked, self._acked) if place < len(self._tape) else self._acked

    def put_image(self, target: mmap.mmap | bytearray, place: int, chance: random.Random) -> None:
        """Fill ``target`` with what the disk holds."""
        self._go_on(place)
        target[:] = self._flushed
        for entry in self._tape[self._next : place]:
            if entry.data is not None:
                _put_some(target, entry.offset, entry.data, chance)

    def _go_on(self, place: int) -> None:
        last = max(
            (at for at in range(self._next, place) if self._tape[at].data is None), default=None
        )
        if last is None:
            return
        for entry in self._tape[self._next : last]:
            if entry.data is not None:
                self._flushed[entry.offset : entry.offset + len(entry.data)] = entry.data
        self._next = last + 1


def _put_some(
    target: mmap.mmap | bytearray, offset: int, data: bytes, chance: random.Random
) -> None:
    for at in range(0, len(data), BLOCK_BYTES):
        block = data[at : at + BLOCK_BYTES]
        if chance.random() < 0.5:
            continue
        if chance.random() < 0.05:
            block = block[: chance.randrange(0, len(block) + 1, SECTOR_BYTES)]
        target[offset + at : offset + at + len(block)] = block
