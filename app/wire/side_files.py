"""Reads small files up to 256 KiB and replaces them atomically with mode 0600.

Such a file may be missing, cut short, of another kind, or on a bad part of the disk. Whoever
reads one gets its bytes, None, or ``Unreadable``, and nothing else; what is damaged is moved
aside and never deleted. Files that hold people's data are their owner's alone.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
MOST_BYTES = 256 << 10
"""None of these files is larger; what is, is not what was written there."""


class Unreadable(Exception):
    """Something lies there that can't be read as the file it should be."""


def read_small(path: Path, most: int = MOST_BYTES) -> bytes | None:
    """A file's bytes; None when there is none (a link to nowhere is none).

    Raises:
        Unreadable: a folder, a pipe, too large, or the disk does not give it.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > most:
            raise Unreadable(path.name)
        with path.open("rb") as opened:
            data = opened.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as failed:
        raise Unreadable(path.name) from failed
    if len(data) > most:
        raise Unreadable(path.name)
    return data


def is_plain(path: Path) -> bool:
    """Whether a file one can read and write lies there, or a link to one; never raises."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def is_in_the_way(path: Path, *, folder: bool = False) -> bool:
    """Whether something of another kind than a file (or a ``folder``) lies there; never raises.

    A link to nowhere is in the way: who opens it makes a file somewhere else.
    """
    if not os.path.lexists(path):
        return False
    try:
        mode = path.stat().st_mode
    except OSError as failed:
        return failed.errno in (errno.ENOENT, errno.ELOOP, errno.ENOTDIR)
    return not (stat.S_ISDIR(mode) if folder else stat.S_ISREG(mode))


def set_aside(path: Path) -> Path | None:
    """Give what lies there another name beside it; None when that could not be done."""
    for number in range(1, 100):
        aside = path.with_name(path.name + (".broken" if number == 1 else f".broken-{number}"))
        if os.path.lexists(aside):
            continue
        try:
            path.rename(aside)
        except OSError:
            return None
        return aside
    return None


def make_folder(folder: Path) -> None:
    """Make a private folder; what is none and lies in its place is set aside.

    Raises:
        OSError: it can't be made.
    """
    if is_in_the_way(folder, folder=True):
        set_aside(folder)
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)


def make_private_file(path: Path) -> None:
    """An empty private file, for a library that opens it by its name; what is there stays.

    Raises:
        OSError: it can't be made.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, PRIVATE_FILE))
    only_owner(path)


def open_private(path: str | os.PathLike[str], flags: int) -> int:
    """An ``opener`` for ``open``: a file that is made is private from the first byte."""
    return os.open(path, flags, PRIVATE_FILE)


def put_whole(path: Path, data: bytes) -> None:
    """Write a private file so that a cut leaves the old or the new one.

    What is of another kind and lies in its place is set aside.

    Raises:
        OSError: it can't be written; the old one is as it was.
    """
    make_folder(path.parent)
    draft = path.with_name(path.name + ".draft")
    if is_in_the_way(draft):
        set_aside(draft)
    try:
        with open(draft, "wb", opener=open_private) as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        only_owner(draft)
        if is_in_the_way(path):
            set_aside(path)
        os.replace(draft, path)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Force a folder's entries to the disk; Windows does that with the file itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def only_owner(path: Path) -> None:
    """Take a file or folder of ours from everybody else; never raises, links are left alone."""
    if sys.platform == "win32":
        return  # there the folder's list of rights decides, which its installer sets
    with suppress(OSError):
        found = path.lstat()
        is_folder = stat.S_ISDIR(found.st_mode)
        if found.st_uid != os.geteuid() or not (is_folder or stat.S_ISREG(found.st_mode)):
            return
        wanted = PRIVATE_FOLDER if is_folder else PRIVATE_FILE
        if found.st_mode & stat.S_ISVTX or stat.S_IMODE(found.st_mode) == wanted:
            return  # a folder with the sticky bit is shared by design
        path.chmod(wanted)


def keep_private(home: Path, names: Iterable[str]) -> None:
    """A home folder, and in it what begins with these names, for its owner only; never raises."""
    if os.name == "nt":
        return
    only_owner(home)
    ours = tuple(names)
    with suppress(OSError):
        for found in sorted(home.iterdir()):
            if found.name.startswith(ours):
                _whole_tree(found)


def _whole_tree(top: Path) -> None:
    only_owner(top)
    if top.is_symlink() or not top.is_dir():
        return
    with suppress(OSError):
        for found in top.iterdir():
            _whole_tree(found)
