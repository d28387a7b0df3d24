"""What sounds when somebody signs in: a soft tone, or a sentence said aloud, or nothing.

One tone for "you are signed in", a lower one for "the operator, please"; with the voice, three
sentences that name nobody. Not while a course plays: then the room listens to something
else, and only a call for the operator sounds. ``resources/make_sounds.py`` and ``resources/make_voice.py`` made the files.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from ui.state.sign_in_result import SignInResult
from ui.theme.files import resource

_SUCCESS, _AGAIN = "success", "again"
_TONE_OF = {
    SignInResult.SUCCESS: _SUCCESS,
    SignInResult.ALREADY: _SUCCESS,
    SignInResult.NOT_FOUND: _AGAIN,
    SignInResult.NOT_ME: _AGAIN,
    SignInResult.HELP_COMES: _AGAIN,
    SignInResult.TROUBLE: _AGAIN,
}
_SENTENCE_OF = {
    SignInResult.SUCCESS: "signed_in",
    SignInResult.ALREADY: "already",
    SignInResult.NOT_FOUND: "ask",
    SignInResult.NOT_ME: "ask",
    SignInResult.TROUBLE: "ask",
}
"""The operator who was asked to come needs the tone; nobody is to look for them any more."""


class Sounds(Protocol):
    """What plays a file: ``app.player.chime.Chime``. What comes next cuts what still sounds."""

    def play(self, file: Path, volume: int) -> None:
        """Begin at once, or not at all."""


def sound_file(kind: SignInResult, *, voice: bool) -> Path:
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

    def told(self, kind: SignInResult) -> None:
        """Somebody is told something, unless sound is off or a course plays; a call for the operator
        sounds all the same."""
        calls = kind is SignInResult.HELP_COMES
        if self.on and self.volume > 0 and (calls or not self._busy()):
            self._sounds.play(sound_file(kind, voice=self.voice), self.volume)
