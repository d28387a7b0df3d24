"""The locked sheet: lies opaque over a whole window, with the PIN's keypad on it."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.lock.help_overlay import HelpOverlay
from ui.lock.pin_pad import PinPad
from ui.theme import look, tokens
from ui.widgets.reading_order import tab_stops


class LockScreen(QWidget):
    """Hidden until ``cover``; grows with its window. ``pad`` asks."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "page")
        self.setProperty("veil", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.pad = PinPad()
        rows = QVBoxLayout(self)
        side, low = look.scaled(tokens.MARGIN_TOUCH), look.scaled(20)
        rows.setContentsMargins(side, low, side, low)
        rows.addWidget(self.pad)
        self.help = HelpOverlay(self, "lock")
        self.help.closed.connect(self.pad.setFocus)
        self.pad.help_wanted.connect(self.help.open)
        window.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        """Lie over everything and take the keys."""
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())
        self.show()
        self.raise_()
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

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Grow with the window; say nothing any more while being deleted."""
        if event.type() == QEvent.Type.Resize and shiboken6.isValid(self) and self.isVisible():
            window = self.parentWidget()
            if window is not None:
                self.setGeometry(window.rect())
        return False
