"""One screen for all: the members' picture fills it, and this is the way back from it.

With a PIN the way back asks for it; without one but locked, a part must be held; with
neither it is one key. What is locked stays on top and is locked again after a restart.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QBoxLayout

from app.usecases.operator_pin import LockView, PinAttempt
from app.words import say
from ui.audience.placement import AudiencePlacement
from ui.audience.state import RoomShows
from ui.audience.window import AudienceWindow
from ui.jobs.protocols import Jobs
from ui.lock.unlock_corner import HoldButton, HoldPart, Strip

if TYPE_CHECKING:
    from ui.lock.lock_screen import LockScreen


class SingleScreen(QObject):
    """``left`` when the operator is let back; ``filled`` when the picture takes the screen;
    ``told`` when somebody has to be told that a part must be held."""

    left = Signal()
    filled = Signal()
    told = Signal()

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
        self._then: Callable[[], None] | None = None
        self._parts: list[HoldPart] = []
        self.in_strip = HoldButton()
        self.add_way_out(self.in_strip)
        self.strip = Strip(self.in_strip, audience)
        rows = audience.layout()
        if isinstance(rows, QBoxLayout):
            rows.insertWidget(0, self.strip)

    @property
    def is_alone(self) -> bool:
        """Whether the operator and the room share this screen, and not because one was lost."""
        return not self._placement.current and not self._placement.is_lost

    def add_way_out(self, part: HoldPart, then: Callable[[], None] | None = None) -> None:
        """One more part that leads to the operator, and there to ``then``."""
        self._parts.append(part)
        part.must_hold = self.must_hold
        part.pressed_short.connect(lambda: self.ask_to_leave(then))
        part.held.connect(lambda: self.leave(then))

    @property
    def must_hold(self) -> bool:
        """Whether a part that leads out must be held: locked, and no PIN to ask for."""
        return self.view.single_screen and not self.view.has_pin

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
            asking.opened.connect(lambda: self._vouched())
            self._sheet.pad.put_away.connect(self.put_away)
            self._sheet.pad.left_alone.connect(self.put_away)
        return self._sheet

    def fill(self) -> None:
        """Let the room's picture take this one screen."""
        if not self.covers:
            self._stay_on_top(on=self.view.single_screen)
            self._placement.fill_own()
        if self.covers:
            self.settle()
            self.filled.emit()

    def ask_to_leave(self, then: Callable[[], None] | None = None) -> None:
        """Somebody wants back to the operator's window: Esc, F11, ×, or a part that leads there."""
        if self.view.has_pin:
            self.vouch(lambda: self.leave(then))
        elif self.view.single_screen:
            self.told.emit()
            for part in self._parts:
                part.tell()
        else:
            self.leave(then)

    def vouch(self, then: Callable[[], None]) -> None:
        """Do this once the PIN was given over the room's picture; without a PIN at once."""
        if not self.view.has_pin:
            then()
            return
        self._then = then
        back = self._audience.stage.state.shows is RoomShows.SIGN_IN
        self.sheet.pad.ask(
            say("lock.title"),
            say("lock.to_operator"),
            back=say("lock.stay" if back else "lock.stay_room"),
        )
        self.sheet.cover()

    def leave(self, then: Callable[[], None] | None = None) -> None:
        """Back to the operator's window, and there on to what was wanted."""
        self.put_away()
        if self.covers:
            self._audience.hide()
        self._stay_on_top(on=False)
        self.settle()
        self.left.emit()
        if then is not None:
            then()

    def _vouched(self) -> None:
        then, self._then = self._then, None
        self.put_away()
        if then is not None:
            then()

    def put_away(self) -> None:
        """The sheet goes; members go on."""
        if self._sheet is not None and self._sheet.isVisible():
            self._sheet.hide()
            self._audience.stage.setFocus()

    def settle(self) -> None:
        """Put the strip where it belongs now."""
        signs_in = self._audience.stage.state.shows is RoomShows.SIGN_IN
        for part in self._parts:
            part.must_hold = self.must_hold
        self.strip.setVisible(self.covers and signs_in)

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
