"""One screen for all: the room's picture fills it, and there is a way back to the operator.

What is locked stays on top and is locked again after a restart.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QBoxLayout

from app.usecases.operator_pin import LockView, PinAttempt
from ui.audience.placement import AudiencePlacement
from ui.audience.state import RoomShows
from ui.audience.window import AudienceWindow
from ui.jobs.protocols import Jobs
from ui.lock.unlock_corner import HoldButton, Strip
from ui.lock.way_out import WayOut


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
        self._view = LockView()
        self.way_out = WayOut(self, audience, jobs, try_pin, mono_ms)
        self.way_out.put_back.connect(audience.stage.setFocus)
        self.in_strip = HoldButton()
        self.way_out.add(self.in_strip)
        self.strip = Strip(self.in_strip, audience)
        rows = audience.layout()
        if isinstance(rows, QBoxLayout):
            rows.insertWidget(0, self.strip)

    def follow(self, view: LockView) -> None:
        """How this PC is locked now."""
        self._view = view
        self.way_out.follow(view)
        self.settle()

    @property
    def is_alone(self) -> bool:
        """Whether the operator and the room share this screen, and not because one was lost."""
        return not self._placement.current and not self._placement.is_lost

    @property
    def covers(self) -> bool:
        """Whether the room's picture lies over the operator's own screen."""
        return self._audience.isVisible() and not self._placement.current

    @property
    def is_locked(self) -> bool:
        """Whether a key alone doesn't bring the operator back."""
        return self.covers and self.way_out.is_locked

    def fill(self) -> None:
        """Let the room's picture take this one screen."""
        if not self.covers:
            self._stay_on_top(on=self._view.single_screen)
            self._placement.fill_own()
        if self.covers:
            self.settle()
            self.filled.emit()

    def leave(self, then: Callable[[], None] | None = None) -> None:
        """Back to the operator's window, and there on to what was wanted."""
        self.way_out.put_away()
        if self.covers:
            self._audience.hide()
        self._stay_on_top(on=False)
        self.settle()
        self.left.emit()
        if then is not None:
            then()

    def stay_key(self) -> str:
        """See ``MembersPart``."""
        return "lock.stay" if self._signs_in() else "lock.stay_room"

    def settle(self) -> None:
        """Put the strip where it belongs now."""
        self.strip.setVisible(self.covers and self._signs_in())

    def _signs_in(self) -> bool:
        return self._audience.stage.state.shows is RoomShows.SIGN_IN

    def _stay_on_top(self, *, on: bool) -> None:
        flag = Qt.WindowType.WindowStaysOnTopHint
        window = self._audience
        if bool(window.windowFlags() & flag) != on and not window.isVisible():
            window.setWindowFlag(flag, on)
