"""One writer a home: a lock the operating system frees when the process ends, however it ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from app.domain.errors import StoreTrouble
from app.wire.side_files import make_folder, make_private_file

_TURNS = 60

if sys.platform == "win32":
    import msvcrt

    def _wait_for_lock(opened: IO[bytes]) -> None:
        for _ in range(_TURNS):  # each waits ten seconds
            try:
                msvcrt.locking(opened.fileno(), msvcrt.LK_LOCK, 1)
            except OSError:
                continue
            return
        raise StoreTrouble("trouble.store_locked")

    def _try_lock(opened: IO[bytes]) -> bool:
        try:
            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _wait_for_lock(opened: IO[bytes]) -> None:
        fcntl.flock(opened.fileno(), fcntl.LOCK_EX)

    def _try_lock(opened: IO[bytes]) -> bool:
        try:
            fcntl.flock(opened.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


@contextmanager
def only_one_enrols(home: Path) -> Iterator[None]:
    """Let who enrols a home at the same moment wait: one key is made, and one enrolment holds.

    The one that waits goes on with the key the first one made.
    """
    lock = home / "keys" / "enrol.lock"
    make_folder(lock.parent)
    make_private_file(lock)
    with lock.open("ab") as opened:
        _wait_for_lock(opened)
        yield


class HomeLock:
    """Held from opening a station until it is closed."""

    def __init__(self, home: Path) -> None:
        self._opened: IO[bytes] | None = None
        self._path = home / "station.lock"

    def take(self) -> None:
        """Take the lock, or raise StoreTrouble (``trouble.store_locked``) at once."""
        make_private_file(self._path)
        opened = self._path.open("ab")
        if not _try_lock(opened):
            opened.close()
            raise StoreTrouble("trouble.store_locked")
        self._opened = opened

    def release(self) -> None:
        """Free it; a second call does nothing."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None
