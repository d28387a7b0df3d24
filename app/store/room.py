"""Free space on the record's disk, and the error when there is too little."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from app.domain.errors import StoreTrouble

LEAST_BYTES = 64 << 10
"""With less no record is opened: SQLite's index of its log alone takes 32 KiB, and where the
disk can't give them when they are written to, the system ends the program without a word."""

_EXT4_KEEPS_BLOCKS = 4_096


def room_in(folder: Path) -> int | None:
    """Bytes that this account may still write there; None when nobody can tell."""
    try:
        return _free_bytes(folder)
    except OSError:
        return None


if sys.platform == "win32":

    def _free_bytes(folder: Path) -> int | None:
        return shutil.disk_usage(folder).free

else:

    def _free_bytes(folder: Path) -> int | None:
        found = os.statvfs(folder)
        if found.f_blocks == 0:
            return None
        blocks = found.f_bavail
        if os.geteuid() == 0:  # who may use what is kept back for root, but not ext4's own reserve
            blocks = max(blocks, found.f_bfree - min(found.f_blocks // 50, _EXT4_KEEPS_BLOCKS))
        return blocks * found.f_frsize


def is_full(folder: Path) -> bool:
    """Whether hardly a byte can be written there."""
    room = room_in(folder)
    return room is not None and room < LEAST_BYTES


def want_room(folder: Path) -> None:
    """Raises StoreTrouble (``trouble.store_full``) when there is none."""
    if is_full(folder):
        raise StoreTrouble("trouble.store_full")
