"""A disk that records: one file in a FUSE folder, in memory, every write and flush on a tape.

python -m tests.durability.cuts.disk FOLDER TAPE COUNTERS SIZE_BYTES
"""

# ruff: noqa: ARG002 - the signatures are those of FUSE

from __future__ import annotations

import errno
import stat
import sys
from pathlib import Path

import mfusepy

from tests.durability.lab.kernel import die_with_parent
from tests.durability.lab.tape import Counters, TapeWriter

NAME = "disk"


class RecordingDisk(mfusepy.Operations):
    """The folder with the one file."""

    use_ns = True

    def __init__(self, tape: TapeWriter, size_bytes: int) -> None:
        self._bytes = bytearray(size_bytes)
        self._tape = tape

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        """The folder and its file; nothing else is there."""
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o700, "st_nlink": 2}
        if path == f"/{NAME}":
            size = len(self._bytes)
            return {"st_mode": stat.S_IFREG | 0o600, "st_nlink": 1, "st_size": size}
        raise OSError(errno.ENOENT, path)

    def readdir(self, path: str, fh: int) -> list[str]:
        """One name."""
        return [".", "..", NAME]

    def open(self, path: str, flags: int) -> int:
        """Any handle will do."""
        return 1

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        """What was written last."""
        return bytes(self._bytes[offset : offset + size])

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        """Taken, and on the tape."""
        self._bytes[offset : offset + len(data)] = data
        self._tape.wrote(offset, data)
        return len(data)

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        """A flush, on the tape."""
        self._tape.flushed()
        return 0

    def flush(self, path: str, fh: int) -> int:
        """A handle is closed; that promises nothing."""
        return 0

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        """A disk keeps its size."""
        return 0


def main(arguments: list[str]) -> None:
    """Serve until unmounted."""
    die_with_parent()
    folder, tape, counters, size = arguments
    with Path(tape).open("wb", buffering=1 << 20) as opened:
        disk = RecordingDisk(TapeWriter(opened, Counters(Path(counters))), int(size))
        mfusepy.FUSE(disk, folder, foreground=True, nothreads=True)


if __name__ == "__main__":
    main(sys.argv[1:])
