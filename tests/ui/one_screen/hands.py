"""Real fingers, a real mouse and a real keyboard on an X server of our own (XTest), Linux only."""

from __future__ import annotations

import ctypes
import ctypes.util
import shutil
import subprocess
import time
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.audience.x_server import why_not as why_no_server

WAIT_S = 20
KEYS = {
    "F2": 0xFFBF, "F5": 0xFFC2, "F11": 0xFFC8, "Escape": 0xFF1B, "Return": 0xFF0D, "Tab": 0xFF09,
    " ": 0x20, "Left": 0xFF51, "Right": 0xFF53,
}  # fmt: skip


def why_not() -> str:
    """Why there are no hands here, or empty."""
    if why_no_server():
        return why_no_server()
    if shutil.which("openbox") is None:
        return "openbox is not installed"
    return "" if ctypes.util.find_library("Xtst") else "libXtst is not installed"


class Hands:
    """A context: a window manager runs inside. What a hand does goes through the server."""

    def __init__(self, display: str) -> None:
        self._display = display
        self.touches = self.strokes = 0

    def __enter__(self) -> Hands:
        self._manager = subprocess.Popen(
            ("openbox",), env={"DISPLAY": self._display, "HOME": "/nonexistent"},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._x = ctypes.CDLL(ctypes.util.find_library("X11"))
        self._test = ctypes.CDLL(ctypes.util.find_library("Xtst"))
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XOpenDisplay.argtypes = (ctypes.c_char_p,)
        self._x.XFlush.argtypes = (ctypes.c_void_p,)
        self._x.XKeysymToKeycode.argtypes = (ctypes.c_void_p, ctypes.c_ulong)
        self._x.XKeysymToKeycode.restype = ctypes.c_ubyte
        self._test.XTestFakeMotionEvent.argtypes = (
            ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_ulong,
        )  # fmt: skip
        for name in ("XTestFakeButtonEvent", "XTestFakeKeyEvent"):
            getattr(self._test, name).argtypes = (
                ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong,
            )  # fmt: skip
        self._x.XInternAtom.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)
        self._x.XInternAtom.restype = ctypes.c_ulong
        self._x.XGetSelectionOwner.argtypes = (ctypes.c_void_p, ctypes.c_ulong)
        self._x.XGetSelectionOwner.restype = ctypes.c_ulong
        self._link = self._x.XOpenDisplay(self._display.encode())
        manages = self._x.XInternAtom(self._link, b"WM_S0", 0)
        until(lambda: self._x.XGetSelectionOwner(self._link, manages), "no window manager came")
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._manager.terminate()
        self._manager.wait()

    def touch(self, part: QWidget) -> None:
        """Press and let go in the middle of what is seen; it must be there, and on top."""

        def under_the_hand() -> bool:
            """There, on top, and still there once the pointer has come."""
            at = part.mapToGlobal(part.rect().center())
            if not _is_on_top(part, at):
                return False
            self.move(at)
            return part.mapToGlobal(part.rect().center()) == at and _is_on_top(part, at)

        until(under_the_hand, f"nobody can touch {part.accessibleName() or type(part).__name__}")
        self._test.XTestFakeButtonEvent(self._link, 1, 1, 0)
        self._test.XTestFakeButtonEvent(self._link, 1, 0, 0)
        self._x.XFlush(self._link)
        self.touches += 1
        QTest.qWait(60)

    def move(self, at: QPoint) -> None:
        """The pointer goes there."""
        self._test.XTestFakeMotionEvent(self._link, -1, at.x(), at.y(), 0)
        self._x.XFlush(self._link)
        QTest.qWait(30)

    def press(self, name: str) -> None:
        """One key, by its sign or its name."""
        code = self._x.XKeysymToKeycode(self._link, KEYS.get(name, ord(name[0])))
        self._test.XTestFakeKeyEvent(self._link, code, 1, 0)
        self._test.XTestFakeKeyEvent(self._link, code, 0, 0)
        self._x.XFlush(self._link)
        self.strokes += 1
        QTest.qWait(60)


def _is_on_top(part: QWidget, at: QPoint) -> bool:
    seen = QApplication.widgetAt(at)
    return part.isVisible() and seen is not None and (seen is part or part.isAncestorOf(seen))


def until(holds: Callable[[], object], what: str = "") -> None:
    """Wait for it; a story that stands still ends here and says where."""
    deadline = time.monotonic() + WAIT_S
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        QTest.qWait(10)
