"""The lines of a subtitle file, so that screens draw them as large as their last row needs.

Published subtitles are SRT in UTF-8; files of older stations may be GB18030. What is none of
these is left to libvlc.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import Path

from msgspec import Struct

MOST_BYTES = 4 << 20
MOST_LINES = 4
_TIME = r"(\d{1,2}):(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_TAGS = re.compile(r"<[^<>]{0,60}>|\{\\[^{}]{0,60}\}")


class Cue(Struct, frozen=True):
    """One text and when it stands, ms of media time."""

    start_ms: int
    end_ms: int
    text: str


class Cues(Struct, frozen=True):
    """All of a file in order of their beginnings."""

    cues: tuple[Cue, ...]
    starts: tuple[int, ...]

    def at(self, position_ms: int) -> str:
        """What stands at a position; of two at once the later one."""
        place = bisect_right(self.starts, position_ms) - 1
        if place < 0 or position_ms >= self.cues[place].end_ms:
            return ""
        return self.cues[place].text


def read_cues(path: Path | None) -> Cues | None:
    """The lines of a file, or None where there is none or it is no SRT."""
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError:
        return None
    if len(raw) > MOST_BYTES:
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", errors="replace")
    found = tuple(sorted(_cues(text), key=lambda one: one.start_ms))
    return Cues(found, tuple(one.start_ms for one in found)) if found else None


def _cues(text: str) -> list[Cue]:
    found: list[Cue] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        for number, line in enumerate(lines[:2]):
            times = _TIMES.fullmatch(line)
            if times is None:
                continue
            told = [_TAGS.sub("", one).strip() for one in lines[number + 1 :]]
            words = "\n".join([one for one in told if one][:MOST_LINES])
            parts = times.groups()
            start_ms, end_ms = _ms(parts[:4]), _ms(parts[4:])
            if words and end_ms > start_ms:
                found.append(Cue(start_ms, end_ms, words))
            break
    return found


def _ms(parts: tuple[str, ...]) -> int:
    hours, minutes, seconds, part = parts
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(part.ljust(3, "0"))
