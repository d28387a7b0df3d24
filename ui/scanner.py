"""Tells a card reader or bar code scanner from typing, by how fast the keys come.

Such devices are keyboards to the computer. ``BurstReader`` is the rule alone, on key
characters and milliseconds; ``ScannerListener`` is the application's event filter that
holds keys back until the rule has decided, swallows a code and gives typing back in
order, unaltered. Characters come from key codes, so Caps Lock and input methods
do not change a code.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QWidget

FIRST_GAP_MS = 50
LATER_GAP_MS = 100
TOTAL_MS = 1_500
LEAST_KEYS = 4
HOLD_MS = 60
"""A first key is given back after this long when no second one follows."""

_log = logging.getLogger("ui.scanner")

_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_CHANGERS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock})
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do: first ``give_back`` all held keys or take them as ``scan``; then hold or pass."""

    give_back: bool = False
    scan: str | None = None
    hold: bool = False
    swallow: bool = False


@dataclass(slots=True)
class BurstReader:
    """The rule. Feed every key press with its time in ms; times never go back."""

    _held: str = ""
    _first_ms: int = 0
    _last_ms: int = 0
    _scanned_ms: int | None = None
    _overlong: bool = False

    @property
    def is_holding(self) -> bool:
        """Whether keys are held back at present."""
        return bool(self._held)

    @property
    def wait_ms(self) -> int:
        """How long to wait for another key before ``quiet`` must be asked."""
        return HOLD_MS if len(self._held) == 1 else LATER_GAP_MS + 1

    def key(self, character: str, now_ms: int) -> Verdict:
        """A printable key."""
        gap = now_ms - self._last_ms
        if self._overlong and gap <= LATER_GAP_MS:
            self._last_ms = now_ms
            return Verdict()
        self._overlong = False
        if self._held and gap <= (FIRST_GAP_MS if len(self._held) == 1 else LATER_GAP_MS):
            return self._continue(character, now_ms)
        before = self.quiet()
        self._held, self._first_ms, self._last_ms = character, now_ms, now_ms
        return Verdict(give_back=before.give_back, scan=before.scan, hold=True)

    def end(self, now_ms: int) -> Verdict:
        """Enter or Tab."""
        if self._scanned_ms is not None and now_ms - self._scanned_ms <= LATER_GAP_MS:
            self._scanned_ms = now_ms
            return Verdict(swallow=True)
        if len(self._held) >= LEAST_KEYS and now_ms - self._last_ms <= LATER_GAP_MS:
            code = self._take()
            self._scanned_ms = now_ms
            return Verdict(scan=code, swallow=True)
        return self.other()

    def other(self) -> Verdict:
        """Any key no scanner sends."""
        return self.quiet()

    def quiet(self) -> Verdict:
        """No further key came: what is held was a code without an ending, or typing."""
        if not self._held:
            return Verdict()
        held = self._take()
        if len(held) >= LEAST_KEYS:
            return Verdict(scan=held)
        return Verdict(give_back=True)

    def _continue(self, character: str, now_ms: int) -> Verdict:
        if now_ms - self._first_ms > TOTAL_MS:
            self._take()
            self._overlong, self._last_ms = True, now_ms
            return Verdict(give_back=True)
        self._held += character
        self._last_ms = now_ms
        return Verdict(hold=True)

    def _take(self) -> str:
        held, self._held = self._held, ""
        self._scanned_ms = None
        return held


def character_of(event: QKeyEvent) -> str:
    """The character of a key code a scanner may send, letters in capitals; else empty."""
    if event.modifiers() & _COMMANDS:
        return ""
    code = int(event.key())
    return chr(code) if 0x21 <= code <= 0x7E else ""


class ScannerListener(QObject):
    """Install on the application; calls ``scanned`` with each code, on any screen."""

    def __init__(self, scanned: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scanned = scanned
        self._reader = BurstReader()
        self._held: list[tuple[QObject, QKeyEvent]] = []
        self._giving = False
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer_ran_out)

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
        now_ms = event.timestamp() or time.monotonic_ns() // 1_000_000
        character = "" if event.isAutoRepeat() else character_of(event)
        if character:
            verdict = self._reader.key(character, now_ms)
        elif event.key() in _ENDS and not event.modifiers() & _COMMANDS:
            verdict = self._reader.end(now_ms)
        else:
            verdict = self._reader.other()
        self._settle(verdict)
        if verdict.hold:
            self._held.append((watched, event.clone()))
            self._timer.start(self._reader.wait_ms)
        return verdict.hold or verdict.swallow

    def _on_timer_ran_out(self) -> None:
        self._settle(self._reader.quiet())

    def _settle(self, verdict: Verdict) -> None:
        if not verdict.give_back and verdict.scan is None:
            return
        self._timer.stop()
        held, self._held = self._held, []
        if verdict.scan is not None:
            self._scanned(verdict.scan)
            return
        self._giving = True
        try:
            for target, event in held:
                if shiboken6.isValid(target):
                    QCoreApplication.sendEvent(target, event)
        finally:
            self._giving = False
