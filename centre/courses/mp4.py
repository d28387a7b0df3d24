"""Reading what a course needs to know out of an MP4's own boxes: length, size, wholeness.

Nothing is decoded. A file is refused when its index is missing or speaks of bytes that
are not there: that is how a broken recording or an interrupted copy looks.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.domain.errors import BadInput

_MOST_INDEX_BYTES = 256 << 20
_PARENTS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"mvex"})
_BLANK_BYTES = 8


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What an MP4 says of itself; ``index_first`` means it can be played while it comes."""

    duration_ms: int
    width: int
    height: int
    index_first: bool


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    """Where its content begins."""
    end: int


@dataclass(slots=True)
class _Found:
    duration_ms: int = 0
    width: int = 0
    height: int = 0
    last_chunk: int = 0


def read_mp4(path: Path) -> VideoFacts:
    """Read an MP4.

    Raises:
        BadInput: it is no MP4, is cut off, has no index, no picture or no length.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as opened:
            return _read(opened, size, path.name)
    except OSError as gone:
        raise BadInput("centre.file_unreadable", file=path.name) from gone
    except (struct.error, IndexError, ZeroDivisionError) as broken:
        raise BadInput("centre.video_broken", file=path.name) from broken


def _read(opened: BinaryIO, size: int, name: str) -> VideoFacts:
    outer = list(_outer_boxes(opened, size, name))
    places = {box.kind: place for place, box in reversed(list(enumerate(outer)))}
    if not outer or outer[0].kind not in (b"ftyp", b"moov", b"styp"):
        raise BadInput("centre.video_not_mp4", file=name)
    if b"moov" not in places:
        raise BadInput("centre.video_no_index", file=name)
    if b"mdat" not in places:
        raise BadInput("centre.video_cut_off", file=name)
    index = outer[places[b"moov"]]
    if index.end - index.start > _MOST_INDEX_BYTES:
        raise BadInput("centre.video_broken", file=name)
    opened.seek(index.start)
    found = _Found()
    _walk(opened.read(index.end - index.start), found)
    if found.last_chunk >= size:
        raise BadInput("centre.video_cut_off", file=name)
    if found.duration_ms <= 0 or found.width <= 0 or found.height <= 0:
        raise BadInput("centre.video_no_picture", file=name)
    index_first = places[b"moov"] < places[b"mdat"]
    return VideoFacts(found.duration_ms, found.width, found.height, index_first)


def _outer_boxes(opened: BinaryIO, size: int, name: str) -> Iterator[_Box]:
    at = 0
    while size - at >= _BLANK_BYTES:
        opened.seek(at)
        head = opened.read(16)
        length, kind = struct.unpack(">I4s", head[:8])
        start = at + 8
        if length == 1:
            (length,) = struct.unpack(">Q", head[8:16])
            start = at + 16
        elif length == 0:
            length = size - at
        if at == 0 and not kind.isalnum():
            raise BadInput("centre.video_not_mp4", file=name)
        if length < start - at:
            raise BadInput("centre.video_broken", file=name)
        if at + length > size:
            raise BadInput("centre.video_cut_off" if at else "centre.video_not_mp4", file=name)
        yield _Box(kind, start, at + length)
        at += length


def _inner_boxes(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    at = 0
    while len(data) - at >= _BLANK_BYTES:
        length, kind = struct.unpack_from(">I4s", data, at)
        start = at + 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, start)
            start += 8
        elif length == 0:
            length = len(data) - at
        if length < start - at or at + length > len(data):
            raise struct.error("a box that is larger than what it stands in")
        yield kind, data[start : at + length]
        at += length


def _walk(index: bytes, found: _Found) -> None:
    for kind, content in _inner_boxes(memoryview(index)):
        if kind == b"mvhd":
            found.duration_ms = max(found.duration_ms, _duration_ms(content))
        elif kind == b"trak":
            _read_track(content, found)
        elif kind == b"mvex":
            scale = _movie_scale(index)
            for inner, body in _inner_boxes(content):
                if inner == b"mehd" and scale:
                    long = body[0] == 1
                    (length,) = struct.unpack_from(">Q" if long else ">I", body, 4)
                    found.duration_ms = max(found.duration_ms, length * 1000 // scale)


def _movie_scale(index: bytes) -> int:
    for kind, content in _inner_boxes(memoryview(index)):
        if kind == b"mvhd":
            return int(struct.unpack_from(">I", content, 20 if content[0] == 1 else 12)[0])
    return 0


def _duration_ms(header: memoryview) -> int:
    """Milliseconds of an ``mvhd``; all ones means the length is not known."""
    if header[0] == 1:
        scale, length = struct.unpack_from(">IQ", header, 20)
        unknown = (1 << 64) - 1
    else:
        scale, length = struct.unpack_from(">II", header, 12)
        unknown = (1 << 32) - 1
    return 0 if length == unknown else int(length * 1000 // scale)


def _read_track(track: memoryview, found: _Found) -> None:
    width = height = 0
    is_picture = False
    for kind, content in _deep(track):
        if kind == b"tkhd":
            at = 88 if content[0] == 1 else 76
            width, height = (part >> 16 for part in struct.unpack_from(">II", content, at))
        elif kind == b"hdlr":
            is_picture = is_picture or bytes(content[8:12]) == b"vide"
        elif kind in (b"stco", b"co64"):
            found.last_chunk = max(found.last_chunk, _last_chunk(kind, content))
    if is_picture and not found.width:
        found.width, found.height = width, height


def _last_chunk(kind: bytes, table: memoryview) -> int:
    (count,) = struct.unpack_from(">I", table, 4)
    if count == 0:
        return 0
    width, spelled = (4, "I") if kind == b"stco" else (8, "Q")
    return int(
        max(struct.unpack_from(f">{min(count, (len(table) - 8) // width)}{spelled}", table, 8))
    )


def _deep(content: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    for kind, inner in _inner_boxes(content):
        yield kind, inner
        if kind in _PARENTS:
            yield from _deep(inner)
