"""What the operator chose for this PC: language, size, screens, sound. Kept in one small file.

It is read before the store is opened, because the first window already needs it; a file
that is missing or damaged simply means the defaults. That one was damaged is told when the
record is opened, which keeps it aside.
"""

from __future__ import annotations

import json
import logging
import math
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from msgspec import Meta, ValidationError, convert

from app.domain.values import dataclass
from app.wire.side_files import Unreadable, put_whole, read_small

FILE_NAME = "choices.json"
Percent = Annotated[int, Meta(ge=0, le=100)]
Metres = Annotated[float, Meta(ge=0, le=100)]
Printable = Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff]*$")]
MOST_SENTENCE = 40
Sentence = Annotated[Printable, Meta(max_length=MOST_SENTENCE)]

_log = logging.getLogger("ui.state.preferences")


@dataclass(frozen=True, slots=True)
class Preferences:
    """The choices in force; ``audience_screen`` is a screen's name, empty for "the other one".

    An empty ``size`` is not chosen yet: the screen's pitch decides.
    """

    language: Annotated[str, Meta(pattern="^(zh|en)$")] = "zh"
    size: Annotated[str, Meta(pattern="^(|standard|large|largest)$")] = ""
    audience_screen: Printable = ""
    one_screen: bool = False
    volume: Percent = 80
    evened: bool = True
    """Whether courses are made as loud as each other."""
    dark_room: bool = False
    """The room is dark: its screen shows light words on a dark ground."""
    last_row_m: Metres = 0.0
    """From the room's screen to the last row, metres; 0 is not said."""
    picture_m: Metres = 0.0
    """Height of the room's picture, metres; 0 is not said."""
    theme: Annotated[str, Meta(pattern="^(light|dark|stark)$")] = "light"
    """How this window and the sign-in screen are lit."""
    tones: bool = True
    """Whether something sounds at sign-in."""
    voice: bool = False
    """A sentence said aloud instead of a soft tone."""
    tone_volume: Percent = 60
    subtitle_size: Annotated[str, Meta(pattern="^(standard|large|largest)$")] = "standard"
    """Of the three sizes of subtitles."""
    sentences: tuple[Sentence, Sentence] = ("", "")
    """The operator's own sentences for the room's screen."""


def read_preferences(home: Path) -> Preferences:
    """The preferences kept in ``home``; what is missing or can't be right is as usual."""
    try:
        kept = json.loads(read_small(home / FILE_NAME) or b"{}")
    except (Unreadable, ValueError, RecursionError):
        kept = None
    if not isinstance(kept, dict):
        _log.info("choices could not be read; defaults are used")
        return Preferences()
    right = {}
    for name, kind in _kinds().items():
        try:
            right[name] = convert(_within(kept[name], kind), kind, strict=False)
        except (KeyError, ValidationError):
            continue
    return Preferences(**right)


@cache
def _kinds() -> dict[str, Any]:
    return get_type_hints(Preferences, include_extras=True)


def _within(found: Any, kind: object) -> Any:
    """A number that is only too large or too small, at its bound."""
    if kind not in (Percent, Metres) or isinstance(found, bool):
        return found
    is_number = isinstance(found, int | float) and abs(found) != math.inf
    return min(max(found, 0), 100) if is_number else found


def save_preferences(home: Path, choices: Preferences) -> None:
    """Write the choices so that a power cut leaves the old or the new ones."""
    text = json.dumps(asdict(choices), ensure_ascii=False)
    put_whole(home / FILE_NAME, text.encode("utf-8"))
