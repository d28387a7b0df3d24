"""A real X server of our own whose screens a test plugs and pulls (RandR monitors), Linux only."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import subprocess
from types import TracebackType

LONG = ctypes.c_ulong
POINTER = ctypes.c_void_p


class _Monitor(ctypes.Structure):
    _fields_ = (
        ("name", LONG),
        ("primary", ctypes.c_int),
        ("automatic", ctypes.c_int),
        ("noutput", ctypes.c_int),
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("mwidth", ctypes.c_int),
        ("mheight", ctypes.c_int),
        ("outputs", ctypes.POINTER(LONG)),
    )


class _Resources(ctypes.Structure):
    _fields_ = (
        ("timestamp", LONG),
        ("config_timestamp", LONG),
        ("ncrtc", ctypes.c_int),
        ("crtcs", ctypes.POINTER(LONG)),
        ("noutput", ctypes.c_int),
        ("outputs", ctypes.POINTER(LONG)),
    )


def why_not() -> str:
    """Why there can be no such server here, or empty."""
    if shutil.which("Xvfb") is None:
        return "Xvfb is not installed"
    missing = [one for one in ("X11", "Xrandr") if ctypes.util.find_library(one) is None]
    return f"lib{missing[0]} is not installed" if missing else ""


class XServer:
    """A context: the server runs inside, ``DISPLAY`` is its own."""

    def __enter__(self) -> XServer:
        self._has_output = ""
        ready, told = os.pipe()
        self._server = subprocess.Popen(
            ("Xvfb", "-displayfd", str(told), "-screen", "0", "2390x1080x24", "-nolisten", "tcp"),
            pass_fds=(told,),
            stderr=subprocess.DEVNULL,
        )
        os.close(told)
        with os.fdopen(ready) as answer:
            self.display = ":" + answer.readline().strip()
        self._load()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._server.terminate()
        self._server.wait()

    def plug(self, name: str, x: int, y: int, width: int, height: int) -> None:
        """A screen is there now, or has another place; the first one plugged is the output."""
        outputs = (LONG * 1)(self._output)
        count = 0 if self._has_output not in ("", name) else 1
        self._has_output = self._has_output or name
        monitor = _Monitor(
            self._atom(name), count, 0, count, x, y, width, height, width // 4, height // 4, outputs
        )
        self._randr.XRRSetMonitor(self._link, self._root, ctypes.byref(monitor))
        self._x.XSync(self._link, 0)

    def pull(self, name: str) -> None:
        """The screen is gone."""
        self._randr.XRRDeleteMonitor(self._link, self._root, self._atom(name))
        self._x.XSync(self._link, 0)

    def _load(self) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11"))
        self._randr = ctypes.CDLL(ctypes.util.find_library("Xrandr"))
        self._x.XOpenDisplay.restype = POINTER
        self._x.XOpenDisplay.argtypes = (ctypes.c_char_p,)
        self._x.XDefaultRootWindow.restype = LONG
        self._x.XDefaultRootWindow.argtypes = (POINTER,)
        self._x.XInternAtom.restype = LONG
        self._x.XInternAtom.argtypes = (POINTER, ctypes.c_char_p, ctypes.c_int)
        self._x.XSync.argtypes = (POINTER, ctypes.c_int)
        self._randr.XRRSetMonitor.argtypes = (POINTER, LONG, POINTER)
        self._randr.XRRDeleteMonitor.argtypes = (POINTER, LONG, LONG)
        self._randr.XRRGetScreenResourcesCurrent.argtypes = (POINTER, LONG)
        self._randr.XRRGetScreenResourcesCurrent.restype = ctypes.POINTER(_Resources)
        self._link = self._x.XOpenDisplay(self.display.encode())
        if not self._link:
            raise OSError(f"no answer from the X server {self.display}")
        self._root = self._x.XDefaultRootWindow(self._link)
        found = self._randr.XRRGetScreenResourcesCurrent(self._link, self._root).contents
        self._output = found.outputs[0]

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._link, name.encode(), 0))
