"""How the interpreter's own work is kept out of people's sight.

It looks for unreachable cycles never while the program starts, and then seldom, briefly and on
the GUI thread only: such a look stops every thread, and a widget that it finds must be deleted
on the thread it lives on. Left to itself it would come on whatever thread makes objects.

What stands once the program has settled (modules, pages) stays for good, so it is put where
no later look goes over it. Threads take short turns.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from app.machine.heap import keep_few_heaps

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

LOOK_MS = 1_000
YOUNG = 10_000
"""Objects made, less objects gone, between two looks at the youngest (about a millisecond)."""
MIDDLE, OLD = 20, 50
"""Every so many looks, the next older ones too."""
SWITCH_S = 0.0005
"""The screen waits so long for its turn while a lane computes; Python's own 5 ms would be felt,
because one picture takes many turns."""


_asked_for: list[bool] = []


def get_ready() -> None:
    """Before anything else is loaded: no looking while the program starts, because what is made
    then is to stay; short turns; and memory that is given back."""
    _asked_for.append(True)
    gc.disable()
    sys.setswitchinterval(SWITCH_S)
    keep_few_heaps()


def begin(parent: QObject) -> None:
    """The program has settled. Does nothing unless ``get_ready`` was called before, as in tests."""
    if not _asked_for:
        return
    _asked_for.clear()
    from PySide6.QtCore import QTimer  # loaded by now, and by others

    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    timer = QTimer(parent, interval=LOOK_MS)
    timer.timeout.connect(look)
    timer.start()


def look() -> None:
    """Look as far as is due; GUI thread only."""
    due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if due[0]:
        gc.collect(2 if due[2] and due[1] else 1 if due[1] else 0)
