"""A new PIN in three questions: the present one if there is one, the new one, and again."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.domain.operator_pin import check_new
from app.usecases.operator_pin import LockView
from app.words import say, say_error
from ui.jobs.protocols import Jobs
from ui.lock.lock_screen import LockScreen

if TYPE_CHECKING:
    from app.usecases.station import Station


class _Asks(Enum):
    OLD = auto()
    NEW = auto()
    AGAIN = auto()


class PinChange(LockScreen):
    """``done(view, key)``: the PIN was set, changed or removed; ``key`` says so in words."""

    done = Signal(object, str)

    def __init__(self, window: QWidget, jobs: Jobs, station: Station) -> None:
        super().__init__(window)
        self._jobs, self._station = jobs, station
        self._asks, self._removes = _Asks.NEW, False
        self._old = self._new = ""
        self._busy = False
        self.pad.help.hide()
        self.pad.entered.connect(self._on_entered)
        self.pad.put_away.connect(self.hide)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def begin(self, *, has_pin: bool, remove: bool) -> None:
        """Ask from the first question on."""
        self._old = self._new = ""
        self._removes = remove
        self._ask(_Asks.OLD if has_pin else _Asks.NEW)
        self.cover()

    def _ask(self, asks: _Asks, note: str = "") -> None:
        self._asks = asks
        key = {_Asks.OLD: "old", _Asks.NEW: "new", _Asks.AGAIN: "again"}[asks]
        last = asks is _Asks.AGAIN or self._removes
        word = "lock.settings.remove" if self._removes else "lock.settings.set"
        self.pad.ask(
            say("lock.settings.title"),
            say(f"lock.pin.{key}"),
            main=say(word if last else "lock.pin.next"),
            back=say("lock.cancel"),
        )
        self.pad.tell(note)

    def _on_entered(self, pin: str) -> None:
        if self._busy:
            return
        if self._asks is _Asks.OLD:
            self._old = pin
            if self._removes:
                self._keep()
            else:
                self._ask(_Asks.NEW)
        elif self._asks is _Asks.NEW:
            self._on_new(pin)
        elif pin != self._new:
            self._ask(_Asks.NEW, say("lock.pin.differs"))
        else:
            self._keep()

    def _on_new(self, pin: str) -> None:
        try:
            check_new(pin)
        except UserError as refused:
            self._ask(_Asks.NEW, say_error(refused))
            return
        self._new = pin
        self._ask(_Asks.AGAIN)

    def _keep(self) -> None:
        station, old, new = self._station, self._old, self._new
        self._busy = True
        if self._removes:
            self._jobs.store(
                lambda: station.pin.remove_pin(old), self._on_removed, self._on_refused, self
            )
        else:
            self._jobs.store(
                lambda: station.pin.set_pin(new, old=old), self._on_set, self._on_refused, self
            )

    def _on_set(self, view: LockView) -> None:
        self._end(view, "lock.pin.set")

    def _on_removed(self, view: LockView) -> None:
        self._end(view, "lock.pin.removed")

    def _end(self, view: LockView, key: str) -> None:
        self._busy = False
        self._old = self._new = ""
        self.hide()
        self.done.emit(view, key)

    def _on_refused(self, said: UserError) -> None:
        self._busy = False
        self._ask(_Asks.OLD if self._old or self._removes else _Asks.NEW, say_error(said))
