"""One attempt to download one file: hashes and writes bytes in parallel and verifies each MiB.

The caller's thread only fills buffers; one thread hashes, another writes, and both work on the
same bytes. What is written counts once its hash fits, it was forced to the disk and the side
file says so: every few MiB, on a third thread that nobody waits for, and at the end of the try,
however it ends.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from app.areas.courses.course import PIECE_BYTES
from app.domain.errors import MediaTrouble
from app.media.pieces import Pieces, Stop

SAVE_EVERY_BYTES = 4 << 20
_MOST_UNSAVED_BYTES = 64 << 20
"""A disk that takes longer to force than to write is waited for now and then."""
_WRITE_BYTES = 256 << 10
"""For larger writes Linux looks for larger pages, and finding them costs more than it saves."""
_BUFFERS = 4
"""One is filled while the others are hashed and written: what a kill takes with it."""
_MOST_BAD_IN_A_ROW = 16
"""So many pieces one after the other that do not fit: what comes is not this file."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Try:
    """Receives into one part file; ``begun`` is what an earlier try brought of a piece.

    ``bad`` says of each piece that did not fit what it hashed to.
    """

    def __init__(
        self, part: Path, pieces: Pieces, save: Callable[[IO[bytes]], None], stop: Stop
    ) -> None:
        self._pieces, self._save, self._stop = pieces, save, stop
        self._part = part
        self._free: SimpleQueue[memoryview] = SimpleQueue()
        for _ in range(_BUFFERS):
            self._free.put(memoryview(bytearray(PIECE_BYTES)))
        self._failed: OSError | None = None
        self._unsaved = 0
        self._saved: Future[None] | None = None
        self._bad_in_a_row = 0
        self.bad: dict[int, bytes] = {}
        self.rest: tuple[int, bytes] | None = None
        """A piece that was cut off, and what came of it."""

    def run(self, chunks: Iterator[bytes | memoryview], start: int, begun: bytes) -> None:
        """Take all that comes from ``start`` on.

        Raises:
            MediaTrouble: the disk is full or can't be written; what was proven is kept.
        """
        try:
            self._opened = self._part.open("r+b" if self._part.exists() else "w+b", buffering=0)
        except OSError as failed:
            raise trouble_of(failed) from failed
        with (
            self._opened,
            ThreadPoolExecutor(1, "course-hash") as hashing,
            ThreadPoolExecutor(1, "course-write") as writing,
            ThreadPoolExecutor(1, "course-save") as self._saving,
        ):
            try:
                self._take(chunks, start, begun, hashing, writing)
            finally:
                writing.submit(self._end).result()
        if self._failed is not None:
            raise trouble_of(self._failed) from self._failed

    def _take(
        self,
        chunks: Iterator[bytes | memoryview],
        start: int,
        begun: bytes,
        hashing: ThreadPoolExecutor,
        writing: ThreadPoolExecutor,
    ) -> None:
        place, count = start // PIECE_BYTES, len(self._pieces.file.pieces)
        buffer, filled = self._free.get(), len(begun)
        buffer[:filled] = begun
        try:
            for chunk in chunks:
                if self._stop() or self._is_hopeless:
                    return
                left = memoryview(chunk)
                while left and place < count:
                    size = self._pieces.size_of(place)
                    taken = min(len(left), size - filled)
                    buffer[filled : filled + taken] = left[:taken]
                    filled, left = filled + taken, left[taken:]
                    if filled == size:
                        data = buffer[:size]
                        fits = hashing.submit(_digest, data)
                        writing.submit(self._keep, place, buffer, size, fits)
                        place, filled, buffer = place + 1, 0, self._free.get()
                if left:
                    self.bad[count] = b""  # more than the file has
                    return
        finally:
            if filled and place < count and place not in self._pieces:
                self.rest = (place, bytes(buffer[:filled]))

    @property
    def _is_hopeless(self) -> bool:
        return self._failed is not None or self._bad_in_a_row >= _MOST_BAD_IN_A_ROW

    def _keep(self, place: int, buffer: memoryview, size: int, digest: Future[bytes]) -> None:
        """Write a piece while it is hashed; the writing thread only."""
        try:
            if self._failed is not None or place in self._pieces:
                return
            self._write(place, buffer[:size])
            found = digest.result()
            if found.hex() != self._pieces.file.pieces[place]:
                self.bad[place] = found
                self._bad_in_a_row += 1
                return
            self._bad_in_a_row = 0
            self._pieces.add(place)
            self._unsaved += size
            if self._unsaved >= SAVE_EVERY_BYTES:
                self._save_soon()
        except OSError as failed:
            self._failed = failed
        finally:
            digest.result()
            self._free.put(buffer)

    def _save_soon(self) -> None:
        """Begin to force what was written, unless that is being done."""
        if self._saved is not None:
            if not self._saved.done() and self._unsaved < _MOST_UNSAVED_BYTES:
                return
            self._saved.result()
        self._unsaved = 0
        self._saved = self._saving.submit(self._save, self._opened)

    def _write(self, place: int, data: memoryview) -> None:
        self._opened.seek(place * PIECE_BYTES)
        while data:
            data = data[self._opened.write(data[:_WRITE_BYTES]) :]

    def _end(self) -> None:
        """Keep what was proven since the last time, also after a failure."""
        try:
            if self._saved is not None:
                self._saved.result()
            if self._unsaved:
                self._save(self._opened)
        except OSError as failed:
            self._failed = self._failed or failed


def trouble_of(failed: OSError) -> MediaTrouble:
    """A disk that is full, or one that can't be written for another reason."""
    full = failed.errno in _FULL
    key = "media.disk_full" if full else "media.not_kept"
    return MediaTrouble(key, title="", why=failed.strerror or "")


def _digest(data: memoryview) -> bytes:
    return hashlib.sha256(data).digest()


def force(opened: IO[bytes]) -> None:
    """What was written lies on the disk."""
    os.fsync(opened.fileno())
