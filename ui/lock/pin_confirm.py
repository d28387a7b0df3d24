"""The operator vouches with the PIN for one thing that stays visible for ever: a late entry."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.usecases.operator_pin import PinAttempt
from app.words import say
from ui.jobs.protocols import Jobs
from ui.lock.lock_screen import LockScreen
from ui.lock.pin_prompt import PinPrompt


class PinConfirm(LockScreen):
    """``ask`` lays it over the window; wrong tries count as everywhere else."""

    def __init__(
        self,
        window: QWidget,
        jobs: Jobs,
        try_pin: Callable[[str], PinAttempt],
        mono_ms: Callable[[], int],
    ) -> None:
        super().__init__(window)
        self._then: Callable[[], None] | None = None
        self.pad.help.hide()
        self.pad.put_away.connect(self.put_away)
        self._asking = PinPrompt(self.pad, jobs, try_pin, mono_ms)
        self._asking.opened.connect(self._on_opened)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def ask(self, name: str, then: Callable[[], None]) -> None:
        """Call ``then`` when the PIN was right; when it is put away nothing happens."""
        self._then = then
        self.pad.ask(
            say("lock.vouch.title", name=name),
            say("lock.enter"),
            main=say("lock.vouch.main"),
            back=say("lock.cancel"),
        )
        self.cover()

    def put_away(self) -> None:
        """Without the PIN nothing is entered."""
        self._then = None
        self.pad.wipe()
        self.hide()

    def _on_opened(self) -> None:
        then = self._then
        self.put_away()
        if then is not None:
            then()
