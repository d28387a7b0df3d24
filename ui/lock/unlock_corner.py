"""The way back to the operator on a single screen: one quiet button, pressed or held.

It stands in a strip above the members' sign-in; over other pictures a touch brings it.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.words import say
from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.panel import label
from ui.widgets.tap import TapPart
from ui.widgets.tile_paint import PLAIN, Dress

HOLD_MS = 2_000
TELL_MS = 6_000
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class HoldPart(TapPart):
    """``pressed_short`` on a tap; ``held`` after two seconds under the finger, when it must be."""

    pressed_short = Signal()
    held = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", guarded=False, parent=parent)
        self.must_hold = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._since = QElapsedTimer()
        self._beat = QTimer(self, interval=40)
        self._beat.timeout.connect(self._on_beat)
        self._telling = QTimer(self, singleShot=True, interval=TELL_MS)
        self._telling.timeout.connect(self._changed)
        self.pressed.connect(self._on_down)
        self.released.connect(self._on_up)

    @property
    def word(self) -> str:
        """What it says at present."""
        if self._beat.isActive():
            return say("lock.keep_holding")
        return say("lock.hold") if self._telling.isActive() else self.rest_word()

    def rest_word(self) -> str:
        """What it says when nobody touches it."""
        return say("lock.operator")

    @property
    def share_held(self) -> float:
        """How much of the two seconds it has been held, 0 to 1."""
        return min(self._since.elapsed() / HOLD_MS, 1.0) if self._beat.isActive() else 0.0

    def tell(self) -> None:
        """Say for a moment that it must be held."""
        self._telling.start()
        self._changed()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is held behind the screen."""
        super().hideEvent(event)
        self._beat.stop()

    def _changed(self) -> None:
        self.setAccessibleName(self.word)
        self.update()

    def _on_down(self) -> None:
        if self.must_hold:
            self._since.start()
            self._beat.start()
            self._changed()

    def _on_up(self) -> None:
        if not self.must_hold:
            self.pressed_short.emit()
        elif self._beat.isActive():
            self._beat.stop()
            self.tell()

    def _on_beat(self) -> None:
        self.update()
        if self._since.elapsed() >= HOLD_MS:
            self._beat.stop()
            self._telling.stop()
            self.setDown(False)
            self._changed()
            self.held.emit()


class HoldButton(HoldPart):
    """The operator's way back, in the strip above the members' sign-in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the longest of its words in one line or two."""
        return QSize(look.scaled(232), look.scaled(tokens.CONTROL))

    minimumSizeHint = sizeHint

    def paint_content(self, painter: QPainter, place: QRectF, _dress: Dress) -> None:
        """A lock, the word, and how long it has been held."""
        if self.share_held:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.ink(tokens.PINE_TINT))
            done = place.adjusted(3, 3, -3, -3)
            done.setWidth(done.width() * self.share_held)
            painter.drawRoundedRect(done, tokens.RADIUS, tokens.RADIUS)
        side = look.scaled(26)
        icon = QRectF(place.left() + look.scaled(14), place.center().y() - side / 2, side, side)
        paint_icon(painter, "lock", PLAIN.text, icon)
        inner = place.adjusted(icon.width() + look.scaled(26), 4, -look.scaled(10), -4)
        wish = Setting(look.scaled(tokens.OPERATOR.control), 600, 2, 1.1)
        word = fit(self.word, inner.width(), inner.height(), wish)
        paint_fitted(painter, inner, word, PLAIN.text, 600, _START)


class Strip(QWidget):
    """A low strip with the button at its right; its words at the left say why it is there."""

    def __init__(self, button: HoldButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.scaled(20), look.scaled(4), look.scaled(20), 0)
        self.words = label("", "caption")
        row.addWidget(self.words, 1)
        row.addWidget(button)
        self.hide()
