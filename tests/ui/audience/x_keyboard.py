"""Run as a program on a real X server with a window manager: who has the keyboard when the room's
window comes. Prints it."""

from __future__ import annotations

import json
import os
import subprocess

from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.audience.x_server import XServer
from tests.ui.audience.x_walk import until
from ui.audience.placement import AudiencePlacement, QtScreens
from ui.audience.window import AudienceWindow
from ui.theme.look import apply_look
from ui.theme.tokens import InterfaceSize

BEAMER = QRect(1366, 0, 1024, 768)
SETTLES_MS = 500
"""A window manager gives the keyboard when it has drawn its frame."""


def walk() -> dict[str, object]:
    """The operator's window, then the room's; then the room's over the operator's."""
    app = QApplication([])
    apply_look(app, InterfaceSize.STANDARD)
    operator, audience = QWidget(), AudienceWindow()
    operator.setGeometry(100, 100, 800, 500)
    until(lambda: _is_taken_in(operator))
    placement = AudiencePlacement(QtScreens(app), operator, audience)
    placement.choose("", one_screen=False)
    until(lambda: audience.geometry() == BEAMER)
    QTest.qWait(SETTLES_MS)
    seen: dict[str, object] = {"beside": operator.isActiveWindow()}
    placement.choose("", one_screen=True)
    placement.fill_own()
    until(audience.isActiveWindow)
    seen["over"] = audience.isActiveWindow()
    audience.close_for_good()
    operator.close()
    return seen


def _is_taken_in(window: QWidget) -> bool:
    """Show a window anew until the manager, which has just started, gives it the keyboard."""
    window.hide()
    window.show()
    QTest.qWait(200)
    return window.isActiveWindow()


def main() -> None:
    """Start a server with two screens and a window manager, and walk."""
    with XServer() as server:
        os.environ.update(DISPLAY=server.display, QT_QPA_PLATFORM="xcb")
        server.plug("laptop", 0, 0, 1366, 768)
        server.plug("beamer", BEAMER.x(), BEAMER.y(), BEAMER.width(), BEAMER.height())
        manager = subprocess.Popen(("openbox",), stderr=subprocess.DEVNULL)
        try:
            print(json.dumps(walk()))
        finally:
            manager.terminate()
            manager.wait()


if __name__ == "__main__":
    main()
