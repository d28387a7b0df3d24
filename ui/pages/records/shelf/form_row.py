"""A line of a wide table: what it is about, and its figures in words below, in as many lines."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy

from app.areas.forms.form import FormCell, FormTable, shown
from ui.theme import look, tokens
from ui.widgets.fit.text import Setting, break_lines, fit, paint_fitted
from ui.widgets.tap import TapPart
from ui.widgets.tile_paint import PLAIN, Dress

_PAD_PX, _AIR_PX = 16, 8
_SPACING = 1.35
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MOST_LINES = 12


class FormRow(TapPart):
    """``clicked`` when it is touched."""

    def __init__(self, title: str, told: str) -> None:
        super().__init__(f"{title} {told}")
        self._title, self._told = title, told
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """As high as its words need."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for the title and every line below it."""
        lines = self._lines(width - 2 * look.scaled(_PAD_PX))
        return round(self._title_height() + lines * _line_height()) + 3 * look.scaled(_AIR_PX)

    def sizeHint(self) -> QSize:
        """At a width that any window has."""
        width = look.scaled(420)
        return QSize(width, self.heightForWidth(width))

    def content(self) -> tuple[str, str]:
        """See ``TapPart``."""
        return self._title, self._told

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """The title, and the rest below it."""
        pad, air = look.scaled(_PAD_PX), look.scaled(_AIR_PX)
        inside = place.adjusted(pad, air, -pad, -air)
        above = QRectF(inside.left(), inside.top(), inside.width(), self._title_height())
        wish = Setting(look.scaled(tokens.OPERATOR.control), 600, 1, _SPACING)
        title = fit(self._title, above.width(), above.height(), wish)
        paint_fitted(painter, above, title, dress.text, 600, _START)
        below = QRectF(inside.left(), above.bottom() + air, inside.width(), inside.bottom())
        below.setBottom(inside.bottom())
        wish = Setting(_text_px(), 400, self._lines(inside.width()), _SPACING)
        told = fit(self._told, below.width(), below.height(), wish)
        soft = tokens.INK2 if dress == PLAIN else dress.text
        paint_fitted(painter, below, told, soft, 400, _START)

    def _lines(self, width: float) -> int:
        found = break_lines(self._told, max(width, 1), QFontMetricsF(look.font(_text_px())))
        return max(1, min(len(found), _MOST_LINES))

    def _title_height(self) -> float:
        return look.scaled(tokens.OPERATOR.control) * _SPACING


def _text_px() -> int:
    return look.scaled(tokens.OPERATOR.body)


def _line_height() -> float:
    return _text_px() * _SPACING


def in_words(part: FormTable, line: tuple[FormCell, ...]) -> tuple[str, str]:
    """The title of a line (what the eye looks for) and all else, figures with their names."""
    columns = part.columns
    strong = [at for at, one in enumerate(columns) if one.is_strong]
    main = next(iter([*strong, *(at for at, one in enumerate(columns) if one.wraps), 0]))
    told = [
        shown(cell.value) if isinstance(cell.value, str) else f"{column.title} {shown(cell.value)}"
        for at, (column, cell) in enumerate(zip(columns, line, strict=True))
        if at != main and cell.value is not None
    ]
    return shown(line[main].value), " · ".join(told)
