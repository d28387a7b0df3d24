"""Ballast: a file that only takes up room, so that sign-ins go on when the disk is full.

Courses stop long before; but another program may fill the disk. Then the ballast is thrown
off, and its room is enough for years of sign-ins (reliability 3 #6).
"""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

from app.store.upgrade import flush_file

_log = logging.getLogger("store")

BALLAST_BYTES = 64 << 20
_FULL_BYTES = 8 << 20
_ROOMY_BYTES = 1 << 30


class Ballast:
    """The ballast of one home folder; nothing here ever raises."""

    def __init__(self, home: Path, size_bytes: int = BALLAST_BYTES) -> None:
        self._path = home / "ballast"
        self._size_bytes = size_bytes
        self._there: bool | None = None

    def keep(self) -> None:
        """Take ballast in if there is none and the disk is roomy."""
        try:
            if self._is_there() or shutil.disk_usage(self._path.parent).free < _ROOMY_BYTES:
                return
            draft = self._path.with_suffix(".draft")
            with draft.open("wb") as opened:
                block = os.urandom(1 << 20)  # a file of zeros may be kept without taking room
                for _ in range(self._size_bytes >> 20):
                    opened.write(block)
            flush_file(draft)
            os.replace(draft, self._path)
            self._there = True
        except OSError as trouble:
            _log.warning("no ballast: %s", type(trouble).__name__)

    def give_way_when_full(self) -> None:
        """Throw the ballast off when hardly any room is left; cheap enough for each commit."""
        if not self._is_there():
            return
        try:
            if shutil.disk_usage(self._path.parent).free < _FULL_BYTES:
                self.give_way()
        except OSError:
            return

    def give_way(self) -> None:
        """Throw the ballast off."""
        try:
            self._path.unlink(missing_ok=True)
            if self._there:
                _log.error("the disk is full: ballast thrown off")
        except OSError as trouble:
            _log.error("ballast stays: %s", type(trouble).__name__)
        self._there = False

    @property
    def is_there(self) -> bool:
        """Whether there is ballast to throw off."""
        return self._is_there()

    def _is_there(self) -> bool:
        if self._there is None:
            self._there = self._path.exists()
        return self._there
