"""A painted part that is tapped: whole area hot, acts on release, a double tap counts once."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.theme import tokens
from ui.widgets.pixmap_cache import paint_kept
from ui.widgets.tile_paint import HOVERED, PLAIN, PRESSED, Dress, paint_focus, paint_tile

DOUBLE_TAP_MS = 350


class TapPart(QAbstractButton):
    """What keypad keys and tiles share; ``guarded`` ignores a second tap within 350 ms.

    Subclasses draw their content in ``paint_content``.
    """

    def __init__(self, name: str, *, guarded: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guarded = guarded
        self._since_tap = QElapsedTimer()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(name)
        self.clicked.connect(self._on_clicked)

    def dress(self) -> Dress:
        """Colours at rest."""
        return PLAIN

    def pressed_dress(self) -> Dress:
        """Colours under the finger."""
        return PRESSED

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """Draw words and icons inside ``place``."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the finger, unless this is the second half of a double tap."""
        tapped_just_now = self._since_tap.isValid() and self._since_tap.elapsed() < DOUBLE_TAP_MS
        if self._guarded and tapped_just_now:
            event.accept()
            return
        super().mousePressEvent(event)

    def _on_clicked(self) -> None:
        self._since_tap.start()

    def minimumSizeHint(self) -> QSize:
        """At least what an operator's pointer hits."""
        return QSize(44, 44)

    def content(self) -> Hashable:
        """All that ``paint_content`` looks at, besides place and dress; None if it is not told."""
        return None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, content, and the ring when the keyboard is here."""
        dress, focus, content = self._dress_now(), self.hasFocus(), self.content()

        def draw(painter: QPainter, place: QRectF) -> None:
            paint_tile(painter, place, dress, tokens.RADIUS_TOUCH)
            self.paint_content(painter, place, dress)
            if focus:
                paint_focus(painter, place, tokens.RADIUS_TOUCH)

        shown = None if content is None else (type(self), content, dress, focus)
        paint_kept(self, shown, draw)

    def _dress_now(self) -> Dress:
        dress = self.dress()
        if self.isDown():
            return self.pressed_dress()
        return HOVERED if self.underMouse() and dress == PLAIN else dress
