"""What sounds when somebody signs in: a soft tone, or a sentence said aloud, or nothing.

One tone for "you are signed in", a lower one for "the operator, please"; with the voice, three
sentences that name nobody. Never while a course plays: then the room listens to something
else. ``resources/make_sounds.py`` and ``resources/make_voice.py`` made the files.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from ui.pages.member_sign_in.state import ToldKind
from ui.theme.files import resource

_SUCCESS, _AGAIN = "success", "again"
_TONE_OF = {
    ToldKind.SUCCESS: _SUCCESS,
    ToldKind.ALREADY: _SUCCESS,
    ToldKind.NOT_FOUND: _AGAIN,
    ToldKind.NOT_ME: _AGAIN,
    ToldKind.HELP_COMES: _AGAIN,
    ToldKind.TROUBLE: _AGAIN,
}
_SENTENCE_OF = {
    ToldKind.SUCCESS: "signed_in",
    ToldKind.ALREADY: "already",
    ToldKind.NOT_FOUND: "ask",
    ToldKind.NOT_ME: "ask",
    ToldKind.TROUBLE: "ask",
}
"""The operator who was asked to come needs the tone; nobody is to look for them any more."""


class Sounds(Protocol):
    """What plays a file: ``app.player.chime.Chime``. What comes next cuts what still sounds."""

    def play(self, file: Path, volume: int) -> None:
        """Begin at once, or not at all."""


def sound_file(kind: ToldKind, *, voice: bool) -> Path:
    """The shipped sound for what the sign-in screen tells somebody."""
    if voice and kind in _SENTENCE_OF:
        return resource("sounds", "voice", f"{_SENTENCE_OF[kind]}.wav")
    return resource("sounds", f"{_TONE_OF[kind]}.wav")


class Tones:
    """GUI thread only; ``busy`` says whether a course is heard just now."""

    def __init__(self, sounds: Sounds, *, busy: Callable[[], bool]) -> None:
        self._sounds, self._busy = sounds, busy
        self.on, self.voice = True, False
        self.volume = 60

    def choose(self, *, on: bool, voice: bool, volume: int) -> None:
        """As chosen in the settings; ``voice`` instead of tones; ``volume`` 0–100."""
        self.on, self.voice, self.volume = on, voice, volume

    def told(self, kind: ToldKind) -> None:
        """Somebody is told something, unless sound is off or a course plays."""
        if self.on and self.volume > 0 and not self._busy():
            self._sounds.play(sound_file(kind, voice=self.voice), self.volume)
