"""What the station needs of a video player, whatever library plays.

Every method returns at once and may be called from the GUI thread; what happens
then arrives as observations at the listener, each with the generation of the
load it belongs to, always on the GUI thread, never from inside a library callback.
Positions and durations are milliseconds of media time.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from msgspec import Struct


class PlayerEvent(StrEnum):
    """What a player can observe."""

    PLAYING = "playing"
    PAUSED = "paused"
    POSITION = "position"
    ENDED = "ended"
    FAILED = "failed"
    """The clip can't be played. Of each load, at most one of ended, failed, unavailable comes."""
    UNAVAILABLE = "unavailable"
    """This PC has no player component; says nothing about the clip."""


class Observation(Struct, frozen=True):
    """One observation: ``mono_ms`` is the monotonic clock when it was made."""

    event: PlayerEvent
    generation: int
    position_ms: int
    mono_ms: int


class Clip(Struct, frozen=True):
    """What to play: the file, its true duration and picture size, and its subtitle if any."""

    path: Path
    duration_ms: int
    width: int
    height: int
    subtitle: Path | None = None
    gain_db: float = 0.0
    """How much louder (or softer) it is to be heard than it was recorded."""


class Player(Protocol):
    """One player for the life of the program; ``load`` replaces what was playing."""

    def load(self, clip: Clip, *, start_ms: int = 0) -> int:
        """Begin playing ``clip`` at ``start_ms``; returns the new generation.

        Rate 1 and not paused, whatever was before. Raises MediaTrouble when it is known
        by now that this PC has no player component.
        """

    def play(self) -> None:
        """Go on after a pause; nothing happens once the clip has ended."""

    def pause(self) -> None:
        """Hold the picture and the sound."""

    def seek(self, position_ms: int) -> None:
        """Jump; works while paused too. Once the clip has ended only a new ``load`` goes back."""

    def set_rate(self, rate: float) -> None:
        """0.75–1.5; kept for this clip only."""

    def set_volume(self, percent: int) -> None:
        """0–100; remembered by the player over clips."""

    def set_gain(self, gain_db: float) -> None:
        """Another ``Clip.gain_db`` for this clip."""

    def set_subtitles(self, shown: bool) -> None:
        """Show or hide the clip's subtitle."""

    def position_ms(self) -> int:
        """Where the picture is now, interpolated between observations."""

    def listen(self, listener: Callable[[Observation], None]) -> None:
        """The one receiver of observations."""

    def stop(self) -> None:
        """Stop and forget the clip; later observations of it are dropped."""

    def close(self) -> None:
        """Stop and release everything; the player can't be used afterwards.

        The one call that waits, at most 5 s; a second call does nothing.
        """
