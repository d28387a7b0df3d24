"""The opt-in: libvlc draws straight into a native window, for 4K or weak machines.

No overlay, no second picture and no Wayland with it; the memory frames are the default.
"""

from __future__ import annotations

import sys
from typing import Protocol


class _HasWindow(Protocol):
    def set_hwnd(self, handle: int) -> None: ...
    def set_nsobject(self, handle: int) -> None: ...
    def set_xwindow(self, handle: int) -> None: ...
    def video_set_mouse_input(self, on: bool) -> None: ...
    def video_set_key_input(self, on: bool) -> None: ...


def draw_into(media_player: _HasWindow, handle: int) -> None:
    """Let a libvlc player draw into the window with this native handle; before ``play``."""
    if sys.platform == "win32":
        media_player.set_hwnd(handle)
    elif sys.platform == "darwin":
        media_player.set_nsobject(handle)
    else:
        media_player.set_xwindow(handle)
    media_player.video_set_mouse_input(False)
    media_player.video_set_key_input(False)
