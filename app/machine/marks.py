"""The machine mark: a hash of this PC and its record's folder; two PCs with one copied disk differ.

A copied system keeps the system's own id, so the network card's address counts as well, and the
folder, for two copies on one PC. Only a hash leaves this PC, with the station's id in it.
"""

from __future__ import annotations

import hashlib
import os
import sys
import uuid
from pathlib import Path

_MARK_LETTERS = 16
_MADE_UP = 0b11 << 40
"""Bits of an address that a network card has not from its maker (random, or of a group)."""


def machine_mark(station: str, home: Path) -> str:
    """The mark of a station's record in ``home``; empty for a station without an id."""
    if not station:
        return ""
    place = os.path.normcase(home.resolve())
    parts = "\0".join((station, _system_id(), _card_address(), place))
    return hashlib.sha256(parts.encode("utf-8", "surrogateescape")).hexdigest()[:_MARK_LETTERS]


def _system_id() -> str:
    """What the system calls itself; empty where it says nothing."""
    if sys.platform == "win32":
        import winreg

        try:
            place = r"SOFTWARE\Microsoft\Cryptography"
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""
    try:
        return Path("/etc/machine-id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def _card_address() -> str:
    """The address of a network card as its maker gave it; empty when none is to be had.

    Addresses that a system makes up, anew for each network, say nothing of the PC.
    """
    if sys.platform == "linux":
        found = sorted(_linux_addresses(Path("/sys/class/net")))
        return found[0] if found else ""
    node = uuid.getnode()
    return "" if node & _MADE_UP else f"{node:012x}"


def _linux_addresses(folder: Path) -> list[str]:
    """Of cards that are built in or plugged into a slot: one on a USB port comes and goes."""
    found = []
    try:
        for card in folder.iterdir():
            device = card / "device"
            if not device.exists() or "/usb" in os.path.realpath(device):
                continue
            text = (card / "address").read_text(encoding="ascii").strip().replace(":", "")
            if len(text) == 12 and int(text, 16) and not int(text, 16) & _MADE_UP:
                found.append(text)
    except (OSError, ValueError):
        return []
    return found
