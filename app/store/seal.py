"""The seal a tidy end leaves: size and checksum of the store's file.

SQLite finds a broken structure, not a flipped bit inside a name or a status. While the
program is closed nobody may change the file, so at the next start the seal tells rot from rest.
A seal counts only beside a file without a write-ahead log, which is how a tidy end leaves it.
"""

from __future__ import annotations

import logging
import os
import re
import zlib
from pathlib import Path

from app.wire.side_files import (
    Unreadable,
    flush_folder,
    is_plain,
    put_whole,
    read_small,
    set_aside,
)

_log = logging.getLogger("store")

_CHUNK_BYTES = 1 << 20
_SHAPE = re.compile(rb"\d{20} [0-9a-f]{8}")


def put_seal(store: Path) -> None:
    """Seal a closed store; the next start checks and lifts it."""
    put_whole(_seal_of(store), _stamp(store).encode("ascii"))


def seal_is_broken(store: Path) -> bool:
    """Whether the file's content changed since it was sealed; False when there is no seal.

    What is no seal (torn, of zeros, a folder) says nothing about the store.
    """
    kept = _kept(store)
    if kept is None or not is_plain(store) or _log_of(store).exists():
        return False
    try:
        return kept != _stamp(store).encode("ascii")
    except OSError:
        return False  # whether the store can be read is asked of SQLite


def is_sealed(store: Path) -> bool:
    """Whether the store was closed in order."""
    return _kept(store) is not None and not _log_of(store).exists()


def lift_seal(store: Path) -> None:
    """From now on the file may change.

    Raises:
        OSError: nothing can be changed in this folder.
    """
    seal = _seal_of(store)
    if not os.path.lexists(seal):
        return
    try:
        seal.unlink()
    except OSError as failed:
        if not seal.is_dir() or set_aside(seal) is None:
            raise
        _log.info("what lay in the seal's place is set aside: %s", type(failed).__name__)
    flush_folder(store.parent)


def _kept(store: Path) -> bytes | None:
    """The seal, if what lies there is one."""
    try:
        kept = read_small(_seal_of(store))
    except Unreadable:
        return None
    return kept if kept is not None and _SHAPE.fullmatch(kept) else None


def _stamp(store: Path) -> str:
    checksum = 0
    with store.open("rb") as opened:
        while chunk := opened.read(_CHUNK_BYTES):
            checksum = zlib.crc32(chunk, checksum)
    return f"{store.stat().st_size:020} {checksum:08x}"


def _seal_of(store: Path) -> Path:
    return store.with_name(store.name + ".seal")


def _log_of(store: Path) -> Path:
    return store.with_name(store.name + "-wal")
