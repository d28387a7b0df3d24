"""Films for tests, made on the spot: a white disc on dark grey, slides, sound, lies in headers."""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

DARK, BRIGHT = 0x30, 0xF0
DISC_SHARE = 0.4
"""The disc's radius in heights or widths, whichever is smaller."""
_MATRIX = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
_SOUND_RATE = 48_000
_SOUND_SAMPLES = 1024


@dataclass(frozen=True)
class Film:
    """What to make. ``at_ms``: when each picture appears; ``marks`` makes every picture differ."""

    width: int = 320
    height: int = 180
    sar: Fraction = Fraction(1)
    at_ms: Sequence[int] = tuple(range(0, 1000, 40))
    last_ms: int = 40
    sound_ms: int = 0
    codec: str = "libx264"
    pixels: str = "yuv420p"
    options: tuple[tuple[str, str], ...] = ()
    marks: bool = False
    muxer: tuple[tuple[str, str], ...] = ()


def make_film(path: Path, film: Film | None = None) -> Path:
    """Write a film; the container follows the file's ending."""
    film = film or Film()
    with av.open(str(path), "w", options=dict(film.muxer)) as out:
        picture = _picture_stream(out, film) if film.at_ms else None
        sound = None
        if film.sound_ms:
            sound = out.add_stream("aac", rate=_SOUND_RATE)
            sound.layout = "mono"
        if picture is not None:
            _write_pictures(out, picture, film)
        if sound is not None:
            _write_sound(out, sound, film.sound_ms)
    return path


def make_changing_film(path: Path, films: Sequence[Film]) -> Path:
    """One H.264 stream whose size changes on the way; all have 25 pictures a second."""
    streams = []
    for film in films:
        raw = io.BytesIO()
        with av.open(raw, "w", format="h264") as out:
            stream = _picture_stream(out, film)
            stream.options = {"x264-params": "keyint=25:bframes=0"}
            _write_pictures(out, stream, film)
        streams.append(raw.getvalue())
    joined = io.BytesIO(b"".join(streams))
    with (
        av.open(joined, "r", format="h264", options={"framerate": "25"}) as source,
        av.open(str(path), "w") as out,
    ):
        copied = out.add_stream_from_template(source.streams.video[0])
        packets = (one for one in source.demux(video=0) if one.size)
        for place, packet in enumerate(packets):
            packet.stream, packet.time_base = copied, Fraction(1, 25)
            packet.pts = packet.dts = place
            packet.duration = 1
            out.mux(packet)
    return path


def turned(source: Path, target: Path, degrees: int) -> Path:
    """The same film with a turning of so many degrees in its track's header, as phones write it."""
    data = bytearray(source.read_bytes())
    numbers = [one << 16 for one in _MATRIX[degrees]]
    matrix = (numbers[0], numbers[1], 0, numbers[2], numbers[3], 0, 0, 0, 1 << 30)
    struct.pack_into(">9i", data, _track_header(data) + 40, *matrix)
    target.write_bytes(data)
    return target


def with_size(source: Path, target: Path, width: int, height: int) -> Path:
    """The same film with another size in its track's header."""
    data = bytearray(source.read_bytes())
    struct.pack_into(">II", data, _track_header(data) + 76, width << 16, height << 16)
    target.write_bytes(data)
    return target


def with_length(source: Path, target: Path, seconds: int) -> Path:
    """The same film with another length in its movie's and its tracks' headers."""
    data = bytearray(source.read_bytes())
    movie = data.index(b"mvhd") + 4
    (scale,) = struct.unpack_from(">I", data, movie + 12)
    struct.pack_into(">I", data, movie + 16, seconds * scale)
    at = 0
    while (at := data.find(b"tkhd", at + 1)) >= 0:
        struct.pack_into(">I", data, at + 4 + 20, seconds * scale)
    target.write_bytes(data)
    return target


def disc_on(gray: Sequence[bool], width: int) -> tuple[int, int]:
    """Width and height of the bright part of a picture, given as rows one after the other."""
    rows = [gray[at : at + width] for at in range(0, len(gray), width)]
    high = sum(any(row) for row in rows)
    wide = sum(any(column) for column in zip(*rows, strict=True))
    return wide, high


def _track_header(data: bytearray) -> int:
    return data.index(b"tkhd") + 4


def _picture_stream(out: av.container.OutputContainer, film: Film) -> Any:
    stream = out.add_stream(film.codec, rate=25)
    if not isinstance(stream, av.VideoStream):
        raise TypeError(film.codec)
    stream.width, stream.height, stream.pix_fmt = film.width, film.height, film.pixels
    stream.codec_context.sample_aspect_ratio = film.sar
    stream.codec_context.time_base = Fraction(1, 1000)
    if film.options:
        stream.options = dict(film.options)
    return stream


def _write_pictures(out: av.container.OutputContainer, stream: Any, film: Film) -> None:
    plain = _picture(film, 0)
    for place, at_ms in enumerate(film.at_ms):
        picture = _picture(film, place) if film.marks else plain
        picture.pts, picture.time_base = at_ms, Fraction(1, 1000)
        following = film.at_ms[place + 1 :]
        picture.duration = (following[0] - at_ms) if following else film.last_ms
        for packet in stream.encode(picture):
            out.mux(packet)
    for packet in stream.encode(None):
        out.mux(packet)


def _write_sound(out: av.container.OutputContainer, stream: Any, sound_ms: int) -> None:
    for place in range(-(-sound_ms * _SOUND_RATE // 1000 // _SOUND_SAMPLES)):
        sound = av.AudioFrame(format="fltp", layout="mono", samples=_SOUND_SAMPLES)
        for plane in sound.planes:
            plane.update(bytes(plane.buffer_size))
        sound.sample_rate, sound.pts = _SOUND_RATE, place * _SOUND_SAMPLES
        sound.time_base = Fraction(1, _SOUND_RATE)
        for packet in stream.encode(sound):
            out.mux(packet)
    for packet in stream.encode(None):
        out.mux(packet)


def _picture(film: Film, mark: int) -> av.VideoFrame:
    frame = av.VideoFrame(film.width, film.height, "gray")
    plane = frame.planes[0]
    radius = DISC_SHARE * min(film.width * float(film.sar), film.height)
    rows = []
    for y in range(film.height):
        away = y + 0.5 - film.height / 2
        half = 0.0
        if abs(away) < radius:
            half = math.sqrt(radius**2 - away**2) / float(film.sar)
        begin = round(film.width / 2 - half) if half else film.width // 2
        row = bytearray([DARK]) * film.width
        bright = film.width - 2 * begin if half else 0
        row[begin : begin + bright] = bytes([BRIGHT]) * bright
        if mark and y < film.height // 10:
            row[:] = bytes([mark * 37 % 200]) * film.width
        rows.append(bytes(row) + bytes(plane.line_size - film.width))
    plane.update(b"".join(rows))
    return frame.reformat(format=film.pixels)
