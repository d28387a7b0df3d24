"""The shape a picture is shown in: from what libvlc decodes, turned upright, with its pixels' shape.

A header may say anything, a phone writes its films lying on the side, and the pixels of a
television's films are not square; libvlc's memory of pictures knows none of it but the turning.
So the track is asked. What it says of a film that changes its size on the way comes too late or
too early, as it is read ahead; the visible size itself stands beside what libvlc asks us for.
"""

from __future__ import annotations

import ctypes
from typing import Any

from msgspec import Struct

_VIDEO = 1
_FIRST_LYING = 4
"""From here on libvlc's orientations exchange width and height."""
PADDING = 128
"""Decoders' sizes are larger than the visible picture by less than this, each way."""


class _VideoTrack(ctypes.Structure):
    _fields_ = (
        ("height", ctypes.c_uint),
        ("width", ctypes.c_uint),
        ("sar_num", ctypes.c_uint),
        ("sar_den", ctypes.c_uint),
        ("frame_rate_num", ctypes.c_uint),
        ("frame_rate_den", ctypes.c_uint),
        ("orientation", ctypes.c_int),
    )


class _Track(ctypes.Structure):
    # The binding has three pointers where libvlc 3 has a union of them.
    _fields_ = (
        ("codec", ctypes.c_uint32),
        ("original_fourcc", ctypes.c_uint32),
        ("id", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("profile", ctypes.c_int),
        ("level", ctypes.c_int),
        ("video", ctypes.POINTER(_VideoTrack)),
        ("bitrate", ctypes.c_uint),
        ("language", ctypes.c_char_p),
        ("description", ctypes.c_char_p),
    )


class Shape(Struct, frozen=True):
    """One picture track, upright: its pixels, and the size it is to be shown in."""

    width: int
    height: int
    shown_width: int
    shown_height: int


def fits_in(width: int, height: int, padded_width: int, padded_height: int) -> bool:
    """Whether the second size is the first one with a decoder's padding."""
    return 0 <= padded_width - width < PADDING and 0 <= padded_height - height < PADDING


def visible_in(
    width: ctypes._Pointer[ctypes.c_uint], height: ctypes._Pointer[ctypes.c_uint]
) -> tuple[int, int] | None:
    """The visible size behind the padded one that libvlc 3 asks memory for; None if it isn't told.

    Its pointers lead into a ``video_format_t``: width, height, two offsets, visible width, visible
    height. Where what lies there is no such thing, it is passed over.
    """
    first = ctypes.addressof(width.contents)
    if ctypes.addressof(height.contents) != first + ctypes.sizeof(ctypes.c_uint):
        return None
    numbers = (ctypes.c_uint * 6).from_address(first)
    padded, offsets, visible = numbers[0:2], numbers[2:4], numbers[4:6]
    if min(visible) < 1 or max(offsets) >= PADDING or not fits_in(*visible, *padded):
        return None
    return (visible[0], visible[1])


def upright(width: int, height: int, sar: tuple[int, int], *, lying: bool) -> Shape:
    """The shape of a track; a pixel's shape of 0 is square."""
    num, den = sar if min(sar) > 0 else (1, 1)
    shown = max(round(width * num / den), 1)
    if lying:
        return Shape(height, width, height, shown)
    return Shape(width, height, shown, height)


def shapes_of(dll: Any, media: Any) -> tuple[Shape, ...]:  # noqa: ANN401 - the binding has no types
    """The picture tracks of a media that plays."""
    tracks = ctypes.POINTER(ctypes.POINTER(_Track))()
    handle = ctypes.c_void_p
    get = ctypes.CFUNCTYPE(ctypes.c_uint, handle, handle)(("libvlc_media_tracks_get", dll))
    let_go = ctypes.CFUNCTYPE(None, handle, ctypes.c_uint)(("libvlc_media_tracks_release", dll))
    count = get(media._as_parameter_, ctypes.addressof(tracks))
    found = []
    for track in (tracks[place].contents for place in range(count)):
        if track.kind == _VIDEO and track.video:
            video = track.video.contents
            found.append(
                upright(
                    video.width,
                    video.height,
                    (video.sar_num, video.sar_den),
                    lying=video.orientation >= _FIRST_LYING,
                )
            )
    if count:
        let_go(ctypes.cast(tracks, handle), count)
    return tuple(one for one in found if one.width > 0 and one.height > 0)
