"""The first setting up and the PIN's keypad, measured as every other screen is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.usecases.operator_pin import LockView
from app.words import say, speak
from tests.ui.audit.measuring.faults import operator_floors
from tests.ui.audit.measuring.screen import screen_faults
from tests.ui.audit.states import settled
from tests.ui.operator.desks import InlineJobs
from tests.ui.operator.test_screens import LAPTOP, PROJECTOR
from ui.choices import Choices
from ui.lock.sheet import LockSheet
from ui.pages.first_run.desk import SetupDesk, StickSeen
from ui.pages.first_run.view import FirstRunView
from ui.theme import look
from ui.theme.tokens import InterfaceSize

FORMS = [
    (1366, 768, InterfaceSize.STANDARD),
    (1366, 768, InterfaceSize.LARGE),
    (1920, 1080, InterfaceSize.LARGEST),
]


class Loud:
    """A loudspeaker that is heard."""

    def play(self, _percent: int, _failed: Callable[[], None]) -> None:
        return


def desk() -> SetupDesk:
    return SetupDesk(
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
        read_choices=Choices,
        choose=lambda _choices: None,
        tone=Loud(),
        lock=LockView(),
        set_pin=lambda _pin: LockView(has_pin=True),
        finished=lambda: None,
    )


def set_up(view: FirstRunView) -> Iterator[str]:
    """Every step as it begins and with the longest sentence it says."""
    yield "code"
    view.enrol.act()
    yield "code missing"
    view.enrol.tell(say("first.enrol.unreachable"))
    yield "nobody there"
    view.enrol.way.buttons["stick"].click()
    view.enrol.tell(say("first.enrol.mark_missing"))
    yield "stick with an answer"
    view.go("screens")
    yield "screens"
    view.screens.tell(say("first.screens.swapped"))
    yield "screens swapped"
    view.go("sound")
    yield "sound"
    view.sound.play()
    view.sound.tell(say("first.sound.none"))
    yield "no sound"
    view.go("print")
    yield "print"
    view.printing.passed.emit()
    yield "pin"
    view.pin.pad.tell(say("refusal.pin_plain"))
    yield "pin refused"
    view.help.open()
    yield "help"


def locked(sheet: LockSheet) -> Iterator[str]:
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
    yield "new pin"
    sheet.help.open()
    yield "help"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "height", "size"), FORMS)
def test_no_state_has_a_fault(
    qapp: QApplication, qtbot: QtBot, language: str, width: int, height: int, size: InterfaceSize
) -> None:
    speak(language)
    look.apply_look(qapp, size, lines=height)
    found: list[str] = []
    ringed: set[str] = set()
    floors = operator_floors(look.scaled(1000) / 1000)

    def walk(window: QWidget, states: Iterator[str]) -> None:
        for state in states:
            settled(qapp)
            for fault in screen_faults(window, floors, ringed=ringed):
                found.append(f"{state}: {fault}")

    setting_up = QMainWindow()
    qtbot.addWidget(setting_up)
    view = FirstRunView(desk())
    setting_up.setCentralWidget(view)
    setting_up.resize(width, height)
    setting_up.show()
    walk(setting_up, set_up(view))
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    sheet = LockSheet(window)
    walk(window, locked(sheet))
    speak("zh")
    look.apply_look(qapp, InterfaceSize.STANDARD)
    assert not found, "\n".join(found)
