"""Looking at a stick that may be hostile: what is read, how much, and what is refused.

Only a regular file whose name is the hash of all its bytes is ever handed on. Everything
else is counted and passed over. Looking costs bounded time, bytes and memory.
"""

from __future__ import annotations

import hashlib
import io
import os
import time
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.wire.sticks.folder import Folder, is_plain_file
from app.wire.sticks.layout import (
    MOST_ENTRIES,
    MOST_PART_BYTES,
    MOST_PARTS,
    MOST_PARTS_A_STATION,
    MOST_READ_BYTES,
    MOST_SECONDS,
    MOST_STATIONS,
    TOP,
    is_part_name,
    is_station_name,
)

_CHUNK_BYTES = 256 * 1024

FOREIGN = ("name", "kind", "size")
DAMAGED = ("changed", "hash", "sealed", "unreadable", "signature", "station")
UNSEEN = ("too_many", "time")
REASONS = (*FOREIGN, *DAMAGED, *UNSEEN)
"""Why something was passed over: not one of ours; ours but not whole or not to be believed;
not looked at because the stick holds too much."""


class Unfit(Exception):
    """A file that is not handed on; the argument is one of ``REASONS``."""

    @property
    def reason(self) -> str:
        """One of ``REASONS``."""
        return str(self.args[0])


@dataclass(slots=True)
class Look:
    """One look at one stick: what it has cost so far and what was refused."""

    refused: Counter[str] = field(default_factory=Counter)
    seconds_left: float = MOST_SECONDS
    bytes_left: int = MOST_READ_BYTES
    entries_left: int = MOST_ENTRIES
    parts_left: int = MOST_PARTS

    @contextmanager
    def timed(self) -> Iterator[None]:
        """What happens inside counts as looking."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds_left -= time.monotonic() - began

    @property
    def spent(self) -> bool:
        """Whether nothing more may be looked at."""
        return min(self.seconds_left, self.bytes_left, self.entries_left, self.parts_left) <= 0

    @property
    def unseen(self) -> int:
        """How much was not looked at because it was too much."""
        return sum(self.refused[reason] for reason in UNSEEN)

    def share(self, among: int) -> Look:
        """A look for one of so many stations: an equal part of what may still be read.

        One folder full of rubbish thus leaves the others theirs. ``settle`` gives back what was
        not used.
        """
        return Look(
            seconds_left=self.seconds_left / among,
            bytes_left=self.bytes_left // among,
            entries_left=self.entries_left // among,
            parts_left=self.parts_left // among,
        )

    def settle(self, shared: Look, among: int) -> None:
        """Count what a ``share`` among so many used and refused."""
        given = self.share(among)
        self.seconds_left -= given.seconds_left - shared.seconds_left
        self.bytes_left -= given.bytes_left - shared.bytes_left
        self.entries_left -= given.entries_left - shared.entries_left
        self.parts_left -= given.parts_left - shared.parts_left
        self.refused.update(shared.refused)

    def stations(self, root: Folder, way: str) -> tuple[str, ...]:
        """Names of stations' folders under ``YJ/<way>``, in order of name."""
        with self.timed():
            found: list[str] = []
            with root.into(TOP, way) as folder:
                for name in self._names(folder):
                    if not is_station_name(name):
                        self.refused["name"] += 1
                    elif len(found) >= MOST_STATIONS:
                        self.refused["too_many"] += 1
                    else:
                        found.append(name)
        return tuple(sorted(found))

    @contextmanager
    def station(self, root: Folder, way: str, station: str) -> Iterator[Folder | None]:
        """The folder of one station, None when there is none to be trusted."""
        with root.into(TOP, way) as folder:
            inner = None if folder is None else folder.child(station)
            if inner is None:
                there = folder is not None and folder.stat(station) is not None
                self.refused["kind"] += int(there)
                yield None
                return
            with inner:
                yield inner

    def parts(self, folder: Folder, known: AbstractSet[str] = frozenset()) -> tuple[str, ...]:
        """Names in a station's folder that can be parts and are not ``known``, in order of name."""
        with self.timed():
            found: list[str] = []
            for name in self._names(folder):
                if name in known:
                    continue
                if not is_part_name(name):
                    self.refused["name"] += 1
                elif len(found) >= min(MOST_PARTS_A_STATION, self.parts_left):
                    self.refused["too_many"] += 1
                else:
                    found.append(name)
            self.parts_left -= len(found)
        return tuple(sorted(found))

    def read(self, folder: Folder, name: str) -> bytes | None:
        """A part's bytes; None when it was refused (and counted)."""
        if self.seconds_left <= 0 or self.bytes_left <= 0:
            self.refused["time"] += 1
            return None
        with self.timed():
            before = folder.stat(name)
            try:
                found = read_part(folder, name)
            except Unfit as unfit:
                self.refused[unfit.reason] += 1
                if unfit.reason not in FOREIGN and before is not None:
                    self.bytes_left -= min(before.st_size, MOST_PART_BYTES)
                return None
        self.bytes_left -= len(found)
        return found

    def _names(self, folder: Folder | None) -> Iterator[str]:
        if folder is None:
            return
        for name in folder.names(max(0, self.entries_left) + 1):
            self.entries_left -= 1
            if self.entries_left < 0 or self.seconds_left <= 0:
                self.refused["too_many"] += 1
                return
            yield name


def read_part(folder: Folder, name: str, most: int = MOST_PART_BYTES) -> bytes:
    """All bytes of a part, which hash to its name.

    Raises:
        Unfit: it is no regular file, has no right size, changed meanwhile, or hashes otherwise.
    """
    out = bytearray()
    for chunk in stream(folder, name, most):
        out += chunk
    if hashlib.sha256(out).hexdigest() != name:
        raise Unfit("hash")
    return bytes(out)


def stream(folder: Folder, name: str, most: int, *, start: int = 0) -> Iterator[memoryview]:
    """The bytes of a regular file of at most ``most`` bytes; the caller checks what they hash to.

    A chunk is overwritten once the next is asked for.

    Raises:
        Unfit: it is no regular file, has no right size, can't be read or changed meanwhile.
    """
    before = folder.stat(name)
    if before is None or not is_plain_file(before) or before.st_dev != folder.device:
        raise Unfit("kind")
    if not 0 < before.st_size <= most:
        raise Unfit("size")
    try:
        opened = folder.open_old(name)
    except OSError as failed:
        raise Unfit("kind") from failed
    try:
        if not _same(before, os.fstat(opened)):
            raise Unfit("changed")
        yield from _chunks(opened, before.st_size, start)
        if os.read(opened, 1) or not _same(before, os.fstat(opened)):
            raise Unfit("changed")
    except OSError as failed:
        raise Unfit("hash") from failed
    finally:
        os.close(opened)


def _chunks(opened: int, size: int, start: int) -> Iterator[memoryview]:
    left = size - os.lseek(opened, start, os.SEEK_SET)
    place = memoryview(bytearray(max(0, min(_CHUNK_BYTES, left))))
    with io.FileIO(opened, closefd=False) as file:
        while left > 0:
            count = file.readinto(place[: min(len(place), left)])
            if not count:
                raise Unfit("changed")
            left -= count
            yield place[:count]


def _same(one: os.stat_result, other: os.stat_result) -> bool:
    """Windows gives no number of a file by name in every version, so 0 fits all."""
    numbers = {one.st_ino, other.st_ino} - {0}
    return (
        len(numbers) <= 1
        and is_plain_file(other)
        and (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)
    )
