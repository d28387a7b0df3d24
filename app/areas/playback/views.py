"""What is shown of one play."""

from __future__ import annotations

from app.areas.playback.plays import Interval, PlayOutcome
from app.domain.ids import CourseId, PlayId
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class PlayView:
    """One play of a course in a session; ``outcome`` None while it runs."""

    id: PlayId
    course: CourseId
    title: str
    started_ms: int
    position_ms: int
    duration_ms: int
    coverage_percent: int
    outcome: PlayOutcome | None
    said_ms: int | None = None
    time_source: str = "clock"
    shown: tuple[Interval, ...] = ()
