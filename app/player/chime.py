"""Short tones through libvlc, beside the course: an instance and a lane of their own.

A tone must never wait for the course's player, nor the course for a sound card that hangs over
a tone; so nothing is shared. Every method returns at once.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Any

from app.player.lane import PlayerLane

_log = logging.getLogger("player.chime")

_ARGUMENTS = ("--no-video", "--no-spu", "--no-osd", "--quiet", "--no-lua")
_CLOSE_WAIT_S = 2.0
_WITHOUT_LIBRARY = (ImportError, OSError, AttributeError, NameError, TypeError, RuntimeError)


class Chime:
    """Plays small sound files. Without ``audio`` everything happens but nothing is heard."""

    def __init__(self, *, audio: bool = True) -> None:
        self._lane = PlayerLane()
        self._arguments = [*_ARGUMENTS, *(() if audio else ("--aout=dummy",))]
        self._vlc: Any = None
        self._instance: Any = None
        self._player: Any = None
        self._absent = False
        self._next: tuple[Path, int] | None = None
        self._choosing = threading.Lock()
        self.started = 0
        """How many tones libvlc took."""
        self.newest: Path | None = None
        """The one it took last."""

    def warm_up(self) -> None:
        """Load libvlc in the background, so that the first tone is quick."""
        self._lane.ask(self._open)

    def play(self, file: Path, volume: int) -> None:
        """Sound ``file`` (a WAV) at 0–100 as soon as may be, instead of what still waits or sounds.

        When people come faster than tones begin, the newest person is spoken to.
        """
        with self._choosing:
            waits = self._next is not None
            self._next = file, volume
        if not waits:
            self._lane.ask(self._play)

    def close(self) -> None:
        """Stop and let go; waits at most 2 s. The chime can't be used afterwards."""
        if not self._lane.finish(self._release, _CLOSE_WAIT_S):
            _log.info("a tone hangs; left alone")

    # --- on the lane -------------------------------------------------------------------

    def _play(self) -> None:
        self._open()
        with self._choosing:
            chosen, self._next = self._next, None
        if self._player is None or chosen is None:
            return
        file, volume = chosen
        self._player.stop()
        media = self._instance.media_new_path(str(file))
        self._player.set_media(media)
        media.release()
        self._player.audio_set_volume(volume)
        if self._player.play() == 0:
            self._player.audio_set_volume(volume)  # some outputs take it only once they play
            self.started += 1
            self.newest = file

    def _open(self) -> None:
        if self._player is not None or self._absent:
            return
        try:
            import vlc
        except (*_WITHOUT_LIBRARY, SystemExit):
            self._absent = True
            _log.info("no libvlc, no tones")
            return
        self._instance = vlc.Instance(self._arguments) or vlc.Instance(
            [one for one in self._arguments if one != "--no-lua"]
        )
        if self._instance is None:
            self._absent = True
            return
        self._player = self._instance.media_player_new()

    def _release(self) -> None:
        if self._player is not None:
            self._player.stop()
            self._player.release()
            self._instance.release()
            self._player = self._instance = None
