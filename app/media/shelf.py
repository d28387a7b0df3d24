"""The media shelf: files named by their hash, received in pieces, whole only when verified.

A piece is on disk before it counts; the side file says which pieces do, and it is
believed only as far as the part file agrees. A whole file carries a stamp of its size and
time, so that a change under our hands sends it back to verification.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from app.domain.courses import PIECE_BYTES, CourseFile
from app.domain.errors import MediaTrouble
from app.wire.side_files import Unreadable, is_in_the_way, make_folder, read_small, set_aside

_HEX = frozenset("0123456789abcdef")
_NO_NOTE = (Unreadable, ValueError, KeyError, TypeError, OverflowError, RecursionError)
"""What reading a side file of ours can come to."""


class DiskShelf:
    """Implements ``app.ports.shelf.MediaShelf`` in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with suppress(OSError):  # a folder that can't be made has no courses, and stops no sign-in
            make_folder(folder)
        self._stamps: dict[str, tuple[int, int]] = {}

    def whole(self, file: CourseFile) -> Path | None:
        """The verified file's path; verifies once a run, and again if it was touched."""
        path = self._path(file)
        stamp = _stamp(path)
        if stamp is None or stamp[0] != file.size_bytes:
            return None
        if self._stamps.get(file.sha256) == stamp:
            return path
        if self._kept_stamp(file) != stamp and not _is_what_it_says(path, file):
            self.discard(file)
            return None
        self._remember(file, stamp)
        return path

    def have_bytes(self, file: CourseFile) -> int:
        """Verified bytes here; a finished file is believed until it is asked for."""
        stamp = _stamp(self._path(file))
        if stamp is not None and stamp[0] == file.size_bytes:
            return file.size_bytes
        return min(self._verified(file) * PIECE_BYTES, file.size_bytes)

    def resume_at(self, file: CourseFile) -> int:
        """Where to go on, at a piece's boundary; the last piece is always left to be asked for.

        A line that broke after the last byte would else make us ask for what is beyond the end.
        """
        return min(self._verified(file), len(file.pieces) - 1) * PIECE_BYTES if file.pieces else 0

    def receive(self, file: CourseFile, chunks: Iterator[bytes], start: int) -> None:
        """See the port; what was verified stays even when the line breaks."""
        part = self._part(file)
        done = start // PIECE_BYTES
        try:
            with part.open("r+b" if part.exists() else "w+b") as opened:
                opened.seek(start)
                opened.truncate()
                buffer = bytearray()
                for chunk in chunks:
                    buffer += chunk
                    while len(buffer) >= PIECE_BYTES:
                        self._piece(file, opened, bytes(buffer[:PIECE_BYTES]), done)
                        del buffer[:PIECE_BYTES]
                        done += 1
                if buffer and done < len(file.pieces):
                    self._piece(file, opened, bytes(buffer), done)
                    done += 1
        except OSError as full:
            raise MediaTrouble("media.disk_full") from full
        if done == len(file.pieces):
            self._finish(file)

    def import_file(self, file: CourseFile, source: Path) -> None:
        """Take a file from another place on this PC, verified like any other."""
        with source.open("rb") as opened:
            self.receive(file, iter(lambda: opened.read(PIECE_BYTES), b""), 0)

    def discard(self, file: CourseFile) -> None:
        """Move a broken file aside and forget what was verified of it."""
        self._stamps.pop(file.sha256, None)
        for path in (self._path(file), self._part(file)):
            with suppress(OSError):
                if path.exists():
                    os.replace(path, path.with_suffix(".broken"))
        for path in (self._side(file), self._stamp_file(file)):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def free_bytes(self) -> int:
        """Free space of this disk; 0 when nobody can tell."""
        for folder in (self._folder, self._folder.parent):
            with suppress(OSError):
                return shutil.disk_usage(folder).free
        return 0

    def _piece(self, file: CourseFile, part: IO[bytes], data: bytes, place: int) -> None:
        if place >= len(file.pieces) or hashlib.sha256(data).hexdigest() != file.pieces[place]:
            raise MediaTrouble("media.broken", title="")
        part.write(data)
        part.flush()
        os.fsync(part.fileno())
        _note(self._side(file), {"pieces": place + 1})

    def _finish(self, file: CourseFile) -> None:
        part = self._part(file)
        if part.stat().st_size != file.size_bytes or _sha256(part) != file.sha256:
            self.discard(file)
            raise MediaTrouble("media.broken", title="")
        os.replace(part, self._path(file))
        self._side(file).unlink(missing_ok=True)
        stamp = _stamp(self._path(file))
        if stamp is not None:
            self._remember(file, stamp)

    def _verified(self, file: CourseFile) -> int:
        part = self._part(file)
        try:
            pieces = int(json.loads(read_small(self._side(file)) or b"")["pieces"])
            there = part.stat().st_size
        except (OSError, *_NO_NOTE):
            return 0
        return max(0, min(pieces, len(file.pieces), there // PIECE_BYTES))

    def _remember(self, file: CourseFile, stamp: tuple[int, int]) -> None:
        self._stamps[file.sha256] = stamp
        with suppress(OSError):  # then it is verified anew in the next run
            _note(self._stamp_file(file), stamp)

    def _kept_stamp(self, file: CourseFile) -> tuple[int, int] | None:
        try:
            size, changed = json.loads(read_small(self._stamp_file(file)) or b"")
            return (int(size), int(changed))
        except _NO_NOTE:
            return None

    def _path(self, file: CourseFile) -> Path:
        return self._folder / f"{self._safe(file)}{_suffix(file)}"

    def _part(self, file: CourseFile) -> Path:
        return self._folder / f"{self._safe(file)}.part"

    def _side(self, file: CourseFile) -> Path:
        return self._folder / f"{self._safe(file)}.pieces"

    def _stamp_file(self, file: CourseFile) -> Path:
        return self._folder / f"{self._safe(file)}.whole"

    def _safe(self, file: CourseFile) -> str:
        """Names from outside never become paths: only 64 hex digits do."""
        if len(file.sha256) != 64 or not set(file.sha256) <= _HEX:
            raise MediaTrouble("media.broken", title="")
        return file.sha256


def _note(path: Path, what: object) -> None:
    if is_in_the_way(path):
        set_aside(path)
    path.write_text(json.dumps(what), encoding="utf-8")


def _suffix(file: CourseFile) -> str:
    return file.suffix if file.suffix in (".mp4", ".srt") else ".bin"


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns)


def _is_what_it_says(path: Path, file: CourseFile) -> bool:
    try:
        return _sha256(path) == file.sha256
    except OSError:
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
