"""Pictures that libvlc draws into memory: a ring of buffers between its threads and ours.

libvlc's threads lock a buffer, draw into it and say it is to be shown; the GUI thread takes
the newest. The buffer that is on a screen is never handed out for drawing, so what was taken
stays whole until the next take. Callbacks only turn indices and wake; they call nothing else.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from dataclasses import dataclass

BUFFERS = 4
_ALIGN = 32
_BYTES_A_PIXEL = 4

FormatCallback = ctypes.CFUNCTYPE(
    ctypes.c_uint,
    ctypes.POINTER(ctypes.c_void_p),
    ctypes.c_void_p,
    ctypes.POINTER(ctypes.c_uint),
    ctypes.POINTER(ctypes.c_uint),
    ctypes.POINTER(ctypes.c_uint),
    ctypes.POINTER(ctypes.c_uint),
)
CleanupCallback = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
LockCallback = ctypes.CFUNCTYPE(
    ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p)
)
DisplayCallback = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture, 32 bits a pixel (blue, green, red, unused), rows ``pitch`` bytes apart."""

    width: int
    height: int
    pitch: int
    buffer: ctypes.Array[ctypes.c_ubyte]
    serial: int


class _Buffers:
    """Aligned memory for one picture size."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.pitch = (width * _BYTES_A_PIXEL + _ALIGN - 1) // _ALIGN * _ALIGN
        self.lines = (height + _ALIGN - 1) // _ALIGN * _ALIGN
        size = self.pitch * self.lines
        self._memory = [(ctypes.c_ubyte * (size + _ALIGN))() for _ in range(BUFFERS)]
        self.addresses = [
            (ctypes.addressof(one) + _ALIGN - 1) // _ALIGN * _ALIGN for one in self._memory
        ]
        self.views = [
            (ctypes.c_ubyte * size).from_buffer(one, address - ctypes.addressof(one))
            for one, address in zip(self._memory, self.addresses, strict=True)
        ]


class FrameRing:
    """The pictures of one player, reused for every clip; ``wake`` may come from any thread."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._lock = threading.Lock()
        self._wanted = (0, 0)
        self._drawn: _Buffers | None = None
        self._shown: _Buffers | None = None
        self._shown_at = -1
        self._newest = -1
        self._next = 0
        self._told = False
        self.decoded = 0
        self.callbacks = (
            LockCallback(self._on_lock),
            DisplayCallback(self._on_display),
            FormatCallback(self._on_format),
            CleanupCallback(self._on_cleanup),
        )
        """lock, display, format, cleanup – kept here for the life of the player."""

    def expect(self, width: int, height: int) -> None:
        """The visible size of the next clip: libvlc would give a padded one."""
        self._wanted = (width, height)

    def take(self) -> Frame | None:
        """The newest picture if there is one that was not taken yet; GUI thread only."""
        with self._lock:
            self._told = False
            if self._drawn is None or self._newest < 0:
                return None
            self._shown, self._shown_at = self._drawn, self._newest
            self._newest = -1
            shown, serial = self._shown, self.decoded
            view = shown.views[self._shown_at]
        return Frame(shown.width, shown.height, shown.pitch, view, serial)

    def release(self) -> None:
        """Forget all buffers; call after the player has stopped."""
        with self._lock:
            self._drawn = self._shown = None
            self._newest = self._shown_at = -1

    def _on_format(  # noqa: PLR0913 - libvlc's own signature
        self,
        _opaque: object,
        chroma: int,
        width: ctypes._Pointer[ctypes.c_uint],
        height: ctypes._Pointer[ctypes.c_uint],
        pitches: ctypes._Pointer[ctypes.c_uint],
        lines: ctypes._Pointer[ctypes.c_uint],
    ) -> int:
        wanted_width, wanted_height = self._wanted
        buffers = _Buffers(wanted_width or width[0], wanted_height or height[0])
        ctypes.memmove(chroma, b"RV32", 4)
        width[0], height[0] = buffers.width, buffers.height
        pitches[0], lines[0] = buffers.pitch, buffers.lines
        with self._lock:
            self._drawn, self._next, self._newest = buffers, 0, -1
        return BUFFERS

    def _on_cleanup(self, _opaque: object) -> None:
        return

    def _on_lock(self, _opaque: object, planes: ctypes._Pointer[ctypes.c_void_p]) -> int:
        with self._lock:
            buffers = self._drawn
            if buffers is None:  # pragma: no cover - libvlc asks for a format first
                return 0
            place = self._next
            while place == self._newest or (buffers is self._shown and place == self._shown_at):
                place = (place + 1) % BUFFERS
            self._next = (place + 1) % BUFFERS
            planes[0] = buffers.addresses[place]
        return place + 1

    def _on_display(self, _opaque: object, picture: int | None) -> None:
        with self._lock:
            self._newest = (picture or 1) - 1
            self.decoded += 1
            tell, self._told = not self._told, True
        if tell:
            self._wake()
