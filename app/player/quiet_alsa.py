"""Keeps the Linux sound library off the terminal.

On a PC without a sound card libasound writes eight lines to stderr for each try to open one,
hundreds in a session. libvlc reports the same failure to us, so the lines tell nobody anything.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache


@cache
def quiet_alsa() -> None:
    """From now on libasound's own messages go nowhere; does nothing where there is none."""
    if not sys.platform.startswith("linux"):
        return
    try:
        alsa = ctypes.CDLL("libasound.so.2")
        # It calls this with file, line, function, error, format. A C function that looks at no
        # argument is safe on any thread and at the program's end; a Python one would not be.
        deaf = ctypes.cast(ctypes.CDLL(None).getppid, ctypes.c_void_p)
        alsa.snd_lib_error_set_handler(deaf)
    except (OSError, AttributeError):
        return
