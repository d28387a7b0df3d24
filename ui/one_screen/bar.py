"""The bar a touch brings over the room's picture: large keys in one row, gone by itself after 4 s.

It lies at the foot of the picture, 160 px high on every screen, in the dark of a film. Its keys
never take the focus: the keyboard goes on meaning what it meant.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.lock.unlock_corner import HoldPart
from ui.one_screen.state import BarAct, BarKey, BarState
from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.label import FitLabel
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.tile_paint import Dress

BAR_PX = 160
LINGER_MS = 4_000
"""So long the bar stays after the last touch."""
KEY_PX, MOST_KEY_PX = 96, 360
"""No key is narrower or wider."""
_GAP, _EDGE = 20, 12
_TIME_PX, _FEW = 150, 4
_NO_LIMIT = 16_777_215
"""Qt's own greatest width."""
_WORD, _MOST_WORD = 28, 34
_KEY = Dress(tokens.NIGHT2, tokens.MOON2, tokens.MOON)
_MAIN = Dress(tokens.PINE, tokens.JADE, tokens.MOON)
_ON = Dress(tokens.MOON, tokens.MOON, tokens.NIGHT)
_PRESSED = Dress(tokens.PINE_DEEP, tokens.JADE, tokens.MOON, 4)


class BarPart(HoldPart):
    """One key: an icon above its word."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = BarKey(BarAct.OPERATOR, "", "lock")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(KEY_PX)
        self.setMaximumWidth(MOST_KEY_PX)

    def show_key(self, key: BarKey) -> None:
        """Be this key from now on."""
        if key != self.key:
            self.key = key
            self.setAccessibleName(key.word)
            self.update()

    def rest_word(self) -> str:
        """See ``HoldPart``."""
        return self.key.word

    def dress(self) -> Dress:
        """The one that is wanted most in pine; a switch that is on in light."""
        return _MAIN if self.key.main else _ON if self.key.on else _KEY

    def pressed_dress(self) -> Dress:
        """Under the finger."""
        return _PRESSED

    def paintEvent(self, event: QPaintEvent) -> None:
        """In the colours of the night, whatever the theme of the windows is."""
        with look.own_colours():
            super().paintEvent(event)

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """Icon, word, and how long it has been held."""
        if self.share_held:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.ink(tokens.PINE))
            done = place.adjusted(4, 4, -4, -4)
            done.setWidth(done.width() * self.share_held)
            painter.drawRoundedRect(done, tokens.RADIUS, tokens.RADIUS)
        inner = place.adjusted(4, 10, -4, -6)
        side = inner.height() * 0.36
        icon = QRectF(inner.center().x() - side / 2, inner.top(), side, side)
        paint_icon(painter, self.key.icon, dress.text, icon)
        words = inner.adjusted(0, side + 4, 0, 0)
        ceiling = min(_WORD * look.interface_size().factor, _MOST_WORD)
        word = fit(self.word, words.width(), words.height(), Setting(ceiling, 600, 3, 1.1))
        paint_fitted(painter, words, word, dress.text, 600)


class TouchBar(QWidget):
    """``chosen`` with the act of a key, the operator's excepted: that part is ``operator``."""

    chosen = Signal(str)
    switched = Signal(bool)
    """It has come or gone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.state = BarState()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.says = FitLabel(colour=tokens.MOON, weight=600, lines=3, ceiling=34)
        self.parts = tuple(BarPart(self) for _ in range(7))
        self.operator = BarPart(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self._row.setSpacing(_GAP)
        self._row.addWidget(self.says)
        for part in (*self.parts, self.operator):
            self._row.addWidget(part)
        for part in self.parts:
            part.pressed_short.connect(lambda part=part: self._on_pressed(part))
        self._linger = QTimer(self, singleShot=True, interval=LINGER_MS)
        self._linger.timeout.connect(self.hide)
        self.hide()

    def come(self) -> None:
        """Be there for the next 4 s, if there is any key."""
        if self.state.keys:
            self.show()
            self.raise_()
            if not self.state.stays:
                self._linger.start()

    def show_state(self, state: BarState) -> None:
        """Show these keys; a bar that stays comes by itself, one without keys goes."""
        if state == self.state:
            return
        stayed, self.state = self.state.stays, state
        own = [one for one in state.keys if one.act is not BarAct.OPERATOR]
        for part, key in zip(self.parts, (*own, *[None] * len(self.parts)), strict=False):
            part.setVisible(key is not None)
            if key is not None:
                part.show_key(key)
        for key in state.keys:
            if key.act is BarAct.OPERATOR:
                self.operator.show_key(key)
        self.operator.setVisible(len(own) < len(state.keys))
        self.says.show_text(state.says)
        # A time has only its own room; a sentence has what two keys have, and few keys leave more.
        few = len(state.keys) <= _FEW
        self.says.setMaximumWidth(_NO_LIMIT if few else _TIME_PX)
        self.says.setVisible(few or bool(state.says))
        self._row.setStretch(0, 6 if few else 0)
        for at, part in enumerate((*self.parts, self.operator), start=1):
            self._row.setStretch(at, 4 if part.key.main else 3)
        if not state.keys:
            self.hide()
        elif state.stays:
            self._linger.stop()
            self.come()
        elif stayed:
            self._linger.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that it has come."""
        super().showEvent(event)
        self.switched.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that it has gone."""
        super().hideEvent(event)
        self.switched.emit(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        QPainter(self).fillRect(self.rect(), tokens.NIGHT)

    def _on_pressed(self, part: BarPart) -> None:
        if not self.state.stays:
            self._linger.start()
        self.chosen.emit(part.key.act.value)
