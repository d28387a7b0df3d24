"""The grid of names: tiles as large as the place allows, scrolling only when it must.

Tiles keep their order and place; only ``show_tiles`` with other people moves them.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QScroller, QWidget

from app.domain.ids import PersonId
from ui.theme import look, tokens
from ui.widgets.panel import label
from ui.widgets.tile_paint import Dress
from ui.widgets.tiles.name_tile import NameTile, TileState

LEAST_WIDTH, LEAST_HEIGHT, NOTED_HEIGHT, LONG_HEIGHT = 112, 58, 69, 86
LONG_NAME = 6
"""A name of more signs stands in two lines."""
UNDER_PX = 18
MOST_WIDTH, MOST_HEIGHT = 320, 132
GAP = 12
BEST_SHAPE = 2.4
FIRST = Dress(tokens.CARD, tokens.PINE, tokens.INK, 4)


class NameShown(Struct, frozen=True):
    """One tile: ``under`` is a small second line, ``first`` what Enter would mark."""

    person: PersonId
    name: str
    under: str = ""
    state: TileState = TileState.NONE
    first: bool = False


class Fit(Struct, frozen=True):
    """How many columns, and how large a tile is (px)."""

    columns: int
    width: int
    height: int


def fit_tiles(
    count: int,
    width: int,
    height: int,
    factor: float = 1.0,
    least: tuple[int, int] = (0, 0),
) -> Fit:
    """Columns and tile size that fill ``width`` × ``height`` px; too many tiles may be higher.

    No tile is smaller than the design's at this factor, nor than ``least`` (real px).
    """
    gap = round(GAP * factor)
    least_w = max(round(LEAST_WIDTH * factor), least[0])
    least_h = max(round(LEAST_HEIGHT * factor), least[1])
    most_columns = max((width + gap) // (least_w + gap), 1)
    best: tuple[float, Fit] | None = None
    for columns in range(1, min(most_columns, max(count, 1)) + 1):
        rows = -(-max(count, 1) // columns)
        tile_w = (width - (columns - 1) * gap) // columns
        tile_h = min((height - (rows - 1) * gap) // rows, round(MOST_HEIGHT * factor))
        if tile_h < least_h:
            continue
        tile_w = min(tile_w, round(MOST_WIDTH * factor))
        shape = tile_w / tile_h
        rating = tile_w * tile_h * min(shape / BEST_SHAPE, BEST_SHAPE / shape)
        if best is None or rating > best[0]:
            best = (rating, Fit(columns, tile_w, tile_h))
    if best is not None:
        return best[1]
    return Fit(most_columns, (width - (most_columns - 1) * gap) // most_columns, least_h)


class RollTile(NameTile):
    """One name to touch; the one Enter would mark wears a thick border."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.shown = NameShown(PersonId(""), "")

    def show_name(self, shown: NameShown) -> None:
        """Show a person."""
        if shown != self.shown:
            self.shown = shown
            self.show_person(shown.name, shown.under, shown.state)
            self.update()  # it may wear another border only

    def dress(self) -> Dress:
        """Colours by standing."""
        return FIRST if self.shown.first else super().dress()


class NameGrid(QScrollArea):
    """Many names; ``touched`` tells whose tile was tapped."""

    touched = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        self.setWidget(self._inside)
        self._empty: QLabel = label("", "section", wrap=True)
        self._empty.setParent(self.viewport())
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._tiles: list[RollTile] = []
        self._count = 0
        self.setMinimumHeight(look.scaled(LEAST_HEIGHT + GAP))
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def show_tiles(self, names: tuple[NameShown, ...], empty: str) -> None:
        """Show these names, or the sentence ``empty`` when there is none."""
        while len(self._tiles) < len(names):
            tile = RollTile(self._inside)
            tile.clicked.connect(self._teller(tile))
            self._tiles.append(tile)
        for at, tile in enumerate(self._tiles):
            if at < len(names):
                tile.show_name(names[at])
            tile.setVisible(at < len(names))
        self._empty.setText(empty)
        self._empty.setVisible(not names)
        self._count = len(names)
        self._arrange()

    def tiles(self) -> tuple[RollTile, ...]:
        """The tiles shown now, in order."""
        return tuple(self._tiles[: self._count])

    def focus_first(self) -> None:
        """Let the keyboard walk in the grid."""
        if self._count:
            self._tiles[0].setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new place."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk from tile to tile."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._fit().columns,
            Qt.Key.Key_Down: self._fit().columns,
        }
        shown = self.tiles()
        at = next((number for number, tile in enumerate(shown) if tile.hasFocus()), None)
        step = steps.get(Qt.Key(event.key()))
        if at is None or step is None:
            super().keyPressEvent(event)
        elif 0 <= at + step < len(shown):
            shown[at + step].setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(shown[at + step])

    def sizeHint(self) -> QSize:
        """Room for a few rows."""
        return QSize(look.scaled(480), look.scaled(260))

    def _teller(self, tile: RollTile) -> Callable[[], None]:
        return lambda: self.touched.emit(tile.shown.person)

    def _least(self) -> tuple[int, int]:
        """The smallest tile (real px) in which the words shown now stay large enough."""
        metrics = QFontMetricsF(look.font(UNDER_PX))
        wide, high = 0, 0
        for shown in (tile.shown for tile in self.tiles()):
            wide = max(wide, round(metrics.horizontalAdvance(shown.under)) + 22)
            long = len(shown.name) > LONG_NAME
            noted = LONG_HEIGHT if long else NOTED_HEIGHT
            high = max(high, noted if shown.under else 0)
        return wide, high

    def _fit(self) -> Fit:
        factor, least = look.factor(), self._least()
        whole = self.contentsRect()
        found = fit_tiles(self._count, whole.width(), whole.height(), factor, least)
        rows = -(-self._count // found.columns)
        if rows * found.height + (rows - 1) * round(GAP * factor) > whole.height():
            bar = self.verticalScrollBar().sizeHint().width() + 4
            found = fit_tiles(self._count, whole.width() - bar, whole.height(), factor, least)
        return found

    def _arrange(self) -> None:
        place, gap = self._fit(), look.scaled(GAP)
        for at, tile in enumerate(self.tiles()):
            line, across = divmod(at, place.columns)
            spot = QRect(
                across * (place.width + gap), line * (place.height + gap), place.width, place.height
            )
            if tile.geometry() != spot:
                tile.setGeometry(spot)
        rows = -(-self._count // place.columns)
        self._inside.resize(
            max(place.columns * (place.width + gap) - gap, 0),
            max(rows * (place.height + gap) - gap, 0),
        )
        self._empty.setGeometry(self.viewport().rect())
