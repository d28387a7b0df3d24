"""What the courses page shows."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.views import CourseView


@dataclass(frozen=True, slots=True)
class CoursesState:
    """Courses by topic; ``chosen`` is looked at on the right."""

    loaded: bool = False
    topics: tuple[tuple[str, tuple[CourseView, ...]], ...] = ()
    chosen: CourseView | None = None
    running: bool = False

    @property
    def ready(self) -> int:
        """How many can be played now."""
        return sum(one.ready for _topic, listed in self.topics for one in listed)

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(len(listed) for _topic, listed in self.topics)
