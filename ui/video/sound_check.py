"""A sound as the room would hear a course: through the same player, at the courses' volume."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from app.domain.errors import MediaTrouble
from app.ports.player import Clip, Observation, PlayerEvent
from ui.video.player_view import PlayerView

SOUND_MS = 2_000
"""Longer than any of the sounds."""


class SoundCheckPlayer(QObject):
    """A soft sound or the voice through the same player as courses, loaded when first wanted."""

    def __init__(self, parent: QObject, *, audio: bool) -> None:
        super().__init__(parent)
        self._audio = audio
        self._cinema: PlayerView | None = None
        self._failed: Callable[[], None] = lambda: None

    def play(self, sound: Path, percent: int, failed: Callable[[], None]) -> None:
        """Begin at this volume; ``failed`` is called when this PC plays no sound."""
        self._failed = failed
        if self._cinema is None:
            self._cinema = PlayerView(self, audio=self._audio)
            self._cinema.player.listen(self._on_seen)
        player = self._cinema.player
        try:
            player.load(Clip(sound, SOUND_MS, 16, 16))
            player.set_volume(percent)
        except MediaTrouble:
            failed()

    def close(self) -> None:
        """Stop and let the player go."""
        if self._cinema is not None:
            self._cinema.close()
            self._cinema = None

    def _on_seen(self, seen: Observation) -> None:
        if seen.event in (PlayerEvent.FAILED, PlayerEvent.UNAVAILABLE):
            self._failed()
