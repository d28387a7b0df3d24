"""How tests let whole programs go: by their own end, and then nothing of them stays behind."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from ui.shell.application import Application

_NEVER_PLACED = ("ui.pages.", "ui.parts.")
"""Where widgets come from that a program built and had not shown yet."""


def let_go(*programs: Application, quietly: bool = False) -> None:
    """End programs as their windows do (``quietly``) or as a signal does; twice does nothing.

    A real process ends with its program. Here all that knows of it would stay, and every later
    change of the look would restyle it too.
    """
    alive = [one for one in programs if shiboken6.isValid(one)]
    for program in alive:
        if quietly:
            program.window.leave_quietly()
        else:
            program.leave()
        program.release()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for left in QApplication.topLevelWidgets() if alive else ():
        if type(left).__module__.startswith(_NEVER_PLACED):
            shiboken6.delete(left)
    for program in alive:
        shiboken6.delete(program)
        vars(program).clear()
