"""Ten large digits, erase and clear: the program's own keypad, so no system keyboard is needed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.words import say
from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.tap import TapPart
from ui.widgets.tile_paint import PLAIN, Dress

DIGITS = "123456789"
_QUIET = Dress(tokens.PAPER, tokens.LINE, tokens.INK)


class Key(TapPart):
    """One key: a digit, or a word with an icon."""

    def __init__(self, word: str, *, icon: str = "", digit: bool = True) -> None:
        super().__init__(word, guarded=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.word, self._icon, self._digit = word, icon, digit
        self._px = 48.0

    def set_px(self, px: float) -> None:
        """Let the sign grow up to ``px`` real pixels."""
        if px != self._px:
            self._px = px
            self.update()

    def show_word(self, word: str) -> None:
        """Show another word."""
        if word != self.word:
            self.word = word
            self.setAccessibleName(word)
            self.update()

    def dress(self) -> Dress:
        """Digits on white, erase and clear on paper."""
        return PLAIN if self._digit else _QUIET

    def sizeHint(self) -> QSize:
        """As small as it may be; the grid stretches it."""
        return self.minimumSize()

    def content(self) -> tuple[str, str, float]:
        """See ``TapPart``."""
        return self.word, self._icon, self._px

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """Draw the sign in the middle, an icon before it."""
        inner = place.adjusted(10, 4, -10, -4)
        weight = 600
        if not self._icon:
            word = fit(self.word, inner.width(), inner.height(), Setting(self._px, weight, 2, 1.1))
            paint_fitted(painter, inner, word, dress.text, weight)
            return
        side = min(self._px * 1.15, inner.height() * 0.6)
        room = inner.width() - side * 1.25
        word = fit(self.word, room, inner.height(), Setting(self._px, weight, 2, 1.1))
        metrics = QFontMetricsF(look.font(word.px, weight))
        wide = max(metrics.horizontalAdvance(line) for line in word.lines)
        left = inner.center().x() - (wide + side * 1.25) / 2
        icon_place = QRectF(left, inner.center().y() - side / 2, side, side)
        paint_icon(painter, self._icon, dress.text, icon_place)
        text_place = QRectF(left + side * 1.25, inner.top(), wide, inner.height())
        paint_fitted(painter, text_place, word, dress.text, weight)


class Keypad(QWidget):
    """``pressed(digit)``, ``erased`` and ``cleared``; three columns as on a telephone."""

    pressed = Signal(str)
    erased = Signal()
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.digits = tuple(Key(digit) for digit in (*DIGITS, "0"))
        self.clear_key = Key("", digit=False)
        self.erase_key = Key("", icon="backspace", digit=False)
        for place, key in enumerate(self.digits[:9]):
            self._grid.addWidget(key, place // 3, place % 3)
        self._grid.addWidget(self.clear_key, 3, 0)
        self._grid.addWidget(self.digits[9], 3, 1)
        self._grid.addWidget(self.erase_key, 3, 2)
        for key in self.digits:
            key.clicked.connect(lambda _on=False, key=key: self.pressed.emit(key.word))
        self.erase_key.clicked.connect(self.erased)
        self.clear_key.clicked.connect(self.cleared)
        self.say()

    def say(self) -> None:
        """Show the words in the language in use."""
        self.clear_key.show_word(say("member.clear"))
        self.erase_key.show_word(say("member.erase"))

    def measure(self, key_px: int, gap: int, digit_px: float, word_px: float) -> None:
        """Keys at least ``key_px`` square, ``gap`` between them; signs up to these sizes."""
        self._grid.setSpacing(gap)
        for key in (*self.digits, self.clear_key, self.erase_key):
            key.setMinimumSize(key_px, key_px)
            key.set_px(digit_px if key in self.digits else word_px)
