"""PDFs on the sticks that are in place: looked for on the drawing lane, never deep, never many."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

MOST = 60
"""More are not listed; the rest is found through the system's own window."""
DEPTH = 2
MOST_LOOKED_AT = 5_000


class PdfFound(Struct, frozen=True):
    """One file; ``folder`` is its folder on the stick, empty for the top."""

    path: Path
    name: str
    folder: str
    size_bytes: int


def pdfs_on(drives: Iterable[Path]) -> tuple[PdfFound, ...]:
    """What is there, newest first; a stick that can't be read has nothing."""
    found: list[tuple[float, PdfFound]] = []
    for drive in drives:
        for looked, entry in enumerate(_files(drive, DEPTH)):
            if looked >= MOST_LOOKED_AT:
                break
            if not entry.name.lower().endswith(".pdf") or entry.name.startswith("."):
                continue
            try:
                told = entry.stat()
            except OSError:
                continue
            path = Path(entry.path)
            folder = path.parent.relative_to(drive).as_posix()
            folder = "" if folder == "." else folder
            found.append((told.st_mtime, PdfFound(path, path.stem, folder, told.st_size)))
    found.sort(key=lambda one: (-one[0], one[1].name))
    return tuple(one for _when, one in found[:MOST])


def _files(folder: Path, depth: int) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            listed = list(entries)
    except OSError:
        return
    for entry in listed:
        try:
            is_folder = entry.is_dir(follow_symlinks=False)
        except OSError:
            continue
        if not is_folder:
            yield entry
        elif depth > 0 and not entry.name.startswith((".", "$")):
            yield from _files(Path(entry.path), depth - 1)
