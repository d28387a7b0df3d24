"""What an MP4's outermost boxes tell: whether it is whole, and whether its index comes first.

The library that reads the film (``film.py``) says only "invalid"; people are told whether a
recording was broken off or a copy is cut short. The boxes are walked one after the other, none
is opened, nothing nests.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

from app.domain.errors import BadInput

_BLANK_BYTES = 8
_MOST_BOXES = 100_000
_FIRST = frozenset({b"ftyp", b"moov", b"styp", b"mdat", b"free", b"skip", b"wide"})


def index_comes_first(path: Path, name: str) -> bool:
    """Whether the film can be played while it still comes.

    Raises:
        BadInput: it is no MP4, is cut off, or has no index.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as opened:
            kinds = _kinds(opened, size, name)
    except OSError as gone:
        raise BadInput("centre.file_unreadable", file=name) from gone
    if b"moov" not in kinds:
        raise BadInput("centre.video_no_index", file=name)
    if b"mdat" not in kinds:
        raise BadInput("centre.video_cut_off", file=name)
    return kinds.index(b"moov") < kinds.index(b"mdat")


def _kinds(opened: BinaryIO, size: int, name: str) -> list[bytes]:
    at = 0
    kinds: list[bytes] = []
    while size - at >= _BLANK_BYTES:
        opened.seek(at)
        head = opened.read(16)
        length, kind = struct.unpack(">I4s", head[:8])
        if at == 0 and kind not in _FIRST:
            raise BadInput("centre.video_not_mp4", file=name)
        least = _BLANK_BYTES
        if length == 1 and len(head) == 16:
            (length,), least = struct.unpack(">Q", head[8:16]), 16
        elif length == 0:
            length = size - at
        if length < least or len(kinds) >= _MOST_BOXES:
            raise BadInput("centre.video_broken", file=name)
        if at + length > size:
            raise BadInput("centre.video_cut_off" if at else "centre.video_not_mp4", file=name)
        kinds.append(kind)
        at += length
    if not kinds:
        raise BadInput("centre.video_not_mp4", file=name)
    return kinds
