"""The screens around an evening: the first setting up, the locked window and what the PIN asks.

One list for the audit and for the pictures, as ``states`` is for the evening itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QMainWindow

from app.usecases.operator_pin import LockView, Tried
from app.words import say
from tests.ui.audience.test_placement import LAPTOP, PROJECTOR
from tests.ui.operator_driver import InlineJobs
from ui.lock.lock_screen import LockScreen
from ui.lock.pin_confirm import PinConfirm
from ui.pages.first_run.context import StickSeen, WizardContext
from ui.pages.first_run.view import SetupWizardView
from ui.state.preferences import Preferences


class Loud:
    """A loudspeaker that is heard."""

    def play(self, _percent: int, _failed: Callable[[], None], *, voice: bool = False) -> None:
        del voice


def desk() -> WizardContext:
    return WizardContext(
        jobs=InlineJobs(),
        site_name=lambda: "",
        enrol=lambda _address, _code: "松岭村学习点",
        write_request=lambda _file: None,
        take_answer=lambda _file, _mark: "松岭村学习点",
        sticks=lambda: (StickSeen(Path("KINGSTON"), has_answer=True),),
        screens=lambda: (LAPTOP, PROJECTOR),
        own_screen=lambda: LAPTOP.name,
        identify=lambda: None,
        swap=lambda: None,
        read_choices=Preferences,
        choose=lambda _choices: None,
        tone=Loud(),
        lock=LockView(),
        set_pin=lambda _pin: LockView(has_pin=True),
        finished=lambda: None,
    )


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
    asking = PinConfirm(window, InlineJobs(), lambda _pin: Tried(opened=False), lambda: 0)
    asking.ask("阿不都热合曼·吐尔逊江", lambda: None)
    yield "late-entry"
    asking.put_away()
    asking.deleteLater()
