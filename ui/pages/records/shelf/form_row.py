"""A line of a wide table: what it is about, and its figures in words below."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from app.areas.forms.form import FormCell, FormTable, shown
from ui.theme import look, tokens
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.tap import TapPart
from ui.widgets.tile_paint import PLAIN, Dress

_ROW_PX = 116
_TITLE_PART = 0.38
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class FormRow(TapPart):
    """``clicked`` when it is touched."""

    def __init__(self, title: str, told: str) -> None:
        super().__init__(f"{title} {told}")
        self._title, self._told = title, told
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{title} {told}")

    def sizeHint(self) -> QSize:
        """Room for a title and two lines."""
        return QSize(look.scaled(320), look.scaled(_ROW_PX))

    def dress(self) -> Dress:
        """As any list row."""
        return PLAIN

    def content(self) -> tuple[str, str]:
        """See ``TapPart``."""
        return self._title, self._told

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """The title, and the rest below it."""
        pad = look.scaled(16)
        inside = place.adjusted(pad, look.scaled(6), -pad, -look.scaled(6))
        split = inside.height() * _TITLE_PART
        above = QRectF(inside.left(), inside.top(), inside.width(), split)
        below = QRectF(inside.left(), above.bottom(), inside.width(), inside.height() - split)
        wish = Setting(look.scaled(tokens.OPERATOR.control), 600, 1, 1.2)
        title = fit(self._title, above.width(), above.height(), wish)
        paint_fitted(painter, above, title, dress.text, 600, _START)
        wish = Setting(look.scaled(tokens.OPERATOR.body), 400, 2, 1.3)
        told = fit(self._told, below.width(), below.height(), wish)
        paint_fitted(painter, below, told, tokens.INK2, 400, _START)


def in_words(part: FormTable, line: tuple[FormCell, ...]) -> tuple[str, str]:
    """The title of a line (its longest words) and all else, figures with their names."""
    columns = part.columns
    main = next((at for at, one in enumerate(columns) if one.wraps or one.is_strong), 0)
    told = [
        shown(cell.value) if isinstance(cell.value, str) else f"{column.title} {shown(cell.value)}"
        for at, (column, cell) in enumerate(zip(columns, line, strict=True))
        if at != main and cell.value is not None
    ]
    return shown(line[main].value), " · ".join(told)
