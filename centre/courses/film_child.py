"""The child process that looks into a film: capped, alone, and without anything of the centre.

``python -m centre.courses.film_child FILE`` writes what ``Looked`` holds as JSON. A film that is
made to hurt hurts only this process. Pictures are decoded at a few places; every packet is read
once for holes of zeros, which a compressed picture cannot contain; the sound is heard whole.
"""

from __future__ import annotations

import json
import os
import sys
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

from app.wire.foreign_files import cap_self
from centre.courses.hearing import Hearing

NOT_READABLE = 3
MEMORY_BYTES = 3 << 30
SECONDS = 600
_DECODING_S = 12.0
_PLACES = 5
_PICTURES_A_PLACE = 30
_ALL_BELOW = 1_500
"""A film of fewer pictures is decoded whole."""
_HOLE = bytes(256)
_WITHOUT_ZEROS = frozenset({"h264", "hevc", "av1", "vp9"})


def main(path: Path) -> int:
    """Look at the film and write what was seen; the process's exit code."""
    cap_self(MEMORY_BYTES, SECONDS)
    import av

    av.logging.set_level(None)
    try:
        with av.open(str(path), "r") as film:
            told = _look(film)
    except (av.FFmpegError, OSError, ValueError, MemoryError, OverflowError, ArithmeticError):
        return NOT_READABLE
    json.dump(told, sys.stdout, ensure_ascii=True)
    return 0


def _look(film: Any) -> dict[str, object]:  # noqa: ANN401 - the library is loaded in ``main``
    pictures = [one for one in film.streams.video if not one.disposition & 0x400]
    picture = pictures[0] if pictures else None
    sound = film.streams.audio[0] if film.streams.audio else None
    told: dict[str, object] = {
        "container": film.format.name,
        "sound": None if sound is None else _codec_name(sound),
        "picture": None,
        "size_bytes": film.size,
    }
    told |= _read_packets(film, picture, sound)
    if picture is None:
        return told
    seen = _decode(film, picture)
    told["picture"] = {"codec": _codec_name(picture), **_shape(picture, seen.pop("lying")), **seen}
    return told


def _shape(picture: Any, lying: bool) -> dict[str, object]:  # noqa: ANN401 - as above
    context = picture.codec_context
    if context is None:  # nothing here decodes it
        return {"profile": "", "bits": 0, "chroma": "", "width": 0, "height": 0, "rate": 0.0}
    sar = picture.sample_aspect_ratio or Fraction(1)
    width, height = max(round(context.width * sar), 1), context.height
    pixels = picture.format
    kinds = {"420": "4:2:0", "nv12": "4:2:0", "p010": "4:2:0", "422": "4:2:2", "444": "4:4:4"}
    name = pixels.name if pixels else ""
    return {
        "profile": context.profile or "",
        "bits": max((one.bits for one in pixels.components), default=0) if pixels else 0,
        "chroma": next((said for part, said in kinds.items() if part in name), ""),
        "width": height if lying else width,
        "height": width if lying else height,
        "rate": round(float(picture.average_rate or 0), 3),
    }


def _codec_name(stream: Any) -> str:  # noqa: ANN401 - as above
    context = stream.codec_context
    return str(context.name) if context is not None else ""


def _read_packets(film: Any, picture: Any, sound: Any) -> dict[str, object]:  # noqa: ANN401 - as above
    """Every packet once: where the last one ends, the longest stand-still, holes, lost bytes."""
    ends = Fraction(0)
    times: list[Fraction] = []
    holes = last_byte = packets = 0
    hearing = Hearing(sound)
    wanted = [one for one in (picture, sound) if one is not None]
    looks_for_holes = picture is not None and _codec_name(picture) in _WITHOUT_ZEROS
    for packet in film.demux(wanted) if wanted else ():
        if packet.pts is None or not packet.size:
            continue
        packets += 1
        begins = packet.pts * packet.time_base
        ends = max(ends, begins + (packet.duration or 0) * packet.time_base)
        last_byte = max(last_byte, (packet.pos or 0) + packet.size)
        if packet.stream is picture:
            times.append(begins)
            holes += looks_for_holes and _HOLE in bytes(packet)
        else:
            hearing.take(packet)
    times.sort()
    gaps = [later - one for one, later in zip(times, times[1:], strict=False)]
    if times:
        gaps.append(ends - times[-1])
    return {
        "duration_ms": int(ends * 1000),
        "longest_still_ms": int(max(gaps, default=Fraction(0)) * 1000),
        "pictures": len(times),
        "packets": packets,
        "last_byte": last_byte,
        "holes": holes,
        "heard": hearing.told(),
    }


def _decode(film: Any, picture: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    """Decode the whole of a short film, a few places of a long one."""
    import av

    seen: dict[str, Any] = {"decoded": 0, "undecoded": 0, "lying": False}
    context = picture.codec_context
    if context is None:
        return seen
    context.thread_count = 1
    context.options = {"err_detect": "explode"}
    until_s = time.monotonic() + _DECODING_S
    count = len(picture.index_entries)
    places = [0] if count <= _ALL_BELOW else range(_PLACES)
    for place in places:
        if not _seek(film, picture, count * place // _PLACES):
            break
        left = count + 1 if len(places) == 1 else _PICTURES_A_PLACE
        for packet in film.demux(picture):
            if left <= 0 or time.monotonic() > until_s:
                break
            left -= 1
            try:
                frames = packet.decode()
            except (av.FFmpegError, ValueError):
                seen["undecoded"] += 1
                continue
            for frame in frames:
                seen["decoded"] += 1
                seen["undecoded"] += bool(frame.is_corrupt)
                seen["lying"] = abs(frame.rotation) % 180 == 90
    return seen


def _seek(film: Any, picture: Any, entry: int) -> bool:  # noqa: ANN401 - as above
    import av

    try:
        at = picture.index_entries[entry].timestamp if entry else 0
        film.seek(at, stream=picture, backward=True)
    except (av.FFmpegError, IndexError, ValueError):
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(Path(os.fsdecode(sys.argv[1]))))
