"""What the play page shows."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from app.areas.attendance.marks import Turnout
from app.areas.courses.course import Course
from app.areas.courses.views import CourseView
from app.areas.sessions.session import RUNNING, Step
from app.domain.values import dataclass
from ui.playback.state import PlaybackState


class PlayQuestion(StrEnum):
    """Which act waits for a second yes: ending what plays is not undone by a key."""

    NOTHING = "nothing"
    STOP = "stop"
    SWITCH = "switch"


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One course of the session."""

    view: CourseView
    chosen: bool
    on: bool
    played: bool


@dataclass(frozen=True, slots=True)
class PlayState:
    """``chosen`` is what the primary action would open; ``next`` what follows what plays."""

    playback: PlaybackState = field(default_factory=PlaybackState)
    chosen: Course | None = None
    next: Course | None = None
    queue: tuple[QueueLine, ...] = ()
    turnout: Turnout | None = None
    step: Step | None = None
    asking: PlayQuestion = PlayQuestion.NOTHING
    drawer: bool = False
    """Whether the late sign-in drawer is open."""

    @property
    def is_trial(self) -> bool:
        """Whether what is played belongs to no session and is not counted."""
        return self.step not in RUNNING
