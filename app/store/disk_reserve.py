"""The reserve file: 64 MiB that are freed when the disk is full, so that sign-ins continue.

Downloads stop long before; but another program may fill the disk. With under 8 MiB free the
file is deleted; its room holds years of sign-ins (reliability 3 #6). With 1 GiB free again it
is written anew. On the disk it is named ``ballast``, as the first version named it.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path

from app.store.room import room_in
from app.store.upgrade import flush_file
from app.wire.side_files import is_in_the_way, is_plain, make_private_file, set_aside

_log = logging.getLogger("store")

BALLAST_BYTES = 64 << 20
_FULL_BYTES = 8 << 20
_ROOMY_BYTES = 1 << 30


class DiskReserve:
    """The reserve file of one home folder; nothing here ever raises."""

    def __init__(self, home: Path, size_bytes: int = BALLAST_BYTES) -> None:
        self._path = home / "ballast"
        self._size_bytes = size_bytes
        self._there: bool | None = None

    def keep(self) -> None:
        """Write the file if there is no whole one and the disk has 1 GiB free."""
        draft = self._path.with_suffix(".draft")
        try:
            if self._is_whole() or (room_in(self._path.parent) or 0) < _ROOMY_BYTES:
                return
            for place in (draft, self._path):
                if is_in_the_way(place):
                    set_aside(place)
            make_private_file(draft)
            with draft.open("wb") as opened:
                block = os.urandom(1 << 20)  # a file of zeros may be kept without taking room
                for _ in range(self._size_bytes >> 20):
                    opened.write(block)
            flush_file(draft)
            os.replace(draft, self._path)
            self._there = True
        except OSError as trouble:
            _log.warning("no reserve file: %s", type(trouble).__name__)
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    def _is_whole(self) -> bool:
        """Whether it takes up its room: an empty file or one of holes would give none."""
        try:
            found = self._path.stat()
        except OSError:
            return False
        takes = getattr(found, "st_blocks", found.st_size // 512 + 1) * 512
        is_real = is_plain(self._path) and takes >= found.st_size // 2
        return is_real and found.st_size >= self._size_bytes

    def give_way_when_full(self) -> bool:
        """Delete it when under 8 MiB are free; cheap enough for each commit. True when it was."""
        if self._is_there():
            room = room_in(self._path.parent)
            if room is not None and room < _FULL_BYTES:
                self.give_way()
                return True
        return False

    def give_way(self) -> None:
        """Delete it."""
        try:
            self._path.unlink(missing_ok=True)
            if self._there:
                _log.error("the disk is full: reserve file deleted")
        except OSError as trouble:
            _log.error("the reserve file stays: %s", type(trouble).__name__)
        self._there = False

    @property
    def is_there(self) -> bool:
        """Whether there is a file to delete."""
        return self._is_there()

    def _is_there(self) -> bool:
        if self._there is None:
            self._there = is_plain(self._path)
        return self._there
