"""Hands and eyes of a person before the Program: keys in their pace, clicks, what is shown.

A scanner is told from a person by its speed, so every letter is typed only when the one
before has arrived; waiting is always for a state.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.areas.attendance.views import PersonCard
from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionView
from app.usecases.views import SyncView
from tests.system.places import WAIT_MS
from tests.ui.input.keyboards import HAND_GAPS_MS, Keyboard
from ui.parts.lists.name_grid import NameGrid
from ui.shell.application import Application
from ui.state.page_names import PageName

T = TypeVar("T")
Page = TypeVar("Page", bound=QWidget)

SCANNER_GAP_MS = 8


@dataclass(slots=True)
class Hands:
    """One person at one program."""

    program: Application
    qtbot: QtBot

    # --- eyes ---------------------------------------------------------------------------

    def wait(self, state: Callable[[], bool]) -> None:
        """Until it is so."""
        self.qtbot.waitUntil(state, timeout=WAIT_MS)

    def wait_at(self, place: PageName) -> None:
        """Until a page is in front."""
        self.wait(lambda: self.program.window.place is place)

    def page(self, kind: type[Page]) -> Page:
        """The page of this kind."""
        found = [one for one in self.program.window.pages.values() if isinstance(one, kind)]
        return found[0]

    @property
    def said(self) -> str:
        """The sentence at the foot of the window."""
        return self.program.window.foot.words.text

    @property
    def view(self) -> SessionView:
        """The session in hand."""
        view = self.program.room.view
        assert view is not None
        return view

    def card(self, name: str) -> PersonCard:
        """Someone of the session, by a name that only one has."""
        (found,) = [one for one in self.view.cards if one.name == name]
        return found

    def step_is(self, step: Step) -> bool:
        """Whether the session stands there."""
        return self.program.room.step() is step

    def ask(self, job: Callable[[], T]) -> T:
        """Ask the station on its own lane, as every page does."""
        told: list[T] = []
        self.program.room.ask(job, told.append)
        self.wait(lambda: bool(told))
        return told[0]

    def sync(self) -> SyncView:
        """Where the record stands with the centre."""
        return self.ask(self.program.room.station.today.sync_view)

    # --- hands --------------------------------------------------------------------------

    def click(self, part: QWidget) -> None:
        """Press what is in sight and can be pressed."""
        assert part.isVisibleTo(part.window())
        assert part.isEnabled()
        QTest.mouseClick(part, Qt.MouseButton.LeftButton)

    def click_at(self, part: QWidget, share: float) -> None:
        """Touch a bar at a share of its length."""
        at = QPoint(round(part.width() * share), part.height() // 2)
        QTest.mouseClick(part, Qt.MouseButton.LeftButton, pos=at)

    def key(self, key: Qt.Key, *, control: bool = False) -> None:
        """One key to whoever has the keys in the operator's window."""
        focused = cast("QWidget | None", self.program.window.focusWidget())
        held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(focused or self.program.window, key, held)

    def type(self, field: QLineEdit, text: str) -> None:
        """Type, each sign after the one before has arrived."""
        assert self.program.window.focusWidget() is field
        for count in range(1, len(text) + 1):
            self.key(Qt.Key(ord(text[count - 1].upper())))
            self.wait(lambda count=count: field.text() == text[:count])  # type: ignore[misc]

    def write(self, field: QWidget, text: str) -> None:
        """Chinese, as an input method commits it."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(field, event)

    def find(self, search: QLineEdit, grid: NameGrid, letters: str, name: str) -> None:
        """Type letters until this name is what Enter would mark."""
        self.type(search, letters)
        first = grid.tiles()[0].shown
        assert (first.name, first.first) == (name, True)

    def press_digits(self, digits: str) -> None:
        """On the room's screen, by keyboard, up to the last digit; that one looks up."""
        member = self.program.member
        keyboard = Keyboard(lambda: member, at_ms=time.monotonic_ns() // 1_000_000)
        for count, digit in enumerate(digits, start=1):
            keyboard.press(digit, HAND_GAPS_MS[count])
            typed = digits[:count]
            if count < len(digits):
                self.wait(lambda typed=typed: member.presenter.state.digits == typed)  # type: ignore[misc]

    def scan(self, code: str) -> None:
        """A scanner types a code and Enter, far faster than any person."""
        target = cast("QWidget | None", self.program.window.focusWidget()) or self.program.window
        start_ms = time.monotonic_ns() // 1_000_000
        for at, sign in enumerate(code + "\r"):
            key = Qt.Key.Key_Return if sign == "\r" else Qt.Key(ord(sign))
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign)
                event.setTimestamp(start_ms + at * SCANNER_GAP_MS)
                QApplication.sendEvent(target, event)
