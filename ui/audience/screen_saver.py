"""Keeps the screens lit while a session runs, by the desktop's own service on the session bus.

``app.machine.awake`` keeps a PC from sleeping; X11, UKUI and DDE blank their screens all the same
until ``org.freedesktop.ScreenSaver`` is asked not to. It is asked on a connection of its own:
the service lets go when that ends, however the program ends. Without a bus nothing happens.
"""

from __future__ import annotations

import os
from pathlib import Path

NAME, PLACE = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"
_OURS = "yuanjiao-screens-lit"


class ScreenSaver:
    """``hold_off(True)`` keeps it from coming, ``hold_off(False)`` lets it; nothing waits for an
    answer. Both may be called again and again on the GUI thread."""

    def __init__(self) -> None:
        self._held = False

    def hold_off(self, wanted: bool) -> None:
        """From now on, or no longer."""
        address = _session_bus()
        if wanted == self._held or not address:
            return
        from PySide6.QtDBus import QDBusConnection, QDBusMessage  # loaded where there is a bus

        self._held = wanted
        if not wanted:
            QDBusConnection.disconnectFromBus(_OURS)
            return
        message = QDBusMessage.createMethodCall(NAME, PLACE, NAME, "Inhibit")
        message.setArguments(["yuanjiao", "session"])
        QDBusConnection.connectToBus(address, _OURS).send(message)


def _session_bus() -> str:
    """Where the bus of this session is; empty where none runs: none is started to ask it."""
    named, runtime = os.environ.get("DBUS_SESSION_BUS_ADDRESS"), os.environ.get("XDG_RUNTIME_DIR")
    if named or not runtime:
        return named or ""
    place = Path(runtime, "bus")
    return f"unix:path={place}" if place.exists() else ""
