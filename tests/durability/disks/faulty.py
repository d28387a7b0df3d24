"""A disk that fails when told: a FUSE folder over a real one, and what would survive a cut beside it.

    python -m tests.durability.disks.faulty FOLDER REAL KEPT CONTROL

A flush that fails leaves its blocks marked clean: they are read back from memory as if all were
well, but no later flush writes them. ``KEPT`` holds what really reached the platter.
"""

# ruff: noqa: ARG002 - the signatures are those of FUSE

from __future__ import annotations

import errno
import mmap
import os
import sys
from pathlib import Path

import mfusepy

from tests.durability.lab.kernel import die_with_parent

BALLAST = "ballast"
_BLOCK = 4096
_FIELDS = (
    "fail_flush",  # the number of the flush that fails; 0 is none
    "fail_more",  # how many flushes after it fail as well
    "flushes",  # made so far
    "failed",  # failed so far
    "failed_log",  # of these, how many were of the write-ahead log
    "full_write",  # the number of the write at which the disk is full; 0 is never
    "writes",  # made so far
    "full",  # 1 while the disk is full
    "refused",  # writes refused for that
)


class Control:
    """Numbers shared by the disk and whoever tests on it."""

    def __init__(self, path: Path) -> None:
        size = 8 * len(_FIELDS)
        if not path.exists():
            path.write_bytes(bytes(size))
        with path.open("r+b") as opened:
            self._shared = mmap.mmap(opened.fileno(), size)

    def __getitem__(self, name: str) -> int:
        at = 8 * _FIELDS.index(name)
        return int.from_bytes(self._shared[at : at + 8], "little")

    def __setitem__(self, name: str, value: int) -> None:
        at = 8 * _FIELDS.index(name)
        self._shared[at : at + 8] = value.to_bytes(8, "little")

    def clear(self) -> None:
        """A sound and roomy disk, counted anew."""
        self._shared[:] = bytes(len(self._shared))


class FaultyDisk(mfusepy.Operations):
    """Everything goes to ``real`` at once and to ``kept`` when it is flushed."""

    use_ns = True

    def __init__(self, real: Path, kept: Path, control: Control) -> None:
        self._real = real
        self._kept = kept
        self._control = control
        self._dirty: dict[str, set[int]] = {}

    # --- bytes ------------------------------------------------------------------------

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        """In memory only, until it is flushed."""
        control = self._control
        control["writes"] += 1
        if control["full_write"] and control["writes"] == control["full_write"]:
            control["full"] = 1
        if control["full"] and offset + len(data) > os.fstat(fh).st_size:
            control["refused"] += 1
            raise OSError(errno.ENOSPC, path)
        done = os.pwrite(fh, data, offset)
        blocks = range(offset // _BLOCK, (offset + done - 1) // _BLOCK + 1)
        self._dirty.setdefault(path, set()).update(blocks)
        return done

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        """To the platter, or an error and never again."""
        dirty = self._dirty.pop(path, set())
        if self._fails():
            self._control["failed_log"] += path.endswith("-wal")
            raise OSError(errno.EIO, path)
        handle = os.open(self._kept_at(path), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            for block in sorted(dirty):
                os.pwrite(handle, os.pread(fh, _BLOCK, block * _BLOCK), block * _BLOCK)
        finally:
            os.close(handle)
        return 0

    def fsyncdir(self, path: str, datasync: int, fh: int) -> int:
        """Folders are kept at once here; their flush can fail all the same."""
        if self._fails():
            raise OSError(errno.EIO, path)
        return 0

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        """What was written last."""
        return os.pread(fh, size, offset)

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        """Kept at once."""
        for place in (self._at(path), self._kept_at(path)):
            os.truncate(place, length)
        cut = {block for block in self._dirty.get(path, set()) if block * _BLOCK < length}
        self._dirty[path] = cut
        return 0

    def _fails(self) -> bool:
        control = self._control
        control["flushes"] += 1
        first = control["fail_flush"]
        fails = first > 0 and first <= control["flushes"] <= first + control["fail_more"]
        control["failed"] += fails
        return fails

    # --- names: kept at once -------------------------------------------------------------

    def create(self, path: str, mode: int, fi: object = None) -> int:
        """A new file."""
        self._dirty.pop(path, None)
        self._kept_at(path).write_bytes(b"")
        return os.open(self._at(path), os.O_RDWR | os.O_CREAT | os.O_TRUNC, mode)

    def open(self, path: str, flags: int) -> int:
        """An old file; written ones are read for their flush too."""
        access = os.O_RDWR if flags & (os.O_WRONLY | os.O_RDWR) else os.O_RDONLY
        return os.open(self._at(path), access)

    def release(self, path: str, fh: int) -> int:
        """Closed."""
        os.close(fh)
        return 0

    def unlink(self, path: str) -> int:
        """Gone; the ballast gives room."""
        self._dirty.pop(path, None)
        for place in (self._at(path), self._kept_at(path)):
            place.unlink()
        if Path(path).name == BALLAST:
            self._control["full"] = self._control["full_write"] = 0
        return 0

    def rename(self, old: str, new: str) -> int:
        """In both places."""
        os.replace(self._at(old), self._at(new))
        os.replace(self._kept_at(old), self._kept_at(new))
        self._dirty[new] = self._dirty.pop(old, set())
        return 0

    def mkdir(self, path: str, mode: int) -> int:
        """In both places."""
        for place in (self._at(path), self._kept_at(path)):
            place.mkdir(mode)
        return 0

    def rmdir(self, path: str) -> int:
        """In both places."""
        for place in (self._at(path), self._kept_at(path)):
            place.rmdir()
        return 0

    def chmod(self, path: str, mode: int) -> int:
        """As asked."""
        self._at(path).chmod(mode)
        return 0

    def utimens(self, path: str, times: tuple[int, int] | None = None) -> int:
        """As asked."""
        if times is None:
            os.utime(self._at(path))
        else:
            os.utime(self._at(path), ns=times)
        return 0

    # --- looking ---------------------------------------------------------------------------

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        """Of the real file."""
        found = self._at(path).lstat()
        names = ("st_mode", "st_nlink", "st_size", "st_uid", "st_gid")
        times = {f"st_{one}time": getattr(found, f"st_{one}time_ns") for one in "amc"}
        return {name: getattr(found, name) for name in names} | times

    def readdir(self, path: str, fh: int) -> list[str]:
        """Of the real folder."""
        return [".", "..", *(one.name for one in self._at(path).iterdir())]

    def statfs(self, path: str) -> dict[str, int]:
        """No room while the disk is full."""
        free = 0 if self._control["full"] else 1 << 22
        return {"f_bsize": _BLOCK, "f_frsize": _BLOCK, "f_blocks": 1 << 22, "f_bavail": free}

    def _at(self, path: str) -> Path:
        return self._real / path.lstrip("/")

    def _kept_at(self, path: str) -> Path:
        return self._kept / path.lstrip("/")


def main(arguments: list[str]) -> None:
    """Serve until unmounted."""
    die_with_parent()
    folder, real, kept, control = (Path(one) for one in arguments)
    disk = FaultyDisk(real, kept, Control(control))
    mfusepy.FUSE(disk, str(folder), foreground=True, nothreads=True)


if __name__ == "__main__":
    main(sys.argv[1:])
