"""Putting files onto a stick: new ones only, under their name when whole, and read back.

Whoever pulls the stick or the plug leaves at most a draft, which nobody reads and the next
writer removes.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from app.wire.sticks.folder import Folder
from app.wire.sticks.layout import DRAFT_NAME, FAT_FILE_BYTES, TOP
from app.wire.sticks.looking import Unfit, stream
from app.wire.sticks.troubles import StickTrouble, trouble_of

_MOST_LEFTOVERS = 10_000


@contextmanager
def place_on(root: Folder, *names: str) -> Iterator[Folder]:
    """The folder ``YJ/…`` on a stick, made when it is not there.

    Raises:
        StickTrouble: it can't be made, or something else has its name.
    """
    folder = _into(root, TOP)
    try:
        for name in names:
            inner = _into(folder, name)
            folder.__exit__()
            folder = inner
        _remove_drafts(folder)
        yield folder
    finally:
        folder.__exit__()


def _into(folder: Folder, name: str) -> Folder:
    inner = folder.child(name, make=True)
    if inner is None:
        raise StickTrouble("stick.strange_folder", name=name)
    return inner


def _remove_drafts(folder: Folder) -> None:
    for name in tuple(folder.names(_MOST_LEFTOVERS)):
        if DRAFT_NAME.fullmatch(name):
            folder.remove(name)


def put(folder: Folder, name: str, chunks: Iterable[bytes]) -> bool:
    """Write a file whose bytes hash to ``name``; False when it was there and whole already.

    When this returns, the stick itself gave the bytes back as they were given.

    Raises:
        StickTrouble: full, read-only, pulled out, or it does not hold what was written.
    """
    if folder.stat(name) is not None and holds(folder, name):
        return False
    draft = f"tmp-{secrets.token_hex(8)}"
    try:
        _write(folder, draft, chunks)
        folder.rename(draft, name)
        folder.flush()
    except OSError as failed:
        raise trouble_of(failed) from failed
    finally:
        folder.remove(draft)
    if not holds(folder, name):
        folder.remove(name)
        raise StickTrouble("stick.false_capacity")
    return True


def holds(folder: Folder, name: str) -> bool:
    """Whether the stick gives back bytes that hash to the name; memory's copy is not asked."""
    _forget_cached(folder, name)
    hashed = hashlib.sha256()
    try:
        for chunk in stream(folder, name, FAT_FILE_BYTES):
            hashed.update(chunk)
    except Unfit:
        return False
    return hashed.hexdigest() == name


def _write(folder: Folder, draft: str, chunks: Iterable[bytes]) -> None:
    with os.fdopen(folder.open_new(draft), "wb") as opened:
        for chunk in chunks:
            opened.write(chunk)
        opened.flush()
        os.fsync(opened.fileno())


def _forget_cached(folder: Folder, name: str) -> None:
    """Ask the system to drop its copy of the file, so that the next read comes from the stick."""
    if sys.platform == "linux":
        try:
            opened = folder.open_old(name)
        except OSError:
            return
        try:
            os.posix_fadvise(opened, 0, 0, os.POSIX_FADV_DONTNEED)
        except OSError:
            return
        finally:
            os.close(opened)
