"""The screens around a session: the first setting up, the locked window and what the PIN asks.

One list for the audit and for the pictures, as ``states`` is for the session itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QMainWindow

from app.usecases.operator_pin import LockView, PinAttempt
from app.words import say
from tests.ui.audience.test_placement import LAPTOP, PROJECTOR
from tests.ui.inline_jobs import InlineJobs
from ui.lock.lock_screen import LockScreen
from ui.lock.pin_confirm import PinConfirm
from ui.pages.first_run.context import StickSeen, WizardContext
from ui.pages.first_run.view import SetupWizardView
from ui.state.preferences import Preferences
from ui.state.screens import ScreenSeen


class Loud:
    """A loudspeaker that is heard."""

    def play(self, _percent: int, _failed: Callable[[], None], *, voice: bool = False) -> None:
        del voice


class NewStation:
    """A station that is enrolled by whatever code, on a PC with two screens and a stick."""

    def site_name(self) -> str:
        return ""

    def enrol(self, _address: str, _code: str) -> str:
        return "松岭村学习点"

    def write_request(self, _file: Path) -> None:
        pass

    def take_answer(self, _file: Path, _mark: str) -> str:
        return "松岭村学习点"

    def sticks(self) -> tuple[StickSeen, ...]:
        return (StickSeen(Path("KINGSTON"), has_answer=True),)

    def set_pin(self, _pin: str) -> LockView:
        return LockView(has_pin=True)

    def screens(self) -> tuple[ScreenSeen, ...]:
        return (LAPTOP, PROJECTOR)

    def own_screen(self) -> str:
        return LAPTOP.name

    def identify(self) -> None:
        pass

    def swap(self) -> None:
        pass

    def read(self) -> Preferences:
        return Preferences()

    def choose(self, _preferences: Preferences) -> None:
        pass


def desk() -> WizardContext:
    new = NewStation()
    return WizardContext(InlineJobs(), new, new, new, Loud(), LockView())


def set_up(view: SetupWizardView) -> Iterator[str]:
    """Every step as it begins and with the longest sentence it says."""
    yield "code"
    view.enrol.act()
    yield "code-missing"
    view.enrol.tell(say("first.enrol.unreachable"))
    yield "nobody-there"
    view.enrol.way.buttons["stick"].click()
    view.enrol.tell(say("first.enrol.mark_missing"))
    yield "stick"
    view.go("screens")
    yield "screens"
    view.screens.tell(say("first.screens.swapped"))
    yield "screens-swapped"
    view.go("sound")
    yield "sound"
    view.sound.speak()
    yield "voice"
    view.sound.tell(say("first.sound.none"))
    yield "no-sound"
    view.go("print")
    yield "print"
    view.printing.passed.emit()
    yield "pin"
    view.pin.pad.tell(say("refusal.pin_plain"))
    yield "pin-refused"
    view.help.open()
    yield "help"


def locked(sheet: LockScreen) -> Iterator[str]:
    """The locked sheet with all it can say."""
    sheet.pad.ask(say("lock.title"), say("lock.enter"))
    sheet.pad.show_meanwhile(say("lock.goes_on"))
    sheet.cover()
    yield "locked"
    sheet.pad.ask(say("lock.title"), say("lock.to_operator"), back=say("lock.stay"))
    time = say("lock.wait_clock", minutes=14, seconds=59)
    sheet.pad.tell(say("lock.wait", time=time))
    yield "waiting"
    sheet.pad.ask(say("lock.settings.title"), say("lock.pin.new"), back=say("lock.cancel"))
    sheet.pad.tell(say("lock.pin.differs"))
    yield "new-pin"
    sheet.help.open()
    yield "help"


def vouched(window: QMainWindow) -> Iterator[str]:
    """What a late entry asks."""
    asking = PinConfirm(window, InlineJobs(), lambda _pin: PinAttempt(opened=False), lambda: 0)
    asking.ask("阿不都热合曼·吐尔逊江", lambda: None)
    yield "late-entry"
    asking.put_away()
    asking.deleteLater()
