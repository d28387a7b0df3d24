"""Course files onto a stick, as they lie on the centre's shelf: whole, by hash, read back."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from app.areas.courses.course import PIECE_BYTES, Course
from app.domain.values import dataclass
from app.wire.codec import read_row
from app.wire.sticks.folder import open_stick
from app.wire.sticks.layout import FAT_FILE_BYTES, MEDIA
from app.wire.sticks.writing import place_on, put
from centre.courses.shelf import Shelf
from centre.service import Centre
from centre.store.tables import courses

_LOG = logging.getLogger("centre")


@dataclass(frozen=True, slots=True)
class CoursesCopied:
    """How many files were written, how many lay there already, and titles that can't go."""

    written: int
    there: int
    too_large: tuple[str, ...]
    missing: tuple[str, ...]
    damaged: tuple[str, ...] = ()


class _NotAsPublished(Exception):
    """The shelf's own file does not hash to its name."""


def copy_courses(centre: Centre, root: Path) -> CoursesCopied:
    """Put the files of all courses that were not withdrawn on a stick.

    A file of 4 GiB or more is left out: FAT32 can't hold it.

    Raises:
        StickTrouble: the stick is full, read-only or gone; whole files on it stay.
    """
    shelf, written, there = Shelf(centre.media), 0, 0
    too_large: list[str] = []
    missing: list[str] = []
    damaged: list[str] = []
    with open_stick(root) as stick, place_on(stick, MEDIA) as folder:
        for course in _courses(centre):
            for file in course.files:
                source = shelf.path_of(file.sha256)
                if file.size_bytes > FAT_FILE_BYTES:
                    too_large.append(course.title)
                elif source is None:
                    missing.append(course.title)
                else:
                    try:
                        is_new = put(folder, file.sha256, _pieces(source, file.sha256))
                    except _NotAsPublished:
                        _LOG.warning("course %s: its file is damaged", course.id)
                        damaged.append(course.title)
                        continue
                    written += is_new
                    there += not is_new
    return CoursesCopied(written, there, tuple(too_large), tuple(missing), tuple(damaged))


def _courses(centre: Centre) -> tuple[Course, ...]:
    with centre.store.reading() as tx:
        found = tuple(read_row(body, Course) for body in tx.scalars(select(courses.c.body)))
    return tuple(course for course in found if not course.withdrawn)


def _pieces(source: Path, sha256: str) -> Iterator[bytes]:
    """The file's bytes; at their end it is said if they are not what was published."""
    hashed = hashlib.sha256()
    with source.open("rb") as opened:
        while piece := opened.read(PIECE_BYTES):
            hashed.update(piece)
            yield piece
    if hashed.hexdigest() != sha256:
        raise _NotAsPublished
