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
from threading import Thread

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


class Checksum:
    """Size and CRC of a store's file, read on a thread of its own: a start loads its modules
    meanwhile, and the larger the file the longer both take.

    It is believed only while the file is the one that was read, untouched since before that.
    """

    def __init__(self, store: Path) -> None:
        self._store = store
        self._read = b""
        self._of: tuple[int, ...] = ()
        self._thread = Thread(target=self._look, name="checksum", daemon=True)
        self._thread.start()

    def now(self) -> bytes:
        """What a seal of the file as it is now says; raises OSError where it can't be read."""
        self._thread.join()
        if not self._of or self._of != _identity(self._store):
            self._of, self._read = _identity(self._store), _stamp(self._store)
        return self._read

    def _look(self) -> None:
        try:
            if not is_sealed(self._store) or not is_plain(self._store):
                return  # nobody will ask
            of = _identity(self._store)
            self._read = _stamp(self._store)
        except OSError:
            return  # whoever asks for it tries again, and hears why
        self._of = of


def put_seal(store: Path, checksum: Checksum | None = None) -> None:
    """Seal a closed store; the next start checks and lifts it. With the ``checksum`` that was
    read at its opening a store that nobody wrote to is not read again."""
    put_whole(_seal_of(store), _stamp(store) if checksum is None else checksum.now())


def seal_is_broken(store: Path, checksum: Checksum | None = None) -> bool:
    """Whether the file's content changed since it was sealed; False when there is no seal.

    What is no seal (torn, of zeros, a folder) says nothing about the store.
    """
    kept = _kept(store)
    if kept is None or not is_plain(store) or _log_of(store).exists():
        return False
    try:
        return kept != (_stamp(store) if checksum is None else checksum.now())
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


def _stamp(store: Path) -> bytes:
    checksum = 0
    with store.open("rb") as opened:
        while chunk := opened.read(_CHUNK_BYTES):
            checksum = zlib.crc32(chunk, checksum)
    return b"%020d %08x" % (store.stat().st_size, checksum)


def _identity(store: Path) -> tuple[int, ...]:
    """What is another as soon as the file is another one, or was written to."""
    found = store.stat()
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _seal_of(store: Path) -> Path:
    return store.with_name(store.name + ".seal")


def _log_of(store: Path) -> Path:
    return store.with_name(store.name + "-wal")
