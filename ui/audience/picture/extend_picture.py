"""How to give the room a screen of its own, drawn: which keys, which choice, what comes of it."""

from __future__ import annotations

import sys

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.words import say
from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.seal import paint_seal

_MENU = ("only", "same", "extend", "second")
_WANTED = "extend"
_SHARES = (0.29, 0.42, 0.29)
_CENTRE = Qt.AlignmentFlag.AlignCenter
_TOP = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop


class ExtendPicture(QWidget):
    """Three small drawings beside each other; ``windows`` None asks the machine."""

    def __init__(
        self, parent: QWidget | None = None, *, windows: bool | None = None, low: bool = False
    ) -> None:
        super().__init__(parent)
        self._high = 230 if low else 270
        self._windows = sys.platform == "win32" if windows is None else windows
        self.setAccessibleName(" ".join(self._said(number) for number in (1, 2, 3)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.whole = True
        """Whether all words of the last painting were large enough and whole."""

    def sizeHint(self) -> QSize:
        """Wide enough for three."""
        return QSize(look.scaled(600), look.scaled(self._high))

    def minimumSizeHint(self) -> QSize:
        """Still to be read."""
        return QSize(look.scaled(380), look.scaled(self._high))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the three steps."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.whole = True
        gap = look.scaled(24)
        room, left = self.width() - 2 * gap, 0.0
        high = self.height() - look.scaled(90)
        for number, draw in enumerate((self._keys, self._menu, self._result), start=1):
            wide = room * _SHARES[number - 1]
            draw(painter, QRectF(left, 2, wide, high))
            below = QRectF(left, high + look.scaled(8), wide, look.scaled(82))
            self._words(painter, below, self._said(number), 20, lines=3, align=_TOP)
            if number < 3:
                arrow = QRectF(left + wide, high / 2 - gap / 2, gap, gap)
                paint_icon(painter, "arrow_right", tokens.INK, arrow)
            left += wide + gap

    def _said(self, number: int) -> str:
        if number == 1 and not self._windows:
            return say("room.extend.step1_other")
        return say(f"room.extend.step{number}")

    def _keys(self, painter: QPainter, place: QRectF) -> None:
        """Two keys to press together; elsewhere the settings of the displays."""
        _box(painter, place, tokens.MIST, tokens.MIST)
        side = min(place.width() * 0.36, place.height() * 0.5)
        if not self._windows:
            icon = QRectF(0, 0, side, side)
            icon.moveCenter(place.center() - QRectF(0, 0, 0, side * 0.5).bottomLeft())
            paint_icon(painter, "settings", tokens.INK, icon)
            word = QRectF(place.left(), icon.bottom(), place.width(), side)
            self._words(painter, word.adjusted(8, 0, -8, 0), say("room.extend.displays"), 24)
            return
        for number in (0, 1):
            key = QRectF(0, 0, side, side)
            key.moveCenter(place.center())
            key.translate((number - 0.5) * side * 1.24, 0)
            _box(painter, key, tokens.CARD, tokens.INK, 3)
            if number:
                self._words(painter, key, "P", 44)
            else:
                _window_key(painter, key)

    def _menu(self, painter: QPainter, place: QRectF) -> None:
        """The system's four choices, the right one in pine."""
        _box(painter, place, tokens.CARD, tokens.LINE, 2)
        offered = _MENU if self._windows else ("same", "extend")
        pad = look.scaled(6)
        high = (place.height() - pad) / len(offered)
        for number, key in enumerate(offered):
            line = QRectF(
                place.left() + pad,
                place.top() + pad + number * high,
                place.width() - 2 * pad,
                high - pad,
            )
            wanted = key == _WANTED
            if wanted:
                _box(painter, line, tokens.PINE, tokens.PINE)
            colour = tokens.CARD if wanted else tokens.INK
            words = line.adjusted(8, 0, -8, 0)
            self._words(painter, words, say(f"room.extend.menu.{key}"), 22, colour=colour)

    def _result(self, painter: QPainter, place: QRectF) -> None:
        """This PC with its controls; the room's screen with its own picture."""
        _box(painter, place, tokens.MIST, tokens.MIST)
        across = min(place.width(), place.height() * 1.1)
        here = QRectF(0, 0, across * 0.46, across * 0.29)
        here.moveCenter(place.center())
        here.translate(-across * 0.2, across * 0.27)
        _box(painter, here, tokens.CARD, tokens.INK, 3)
        for number in (0, 1, 2):
            bar = QRectF(here.left() + 9, here.top() + 9, here.width() - 18, here.height() * 0.16)
            bar.translate(0, number * here.height() * 0.26)
            _box(painter, bar, tokens.PINE if number == 2 else tokens.PINE_TINT, "", 0)
        foot = QRectF(here.left() - 6, here.bottom() + 3, here.width() + 12, 8)
        _box(painter, foot, tokens.INK, "", 0)
        room = QRectF(0, 0, across * 0.72, across * 0.42)
        room.moveCenter(place.center())
        room.translate(across * 0.06, -across * 0.16)
        _box(painter, room, tokens.PAPER, tokens.INK, 4)
        side = room.height() * 0.5
        seal = QRectF(0, 0, side, side)
        seal.moveCenter(room.center())
        paint_seal(painter, seal, say("member.seal"))

    def _words(
        self,
        painter: QPainter,
        place: QRectF,
        words: str,
        px: int,
        *,
        lines: int = 1,
        colour: str = tokens.INK,
        align: Qt.AlignmentFlag = _CENTRE,
    ) -> None:
        wish = Setting(look.scaled(px), 600, lines, 1.2)
        fitted = fit(words, place.width(), place.height(), wish)
        self.whole = self.whole and fitted.whole
        self.whole = self.whole and fitted.px >= look.scaled(tokens.OPERATOR.floor) - 1
        paint_fitted(painter, place, fitted, colour, 600, align)


def _box(painter: QPainter, place: QRectF, fill: str, edge: str, wide: int = 1) -> None:
    painter.setPen(QPen(look.ink(edge), wide) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(look.ink(fill))
    radius = min(look.scaled(tokens.RADIUS), place.height() / 3)
    painter.drawRoundedRect(place, radius, radius)


def _window_key(painter: QPainter, key: QRectF) -> None:
    """The key with the window of four panes."""
    side = key.width() * 0.22
    for across in (0, 1):
        for down in (0, 1):
            pane = QRectF(0, 0, side, side)
            pane.moveCenter(key.center())
            pane.translate((across - 0.5) * side * 1.18, (down - 0.5) * side * 1.18)
            painter.fillRect(pane, look.ink(tokens.INK))
