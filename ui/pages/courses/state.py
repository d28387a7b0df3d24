"""What the courses page shows."""

from __future__ import annotations

from enum import StrEnum

from app.areas.courses.views import CourseView
from app.domain.values import dataclass
from app.usecases.tools import Fetching


class CourseQuestion(StrEnum):
    """What is asked before files are deleted."""

    NOTHING = ""
    ONE = "one"
    PLAYED = "played"


@dataclass(frozen=True, slots=True)
class CoursesState:
    """Courses by topic; ``chosen`` is looked at on the right; ``free_bytes`` of the disk."""

    loaded: bool = False
    topics: tuple[tuple[str, tuple[CourseView, ...]], ...] = ()
    chosen: CourseView | None = None
    running: bool = False
    """Whether what is played now is counted."""
    in_hand: bool = False
    """Whether a session is prepared or runs."""
    free_bytes: int = 0
    fetching: Fetching | None = None
    asking: CourseQuestion = CourseQuestion.NOTHING

    @property
    def all(self) -> tuple[CourseView, ...]:
        """All of them."""
        return tuple(one for _topic, listed in self.topics for one in listed)

    @property
    def ready(self) -> int:
        """How many can be played now."""
        return sum(one.ready for one in self.all)

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.all)

    @property
    def here_bytes(self) -> int:
        """What all of them take on this disk."""
        return sum(one.here_bytes for one in self.all)

    @property
    def freeable(self) -> tuple[CourseView, ...]:
        """Played ones that nobody counts on."""
        return tuple(one for one in self.all if may_be_offered(one))


def may_be_offered(view: CourseView) -> bool:
    """Whether a course is offered for deletion."""
    return view.played and view.here_bytes > 0 and not view.hold
