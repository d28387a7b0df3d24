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
from typing import Any

from msgspec import Struct

from app.player.shape import Shape, fits_in, visible_in

BUFFERS = 4
_ALIGN = 32
_BYTES_A_PIXEL = 4
_MOST_PIXELS = 3840 * 2160
"""A larger picture is drawn smaller: 33 MB a buffer is enough."""

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


class Frame(Struct, frozen=True):
    """One picture, 32 bits a pixel (blue, green, red, unused), rows ``pitch`` bytes apart.

    ``buffer`` owns its memory; its content stays as it is until the next ``FrameRing.take``.
    ``serial`` grows from picture to picture. ``shown`` is the size it is to be shown in, or one
    of that shape: the memory's own size says nothing about it.
    """

    width: int
    height: int
    pitch: int
    buffer: ctypes.Array[ctypes.c_ubyte]
    serial: int
    shown: tuple[int, int]


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

    def __init__(self, wake: Callable[[], None], formatted: Callable[[], None]) -> None:
        """``formatted`` is called by libvlc when the pictures' size may be new."""
        self._wake = wake
        self._formatted = formatted
        self._lock = threading.Lock()
        self._hinted = (0, 0)
        self._smallest = (0, 0)
        self._shapes: tuple[Shape, ...] = ()
        self._seen: tuple[int, int] | None = None
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

        ``width`` and ``height`` are what the course says: a hint of which size the decoder's
        padded one means, which saves a scaling; 0 and 0 when it isn't known.
        """
        with self._lock:
            self._hinted = (width, height)
            self._smallest, self._seen, self._shapes = (0, 0), None, ()
            self._drawn_generation = generation
            self._newest = -1
            self._told = False

    def know(self, shapes: tuple[Shape, ...], generation: int) -> None:
        """The tracks' shapes, read anew; any thread that libvlc doesn't wait for."""
        with self._lock:
            if generation != self._drawn_generation or shapes == self._shapes:
                return
            self._shapes = shapes
        self._wake()

    @property
    def shown_of_taken(self) -> tuple[int, int] | None:
        """The size to show the taken picture in, known better by now; None once a size is new."""
        with self._lock:
            return self._shown_size() if self._shown is self._drawn is not None else None

    @property
    def shown(self) -> tuple[int, int]:
        """The size the pictures are to be shown in; 0 and 0 before the first."""
        with self._lock:
            return self._shown_size()

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
            shown = self._shown_size()
        return Frame(drawn.width, drawn.height, drawn.pitch, view, serial, shown)

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
        seen = visible_in(width, height)
        with self._lock:
            buffers = self._buffers_for(int(width[0]), int(height[0]), seen)
            self._drawn, self._next, self._newest = buffers, 0, -1
            self._agreed = (buffers.width, buffers.height)
        ctypes.memmove(chroma, b"RV32", 4)
        width[0], height[0] = buffers.width, buffers.height
        pitches[0], lines[0] = buffers.pitch, buffers.lines
        self._formatted()
        return BUFFERS

    def _buffers_for(self, width: int, height: int, seen: tuple[int, int] | None) -> _Buffers:
        # Asked up to four times for a size, the last time with more padding than before.
        before, self._seen = self._smallest, seen
        if min(before) > 0 and (fits_in(*before, width, height) or fits_in(width, height, *before)):
            self._smallest = (min(before[0], width), min(before[1], height))
        else:
            self._smallest = (width, height)
        wanted = _within_memory(*self._visible_size())
        drawn = self._drawn
        if drawn is not None and (drawn.width, drawn.height) == wanted:
            return drawn
        return _Buffers(*wanted)

    def _visible_size(self) -> tuple[int, int]:
        if self._seen is not None:
            return self._seen
        width, height = self._hinted
        known = [(one.width, one.height) for one in self._shapes]
        for size in (*known, (width, height), (height, width)):
            if min(size) > 0 and fits_in(*size, *self._smallest):
                return size
        return self._smallest

    def _shown_size(self) -> tuple[int, int]:
        width, height = self._visible_size()
        for shape in self._shapes:
            if (shape.width, shape.height) == (width, height):
                return (shape.shown_width, shape.shown_height)
        if not self._shapes:
            return (width, height)
        other = self._shapes[0]  # its pixels have the same shape, until it is read anew
        return (
            round(width * other.shown_width / other.width),
            round(height * other.shown_height / other.height),
        )

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

    def draw_for(self, dll: Any, player: Any) -> None:  # noqa: ANN401 - the binding has no types
        """Let a libvlc player draw into this memory; before ``play``."""
        # The binding's own prototypes for these are awkward; the callbacks live in the ring.
        pointer = ctypes.c_void_p
        lock, display, form, cleanup = (ctypes.cast(one, pointer) for one in self.callbacks)
        set_callbacks = ctypes.CFUNCTYPE(None, *[pointer] * 5)(("libvlc_video_set_callbacks", dll))
        set_format = ctypes.CFUNCTYPE(None, *[pointer] * 3)(
            ("libvlc_video_set_format_callbacks", dll)
        )
        set_callbacks(player._as_parameter_, lock, None, display, None)
        set_format(player._as_parameter_, form, cleanup)


def _within_memory(width: int, height: int) -> tuple[int, int]:
    share = _MOST_PIXELS / max(width * height, 1)
    if share >= 1:
        return (width, height)
    return (max(int(width * share**0.5), 1), max(int(height * share**0.5), 1))
