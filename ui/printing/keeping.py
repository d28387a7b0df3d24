"""Where a PDF or spreadsheet goes without being asked: on the stick in place, else on the desktop."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QStandardPaths

from app.domain.errors import StationTrouble
from app.machine.drives import removable_drives
from app.words import say

MOST_SIGNS = 80
"""Of a name: a stick of any kind takes it."""
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+')


class KeptFile(Struct, frozen=True):
    """Where a file was put, as a person says it, and its name."""

    place: str
    path: Path


def keep_file(data: bytes, title: str, kind: str = "pdf") -> KeptFile:
    """Put a file where it is found again; no other is written over. Off the GUI thread.

    Raises:
        StationTrouble: nowhere can be written.
    """
    failed = StationTrouble("trouble.file_not_written")
    for place, folder in _places(removable_drives()):
        try:
            path = free_name(folder, title, kind)
            write_whole(path, data)
        except StationTrouble as trouble:
            failed = trouble  # a full or locked stick: the desktop is next
        else:
            return KeptFile(place, path)
    raise failed


def keep_file_in(data: bytes, title: str, place: KeptFile, kind: str) -> KeptFile:
    """Put a file into the folder that somebody chose. Off the GUI thread.

    Raises:
        StationTrouble: it can't be written there.
    """
    path = free_name(place.path, title, kind)
    write_whole(path, data)
    return KeptFile(place.place, path)


def free_name(folder: Path, title: str, kind: str = "pdf") -> Path:
    """A name for it in this folder that any stick takes and no file has yet."""
    plain = _NOT_IN_NAMES.sub(" ", title).strip(" .")[:MOST_SIGNS].strip(" .") or kind.upper()
    names = (plain if one == 1 else f"{plain} ({one})" for one in count(1))
    return next(
        path for path in (folder / f"{name}.{kind}" for name in names) if not _is_there(path)
    )


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in place whole or not at all. StationTrouble when it can't be written."""
    draft = path.with_name(path.name + ".draft")
    try:
        draft.write_bytes(data)
        os.replace(draft, path)
    except OSError as failed:
        draft.unlink(missing_ok=True)
        raise StationTrouble("trouble.file_not_written") from failed


def _places(sticks: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    for stick in sticks:
        yield say("choose.on_stick"), stick
    standard = QStandardPaths.StandardLocation
    desktop = Path(QStandardPaths.writableLocation(standard.DesktopLocation) or Path.home())
    yield say("choose.on_desktop"), desktop if desktop.is_dir() else Path.home()


def _is_there(path: Path) -> bool:
    try:
        return os.path.lexists(path)
    except OSError:
        return False
