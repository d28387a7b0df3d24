"""Tells a card reader or bar code scanner from typing, by how the keys come.

Such devices are keyboards to the computer. The fast ones burst (``ui.input.bursts``); ``ScannerListener`` is the application's event filter that
holds keys back until it is decided, swallows a code and gives typing back in order, unaltered.
Slow ones are told by their steady rhythm (``ui.input.key_runs``): where keys are commands they wait
until no further one follows; in a text field they are shown, and taken out again when they
turn out to be a code. Characters come from key codes, so Caps Lock and input methods do not
change a code.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from enum import Enum, auto
from typing import Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from ui.input.bursts import BurstReader, BurstVerdict
from ui.input.key_runs import END_MS, LEAST_KEYS, QUIET_MS, After, KeyRun, Stop

LEAST_UNENDED = 6
"""So many steady keys in a text field are a code though no Enter came behind them."""
_SURELY_A_CODE = 8
"""So many steady keys are a code though no digit is among them."""

_log = logging.getLogger("ui.input.scanner")

_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_CHANGERS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock})
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def character_of(event: QKeyEvent) -> str:
    """The character of a key code a scanner may send, letters in capitals; else empty."""
    if event.modifiers() & _COMMANDS:
        return ""
    code = int(event.key())
    return chr(code) if 0x21 <= code <= 0x7E else ""


def moment_of(event: QKeyEvent) -> int:
    """When a key was pressed, in ms of a clock that only key events share."""
    return event.timestamp() or time.monotonic_ns() // 1_000_000


@runtime_checkable
class OwnKeypad(Protocol):
    """A widget whose keys are digits and which judges itself whether a machine typed them."""

    def end_run(self, now_ms: int) -> bool:
        """Enter or Tab at this time; True when it belongs to the keys before it."""


class _Manner(Enum):
    """What keys do where they go."""

    TEXT = auto()
    """They write."""
    OWN = auto()
    """A keypad looks after them itself."""
    COMMANDS = auto()
    """Each may be a command of the page, or press a button."""


class ScannerListener(QObject):
    """Install on the application; calls ``scanned`` with each code, on any screen."""

    def __init__(
        self,
        scanned: Callable[[str], None],
        parent: QObject | None = None,
        *,
        after: After | None = None,
    ) -> None:
        super().__init__(parent)
        self._scanned = scanned
        self._after = after or self._after_by_timer
        self._reader = BurstReader()
        self._run = KeyRun()
        self._box: QWidget | None = None
        self._before = ""
        self._scanned_ms: int | None = None
        self._held: list[tuple[QObject, QKeyEvent]] = []
        self._manner = _Manner.TEXT
        self._giving = False
        self._stop_hold: Stop = _nothing
        self._stop_run: Stop = _nothing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold, swallow or pass one key event; a fault of ours lets the key pass."""
        try:
            return self._filtered(watched, event)
        except Exception:  # noqa: BLE001 - an error that leaves an event filter ends the program
            _log.exception("a key could not be looked at")
            return False

    def _filtered(self, watched: QObject, event: QEvent) -> bool:
        if self._giving or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWindow | QWidget):
            return False
        if event.type() == QEvent.Type.KeyRelease:
            return self._on_key_released(watched, event)
        if event.type() != QEvent.Type.KeyPress:
            return False
        return self._on_key_pressed(watched, event)

    def _on_key_released(self, watched: QObject, event: QKeyEvent) -> bool:
        if not self._held:
            return False
        self._held.append((watched, event.clone()))
        return True

    def _on_key_pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() in _CHANGERS:
            return self._on_key_released(watched, event)
        now_ms = moment_of(event)
        target = watched if isinstance(watched, QWidget) else QApplication.focusWidget()
        manner = _manner_of(target)
        if manner is not self._manner:
            self._settle_all()
            self._manner = manner
        if event.key() in _ENDS and not event.modifiers() & _COMMANDS:
            return self._on_end(target, now_ms)
        character = "" if event.isAutoRepeat() else character_of(event)
        if manner is _Manner.COMMANDS:
            return self._on_command_key(watched, event, character, now_ms)
        if manner is _Manner.TEXT:
            self._follow(target, character, now_ms)
        verdict = self._reader.key(character, now_ms) if character else self._reader.other()
        self._settle(verdict)
        if verdict.hold:
            self._held.append((watched, event.clone()))
            self._stop_hold()
            self._stop_hold = self._after(self._reader.wait_ms, self._on_hold_ran_out)
        return verdict.hold or verdict.swallow

    def _on_hold_ran_out(self) -> None:
        self._settle(self._reader.quiet())

    def _settle(self, verdict: BurstVerdict) -> None:
        if verdict.scan is not None:
            self._take(verdict.scan)
        elif verdict.give_back:
            self._give_back()

    def _settle_all(self) -> None:
        """Keys go elsewhere now: decide about those that came before."""
        self._settle(self._reader.quiet())
        self._on_run_over()

    # --- where keys are commands ------------------------------------------------------

    def _on_command_key(
        self, watched: QObject, event: QKeyEvent, character: str, now_ms: int
    ) -> bool:
        if not character and event.key() == Qt.Key.Key_Space and self._run.goes_on(now_ms):
            character = " "
        if not character:
            self._on_run_over()
            return False
        if not self._run.goes_on(now_ms):
            self._on_run_over()
        self._run.add(character, now_ms)
        self._held.append((watched, event.clone()))
        self._wait_for_quiet()
        return True

    # --- where keys write ---------------------------------------------------------------

    def _follow(self, target: QWidget | None, character: str, now_ms: int) -> None:
        """Remember a key that will be shown, and what stood in its field before the first."""
        if not character:
            self._run.clear()
            return
        if target is not self._box or not self._run.goes_on(now_ms):
            self._on_run_over()
            self._box = target
            self._before = target.text() if isinstance(target, QLineEdit) else ""
        self._run.add(character, now_ms)
        self._wait_for_quiet()

    def _take_out(self, code: str) -> None:
        """Leave the field as it was before the code was typed into it."""
        box = self._box
        if box is None or not shiboken6.isValid(box):
            return
        if isinstance(box, QLineEdit):
            if box.text() != self._before:
                box.setText(self._before)
                box.textEdited.emit(self._before)  # whoever searches hears what is asked now
        elif isinstance(box, QPlainTextEdit | QTextEdit):
            cursor = box.textCursor()
            cursor.movePosition(cursor.MoveOperation.Left, cursor.MoveMode.KeepAnchor, len(code))
            if cursor.selectedText().upper() == code.upper():
                cursor.removeSelectedText()

    # --- the end of a run -----------------------------------------------------------------

    def _on_end(self, target: QWidget | None, now_ms: int) -> bool:
        """Enter or Tab; swallowed when a reader sent it."""
        verdict = self._reader.end(now_ms)
        self._settle(verdict)
        after_scan = self._scanned_ms is not None and 0 <= now_ms - self._scanned_ms <= END_MS
        if verdict.swallow or after_scan:
            self._run.clear()
            self._scanned_ms = now_ms
            return True
        if self._manner is _Manner.OWN:
            keypad = _keypad_of(target)
            return keypad is not None and bool(keypad.end_run(now_ms))
        is_code = self._run.ended_by(now_ms) and self._is_code()
        if self._manner is _Manner.TEXT:
            is_code = is_code and self._run.ended_in_rhythm(now_ms)
        if is_code:
            self._take_run(now_ms)
            return True
        self._on_run_over()
        return False

    def _on_run_over(self) -> None:
        """No further key follows."""
        self._stop_run()
        self._stop_run = _nothing
        long_enough = self._manner is _Manner.COMMANDS or len(self._run.text) >= LEAST_UNENDED
        if long_enough and self._is_code():
            self._take_run(None)
            return
        self._run.clear()
        if self._manner is _Manner.COMMANDS:
            self._give_back()

    def _is_code(self) -> bool:
        text = self._run.text
        if self._manner is _Manner.COMMANDS:
            # One key pressed again and again is a finger's; a code of one letter there is not.
            return len(text) >= LEAST_KEYS and (len(set(text)) > 1 or text.isdigit())
        has_digit = any(one.isdigit() for one in text)
        return self._run.is_steady and (has_digit or len(text) >= _SURELY_A_CODE)

    def _take_run(self, now_ms: int | None) -> None:
        code, overlong, last_ms = self._run.text, self._run.is_overlong, self._run.last_ms
        if self._manner is _Manner.TEXT:
            self._give_back()
            self._take_out(code)
        self._take("" if overlong else code, last_ms if now_ms is None else now_ms)

    def _take(self, code: str, at_ms: int | None = None) -> None:
        """A code is whole: no key of it goes any further."""
        self._scanned_ms = self._reader.last_ms if at_ms is None else at_ms
        self._let_go()
        self._run.clear()
        if code:
            self._scanned(code)

    def _give_back(self) -> None:
        held = self._let_go()
        self._giving = True
        try:
            for target, event in held:
                if shiboken6.isValid(target):
                    QCoreApplication.sendEvent(target, event)
        finally:
            self._giving = False

    def _let_go(self) -> list[tuple[QObject, QKeyEvent]]:
        self._stop_hold()
        self._stop_hold = _nothing
        held, self._held = self._held, []
        return held

    def _wait_for_quiet(self) -> None:
        self._stop_run()
        self._stop_run = self._after(QUIET_MS, self._on_run_over)

    def _after_by_timer(self, ms: int, call: Callable[[], None]) -> Stop:
        timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(call)
        timer.timeout.connect(timer.deleteLater)
        timer.start(ms)

        def stop() -> None:
            if shiboken6.isValid(timer):
                timer.stop()
                timer.deleteLater()

        return stop


def _manner_of(target: QWidget | None) -> _Manner:
    if isinstance(target, QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox | QComboBox):
        return _Manner.TEXT
    return _Manner.COMMANDS if _keypad_of(target) is None else _Manner.OWN


def _keypad_of(target: QWidget | None) -> OwnKeypad | None:
    """The keypad this widget is, or is a part of."""
    while target is not None:
        if isinstance(target, OwnKeypad):
            return target
        target = target.parentWidget()
    return None


def _nothing() -> None:
    return None
