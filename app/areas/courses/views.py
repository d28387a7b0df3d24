"""What is shown of a course and its files."""

from __future__ import annotations

from app.areas.courses.course import Course
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class CourseView:
    """A course and how much of it is whole on this disk."""

    course: Course
    ready: bool
    percent: int
    trouble: str = ""
    """Catalogue key of what is wrong with it here, or empty."""
    here_bytes: int = 0
    played: bool = False
    played_ms: int | None = None
    """When it was last played."""
    resume_ms: int | None = None
    """Where it could go on, if its last play stopped on the way."""
    hold: str = ""
    """Catalogue key of why it may not be deleted now, or empty."""
    planned: str = ""
    """ISO date of the next session it is planned for, or empty."""
    comes: bool = True
    """Whether it is fetched by itself; not one that was deleted, or for which there is no room."""
    checking: bool = False
    """Whether what lies here of it is just being looked through."""
