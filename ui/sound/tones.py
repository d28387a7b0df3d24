"""When which tone sounds: one for "you are signed in", a lower one for "the operator, please".

Never while a course plays: then the room listens to something else. The sounds are made by
``resources/make_sounds.py``; there is no recorded voice among them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from ui.pages.member_sign_in.state import ToldKind
from ui.theme.files import resource

SUCCESS, AGAIN = "success", "again"
_TONE_OF = {
    ToldKind.SUCCESS: SUCCESS,
    ToldKind.ALREADY: SUCCESS,
    ToldKind.NOT_FOUND: AGAIN,
    ToldKind.NOT_ME: AGAIN,
    ToldKind.HELP_COMES: AGAIN,
    ToldKind.TROUBLE: AGAIN,
}


class Sounds(Protocol):
    """What plays a file: ``app.player.chime.Chime``."""

    def play(self, file: Path, volume: int) -> None:
        """Begin at once, or not at all."""


def tone_file(name: str) -> Path:
    """The shipped sound of a tone."""
    return resource("sounds", f"{name}.wav")


class Tones:
    """GUI thread only; ``busy`` says whether a course is heard just now."""

    def __init__(self, sounds: Sounds, *, busy: Callable[[], bool]) -> None:
        self._sounds, self._busy = sounds, busy
        self.on = True
        self.volume = 60

    def choose(self, *, on: bool, volume: int) -> None:
        """As chosen in the settings; ``volume`` 0–100."""
        self.on, self.volume = on, volume

    def told(self, kind: ToldKind) -> None:
        """The sign-in screen tells somebody something."""
        self.sound(_TONE_OF[kind])

    def sound(self, name: str) -> None:
        """``SUCCESS`` or ``AGAIN``, unless tones are off or a course plays."""
        if self.on and self.volume > 0 and not self._busy():
            self._sounds.play(tone_file(name), self.volume)
