"""What lies where a file may be chosen from: sticks, desktop, documents, and a folder's content.

Any thread, no Qt. Links are not followed, hidden names are passed over, nothing is looked at
without end: a folder of 100,000 files is answered with the newest of the first 20,000.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from heapq import nlargest
from pathlib import Path

from msgspec import Struct

MOST_LOOKED_AT = 20_000
MOST_FILES = 60
MOST_FOLDERS = 60
MOST_SIGNS = 120
"""Of a name that is shown."""


class FilePlace(Struct, frozen=True):
    """Where to begin: ``kind`` is ``stick``, ``desktop`` or ``documents``."""

    kind: str
    path: Path


class FileSeen(Struct, frozen=True):
    """A file, when it was last changed, and how large it is."""

    path: Path
    name: str
    size_bytes: int
    changed_ms: int


class FolderSeen(Struct, frozen=True):
    """A folder inside."""

    path: Path
    name: str


class Listing(Struct, frozen=True):
    """``cut``: there is more than stands here; ``readable``: the folder answered."""

    files: tuple[FileSeen, ...] = ()
    folders: tuple[FolderSeen, ...] = ()
    cut: bool = False
    readable: bool = True


def places(sticks: Iterable[Path], desktop: str, documents: str) -> tuple[FilePlace, ...]:
    """Those that are there, sticks first."""
    named = [("desktop", desktop), ("documents", documents)]
    own = [FilePlace(kind, Path(path)) for kind, path in named if path and Path(path).is_dir()]
    return (*(FilePlace("stick", one) for one in sticks), *own)


def list_folder(folder: Path, ending: str | tuple[str, ...]) -> Listing:
    """The folders inside by name, and the files of this ending, newest first."""
    files: list[FileSeen] = []
    folders: list[FolderSeen] = []
    cut = False
    try:
        with os.scandir(folder) as entries:
            for looked, entry in enumerate(entries):
                if looked >= MOST_LOOKED_AT:
                    cut = True
                    break
                _take(entry, ending, files, folders)
    except OSError:
        return Listing(readable=False)
    newest = nlargest(MOST_FILES, files, key=lambda one: (one.changed_ms, one.name))
    by_name = sorted(folders, key=lambda one: one.name)
    return Listing(
        tuple(newest),
        tuple(by_name[:MOST_FOLDERS]),
        cut or len(files) > MOST_FILES or len(folders) > MOST_FOLDERS,
    )


def name_to_show(name: str) -> str:
    """A file's name without signs that can't be shown or that turn the line around."""
    plain = "".join(one if one.isprintable() and not _turns(one) else "�" for one in name)
    return plain if len(plain) <= MOST_SIGNS else plain[: MOST_SIGNS - 1] + "…"


def _take(
    entry: os.DirEntry[str],
    ending: str | tuple[str, ...],
    files: list[FileSeen],
    folders: list[FolderSeen],
) -> None:
    if entry.name.startswith((".", "$")):
        return
    path = Path(entry.path)
    try:
        if entry.is_dir(follow_symlinks=False):
            folders.append(FolderSeen(path, name_to_show(entry.name)))
        elif entry.name.lower().endswith(ending) and entry.is_file(follow_symlinks=False):
            told = entry.stat(follow_symlinks=False)
            name = name_to_show(path.stem)
            files.append(FileSeen(path, name, told.st_size, told.st_mtime_ns // 1_000_000))
    except OSError:
        return


def _turns(sign: str) -> bool:
    """Marks of direction, which would show another name than the file has."""
    return (
        sign in "\u200e\u200f\u061c" or "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069"
    )
