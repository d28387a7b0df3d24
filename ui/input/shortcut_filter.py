"""Brings keys of both windows to the page in front, before a widget can take them by chance."""

from __future__ import annotations

import logging
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from ui.input.shortcuts import REPEATED, Shortcut, act_of
from ui.state.page_names import PageName

_log = logging.getLogger("ui.input.shortcuts")


class ShortcutTarget(Protocol):
    """Who acts on shortcuts."""

    @property
    def place(self) -> PageName:
        """The page in front."""

    def act(self, act: Shortcut) -> bool:
        """Act on one; True when it was for somebody here."""

    def takes_keys_of(self, window: QWidget) -> bool:
        """Whether keys in this window may be shortcuts."""


class ShortcutFilter(QObject):
    """An event filter of the application."""

    def __init__(self, target: ShortcutTarget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._target = target

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a key when it means an act; a fault of ours lets the key pass."""
        try:
            return self._filtered(watched, event)
        except Exception:  # noqa: BLE001 - an error that leaves an event filter ends the program
            _log.exception("a key could not be acted on")
            return False

    def _filtered(self, watched: QObject, event: QEvent) -> bool:
        # The cheapest question first: every event of the program comes by here.
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if not isinstance(watched, QWidget) or not self._target.takes_keys_of(watched.window()):
            return False
        act = act_of(
            Qt.Key(event.key()),
            event.modifiers(),
            self._target.place,
            typing=_typing(watched, event),
        )
        if act is None:
            return False
        if act is Shortcut.NOTHING or (event.isAutoRepeat() and act not in REPEATED):
            # A clicker's key held down is not its second press; F5 must not run through a session.
            return True
        if act is Shortcut.PRESS:
            return _press(watched)
        return self._target.act(act)


def _typing(watched: QWidget, event: QKeyEvent) -> bool:
    if isinstance(watched, QLineEdit):
        return event.key() != Qt.Key.Key_Z or bool(watched.text())
    return isinstance(watched, QPlainTextEdit | QTextEdit)


def _press(watched: QWidget) -> bool:
    """Only the button the key came to: one that got the focus by this very key is not pressed."""
    if isinstance(watched, QAbstractButton):
        watched.click()
        return True
    return False
