"""The members' keypad on the operator's PC, while the room's own screen shows the names.

It lies over the operator's window until the operator takes it back: by PIN, by holding the button
in its strip, or by one touch, as at a single screen.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.usecases.operator_pin import PinAttempt
from app.words import say
from ui.jobs.protocols import Jobs
from ui.lock.unlock_corner import HoldButton, Strip
from ui.lock.way_out import WayOut
from ui.parts.overlay import Overlay


class DeskKeypad(Overlay):
    """``switched`` when it has come or gone."""

    switched = Signal()

    def __init__(
        self,
        window: QWidget,
        jobs: Jobs,
        try_pin: Callable[[str], PinAttempt],
        mono_ms: Callable[[], int],
    ) -> None:
        super().__init__(window, QColor(0, 0, 0, 0))
        self.is_open = False
        """Whether members sign in here."""
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.way_out = WayOut(self, window, jobs, try_pin, mono_ms)
        self.button = HoldButton()
        self.way_out.add(self.button)
        self.strip = Strip(self.button, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.strip)
        self.strip.show()
        self._held: QWidget | None = None
        self.way_out.put_back.connect(self._take_keys)

    def open(self, sign_in: QWidget) -> None:
        """Lie over everything with the members' screen."""
        self.strip.words.setText(say("lock.desk"))
        self._held = sign_in
        self._rows.addWidget(sign_in, 1)
        sign_in.show()
        self.cover()
        self._take_keys()
        self.is_open = True
        self.switched.emit()

    def leave(self, then: Callable[[], None] | None = None) -> None:
        """The operator has his window back."""
        self.way_out.put_away()
        self.hide()
        self.is_open = False
        self.switched.emit()
        if then is not None:
            then()

    def stay_key(self) -> str:
        """See ``MembersPart``."""
        return "lock.stay"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F11 asks for the way back, as over the room's picture; no other key goes further."""
        if event.key() == Qt.Key.Key_F11:
            self.way_out.ask()

    def _take_keys(self) -> None:
        if self._held is not None:
            self._held.setFocus()
