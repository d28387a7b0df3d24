"""The way from what members use back to the operator: by PIN, by holding, or by one touch.

With a PIN it is asked for over the members' window; without one but locked, a part must be held;
with neither one touch is enough.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.usecases.operator_pin import LockView, PinAttempt
from app.words import say
from ui.jobs.protocols import Jobs
from ui.lock.unlock_corner import HoldPart

if TYPE_CHECKING:
    from ui.lock.lock_screen import LockScreen


def _nothing() -> None:
    return None


class MembersPart(Protocol):
    """What members use at the operator's screen."""

    def leave(self, then: Callable[[], None] | None = None) -> None:
        """The operator has the screen back, and there goes on to ``then``."""

    def stay_key(self) -> str:
        """The word for staying, in the catalogue."""


class WayOut(QObject):
    """``told`` when somebody has to be told that a part must be held; ``put_back`` when the PIN's
    sheet has gone and members go on."""

    told = Signal()
    put_back = Signal()

    def __init__(
        self,
        members: MembersPart,
        window: QWidget,
        jobs: Jobs,
        try_pin: Callable[[str], PinAttempt],
        mono_ms: Callable[[], int],
    ) -> None:
        super().__init__(window)
        self._members = members
        self._window, self._jobs, self._try_pin, self._mono_ms = window, jobs, try_pin, mono_ms
        self._view = LockView()
        self._sheet: LockScreen | None = None
        self._then: Callable[[], None] = _nothing
        self._parts: list[HoldPart] = []

    def add(self, part: HoldPart, then: Callable[[], None] = _nothing) -> None:
        """One more part that leads to the operator, and there to ``then``."""
        self._parts.append(part)
        part.must_hold = self.must_hold
        part.pressed_short.connect(lambda: self.ask(then))
        part.held.connect(lambda: self._members.leave(then))

    def follow(self, view: LockView) -> None:
        """How this PC is locked now."""
        self._view = view
        for part in self._parts:
            part.must_hold = self.must_hold

    @property
    def must_hold(self) -> bool:
        """Whether a part that leads out must be held: locked, and no PIN to ask for."""
        return self._view.single_screen and not self._view.has_pin

    @property
    def is_locked(self) -> bool:
        """Whether a key alone doesn't bring the operator back."""
        return self._view.has_pin or self._view.single_screen

    @property
    def is_asking(self) -> bool:
        """Whether the PIN is asked for over the members' window."""
        return self._sheet is not None and self._sheet.isVisible()

    @property
    def sheet(self) -> LockScreen:
        """The sheet over the members' window, made when it is first wanted."""
        if self._sheet is None:
            from ui.lock.lock_screen import LockScreen
            from ui.lock.pin_prompt import PinPrompt

            self._sheet = LockScreen(self._window)
            asking = PinPrompt(self._sheet.pad, self._jobs, self._try_pin, self._mono_ms)
            asking.opened.connect(self._on_opened)
            self._sheet.pad.put_away.connect(self.put_away)
            self._sheet.pad.left_alone.connect(self.put_away)
        return self._sheet

    def ask(self, then: Callable[[], None] = _nothing) -> None:
        """Somebody wants back to the operator's window: Esc, F11, ×, or a part that leads there."""
        if self.must_hold:
            self.told.emit()
            for part in self._parts:
                part.tell()
        else:
            self.vouch(lambda: self._members.leave(then))

    def vouch(self, then: Callable[[], None]) -> None:
        """Do this once the PIN was given over the members' window; without a PIN at once."""
        if not self._view.has_pin:
            then()
            return
        self._then = then
        stay = say(self._members.stay_key())
        self.sheet.pad.ask(say("lock.title"), say("lock.to_operator"), back=stay)
        self.sheet.cover()

    def put_away(self) -> None:
        """The sheet goes; members go on."""
        if self._sheet is not None and self._sheet.isVisible():
            self._sheet.hide()
            self.put_back.emit()

    def forget_words(self) -> None:
        """Another language or size: make the sheet anew when it is next wanted."""
        if self._sheet is not None:
            self._sheet.deleteLater()
            self._sheet = None

    def _on_opened(self) -> None:
        then, self._then = self._then, _nothing
        self.put_away()
        then()
