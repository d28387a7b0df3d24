"""Courses: what can be shown, and the files that make one up."""

from __future__ import annotations

from app.domain.ids import CourseId
from app.domain.values import dataclass

PIECE_BYTES = 1 << 20
"""Files are hashed, fetched and checked in pieces of 1 MiB."""
MOST_SOFTER_DB, MOST_LOUDER_DB = -12.0, 6.0
"""So far a course is made softer or louder to be as loud as others; more would lift its noise."""
_HASH_DIGITS = 64
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class CourseFile:
    """One file of a course: identity is its SHA-256 (hex); ``pieces`` hash each MiB in order."""

    sha256: str
    size_bytes: int
    pieces: tuple[str, ...]
    suffix: str

    @property
    def is_sound(self) -> bool:
        """Whether the name is a hash and the pieces make up the size: only such a file can come."""
        name_fits = len(self.sha256) == _HASH_DIGITS and set(self.sha256) <= _HEX
        return name_fits and len(self.pieces) == -(-self.size_bytes // PIECE_BYTES)


@dataclass(frozen=True, slots=True)
class Course:
    """One course as the centre published it; ``withdrawn`` ones may not be played."""

    id: CourseId
    title: str
    topic: str
    summary: str
    duration_ms: int
    width: int
    height: int
    video: CourseFile
    subtitle: CourseFile | None = None
    licence: str = ""
    withdrawn: bool = False
    gain_db: float = 0.0
    """What makes it as loud as other courses, as the centre measured it; 0 when nobody did."""

    @property
    def evened_db(self) -> float:
        """``gain_db``, within what a player is asked for."""
        return min(max(self.gain_db, MOST_SOFTER_DB), MOST_LOUDER_DB)

    @property
    def files(self) -> tuple[CourseFile, ...]:
        """Everything that must be whole before the course can be played."""
        return (self.video,) if self.subtitle is None else (self.video, self.subtitle)
