"""A page of the room's screen to draw on: units of the image height, a safe border, a record.

All lengths given are px of a 1080-line picture; the canvas scales them. Every text that
was drawn is remembered, so that tests can hold the floors of size and border.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ui.theme import look, tokens
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.seal import paint_seal

SAFE = 0.05
CENTRE = Qt.AlignmentFlag.AlignCenter
START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
START_LOW = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom


class Inks(Struct, frozen=True):
    """Colours of a lit or a dark room."""

    ground: str
    text: str
    accent: str
    tile: str
    well: str


LIT = Inks(tokens.PAPER, tokens.INK, tokens.PINE, tokens.PINE_TINT, tokens.MIST)
DARK = Inks(tokens.NIGHT, tokens.MOON, tokens.JADE, tokens.NIGHT, tokens.NIGHT)
"""A tile has the ground's own colour and a moon border: only that pair lasts in daylight."""


class DrawnText(Struct, frozen=True):
    """One text that was drawn: its lines, font px, and the rectangle it may not leave."""

    lines: tuple[str, ...]
    px: int
    place: QRectF
    whole: bool
    colour: str = ""


@dataclass(slots=True)
class Canvas:
    """One picture of ``size`` px; ``row_factor`` is 1 or more."""

    painter: QPainter
    size: QSizeF
    row_factor: float = 1.0
    inks: Inks = LIT
    entering: float = 1.0
    texts: list[DrawnText] = field(default_factory=list)

    @property
    def unit(self) -> float:
        """One px of a 1080-line picture."""
        return self.size.height() / 1080

    @property
    def safe(self) -> QRectF:
        """Inside the 5 % border, where everything must be."""
        across, down = self.size.width() * SAFE, self.size.height() * SAFE
        return QRectF(0, 0, self.size.width(), self.size.height()).adjusted(
            across, down, -across, -down
        )

    def px(self, length: float) -> float:
        """A length of the 1080-line picture in real px."""
        return length * self.unit

    def type_px(self, length: float) -> float:
        """A font size, larger for a far back row."""
        return length * self.unit * self.row_factor

    @property
    def floor(self) -> float:
        """The smallest font that the last row reads."""
        return self.type_px(tokens.ROOM.floor)

    def lines(self, words: str, wide: float, weight: int = 600) -> int:
        """How many lines, one or two, words need that the last row is to read."""
        font = look.font(self.floor, weight)
        return 1 if QFontMetricsF(font).horizontalAdvance(words) <= wide else 2

    def ground(self) -> None:
        """Fill the picture."""
        self.painter.fillRect(QRectF(QPointF(0, 0), self.size), QColor(self.inks.ground))

    def text(
        self,
        words: str,
        place: QRectF,
        ceiling: float,
        *,
        weight: int = 600,
        lines: int = 1,
        colour: str = "",
        align: Qt.AlignmentFlag = CENTRE,
        tight: float = 1.25,
    ) -> DrawnText:
        """Draw words as large as ``place`` and ``ceiling`` (real px) allow."""
        fitted = fit(words, place.width(), place.height(), Setting(ceiling, weight, lines, tight))
        paint_fitted(self.painter, place, fitted, colour or self.inks.text, weight, align)
        drawn = DrawnText(fitted.lines, fitted.px, place, fitted.whole, colour or self.inks.text)
        self.texts.append(drawn)
        return drawn

    def panel(self, place: QRectF, colour: str) -> None:
        """A flat tile with round corners; one of the ground's colour has a border."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        if colour == self.inks.ground:
            line = self.px(3)
            self.painter.setPen(QPen(QColor(self.inks.text), line))
            place = place.adjusted(line / 2, line / 2, -line / 2, -line / 2)
        self.painter.setBrush(QColor(colour))
        radius = self.px(tokens.RADIUS_TOUCH)
        self.painter.drawRoundedRect(place, radius, radius)

    def seal(self, place: QRectF, sign: str) -> None:
        """The station's seal in a square."""
        paint_seal(self.painter, place, sign)
