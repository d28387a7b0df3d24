"""Whether course files are at the centre as they were published: looked at when they are asked for.

A file is looked through once it is served for the first time, and again when it changed; until
the answer is there it is served, since stations check every piece themselves. At the start it is
only seen whether each file is there and as long as it was.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select

from app.areas.courses.course import Course, CourseFile
from app.domain.values import dataclass
from app.wire.codec import read_row
from app.wire.errors import ErrorNumber
from centre.courses.shelf import Shelf
from centre.refusals import NotServed
from centre.service import Centre
from centre.store.tables import courses

_LOG = logging.getLogger("centre")
_MOST_REMEMBERED = 10_000
_NAMED_FOR_S = 60
"""What courses name is read again after so long; only for files that are not there."""

_Stamp = tuple[int, int]


class State(StrEnum):
    """How a course file stands."""

    SOUND = "sound"
    LOST = "lost"
    DAMAGED = "damaged"


_SENTENCES = {
    State.SOUND: "centre.course_sound",
    State.LOST: "centre.course_lost",
    State.DAMAGED: "centre.course_damaged",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One course and how the worst of its files stands."""

    id: str
    title: str
    state: State
    bytes: int

    @property
    def sentence(self) -> tuple[str, dict[str, object]]:
        """The key of the sentence that says how it stands, and the values in it."""
        megabytes = round(self.bytes / (1 << 20), 1)
        return _SENTENCES[self.state], {"title": self.title, "id": self.id, "megabytes": megabytes}


def all_courses(centre: Centre) -> tuple[Course, ...]:
    """Every course, withdrawn ones too."""
    with centre.store.reading() as tx:
        bodies = tx.scalars(select(courses.c.body).order_by(courses.c.title, courses.c.id)).all()
    return tuple(read_row(body, Course) for body in bodies)


def check_courses(centre: Centre, *, through: bool) -> Iterator[Checked]:
    """How each course that was not withdrawn stands; ``through`` reads all of every file."""
    shelf = Shelf(centre.media)
    for course in all_courses(centre):
        if course.withdrawn:
            continue
        states = [_state(shelf, file, through=through) for file in course.files]
        worst = next((one for one in (State.LOST, State.DAMAGED) if one in states), State.SOUND)
        size = sum(file.size_bytes for file in course.files)
        yield Checked(course.id, course.title, worst, size)


class Watch:
    """One for a serving process; looks through files on a thread of its own."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._shelf = Shelf(centre.media)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="course-watch")
        self._seen: dict[str, tuple[_Stamp, bool | None]] = {}
        self._told: set[str] = set()
        self._named: tuple[float, frozenset[str]] = (-_NAMED_FOR_S, frozenset())
        self._stopped = False

    def start(self) -> None:
        """Look whether everything is there."""
        self._thread.submit(self._look_at_all)

    def stop(self) -> None:
        """Look at nothing more."""
        self._stopped = True
        self._thread.shutdown(wait=True, cancel_futures=True)

    def to_serve(self, sha256: str) -> tuple[Path, int]:
        """Where a file lies, and its length.

        Raises:
            NotServed: it is not there, or is known not to be what was published.
        """
        path = self._shelf.path_of(sha256)
        if path is None:
            if self._is_named(sha256):
                self._tell_once(sha256, "is asked for and is not there")
            raise NotServed(ErrorNumber.NOT_FOUND, "no such file")
        stamp = _stamp(path)
        seen, sound = self._seen.get(sha256, ((0, 0), None))
        if seen != stamp:
            self._seen[sha256] = (stamp, None)
            self._told.discard(sha256)
            self._thread.submit(self._look, sha256, path, stamp)
        elif sound is False:
            raise NotServed(ErrorNumber.DAMAGED, "not as it was published")
        return path, stamp[0]

    def _is_named(self, sha256: str) -> bool:
        read_s, named = self._named
        if time.monotonic() - read_s >= _NAMED_FOR_S:
            found = (one.files for one in all_courses(self._centre) if not one.withdrawn)
            named = frozenset(file.sha256 for files in found for file in files)
            self._named = (time.monotonic(), named)
        return sha256 in named

    def _look(self, sha256: str, path: Path, stamp: _Stamp) -> None:
        if self._stopped:
            return
        try:
            sound = is_sound(path, sha256)
        except OSError as unreadable:
            _LOG.warning("course file %s can't be read: %s", sha256[:8], type(unreadable).__name__)
            sound = False
        self._seen[sha256] = (stamp, sound)
        if not sound:
            self._tell_once(sha256, "is not as it was published")

    def _look_at_all(self) -> None:
        try:
            for one in check_courses(self._centre, through=False):
                if one.state is not State.SOUND:
                    _LOG.warning("course %s: its file is %s", one.id, one.state.value)
        except Exception:  # noqa: BLE001 - the service goes on without this look
            _LOG.exception("course files could not be looked at")

    def _tell_once(self, sha256: str, what: str) -> None:
        if sha256 not in self._told and len(self._told) < _MOST_REMEMBERED:
            self._told.add(sha256)
            _LOG.warning("course file %s %s; publish the course again", sha256[:8], what)


def is_sound(path: Path, sha256: str) -> bool:
    """Whether a file's bytes hash to its name."""
    with path.open("rb", buffering=0) as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest() == sha256


def _state(shelf: Shelf, file: CourseFile, *, through: bool) -> State:
    path = shelf.path_of(file.sha256)
    if path is None:
        return State.LOST
    try:
        fits = path.stat().st_size == file.size_bytes
        return (
            State.SOUND
            if fits and not (through and not is_sound(path, file.sha256))
            else State.DAMAGED
        )
    except OSError:
        return State.DAMAGED


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_size, found.st_mtime_ns)
