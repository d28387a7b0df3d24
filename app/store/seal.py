"""The seal a tidy end leaves: size and checksum of the store's file.

SQLite finds a broken structure, not a flipped bit inside a name or a status. While the
program is closed nobody may change the file, so at the next start the seal tells rot from rest.
A seal counts only beside a file without a write-ahead log, which is how a tidy end leaves it.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from app.store.upgrade import flush_folder

_CHUNK_BYTES = 1 << 20


def put_seal(store: Path) -> None:
    """Seal a closed store; the next start checks and lifts it."""
    _seal_of(store).write_text(_stamp(store), encoding="ascii")


def seal_is_broken(store: Path) -> bool:
    """Whether the file's content changed since it was sealed; False when there is no seal."""
    seal = _seal_of(store)
    if not seal.exists() or not store.exists() or _log_of(store).exists():
        return False
    kept = seal.read_bytes()
    return len(kept) == len(_EMPTY) and kept != _stamp(store).encode("ascii")


def is_sealed(store: Path) -> bool:
    """Whether the store was closed in order."""
    return _seal_of(store).exists() and not _log_of(store).exists()


def lift_seal(store: Path) -> None:
    """From now on the file may change."""
    seal = _seal_of(store)
    if seal.exists():
        seal.unlink()
        flush_folder(store.parent)


_EMPTY = f"{0:020} {0:08x}"


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
