"""Looking into a film before it is published: what it is, whether it plays, what old PCs can't.

The file is opened by FFmpeg's libraries in a child process of its own (``film_child.py``).
"""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

from app.areas.courses.course import MOST_LOUDER_DB, MOST_SOFTER_DB
from app.domain.errors import BadInput
from app.domain.values import dataclass
from app.wire.foreign_files import ask_child, printable
from centre.courses.film_child import SECONDS
from centre.courses.mp4 import index_comes_first

_LARGEST = (1920, 1080)
_MOST_PICTURES_A_SECOND = 50
_MOST_BITS_A_SECOND = 8_000_000
_REFERENCE_LUFS, _HIGHEST_PEAK_DB = -18.0, -1.0
"""As loud as all courses are made (ReplayGain 2.0), and what no sample may pass by it."""
_LONGEST_STILL_MS = 3_000
_EVERY_PC_HEARS = frozenset({"aac", "mp3"})
_CODECS = {
    "h264": "H.264",
    "hevc": "HEVC",
    "libdav1d": "AV1",
    "av1": "AV1",
    "mpeg4": "MPEG-4 part 2",
    "mjpeg": "MJPEG",
    "prores": "ProRes",
    "vp9": "VP9",
    "vp8": "VP8",
    "mpeg2video": "MPEG-2",
    "aac": "AAC",
    "mp3": "MP3",
    "ac3": "AC-3",
    "eac3": "E-AC-3",
}

Remark = tuple[str, dict[str, object]]
"""A key of the catalogue and its values."""


@dataclass(frozen=True, slots=True)
class Film:
    """What a film is; ``width`` and ``height`` as it is shown: upright, with square pixels."""

    codec: str
    profile: str
    bits: int
    chroma: str
    """4:2:0, 4:2:2 or 4:4:4; empty when the pixels are of another kind."""
    width: int
    height: int
    pictures_a_second: float
    bits_a_second: int
    sound: str
    """Its codec; empty without a sound."""
    duration_ms: int
    index_first: bool
    longest_still_ms: int
    damaged: int
    """Pictures that could not be decoded, of those tried, and holes found."""
    lufs: float | None = None
    """How loud its sound is; None without a sound, or of silence."""
    peak_db: float = 0.0

    @property
    def gain_db(self) -> float:
        """What makes it as loud as other courses without cutting its peaks."""
        if self.lufs is None:
            return 0.0
        wished = min(_REFERENCE_LUFS - self.lufs, max(_HIGHEST_PEAK_DB - self.peak_db, 0.0))
        return round(min(max(wished, MOST_SOFTER_DB), MOST_LOUDER_DB), 1)

    def remarks(self) -> tuple[Remark, ...]:
        """What an old PC can't show well, or what looks wrong; each is one sentence."""
        found: list[Remark] = []
        plain = self.codec == "H.264" and self.bits <= 8 and self.chroma in ("4:2:0", "")
        if not plain:
            what = {"codec": self.codec, "bits": self.bits, "chroma": self.chroma}
            found.append(("centre.film_codec", what))
        if max(self.width, self.height) > max(_LARGEST):
            found.append(("centre.film_large", {"width": self.width, "height": self.height}))
        if self.pictures_a_second > _MOST_PICTURES_A_SECOND:
            found.append(("centre.film_fast", {"rate": round(self.pictures_a_second)}))
        if self.bits_a_second > _MOST_BITS_A_SECOND:
            found.append(("centre.film_heavy", {"mbit": round(self.bits_a_second / 1e6, 1)}))
        if self.longest_still_ms >= _LONGEST_STILL_MS:
            found.append(("centre.film_slides", {"seconds": self.longest_still_ms // 1000}))
        if not self.sound:
            found.append(("centre.film_silent", {}))
        elif self.sound.lower() not in _EVERY_PC_HEARS:
            found.append(("centre.film_sound", {"what": self.sound}))
        if self.damaged:
            found.append(("centre.film_damaged", {"count": self.damaged}))
        return tuple(found)


def check_regular(path: Path) -> None:
    """Refuse what is no file: a folder, a pipe or a device would never end.

    Raises:
        BadInput: it is none, or isn't there.
    """
    try:
        kind = path.stat().st_mode
    except (OSError, ValueError) as gone:
        raise BadInput("centre.file_unreadable", file=printable(path.name)) from gone
    if not stat.S_ISREG(kind):
        raise BadInput("centre.no_plain_file", file=printable(path.name))


def look_at_film(path: Path) -> Film:
    """What the film is.

    Raises:
        BadInput: it is no whole MP4, has no picture or no length, or can't be decoded at all.
    """
    name = printable(path.name)
    check_regular(path)
    index_first = index_comes_first(path, name)
    try:
        told = ask_child("centre.courses.film_child", str(path.resolve()), seconds=SECONDS)
    except subprocess.TimeoutExpired:
        told = None
    if told is None:
        raise BadInput("centre.video_broken", file=name)
    if int(told["last_byte"]) > path.stat().st_size:
        raise BadInput("centre.video_cut_off", file=name)
    picture = told["picture"]
    if picture is None or int(told["duration_ms"]) <= 0:
        raise BadInput("centre.video_no_picture", file=name)
    codec = str(picture["codec"])
    if not picture["decoded"]:
        what = _CODECS.get(codec, codec) or "?"
        raise BadInput("centre.video_undecodable", file=name, what=what)
    heard = told["heard"]
    sound = str(told["sound"] or "")
    return Film(
        codec=_CODECS.get(codec, codec),
        profile=str(picture["profile"]),
        bits=int(picture["bits"]),
        chroma=str(picture["chroma"]),
        width=int(picture["width"]),
        height=int(picture["height"]),
        pictures_a_second=float(picture["rate"]),
        bits_a_second=int(told["size_bytes"]) * 8_000 // int(told["duration_ms"]),
        sound=_CODECS.get(sound, sound),
        duration_ms=int(told["duration_ms"]),
        index_first=index_first,
        longest_still_ms=int(told["longest_still_ms"]),
        lufs=None if heard is None else float(heard["lufs"]),
        peak_db=0.0 if heard is None else float(heard["peak_db"]),
        damaged=int(picture["undecoded"]) + int(told["holes"]),
    )
