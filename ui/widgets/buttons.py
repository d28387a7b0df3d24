"""The buttons of every screen: act on release, slip-off cancels, never a word cut.

Focus comes by keyboard only, so a tap leaves no ring and does not steal the search box.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.theme import look, tokens
from ui.theme.icons import icon as themed_icon
from ui.widgets.tile_paint import paint_focus

ICON_PX = 26


class _Button(QPushButton):
    """A worded button with an optional icon before the word."""

    role = ""
    colour = tokens.INK

    def __init__(self, text: str, *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self.setProperty("role", self.role)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.say(text)

    def say(self, text: str, *, icon: str | None = None) -> None:
        """Show another word, and another icon if given."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self._icon_name = self._icon_name if icon is None else icon
        self._dress()

    def _dress(self) -> None:
        side = look.scaled(ICON_PX)
        gap = look.scaled(8) if self.text() else 0
        self.setIconSize(QSize(side + gap, side))
        if self._icon_name:
            colour = self.colour if self.isEnabled() else tokens.INK2
            self.setIcon(themed_icon(self._icon_name, colour, side, gap))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A white line inside the ring, so that it stands out from deep pine too."""
        super().paintEvent(event)
        if self.hasFocus():
            paint_focus(QPainter(self), QRectF(self.rect()), look.scaled(tokens.RADIUS_TOUCH))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the interface size and being enabled."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.EnabledChange):
            self._dress()


class PrimaryButton(_Button):
    """The one main act of a screen, in deep pine."""

    role = "primary"
    colour = tokens.CARD


class SecondaryButton(_Button):
    """Any other act."""

    role = "secondary"


class QuietButton(_Button):
    """Navigation and rare acts: the border of a button, its word not bold."""

    role = "quiet"


class DangerButton(_Button):
    """An act that can't be undone: cinnabar word and icon, never a red surface."""

    role = "danger"
    colour = tokens.CINNABAR
