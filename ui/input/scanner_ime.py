"""A card read while a Chinese input method composes: its signs arrive as composing, not as keys.

What the input method made of a code can't be turned back into it (digits choose candidates), so
the code is not guessed. No hand composes at a scanner's pace; where something does, the input
method is put off in that box, what it put there is taken out, and the person is asked to read the
card again, which then arrives as keys. A tap on the box brings the input method back.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit

from ui.input.bursts import FIRST_GAP_MS, LATER_GAP_MS
from ui.input.key_runs import LEAST_KEYS

_log = logging.getLogger("ui.input.scanner")


def _now_ms() -> int:
    return time.monotonic_ns() // 1_000_000


class ComposingWatch(QObject):
    """Install on the application; calls ``eaten`` once for each card that became composing."""

    def __init__(
        self,
        eaten: Callable[[], None],
        parent: QObject | None = None,
        *,
        now_ms: Callable[[], int] = _now_ms,
    ) -> None:
        super().__init__(parent)
        self._eaten, self._now_ms = eaten, now_ms
        self._box: QLineEdit | None = None
        self._before = ""
        self._count = 0
        self._last_ms = 0
        self._off: QLineEdit | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at composing and at taps on a box; a fault of ours lets the event pass."""
        kind = event.type()
        try:
            if kind == QEvent.Type.InputMethod and isinstance(watched, QLineEdit):
                return isinstance(event, QInputMethodEvent) and self._composed(watched, event)
            if kind == QEvent.Type.MouseButtonPress and watched is self._off:
                self._bring_back()
        except Exception:  # noqa: BLE001 - an error that leaves an event filter ends the program
            _log.exception("composing could not be looked at")
        return False

    def _composed(self, box: QLineEdit, event: QInputMethodEvent) -> bool:
        if not event.preeditString() and not event.commitString():
            return False
        now_ms = self._now_ms()
        gap = now_ms - self._last_ms
        goes_on = box is self._box and gap <= (FIRST_GAP_MS if self._count == 1 else LATER_GAP_MS)
        self._last_ms = now_ms
        if not goes_on:
            self._box, self._before, self._count = box, box.text(), 1
            return False
        self._count += 1
        if self._count < LEAST_KEYS:
            return False
        if self._count == LEAST_KEYS:
            self._put_off(box)
        return True

    def _put_off(self, box: QLineEdit) -> None:
        self._bring_back()
        self._off = box
        QGuiApplication.inputMethod().reset()
        box.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        box.setText(self._before)
        box.textEdited.emit(self._before)  # whoever searches hears what is asked now
        self._eaten()

    def _bring_back(self) -> None:
        box, self._off = self._off, None
        if box is not None and shiboken6.isValid(box):
            box.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
