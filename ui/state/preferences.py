"""What the operator chose for this PC: language, size, screens, sound. Kept in one small file.

It is read before the store is opened, because the first window already needs it; a file
that is missing or damaged simply means the defaults. That one was damaged is told when the
record is opened, which keeps it aside.
"""

from __future__ import annotations

import json
import logging
import math
from dataclasses import asdict, dataclass
from pathlib import Path

from app.wire.side_files import Unreadable, put_whole, read_small
from app.words import LANGUAGES

FILE_NAME = "choices.json"
SIZES = ("standard", "large", "largest")
THEMES = ("light", "dark", "stark")

_log = logging.getLogger("ui.state.preferences")


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices in force; ``audience_screen`` is a screen's name, empty for "the other one".

    An empty ``size`` is not chosen yet: the screen's pitch decides.
    """

    language: str = "zh"
    size: str = ""
    audience_screen: str = ""
    one_screen: bool = False
    volume: int = 80
    dark_room: bool = False
    """The room is dark: its screen shows light words on a dark ground."""
    last_row_m: float = 0.0
    """From the room's screen to the last row, metres; 0 is not said."""
    picture_m: float = 0.0
    """Height of the room's picture, metres; 0 is not said."""
    theme: str = "light"
    """How this window and the sign-in screen are lit: one of ``THEMES``."""
    tones: bool = True
    """Whether something sounds at sign-in."""
    voice: bool = False
    """A sentence said aloud instead of a soft tone."""
    tone_volume: int = 60


def read_preferences(home: Path) -> Preferences:
    """The choices kept in ``home``; what is missing or can't be right is as usual."""
    try:
        kept = json.loads(read_small(home / FILE_NAME) or b"{}")
    except (Unreadable, ValueError, RecursionError):
        kept = None
    if not isinstance(kept, dict):
        _log.info("choices could not be read; defaults are used")
        return Preferences()
    usual = Preferences()

    def number(name: str, most: float, otherwise: float) -> float:
        found = kept.get(name)
        if isinstance(found, bool) or not isinstance(found, int | float):
            return otherwise
        if isinstance(found, float) and not math.isfinite(found):
            return otherwise
        return float(min(max(found, 0), most))

    def truth(name: str, otherwise: bool) -> bool:
        found = kept.get(name)
        return found if isinstance(found, bool) else otherwise

    def one_of(name: str, words: tuple[str, ...], otherwise: str) -> str:
        found = kept.get(name)
        return found if isinstance(found, str) and found in words else otherwise

    screen = kept.get("audience_screen")
    return Preferences(
        language=one_of("language", LANGUAGES, usual.language),
        size=one_of("size", SIZES, usual.size),
        audience_screen=screen if isinstance(screen, str) and screen.isprintable() else "",
        one_screen=truth("one_screen", usual.one_screen),
        volume=int(number("volume", 100, usual.volume)),
        dark_room=truth("dark_room", usual.dark_room),
        last_row_m=number("last_row_m", 100.0, usual.last_row_m),
        picture_m=number("picture_m", 100.0, usual.picture_m),
        theme=one_of("theme", THEMES, usual.theme),
        tones=truth("tones", usual.tones),
        voice=truth("voice", usual.voice),
        tone_volume=int(number("tone_volume", 100, usual.tone_volume)),
    )


def save_preferences(home: Path, choices: Preferences) -> None:
    """Write the choices so that a power cut leaves the old or the new ones."""
    text = json.dumps(asdict(choices), ensure_ascii=False)
    put_whole(home / FILE_NAME, text.encode("utf-8"))
