"""The first setting up and the PIN's keypad, measured as every other screen is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from app.words import speak
from tests.rules.looking import ROOT
from tests.ui.audit.around import desk, locked, set_up, vouched
from tests.ui.audit.measuring.faults import operator_floors
from tests.ui.audit.measuring.screen import screen_faults
from tests.ui.audit.measuring.space import foreign_windows
from tests.ui.audit.states import settled
from tests.ui.audit.test_operator import FORMS
from ui.lock.lock_screen import LockScreen
from ui.pages.first_run.view import SetupWizardView
from ui.theme import look
from ui.theme.qt_words import speak_qt
from ui.theme.tokens import InterfaceSize

OF_QT = re.compile(
    r"\b(Q(?:File|Print|PrintPreview|PageSetup|Input|Color|Font|Progress|Error)Dialog|QMessageBox)\b"
    r"(?=[(.])"
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "height", "size"), FORMS)
def test_no_state_has_a_fault(
    qapp: QApplication, qtbot: QtBot, language: str, width: int, height: int, size: InterfaceSize
) -> None:
    speak(language)
    look.apply_look(qapp, size, width=width, lines=height)
    found: list[str] = []
    ringed: set[str] = set()
    floors = operator_floors(look.scaled(1000) / 1000)

    def walk(window: QMainWindow, states: Iterator[str]) -> None:
        for state in states:
            settled(qapp)
            if (window.width(), window.height()) != (width, height):
                found.append(f"{state}: the window grew to {window.size().toTuple()}")
                window.resize(width, height)
            for fault in screen_faults(window, floors, ringed=ringed):
                found.append(f"{state}: {fault}")

    setting_up = QMainWindow()
    qtbot.addWidget(setting_up)
    view = SetupWizardView(desk())
    setting_up.setCentralWidget(view)
    setting_up.resize(width, height)
    setting_up.show()
    walk(setting_up, set_up(view))
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    sheet = LockScreen(window)
    walk(window, locked(sheet))
    sheet.hide()
    walk(window, vouched(window))
    speak("zh")
    look.apply_look(qapp, InterfaceSize.STANDARD)
    assert not found, "\n".join(found)


def test_of_qts_own_dialogs_only_the_printers_is_used() -> None:
    """Files, folders and questions have choosers of ours, which the walks above measure."""
    used = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in (ROOT / "ui").rglob("*.py")
        for name in OF_QT.findall(path.read_text(encoding="utf-8"))
    }
    assert used == {("ui/printing/output.py", "QPrintDialog")}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_printers_dialog_speaks_the_language_in_use(
    qapp: QApplication, qtbot: QtBot, language: str
) -> None:
    speak_qt(qapp, language)
    printer = QPrinter()
    asking = QPrintDialog(printer)
    qtbot.addWidget(asking)
    asking.show()
    settled(qapp)
    found, other = foreign_windows(language), foreign_windows("en" if language == "zh" else "zh")
    asking.hide()
    speak_qt(qapp, "en")
    assert other, "it has buttons"
    assert found == []
