"""What a screen shows of the playing: one frozen value, replaced whole at every change."""

from __future__ import annotations

from typing import Protocol

from app.areas.courses.course import Course
from app.areas.playback.plays import Coverage
from app.domain.ids import CourseId, PlayId, SessionId
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class PlaybackState:
    """Everything a screen shows of the playing; times are ms of media time."""

    session: SessionId | None = None
    course: Course | None = None
    """The course that plays, is paused or has ended; None when nothing is loaded."""
    asked: Course | None = None
    """The course whose resume question waits for an answer."""
    resume_ms: int | None = None
    opening: bool = False
    playing: bool = False
    ended: bool = False
    position_ms: int = 0
    rate: float = 1.0
    volume: int = 80
    muted: bool = False
    subtitles: bool = True
    frozen: bool = False
    black: bool = False
    undo_to_ms: int | None = None
    """Where one key leads back to, for 10 s after a seek."""
    armed: int = 0
    """+1 or -1 while a second press within 2 s would change the course."""
    trouble: str = ""

    @property
    def duration_ms(self) -> int:
        """The true length of the loaded course."""
        return self.course.duration_ms if self.course else 0

    @property
    def remaining_ms(self) -> int:
        """How much of it is left."""
        return max(self.duration_ms - self.position_ms, 0)

    @property
    def is_on(self) -> bool:
        """Whether a course is loaded and not over."""
        return self.course is not None and not self.ended


@dataclass(slots=True)
class CurrentPlay:
    """One play under way: what evidence is collected for it."""

    play: PlayId
    generation: int
    coverage: Coverage
    bookmarked_ms: int
    began: bool = False
    """Whether the player has shown a sign of life for this load."""


class PlaybackListener(Protocol):
    """Who shows the playing."""

    def playback_changed(self, state: PlaybackState) -> None:
        """The playing stands so now."""

    def unplayable(self, course: CourseId) -> None:
        """A course's file turned out to be broken."""
