"""A button whose words always fit: names and titles of any length, in one or two lines."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, TextFit, fit, paint_fitted
from ui.widgets.tap import TapPart
from ui.widgets.tile_paint import CHOSEN, MAIN, MAIN_PRESSED, MUTED, PLAIN, PRESSED, Dress

ICON_PX = 26
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class FitButton(TapPart):
    """``main`` wears deep pine; a checkable one wears the tint while it is on."""

    def __init__(
        self,
        text: str = "",
        *,
        icon: str = "",
        main: bool = False,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, guarded=False, parent=parent)
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._main = main
        self.words, self._icon = text, icon
        self._high = tokens.CONTROL_MAIN if main else tokens.CONTROL

    def say(self, text: str, *, icon: str | None = None) -> None:
        """Show other words, and another icon if given."""
        if text == self.words and icon in (None, self._icon):
            return
        self.words = text
        self._icon = self._icon if icon is None else icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_height(self, design_px: int) -> None:
        """Another height (design px)."""
        self._high = design_px
        self.updateGeometry()

    def dress(self) -> Dress:
        """By kind and state."""
        if not self.isEnabled():
            return MUTED
        if self._main:
            return MAIN
        return CHOSEN if self.isChecked() else PLAIN

    def pressed_dress(self) -> Dress:
        """Darker under the finger."""
        return MAIN_PRESSED if self._main else PRESSED

    def sizeHint(self) -> QSize:
        """All words in one line, but never demanded."""
        metrics = QFontMetricsF(look.font(self._px(), 600))
        wide = metrics.horizontalAdvance(self.words) + self._lead() + look.scaled(36)
        return QSize(min(round(wide), look.scaled(420)), look.scaled(self._high))

    def minimumSizeHint(self) -> QSize:
        """Narrower words wrap or shrink."""
        return QSize(look.scaled(72), look.scaled(self._high))

    def content(self) -> tuple[str, str, bool]:
        """See ``TapPart``."""
        return self.words, self._icon, self._main

    def reads_in(self, width: int) -> bool:
        """Whether its words can be read where it is so wide."""
        fitted, _lead, _air = self._set_in(width - 4, look.scaled(self._high))
        return fitted.px >= tokens.OPERATOR.floor

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """Icon and words, centred together."""
        fitted, lead, air = self._set_in(place.width(), place.height())
        inside = place.adjusted(air, 3, -air, -3)
        metrics = QFontMetricsF(look.font(fitted.px, 600))
        wide = max((metrics.horizontalAdvance(line) for line in fitted.lines), default=0.0)
        left = inside.left() + max((inside.width() - wide - lead) / 2, 0)
        if lead:
            side = look.scaled(ICON_PX)
            spot = QRectF(left, place.center().y() - side / 2, side, side)
            paint_icon(painter, self._icon, dress.text, spot)
        words = QRectF(left + lead, inside.top(), inside.right() - left - lead, inside.height())
        paint_fitted(painter, words, fitted, dress.text, 600, _LEFT)

    def nextCheckState(self) -> None:
        """The owner decides what is on; a tap alone changes nothing."""

    def _set_in(self, width: float, height: float) -> tuple[TextFit, int, int]:
        """How its words are set, and what is left for the icon and beside them."""
        lines = 2 if self._high < 2 * tokens.TARGET - 16 else 3
        wish = Setting(self._px(), 600, lines, 1.1)
        lead, air = self._lead(), look.scaled(10)
        fitted = fit(self.words, width - 2 * air - lead, height - 6, wish)
        for kept in dict.fromkeys((lead, 0)):  # words are worth more than air, and than the icon
            if fitted.px < tokens.OPERATOR.floor:
                lead, air = kept, 6
                fitted = fit(self.words, width - 2 * air - lead, height - 6, wish)
        return fitted, lead, air

    def _lead(self) -> int:
        return look.scaled(ICON_PX + 10) if self._icon else 0

    def _px(self) -> int:
        return look.scaled(tokens.OPERATOR.control + (2 if self._main else 0))
