"""What the preparation page shows."""

from __future__ import annotations

from app.areas.courses.views import CourseView
from app.areas.sessions.session import Step
from app.domain.values import dataclass
from app.usecases.views import Check


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One course of the session; ``resume_ms`` is where it could go on, if anywhere."""

    view: CourseView
    chosen: bool
    resume_ms: int | None = None


@dataclass(frozen=True, slots=True)
class PrepareState:
    """The session's title, the checks and the courses; ``step`` tells whether sign-in is open."""

    title: str = ""
    about: str = ""
    """Where, for which class and with whom it is held; empty for an ordinary one."""
    planned_start_ms: int | None = None
    people: int | None = None
    """How many are on the roster and expected in general; None until the roster is read."""
    step: Step | None = None
    checks: tuple[Check, ...] = ()
    courses: tuple[CourseLine, ...] = ()

    @property
    def to_mend(self) -> int:
        """How many checks do not hold."""
        return sum(not one.good for one in self.checks)
