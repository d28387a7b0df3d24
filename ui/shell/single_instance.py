"""One program a home: a second start brings the first one's window to the front and ends."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

CONNECT_MS = 500


def door_name(home: Path) -> str:
    """The name both starts agree on."""
    digest = hashlib.sha256(os.fsencode(os.path.realpath(home))).hexdigest()
    return f"yuanjiao-{digest[:16]}"


def activate_running(home: Path) -> bool:
    """Ask a running program to come to the front; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(door_name(home))
    if not socket.waitForConnected(CONNECT_MS):
        return False
    socket.disconnectFromServer()
    return True


class InstanceServer(QObject):
    """Listens for a second start."""

    def __init__(self, home: Path, knocked: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._knocked = knocked
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_knocked)
        if not self._server.listen(door_name(home)):
            # A door left behind by a crash; the store's own lock still guards the record.
            QLocalServer.removeServer(door_name(home))
            self._server.listen(door_name(home))

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _on_knocked(self) -> None:
        while (visitor := self._server.nextPendingConnection()) is not None:
            visitor.close()
            visitor.deleteLater()
        self._knocked()
