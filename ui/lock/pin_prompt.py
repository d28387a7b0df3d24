"""A PIN asked for and judged off the GUI thread: wrong, too many, or ``opened``."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import UserError
from app.usecases.operator_pin import PinAttempt
from app.words import say, say_error
from ui.jobs.protocols import Jobs
from ui.lock.pin_pad import PinPad

COUNT_MS = 250


class PinPrompt(QObject):
    """Ties a pad to ``try_pin`` (store lane); one asking at a time."""

    opened = Signal()

    def __init__(
        self,
        pad: PinPad,
        jobs: Jobs,
        try_pin: Callable[[str], PinAttempt],
        mono_ms: Callable[[], int],
    ) -> None:
        super().__init__(pad)
        self._pad, self._jobs, self._try, self._mono_ms = pad, jobs, try_pin, mono_ms
        self._busy = False
        self._until_ms = 0
        self._count = QTimer(self, interval=COUNT_MS)
        self._count.timeout.connect(self._show_wait)
        pad.entered.connect(self._on_entered)

    def _on_entered(self, pin: str) -> None:
        if self._busy or self._until_ms > self._mono_ms():
            return
        self._busy = True
        self._jobs.store(lambda: self._try(pin), self._on_tried, self._on_trouble, self)

    def _on_tried(self, tried: PinAttempt) -> None:
        self._busy = False
        if tried.opened:
            self._pad.tell("")
            self.opened.emit()
        elif tried.wait_ms:
            self._until_ms = self._mono_ms() + tried.wait_ms
            self._count.start()
            self._show_wait()
        elif tried.free:
            self._pad.tell(say("lock.wrong", free=tried.free))
        else:
            self._pad.tell(say("lock.wrong_last"))

    def _on_trouble(self, said: UserError) -> None:
        self._busy = False
        self._pad.tell(say_error(said))

    def _show_wait(self) -> None:
        left_s = -(-(self._until_ms - self._mono_ms()) // 1000)
        if left_s <= 0:
            self._count.stop()
            self._pad.tell("")
            return
        time = say("lock.wait_clock", minutes=left_s // 60, seconds=left_s % 60)
        self._pad.tell(say("lock.wait", time=time))
