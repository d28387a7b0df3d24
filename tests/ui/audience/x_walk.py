"""Run as a program on a real X server: plugs and pulls the room's screen, prints what was seen."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.audience.x_server import XServer
from ui.audience.placement import AudiencePlacement, QtScreens, ScreenNumber
from ui.audience.state import AudienceState, RoomShows
from ui.audience.window import AudienceWindow
from ui.theme.look import apply_look
from ui.theme.tokens import InterfaceSize

LAPTOP, BEAMER = QRect(0, 0, 1366, 768), QRect(1366, 0, 1024, 768)
Seen = dict[str, object]


def walk(server: XServer) -> Seen:
    """The whole walk; times in ms."""
    app = QApplication([])
    apply_look(app, InterfaceSize.STANDARD)
    told: list[str] = []
    operator, audience = QWidget(), AudienceWindow()
    operator.setGeometry(100, 100, 800, 500)
    operator.show()
    audience.show_state(AudienceState(RoomShows.WELCOME, "村", "课"))
    placement = AudiencePlacement(
        QtScreens(app),
        operator,
        audience,
    )
    placement.lost.connect(lambda: told.append("lost"))
    placement.returned.connect(lambda: told.append("returned"))
    placement.choose("", one_screen=False)
    until(lambda: audience.geometry() == BEAMER)
    seen: Seen = {"first": place(audience), "operator": place(operator)}
    server.pull("beamer")
    until(lambda: "lost" in told)
    QTest.qWait(300)
    seen["pulled"] = [audience.isVisible(), list(told), placement.current]
    begun = time.monotonic()
    server.plug("beamer", 1366, 0, 1024, 768)
    until(lambda: audience.isVisible() and audience.geometry() == BEAMER)
    seen["back_ms"] = round((time.monotonic() - begun) * 1000)
    seen["back"] = [place(audience), list(told)]
    placement.identify()
    until(lambda: len(numbers(app)) == 2)
    seen["numbers"] = sorted((one.accessibleName(), one.screen().name()) for one in numbers(app))
    seen["swapped"] = placement.swap()
    until(lambda: audience.geometry() == LAPTOP and BEAMER.contains(operator.geometry().center()))
    seen["after_swap"] = [place(audience), BEAMER.contains(operator.geometry().center())]
    placement.swap()
    until(lambda: audience.geometry() == BEAMER)
    server.pull("beamer")
    until(lambda: not audience.isVisible())
    server.plug("beamer", 0, 0, 1024, 768)
    until(lambda: len(app.screens()) == 2)
    QTest.qWait(400)
    seen["clone"] = [audience.isVisible(), placement.current, told[-1], len(placement.others())]
    audience.close_for_good()
    operator.close()
    return seen


def numbers(app: QApplication) -> list[ScreenNumber]:
    """The large numbers on the screens."""
    windows = app.topLevelWidgets()
    return [one for one in windows if isinstance(one, ScreenNumber) and one.isVisible()]


def place(window: QWidget) -> list[int]:
    """Where a window is."""
    where = window.geometry()
    return [where.x(), where.y(), where.width(), where.height()]


def until(holds: Callable[[], bool]) -> None:
    """Wait for it, 5 s at most; what is then seen says the rest."""
    deadline = time.monotonic() + 5
    while not holds() and time.monotonic() < deadline:
        QTest.qWait(10)


def main() -> None:
    """Command line."""
    with XServer() as server:
        server.plug("laptop", 0, 0, 1366, 768)
        server.plug("beamer", 1366, 0, 1024, 768)
        os.environ["DISPLAY"], os.environ["QT_QPA_PLATFORM"] = server.display, "xcb"
        print(json.dumps(walk(server)), flush=True)


if __name__ == "__main__":
    main()
