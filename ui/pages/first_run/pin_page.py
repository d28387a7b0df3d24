"""The last page of the first setting up: a PIN for the operator, or none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import UserError
from app.domain.operator_pin import check_new
from app.usecases.operator_pin import LockView
from app.words import say, say_error
from ui.lock.pin_pad import PinPad
from ui.pages.first_run.context import WizardContext


class PinPage(QWidget):
    """``passed`` when the PIN is set or skipped; ``help_wanted`` by F1 or the button."""

    passed = Signal()

    def __init__(self, context: WizardContext) -> None:
        super().__init__()
        self._context = context
        self._first = ""
        self._busy = False
        self.has_pin = context.lock.has_pin
        self.pad = PinPad()
        self.pad.help.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.pad)
        self.pad.entered.connect(self._on_entered)
        self.pad.put_away.connect(self.passed)

    def opened(self) -> None:
        """Ask from the first question on."""
        self._ask()
        self.pad.setFocus()

    def _ask(self, note: str = "") -> None:
        again = bool(self._first)
        self.pad.ask(
            say("first.pin.title"),
            say("first.pin.again" if again else "first.pin.ask"),
            main=say("first.pin.set" if again else "lock.pin.next"),
            back=say("first.pin.skip"),
        )
        self.pad.tell(note)

    def _on_entered(self, pin: str) -> None:
        if self._busy:
            return
        if not self._first:
            try:
                check_new(pin)
            except UserError as refused:
                self._ask(say_error(refused))
                return
            self._first = pin
            self._ask()
        elif pin != self._first:
            self._first = ""
            self._ask(say("lock.pin.differs"))
        else:
            self._busy = True
            self._context.jobs.store(
                lambda: self._context.station.set_pin(pin), self._on_set, self._on_refused, self
            )

    def _on_set(self, _view: LockView) -> None:
        self._busy, self._first = False, ""
        self.passed.emit()

    def _on_refused(self, said: UserError) -> None:
        self._busy, self._first = False, ""
        self._ask(say_error(said))
