"""What the operator chose for this PC: language, size, screens, sound. Kept in one small file.

It is read before the store is opened, because the first window already needs it; a file
that is missing or damaged simply means the defaults.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = "choices.json"
SIZES = ("standard", "large", "largest")
THEMES = ("light", "dark", "stark")

_log = logging.getLogger("ui.choices")


@dataclass(frozen=True, slots=True)
class Choices:
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


def read_choices(home: Path) -> Choices:
    """The choices kept in ``home``."""
    try:
        kept = json.loads((home / FILE_NAME).read_text(encoding="utf-8"))
        size = kept.get("size", "")
        theme = kept.get("theme", "")
        return Choices(
            language="en" if kept.get("language") == "en" else "zh",
            size=size if size in SIZES else "",
            audience_screen=str(kept.get("audience_screen", "")),
            one_screen=bool(kept.get("one_screen", False)),
            volume=min(max(int(kept.get("volume", 80)), 0), 100),
            dark_room=bool(kept.get("dark_room", False)),
            last_row_m=min(max(float(kept.get("last_row_m", 0)), 0.0), 100.0),
            picture_m=min(max(float(kept.get("picture_m", 0)), 0.0), 100.0),
            theme=theme if theme in THEMES else "light",
            tones=bool(kept.get("tones", True)),
            voice=bool(kept.get("voice", False)),
            tone_volume=min(max(int(kept.get("tone_volume", 60)), 0), 100),
        )
    except FileNotFoundError:
        return Choices()
    except (OSError, ValueError, AttributeError, TypeError):
        _log.warning("choices could not be read; defaults are used")
        return Choices()


def keep_choices(home: Path, choices: Choices) -> None:
    """Write the choices so that a power cut leaves the old or the new ones."""
    home.mkdir(parents=True, exist_ok=True)
    beside = home / (FILE_NAME + ".new")
    beside.write_text(json.dumps(asdict(choices), ensure_ascii=False), encoding="utf-8")
    os.replace(beside, home / FILE_NAME)
