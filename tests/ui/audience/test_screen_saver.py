"""The desktop's screen saver is held off on a real session bus, and free again when all is over."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, cast

import pytest
from PySide6.QtCore import ClassInfo, QObject, Slot
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.audience.screen_saver import NAME, PLACE, ScreenSaver

pytestmark = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None, reason="there is no session bus to try it on"
)


@cast("Any", ClassInfo)({"D-Bus Interface": NAME})
class Desktop(QObject):
    """The desktop's end of the bus."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.asked: list[tuple[str, str]] = []
        self.bus = QDBusConnection.connectToBus(address, "the desktop")
        everything = QDBusConnection.RegisterOption.ExportAllSlots
        assert self.bus.registerService(NAME)
        assert self.bus.registerObject(PLACE, self, everything)

    @cast("Any", Slot)(str, str, result="uint")  # type: ignore[untyped-decorator]  # untyped upstream
    def Inhibit(self, who: str, why: str) -> int:  # noqa: N802 - the service's name
        self.asked.append((who, why))
        return 7

    def callers(self) -> int:
        """How many are on the bus."""
        names = self.bus.interface().registeredServiceNames().value()
        return sum(name.startswith(":") for name in names)


@pytest.fixture
def desktop(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        made = Desktop(address)
        yield made
        QDBusConnection.disconnectFromBus("the desktop")
        daemon.terminate()


def test_it_is_held_off_once_and_let_go(desktop: Desktop, qtbot: QtBot) -> None:
    before, saver = desktop.callers(), ScreenSaver()
    saver.hold_off(True)
    saver.hold_off(True)
    qtbot.waitUntil(lambda: desktop.asked == [("yuanjiao", "session")])
    assert desktop.callers() == before + 1
    saver.hold_off(False)
    saver.hold_off(False)
    qtbot.waitUntil(lambda: desktop.callers() == before)
    saver.hold_off(True)
    qtbot.waitUntil(lambda: len(desktop.asked) == 2)
    saver.hold_off(False)
    qtbot.waitUntil(lambda: desktop.callers() == before)


def test_a_program_that_is_killed_holds_nothing(desktop: Desktop, qtbot: QtBot) -> None:
    code = (
        "from PySide6.QtCore import QCoreApplication; app = QCoreApplication([]);"
        "from ui.audience.screen_saver import ScreenSaver; saver = ScreenSaver();"
        "saver.hold_off(True); app.exec()"
    )
    before = desktop.callers()
    with subprocess.Popen([sys.executable, "-c", code]) as child:
        qtbot.waitUntil(lambda: len(desktop.asked) == 1, timeout=20_000)
        child.kill()
    qtbot.waitUntil(lambda: desktop.callers() == before)


def test_without_a_bus_nothing_happens(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    saver = ScreenSaver()
    saver.hold_off(True)
    assert not saver._held
