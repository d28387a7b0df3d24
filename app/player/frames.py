"""Pictures that libvlc draws into memory: a ring of buffers between its threads and ours.

libvlc's threads lock a buffer, draw into it and say it is to be shown; the GUI thread takes
the newest. The buffer that is on a screen is never handed out for drawing, so what was taken
stays whole until the next take. Callbacks only turn indices and wake; they call nothing else.

Four buffers do: one on the screens, one newest that nobody took yet, one being drawn, one to
spare (measured: libvlc never locks a second one before it shows the first).
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from dataclasses import dataclass

BUFFERS = 4
_ALIGN = 32
_BYTES_A_PIXEL = 4

_Number = ctypes.POINTER(ctypes.c_uint)
FormatCallback = ctypes.CFUNCTYPE(
    ctypes.c_uint,
    ctypes.POINTER(ctypes.c_void_p),
    ctypes.c_void_p,
    _Number,
    _Number,
    _Number,
    _Number,
)
CleanupCallback = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
LockCallback = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p))
DisplayCallback = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture, 32 bits a pixel (blue, green, red, unused), rows ``pitch`` bytes apart.

    ``buffer`` owns its memory; its content stays as it is until the next ``FrameRing.take``.
    ``serial`` grows from picture to picture.
    """

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
    """The pictures of one player, reused for every clip; ``wake`` is called from any thread.

    A picture belongs to the generation of the load it was decoded for. ``take`` gives only
    pictures of the admitted one, so nothing of a stopped clip appears late.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._lock = threading.Lock()
        self._visible = (0, 0)
        self._smallest: tuple[int, int] | None = None
        self._agreed = (0, 0)
        self._drawn: _Buffers | None = None
        self._drawn_generation = 0
        self._admitted = 0
        self._shown: _Buffers | None = None
        self._shown_at = -1
        self._newest = -1
        self._next = 0
        self._told = False
        self.decoded = 0
        """Pictures libvlc has finished since the beginning, taken or not."""
        self.callbacks = (
            LockCallback(self._on_lock),
            DisplayCallback(self._on_display),
            FormatCallback(self._on_format),
            CleanupCallback(self._on_cleanup),
        )
        """lock, display, format, cleanup – kept here for the life of the player."""

    def admit(self, generation: int) -> None:
        """From now on ``take`` gives pictures of this load only; GUI thread."""
        with self._lock:
            self._admitted = generation

    def expect(self, width: int, height: int, generation: int) -> None:
        """What is drawn next; call while libvlc is stopped.

        ``width`` and ``height`` are the visible size, libvlc's own is padded; 0 and 0 when
        it isn't known.
        """
        with self._lock:
            self._visible = (width, height)
            self._smallest = None
            self._drawn_generation = generation
            self._newest = -1
            self._told = False

    def take(self) -> Frame | None:
        """The newest picture if there is one that was not taken yet; GUI thread only."""
        with self._lock:
            self._told = False
            drawn = self._drawn
            if drawn is None or self._newest < 0 or self._drawn_generation != self._admitted:
                return None
            self._shown, self._shown_at = drawn, self._newest
            self._newest = -1
            view, serial = drawn.views[self._shown_at], self.decoded
        return Frame(drawn.width, drawn.height, drawn.pitch, view, serial)

    def release(self) -> None:
        """Forget all buffers; call while libvlc is stopped. A picture that was taken lives on."""
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
        with self._lock:
            buffers = self._buffers_for(int(width[0]), int(height[0]))
            self._drawn, self._next, self._newest = buffers, 0, -1
            self._agreed = (buffers.width, buffers.height)
        ctypes.memmove(chroma, b"RV32", 4)
        width[0], height[0] = buffers.width, buffers.height
        pitches[0], lines[0] = buffers.pitch, buffers.lines
        return BUFFERS

    def _buffers_for(self, width: int, height: int) -> _Buffers:
        # Asked up to three times a clip, the last time with the padded size: without a size
        # from the course the smallest that was named is the visible one.
        smallest = self._smallest or (width, height)
        self._smallest = (min(smallest[0], width), min(smallest[1], height))
        wanted = (self._visible[0] or self._smallest[0], self._visible[1] or self._smallest[1])
        drawn = self._drawn
        if drawn is not None and (drawn.width, drawn.height) == wanted:
            return drawn
        return _Buffers(*wanted)

    def _on_cleanup(self, _opaque: object) -> None:
        return

    def _on_lock(self, _opaque: object, planes: ctypes._Pointer[ctypes.c_void_p]) -> int:
        with self._lock:
            if self._drawn is None:  # released too early: libvlc must get memory all the same
                self._drawn = _Buffers(*self._agreed)
            buffers = self._drawn
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
