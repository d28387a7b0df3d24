"""The second copy of the facts: plain lines in a file, outside the acknowledged path.

A B-tree's damage cannot touch it, and it is read back idempotently by hash. One line
is one fact; a torn last line is expected after a power cut and simply not a fact. A file that
can't be read or written is passed over: the copy goes on in another one, and ``copy_check``
makes up for what it held.
"""

from __future__ import annotations

import errno
import json
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from app.store.journal import StoredFact
from app.wire.side_files import is_in_the_way, is_plain, make_folder, make_private_file, set_aside

_log = logging.getLogger("store")

_FLUSH_EVERY_MS = 10_000
_TAIL_BYTES = 1 << 20
_MOST_LINE_BYTES = 1 << 20
"""No fact's line is longer; a run of zeros that a bad disk left is read in such pieces."""
_MOST_FILES_A_MONTH = 20


class SecondCopy:
    """Appends lines; forces them to disk every 10 s, at a session's close and at the end.

    Its own failure never fails a sign-in: ``failed`` tells, and the next append writes what is
    still unwritten first, so that the copy has no gap.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: IO[bytes] | None = None
        self._month = ""
        self._unwritten: list[bytes] = []
        self._flushed_mono_ms = 0
        self.failed = False

    def append(self, fresh: Iterable[StoredFact], month: str, mono_ms: int) -> None:
        """Write committed facts as lines of the month's file (``2026-11``)."""
        self._unwritten += [fact.line().encode("utf-8") + b"\n" for fact in fresh]
        try:
            opened = self._file_of(month)
            opened.write(b"".join(self._unwritten))
            opened.flush()
            self._unwritten.clear()
            if mono_ms - self._flushed_mono_ms >= _FLUSH_EVERY_MS:
                os.fsync(opened.fileno())
                self._flushed_mono_ms = mono_ms
            self.failed = False
        except OSError as trouble:
            self._give_up(trouble)

    def force(self) -> None:
        """Everything written so far goes to the disk now."""
        if self._open is None:
            return
        try:
            self._open.flush()
            os.fsync(self._open.fileno())
        except OSError as trouble:
            self._give_up(trouble)

    def close(self) -> None:
        """Force and close."""
        self.force()
        if self._open is not None:
            self._open.close()
            self._open = None

    def _file_of(self, month: str) -> IO[bytes]:
        """The month's file; never an earlier one than the newest, whatever the clock says.

        So the files in order of their names hold the lines in order of their writing. Where the
        newest can't be written any more (``2026-11``), one behind it is begun (``2026-11b``).
        """
        if self._open is not None and month <= self._month:
            return self._open
        self.close()
        make_folder(self._folder)
        for path in self._folder.glob("*.jsonl"):
            if is_in_the_way(path):
                set_aside(path)
        month = max([month, *(path.stem for path in copy_files(self._folder))])
        for _ in range(_MOST_FILES_A_MONTH):
            try:
                opened = _to_append(self._folder / f"{month}.jsonl")
                break
            except OSError as failed:
                if failed.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
                    raise
                month += "b"
        else:
            raise OSError(errno.EIO, "no file of the second copy can be written")
        self._open, self._month = opened, month
        return opened

    def _give_up(self, trouble: OSError) -> None:
        _log.error("second copy not written: %s", type(trouble).__name__)
        self.failed = True
        broken, self._open = self._open, None
        if broken is not None:
            with suppress(OSError):
                broken.close()


def _to_append(path: Path) -> IO[bytes]:
    """A file of the copy, opened to go on behind its last whole line."""
    make_private_file(path)
    torn = not _ends_whole(path)
    opened = path.open("ab")
    if torn:
        opened.write(b"\n")
    return opened


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as opened:
        if opened.seek(0, os.SEEK_END) == 0:
            return True
        opened.seek(-1, os.SEEK_END)
        return opened.read(1) == b"\n"


def copy_files(folder: Path) -> list[Path]:
    """The files of a copy in order of writing; never raises."""
    try:
        return sorted(path for path in folder.glob("*.jsonl") if is_plain(path))
    except OSError:
        return []


def read_second_copy(folder: Path, *, only_end: bool = False) -> Iterator[StoredFact | None]:
    """The lines of all files in order of writing, not proven yet; None for an unreadable one.

    ``only_end`` reads the last MiB of the newest two files. Never raises: the rest of a file that
    the disk does not give is one unreadable line.
    """
    paths = copy_files(folder)
    for path in paths[-2:] if only_end else paths:
        try:
            yield from _read_file(path, only_end=only_end)
        except OSError as failed:
            _log.error("a file of the second copy can't be read: %s", type(failed).__name__)
            yield None


def _read_file(path: Path, *, only_end: bool) -> Iterator[StoredFact | None]:
    with path.open("rb") as opened:
        if only_end and path.stat().st_size > _TAIL_BYTES:
            opened.seek(-_TAIL_BYTES, os.SEEK_END)
            opened.readline(_MOST_LINE_BYTES)
        while line := opened.readline(_MOST_LINE_BYTES):
            if line.strip():
                yield _read_line(line)


def _read_line(line: bytes) -> StoredFact | None:
    try:
        found = json.loads(line)
        return StoredFact(
            seq=0,
            segment=str(found["s"]),
            n=int(found["n"]),
            hash=bytes.fromhex(found["h"]),
            data=found["f"].encode("utf-8"),
            personal=None if found["p"] is None else found["p"].encode("utf-8"),
            previous=bytes.fromhex(found["b"]) if found.get("b") else None,
            returned=1 if found.get("r") == 1 else 0,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
