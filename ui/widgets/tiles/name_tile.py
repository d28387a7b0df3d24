"""One person as a tile: the name as large as it can be, in one or two lines, never cut."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.words import say
from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, TextFit, fit, paint_fitted
from ui.widgets.tap import TapPart
from ui.widgets.tile_paint import ARRIVED, MUTED, PLAIN, WAITING, Dress


class TileState(StrEnum):
    """How someone stands, as a tile shows it."""

    NONE = "none"
    ARRIVED = "arrived"
    LATE = "late"
    LEAVE = "leave"
    LEFT_OUT = "left_out"


_DRESSES = {
    TileState.NONE: PLAIN,
    TileState.ARRIVED: ARRIVED,
    TileState.LATE: ARRIVED,
    TileState.LEAVE: WAITING,
    TileState.LEFT_OUT: MUTED,
}
_ICONS = {
    TileState.ARRIVED: ("check", tokens.PINE),
    TileState.LATE: ("clock", tokens.PINE),
    TileState.LEAVE: ("leave", tokens.AMBER),
}


ICON_SHARE = 0.12
"""The most of a tile's width that the state's icon takes, without the air around it."""

NAME_PART = 0.6
"""The part of a tile's height that a name has when there is a note below."""
TIGHT = 1.16
"""Line height of a name in multiples of its size."""


class NameTile(TapPart):
    """``clicked`` when tapped. ``name_px`` is the largest the name may be (real px)."""

    def __init__(
        self,
        name: str = "",
        note: str = "",
        state: TileState = TileState.NONE,
        *,
        name_px: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._name_px = name_px
        self.name, self.note, self.state = "", "", TileState.NONE
        self.show_person(name, note, state)

    def show_person(self, name: str, note: str = "", state: TileState = TileState.NONE) -> None:
        """Show another person, or the same one in another state."""
        changed = (name, note, state) != (self.name, self.note, self.state)
        self.name, self.note, self.state = name, note, state
        spoken = [name, note, say(f"member.tile.{state.value}") if state != TileState.NONE else ""]
        self.setAccessibleName(" ".join(part for part in spoken if part))
        if changed:
            self.update()

    def set_name_px(self, px: float | None) -> None:
        """Let names grow up to ``px`` real pixels; None is the operator's tile size."""
        if px != self._name_px:
            self._name_px = px
            self.updateGeometry()
            self.update()

    def dress(self) -> Dress:
        """Tint by state."""
        return _DRESSES[self.state]

    def fitted(self) -> tuple[TextFit, TextFit | None]:
        """How name and note are set in the present size."""
        name_place, note_place = self._places(QRectF(self.rect()))
        name = fit(self.name, name_place.width(), name_place.height(), self._name_wish())
        if not self.note:
            return name, None
        return name, fit(self.note, note_place.width(), note_place.height(), self._note_wish())

    def sizeHint(self) -> QSize:
        """Room for three or four signs."""
        px = self._ceiling()
        return QSize(round(px * 6), round(px * (2.9 if self.note else 2.3)))

    def minimumSizeHint(self) -> QSize:
        """Room for a name in two lines at the smallest size allowed."""
        return QSize(look.scaled(96), look.scaled(tokens.CONTROL))

    def content(self) -> tuple[str, str, TileState, float]:
        """See ``TapPart``."""
        return self.name, self.note, self.state, self._ceiling()

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """Draw the state's icon, the name and the note."""
        name_place, note_place = self._places(place)
        name, note = self.fitted()
        mark = _ICONS.get(self.state)
        if mark is not None:
            side = self._icon_side(place)
            icon_place = QRectF(place.left() + side * 0.45, 0, side, side)
            icon_place.moveTop(name_place.center().y() - side / 2)
            paint_icon(painter, mark[0], mark[1], icon_place)
        paint_fitted(painter, name_place, name, dress.text, 600)
        if note is not None:
            paint_fitted(painter, note_place, note, dress.text)

    def _ceiling(self) -> float:
        return self._name_px or look.scaled(tokens.OPERATOR.section)

    def _name_wish(self) -> Setting:
        return Setting(self._ceiling(), 600, 2, TIGHT)

    def _note_wish(self) -> Setting:
        return Setting(max(self._ceiling() * 0.62, look.scaled(18)), 400, 1, 1.2)

    def _icon_side(self, place: QRectF) -> float:
        return min(self._ceiling() * 0.95, place.height() * 0.5, place.width() * ICON_SHARE)

    def _places(self, place: QRectF) -> tuple[QRectF, QRectF]:
        inner = place.adjusted(10, 6, -10, -6)
        if self.state in _ICONS:
            side = self._icon_side(place)
            inner.setLeft(place.left() + side * 1.6)
            if place.width() > side * 8:
                inner.setRight(place.right() - side * 0.8)
        if not self.note:
            return inner, QRectF()
        split = inner.height() * NAME_PART
        name = QRectF(inner.left(), inner.top(), inner.width(), split)
        below = QRectF(place.left() + 8, name.bottom(), place.width() - 16, inner.height() - split)
        return name, below
