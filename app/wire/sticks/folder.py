"""A folder of a stick, held open: nothing on the stick can lead out of it.

Where the system has directory handles, every name is opened relative to one; elsewhere by
path. Links, junctions and other mounts are never followed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.wire.sticks.troubles import trouble_of

_REPARSE_POINT = stat.FILE_ATTRIBUTE_REPARSE_POINT


def _flag(name: str) -> int:
    return int(getattr(os, name, 0))


_READ = (
    os.O_RDONLY
    | _flag("O_NOFOLLOW")
    | _flag("O_NONBLOCK")
    | _flag("O_CLOEXEC")
    | _flag("O_BINARY")
    | _flag("O_NOINHERIT")
)
_FOLDER = os.O_RDONLY | _flag("O_DIRECTORY") | _flag("O_CLOEXEC")
_NEW = (
    os.O_RDWR
    | os.O_CREAT
    | os.O_EXCL
    | _flag("O_NOFOLLOW")
    | _flag("O_CLOEXEC")
    | _flag("O_BINARY")
    | _flag("O_NOINHERIT")
)
HAS_HANDLES = os.open in os.supports_dir_fd


@dataclass(slots=True)
class Folder:
    """One open folder; use it in a ``with``. All names are single names, never paths."""

    path: Path
    fd: int | None
    device: int

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *_: object) -> None:
        if self.fd is not None:
            os.close(self.fd)
            self.fd = None

    def child(self, name: str, *, make: bool = False) -> Folder | None:
        """A real folder in this one, made when asked; None when there is none to be trusted.

        Raises:
            StickTrouble: it could not be made.
        """
        if make and self.stat(name) is None:
            try:
                os.mkdir(self._at(name), dir_fd=self.fd)
                self.flush()
            except FileExistsError:
                pass
            except OSError as failed:
                raise trouble_of(failed) from failed
        found = self.stat(name)
        if found is None or not is_plain_folder(found) or found.st_dev != self.device:
            return None
        try:
            return self._opened(name, found)
        except OSError:
            return None

    @contextmanager
    def into(self, *names: str) -> Iterator[Folder | None]:
        """A real folder some levels down, None when there is none to be trusted."""
        with ExitStack() as opened:
            folder: Folder | None = self
            for name in names:
                folder = None if folder is None else folder.child(name)
                if folder is not None:
                    opened.enter_context(folder)
            yield folder

    def _opened(self, name: str, found: os.stat_result) -> Folder | None:
        if self.fd is None:
            return Folder(self.path / name, None, self.device)
        fd = os.open(name, _FOLDER | _flag("O_NOFOLLOW"), dir_fd=self.fd)
        if os.fstat(fd).st_ino != found.st_ino:
            os.close(fd)
            return None
        return Folder(self.path / name, fd, self.device)

    def names(self, most: int) -> Iterator[str]:
        """Names in it, in the stick's own order, at most so many."""
        try:
            with os.scandir(self.path if self.fd is None else self.fd) as found:
                yield from (one.name for one in islice(found, most))
        except OSError:
            return

    def stat(self, name: str) -> os.stat_result | None:
        """What the name itself is (links are not followed); None when there is nothing."""
        try:
            return os.stat(self._at(name), dir_fd=self.fd, follow_symlinks=False)
        except (OSError, ValueError):
            return None

    def open_old(self, name: str) -> int:
        """A descriptor for reading; raises OSError. It does not wait, whatever the file is."""
        return os.open(self._at(name), _READ, dir_fd=self.fd)

    def open_new(self, name: str) -> int:
        """A descriptor of a file that was not there; raises OSError."""
        return os.open(self._at(name), _NEW, 0o600, dir_fd=self.fd)

    def rename(self, old: str, new: str) -> None:
        """Give a file of this folder its name; raises OSError."""
        os.replace(self._at(old), self._at(new), src_dir_fd=self.fd, dst_dir_fd=self.fd)

    def remove(self, name: str) -> None:
        """Remove a file of this folder if it is there."""
        try:
            os.unlink(self._at(name), dir_fd=self.fd)
        except OSError:
            return

    def flush(self) -> None:
        """Force the folder's own entries to the stick, where the system can."""
        if self.fd is not None:
            os.fsync(self.fd)

    def _at(self, name: str) -> str:
        return name if self.fd is not None else os.path.join(self.path, name)  # noqa: PTH118


def open_stick(root: Path, *, by_handle: bool = HAS_HANDLES) -> Folder:
    """The stick (or any folder that stands for one) a person or the system named.

    Raises:
        StickTrouble: there is no such folder.
    """
    try:
        if not by_handle:
            found = root.stat()
            if not stat.S_ISDIR(found.st_mode):
                raise NotADirectoryError(str(root))
            return Folder(root, None, found.st_dev)
        fd = os.open(root, _FOLDER)
        return Folder(root, fd, os.fstat(fd).st_dev)
    except (OSError, ValueError) as missing:
        raise trouble_of(missing, otherwise="stick.not_there") from missing


def is_plain_folder(found: os.stat_result) -> bool:
    """A folder that is neither a link nor a junction."""
    return stat.S_ISDIR(found.st_mode) and not _leads_elsewhere(found)


def is_plain_file(found: os.stat_result) -> bool:
    """A regular file with one name, neither a link nor a device."""
    return stat.S_ISREG(found.st_mode) and found.st_nlink <= 1 and not _leads_elsewhere(found)


def _leads_elsewhere(found: os.stat_result) -> bool:
    return bool(int(getattr(found, "st_file_attributes", 0)) & _REPARSE_POINT)
