"""The locked sheet: lies opaque over a whole window, with the PIN's keypad on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from ui.lock.help_overlay import HelpOverlay
from ui.lock.pin_pad import PinPad
from ui.parts.overlay import Overlay
from ui.theme import look, tokens
from ui.widgets.reading_order import tab_stops


class LockScreen(Overlay):
    """Hidden until ``cover``; grows with its window. ``pad`` asks."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, QColor(0, 0, 0, 0))
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.pad = PinPad()
        side, low = look.scaled(tokens.MARGIN_TOUCH), look.scaled(20)
        self._rows.setContentsMargins(side, low, side, low)
        self._rows.addWidget(self.pad)
        self.help = HelpOverlay(self, "lock")
        self.help.closed.connect(self.pad.setFocus)
        self.pad.help_wanted.connect(self.help.open)

    def cover(self) -> None:
        """Lie over everything and take the keys."""
        super().cover()
        self.pad.setFocus()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes round in here: what lies below must not be reached."""
        parts = tab_stops(self.pad)
        if not parts:
            return True
        here = self.focusWidget()
        at = next((place for place, part in enumerate(parts) if part is here), None)
        if at is None:
            at = -1 if following else 0
        parts[(at + (1 if following else -1)) % len(parts)].setFocus(
            Qt.FocusReason.TabFocusReason if following else Qt.FocusReason.BacktabFocusReason
        )
        return True
