"""A sheet of A4 measured in millimetres, on whatever draws pages: a printer, a PDF, a picture.

Everything is black on white with greys for lines, so that any old laser printer will do.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
)

from ui.theme import look

WIDTH_MM = 210.0
HEIGHT_MM = 297.0
MARGIN_MM = 15.0
INNER_MM = WIDTH_MM - 2 * MARGIN_MM

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_INK = QColor(0, 0, 0)
_GREY = QColor(110, 110, 110)
_TINT = QColor(235, 235, 235)
_FOR_A_PLACE = QFont.Tag("locl")
_MM_PER_INCH = 25.4
_SMALLEST_MM = 2.2


def set_a4(device: QPagedPaintDevice, *, is_wide: bool = False) -> None:
    """A4, upright or on its side, the whole sheet: margins are drawn, not the printer's business."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    way = QPageLayout.Orientation
    device.setPageOrientation(way.Landscape if is_wide else way.Portrait)
    device.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)


def size_of_page(*, is_wide: bool) -> tuple[float, float]:
    """Width and height of a sheet of A4 that stands or lies."""
    return (HEIGHT_MM, WIDTH_MM) if is_wide else (WIDTH_MM, HEIGHT_MM)


class Paper:
    """Draws on one page after another; all lengths are millimetres from the sheet's top left."""

    def __init__(
        self,
        painter: QPainter,
        dots_per_mm: float,
        next_page: Callable[[], object],
        turn: Callable[[bool], object] = bool,
    ) -> None:
        self._painter = painter
        self._scale = dots_per_mm
        self._next_page = next_page
        self._turn = turn
        self.page = 1

    @classmethod
    def on(cls, painter: QPainter, device: QPagedPaintDevice, dpi: float) -> Paper:
        """Paper of a paged device on which ``painter`` has begun."""

        def turn(is_wide: bool) -> None:
            set_a4(device, is_wide=is_wide)

        return cls(painter, dpi / _MM_PER_INCH, device.newPage, turn)

    def new_page(self, *, is_wide: bool = False) -> None:
        """Go on with the next sheet, upright or on its side."""
        self._turn(is_wide)
        self._next_page()
        self.page += 1

    def text(
        self,
        box: tuple[float, float, float, float],
        words: str,
        *,
        size: float = 4.0,
        weight: int = 400,
        align: Qt.AlignmentFlag = LEFT,
        grey: bool = False,
    ) -> None:
        """One line in a box (x, y, width, height), smaller when it would not fit."""
        font = self._font(size, weight)
        room = box[2] * self._scale
        while QFontMetricsF(font).horizontalAdvance(words) > room and size > _SMALLEST_MM:
            size -= 0.2
            font = self._font(size, weight)
        self._painter.setFont(font)
        self._painter.setPen(_GREY if grey else _INK)
        self._painter.drawText(self._rect(box), int(align), words)

    def paragraph(
        self, box: tuple[float, float, float, float], words: str, *, size: float = 4.0
    ) -> float:
        """Words wrapped into a box's width; the height they took."""
        self._painter.setFont(self._font(size, 400))
        self._painter.setPen(_INK)
        flags = int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWrapAnywhere)
        flags |= int(Qt.AlignmentFlag.AlignLeft)
        taken = self._painter.boundingRect(self._rect(box), flags, words)
        self._painter.drawText(self._rect(box), flags, words)
        return float(taken.height() / self._scale)

    def height_of(self, words: str, width: float, *, size: float = 4.0) -> float:
        """How high words are when they are wrapped."""
        metrics = QFontMetricsF(self._font(size, 400))
        flags = int(Qt.TextFlag.TextWrapAnywhere)
        room = QRectF(0, 0, width * self._scale, 1e6)
        return float(metrics.boundingRect(room, flags, words).height() / self._scale)

    def line(self, x: float, y: float, x2: float, y2: float, *, thick: float = 0.2) -> None:
        """A straight line."""
        self._painter.setPen(QPen(_INK if thick > 0.3 else _GREY, thick * self._scale))
        scale = self._scale
        self._painter.drawLine(
            round(x * scale), round(y * scale), round(x2 * scale), round(y2 * scale)
        )

    def frame(self, box: tuple[float, float, float, float], *, tint: bool = False) -> None:
        """A box's border, on a light ground if asked."""
        if tint:
            self._painter.fillRect(self._rect(box), _TINT)
        self._painter.setPen(QPen(_GREY, 0.2 * self._scale))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(self._rect(box))

    def block(self, x: float, y: float, side: float) -> None:
        """A black square: one module of a code."""
        self._painter.fillRect(self._rect((x, y, side, side)), _INK)

    def _font(self, size_mm: float, weight: int) -> QFont:
        font = look.font(size_mm, weight)
        font.setPixelSize(max(round(size_mm * self._scale), 1))
        # Shapes for a place have no character of their own: figures in a PDF could not be found.
        font.setFeature(_FOR_A_PLACE, 0)
        return font

    def _rect(self, box: tuple[float, float, float, float]) -> QRectF:
        return QRectF(*(one * self._scale for one in box))
