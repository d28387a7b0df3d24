"""The facts of a play: it started, it ended."""

from __future__ import annotations

from app.areas.playback.plays import PlayOutcome
from app.domain.fact_kinds import Fact, fact
from app.domain.ids import (
    CourseId,
    PlayId,
    SessionId,
)
from app.domain.values import dataclass


@fact("playback.started")
@dataclass(frozen=True, slots=True)
class PlaybackStarted(Fact):
    """A course began to play; ``video`` is its file's SHA-256."""

    play: PlayId
    session: SessionId | None
    course: CourseId
    video: str
    from_ms: int
    duration_ms: int


@fact("playback.ended")
@dataclass(frozen=True, slots=True)
class PlaybackEnded(Fact):
    """A play ended; ``shown`` are the stretches of media time (ms) really shown."""

    play: PlayId
    outcome: PlayOutcome
    position_ms: int
    shown: tuple[tuple[int, int], ...]
