"""One picture out of a film, for the card of its course: a player of its own, without sound."""

from __future__ import annotations

import threading
from pathlib import Path

from msgspec import Struct

from app.domain.errors import MediaTrouble
from app.player.frames import FrameRing
from app.player.library import open_library

_ARGUMENTS = ("--no-audio", "--no-spu", "--avcodec-hw=none", "--avcodec-threads=1")
_WAIT_S = 8.0
"""An old disk and an old PC: then there is no picture."""


class Still(Struct, frozen=True):
    """32 bits a pixel (blue, green, red, unused), rows ``pitch`` bytes apart; ``shown`` is its shape."""

    width: int
    height: int
    pitch: int
    pixels: bytes
    shown: tuple[int, int]


def still_of(film: Path, at_ms: int) -> Still | None:
    """The picture at ``at_ms``; None when the film gives none. Takes a second: never where a person
    waits, and not on a thread of libvlc's."""
    over = threading.Event()
    frames = FrameRing(over.set, lambda: None)
    frames.admit(1)
    try:
        vlc, instance = open_library(_ARGUMENTS)
    except MediaTrouble:
        return None
    player = instance.media_player_new()
    try:
        frames.draw_for(vlc.dll, player)
        frames.expect(0, 0, 1)
        events = player.event_manager()
        for kind in (
            vlc.EventType.MediaPlayerEncounteredError,
            vlc.EventType.MediaPlayerEndReached,
        ):
            events.event_attach(kind, lambda _event: over.set())
        media = instance.media_new_path(str(film))
        media.add_option(f":start-time={at_ms / 1000:.3f}")
        player.set_media(media)
        media.release()
        player.play()
        over.wait(_WAIT_S)
        found = frames.take()
        player.stop()
        if found is None:
            return None
        pixels = bytes(memoryview(found.buffer)[: found.pitch * found.height])
        return Still(found.width, found.height, found.pitch, pixels, found.shown)
    finally:
        player.release()
        instance.release()
