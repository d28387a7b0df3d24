"""Opening the record for the program: on the store lane, whose libraries are loaded here.

So they are read in beside the window's first picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from app.areas.courses.course import Course
    from app.areas.courses.views import CourseView
    from app.bootstrap import OpenStation
    from app.store.seal import Checksum
    from app.usecases.carry import Carry
    from app.usecases.operator_pin import LockView


class OpenedRecord(Struct, frozen=True):
    """What opening the record gives; ``is_new``: this PC was never set up."""

    opened: OpenStation
    carry: Carry
    lock: LockView
    is_new: bool


LENT_COURSES = 3
PRACTICE_FOLDER = "practice"
"""Where in its home a station's practice lies: on its disk, so that films can be linked."""


class Practice(Struct, frozen=True):
    """What a practice borrows of the real station: its courses, and the folder of their files."""

    courses: tuple[Course, ...] = ()
    media: Path | None = None


def lent_by(home: Path, courses: Iterable[CourseView]) -> Practice:
    """What the station of ``home`` lends to a practice: a few courses that can be played."""
    ready = tuple(one.course for one in courses if one.ready)
    return Practice(ready[:LENT_COURSES], home / "media")


def open_record(
    home: Path,
    *,
    cut: bool,
    checksum: Checksum | None = None,
    practice: Practice | None = None,
) -> OpenedRecord:
    """Open it. ``cut``: the run before ended by something else than its closing; ``checksum`` is
    the store's, where its reading was begun before. For a ``practice`` it is made first; else what
    an earlier one left is deleted.

    Raises:
        UserError: it can't be opened, and why.
    """
    from app.bootstrap import carry_of, note_cut, open_station
    from app.bootstrap.practice import make_practice, throw_away

    if practice is None:
        throw_away(home / PRACTICE_FOLDER)
    else:
        make_practice(home, practice.courses, practice.media)
    opened = open_station(home, checksum=checksum)
    if cut:
        note_cut(opened)
    station = opened.station
    return OpenedRecord(opened, carry_of(opened), station.pin.view(), station.pin.wants_first_run())
