"""Removable drives that are mounted now. Asking never fails: what can't be told is not there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_DRIVE_REMOVABLE = 2
_NO_BOXES = 1
"""SEM_FAILCRITICALERRORS: an empty card reader must not put a message on the screen."""


def removable_drives() -> tuple[Path, ...]:
    """Where removable drives are mounted, in order of their names."""
    if sys.platform == "win32":
        return _windows_drives()
    return mounted_drives(Path("/proc/mounts"), Path("/sys/class/block"))


def mounted_drives(mounts: Path, blocks: Path) -> tuple[Path, ...]:
    """The same from Linux' list of mounts and its folder of block devices."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ()
    found = set()
    for line in lines:
        words = line.split(" ")
        if len(words) < 3 or not words[0].startswith("/dev/"):
            continue
        if _is_removable(words[0].removeprefix("/dev/"), blocks):
            found.add(Path(_plain(words[1])))
    return tuple(sorted(found))


def _is_removable(device: str, blocks: Path) -> bool:
    """Whether a device or the disk it is a part of says so, or hangs on USB."""
    if "/" in device or device.startswith(("sr", "loop")):
        return False
    try:
        place = Path(os.path.realpath(blocks / device))
        for disk in (place, place.parent):
            flag = disk / "removable"
            if flag.is_file():
                return flag.read_text(encoding="ascii").strip() == "1" or _hangs_on_usb(place)
    except (OSError, ValueError):
        return False
    return False


def _hangs_on_usb(place: Path) -> bool:
    return any(part.startswith("usb") and part[3:].isdigit() for part in place.parts)


def _plain(word: str) -> str:
    r"""A mount's folder without the escapes of ``/proc/mounts`` (``\040`` is a space)."""
    pieces = word.split("\\")
    out = [pieces[0]]
    for piece in pieces[1:]:
        code = piece[:3]
        if len(code) == 3 and set(code) <= set("01234567"):
            out.append(chr(int(code, 8)) + piece[3:])
        else:
            out.append("\\" + piece)
    return "".join(out)


def _windows_drives() -> tuple[Path, ...]:
    if sys.platform != "win32":
        return ()
    import ctypes

    try:
        kernel = ctypes.windll.kernel32
        kernel.SetThreadErrorMode(_NO_BOXES, None)
        there = int(kernel.GetLogicalDrives())
        letters = [chr(ord("A") + place) for place in range(26) if there >> place & 1]
        roots = [f"{letter}:\\" for letter in letters]
        return tuple(Path(root) for root in roots if kernel.GetDriveTypeW(root) == _DRIVE_REMOVABLE)
    except (OSError, AttributeError):
        return ()
