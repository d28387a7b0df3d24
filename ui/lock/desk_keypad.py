"""The members' keypad on the operator's PC, while the room's own screen shows the names.

It lies over the operator's window until the operator takes it back: by PIN, by holding the button
in its strip, or by one touch, as at a single screen. Ratings, tests and surveys lie there likewise.
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
        self._lent: QWidget | None = None
        self.way_out.put_back.connect(self._take_keys)

    @property
    def signs_in(self) -> bool:
        """Whether it is the keypad that members have here."""
        return self.is_open and self._lent is None

    def open(self, sign_in: QWidget) -> None:
        """Lie over everything with the members' screen."""
        self._show(sign_in, say("lock.desk"))

    def lend(self, part: QWidget, why: str) -> None:
        """Lie over everything with something else that members use; it goes when they are done."""
        self._end_lent()
        self._lent = part
        if self._held is not None:
            self._held.hide()
        self._show(part, why)

    def _show(self, part: QWidget, why: str) -> None:
        self.strip.words.setText(why)
        self._held = part
        self._rows.addWidget(part, 1)
        part.show()
        self.cover()
        self._take_keys()
        self.is_open = True
        self.switched.emit()

    def leave(self, then: Callable[[], None] | None = None) -> None:
        """The operator has his window back."""
        self.way_out.put_away()
        self.hide()
        self.is_open = False
        self._end_lent()
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

    def _end_lent(self) -> None:
        if self._lent is not None:
            self._lent.hide()
            self._lent.deleteLater()
            self._held = self._lent = None

    def _take_keys(self) -> None:
        if self._held is not None:
            self._held.setFocus()
