"""One screen for all: the members' picture fills it, and this is the way back from it.

With a PIN the way back asks for it; without one but locked, the button must be held; with
neither it is one key. What is locked stays on top and is locked again after a restart.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout

from app.usecases.operator_pin import LockView, PinAttempt
from app.words import say
from ui.audience.placement import AudiencePlacement
from ui.audience.state import RoomShows
from ui.audience.window import AudienceWindow
from ui.jobs.protocols import Jobs
from ui.lock.unlock_corner import HoldButton, Strip
from ui.theme import look

if TYPE_CHECKING:
    from ui.lock.lock_screen import LockScreen

LINGER_MS = 4_000
"""How long the button stays over a picture after a touch."""


class SingleScreen(QObject):
    """``left`` when the operator is let back; ``filled`` when the picture takes the screen."""

    left = Signal()
    filled = Signal()

    def __init__(
        self,
        audience: AudienceWindow,
        placement: AudiencePlacement,
        *,
        jobs: Jobs,
        try_pin: Callable[[str], PinAttempt],
        mono_ms: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._audience, self._placement = audience, placement
        self._jobs, self._try_pin, self._mono_ms = jobs, try_pin, mono_ms
        self.view = LockView()
        self._sheet: LockScreen | None = None
        self._linger = QTimer(self, singleShot=True, interval=LINGER_MS)
        self._linger.timeout.connect(self.settle)
        self.in_strip, self.floating = HoldButton(), HoldButton(audience)
        self.floating.hide()
        for button in (self.in_strip, self.floating):
            button.pressed_short.connect(self.ask_to_leave)
            button.held.connect(self.leave)
        self.strip = Strip(self.in_strip, audience)
        rows = audience.layout()
        if isinstance(rows, QBoxLayout):
            rows.insertWidget(0, self.strip)

    @property
    def covers(self) -> bool:
        """Whether the room's picture lies over the operator's own screen."""
        return self._audience.isVisible() and not self._placement.current

    @property
    def is_locked(self) -> bool:
        """Whether a key alone doesn't bring the operator back."""
        return self.covers and (self.view.has_pin or self.view.single_screen)

    @property
    def is_asking(self) -> bool:
        """Whether the PIN is asked for over the room's picture."""
        return self._sheet is not None and self._sheet.isVisible()

    @property
    def sheet(self) -> LockScreen:
        """The sheet over the room's picture, made when it is first wanted."""
        if self._sheet is None:
            from ui.lock.lock_screen import LockScreen
            from ui.lock.pin_prompt import PinPrompt

            self._sheet = LockScreen(self._audience)
            asking = PinPrompt(self._sheet.pad, self._jobs, self._try_pin, self._mono_ms)
            asking.opened.connect(self.leave)
            self._sheet.pad.put_away.connect(self.put_away)
            self._sheet.pad.left_alone.connect(self.put_away)
        return self._sheet

    def fill(self) -> None:
        """Let the room's picture take this one screen."""
        if not self.covers:
            self._stay_on_top(on=self.view.single_screen)
            self._placement.toggle()
        if self.covers:
            self.settle()
            self.filled.emit()

    def ask_to_leave(self) -> None:
        """Somebody wants back to the operator's window: Esc, F11, ×, or the button."""
        if self.view.has_pin:
            back = self._audience.stage.state.shows is RoomShows.SIGN_IN
            self.sheet.pad.ask(
                say("lock.title"),
                say("lock.to_operator"),
                back=say("lock.stay" if back else "lock.stay_room"),
            )
            self.sheet.cover()
        elif self.view.single_screen:
            self._linger.start()
            self.settle()
            for button in (self.in_strip, self.floating):
                button.tell()
        else:
            self.leave()

    def leave(self) -> None:
        """Back to the operator's window."""
        self.put_away()
        self._linger.stop()
        if self.covers:
            self._audience.hide()
        self._stay_on_top(on=False)
        self.settle()
        self.left.emit()

    def put_away(self) -> None:
        """The sheet goes; members go on."""
        if self._sheet is not None and self._sheet.isVisible():
            self._sheet.hide()
            self._audience.stage.setFocus()

    def touched(self) -> None:
        """Somebody touched the room's picture."""
        if self.covers and not self.is_asking:
            self._linger.start()
            self.settle()

    def settle(self) -> None:
        """Put the button where it belongs now."""
        covers = self.covers
        signs_in = self._audience.stage.state.shows is RoomShows.SIGN_IN
        for button in (self.in_strip, self.floating):
            button.must_hold = not self.view.has_pin
        self.strip.setVisible(covers and signs_in)
        floats = covers and not signs_in and self._linger.isActive() and not self.is_asking
        if floats:
            self.floating.adjustSize()
            edge = look.scaled(24)
            self.floating.move(
                self._audience.rect().topRight() - QPoint(self.floating.width() + edge, -edge)
            )
            self.floating.raise_()
        self.floating.setVisible(floats)

    def let_go(self) -> None:
        """The program ends: nothing is settled any more."""
        self._linger.stop()

    def forget_words(self) -> None:
        """Another language or size: make the sheet anew when it is next wanted."""
        if self._sheet is not None:
            self._sheet.deleteLater()
            self._sheet = None

    def _stay_on_top(self, *, on: bool) -> None:
        flag = Qt.WindowType.WindowStaysOnTopHint
        window = self._audience
        if bool(window.windowFlags() & flag) != on and not window.isVisible():
            window.setWindowFlag(flag, on)
