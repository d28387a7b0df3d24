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


def read_choices(home: Path) -> Choices:
    """The choices kept in ``home``."""
    try:
        kept = json.loads((home / FILE_NAME).read_text(encoding="utf-8"))
        size = kept.get("size", "")
        return Choices(
            language="en" if kept.get("language") == "en" else "zh",
            size=size if size in SIZES else "",
            audience_screen=str(kept.get("audience_screen", "")),
            one_screen=bool(kept.get("one_screen", False)),
            volume=min(max(int(kept.get("volume", 80)), 0), 100),
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
