"""A wall of large tiles in pages: no scrolling, places never move while a page is shown.

The grid is chosen so that the tiles are as large as the room allows; all pages of one
wall share it, so the eye learns where things are.
"""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.tiles.name_tile import ICON_SHARE, NAME_PART, TIGHT, NameTile, TileState

MOST_TILES = 42
AHEAD = 24
"""Tiles made with the wall: whoever opens it first does not wait for them."""
_NAME_SIGNS = 4.3
"""Width of a usual name with its tick, in signs; longer ones wrap."""
_AIR_SIGNS = 0.6
_PAD = 20
_LONG_FLOOR_PX = 24
_NAME_SHARE = 0.42
"""How much of a tile's height a name in one line may take, so that two lines fit too."""


class WallTile(Struct, frozen=True):
    """One tile: ``key`` comes back when it is tapped."""

    key: str
    name: str
    note: str = ""
    state: TileState = TileState.NONE


class Grid(Struct, frozen=True):
    """How a wall is laid out: columns, rows, and the largest name size (real px)."""

    columns: int
    rows: int
    name_px: float

    @property
    def capacity(self) -> int:
        """Tiles on one page."""
        return self.columns * self.rows


class WallArea(Struct, frozen=True):
    """What a wall has: its size, the floor of a tile, the gap between tiles (real px)."""

    width: int
    height: int
    tile: int
    gap: int


class Longest(Struct, frozen=True):
    """The longest name of a wall: signs in its wider line of two, and whether it has a note."""

    signs: float
    noted: bool


NONE_LONG = Longest(0.0, noted=False)


class TileWall(QWidget):
    """``chosen(key)`` when a tile is tapped; ``turned`` when page or number of pages changed."""

    chosen = Signal(str)
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.tiles = [self._new_tile() for _ in range(AHEAD)]
        self._all: tuple[WallTile, ...] = ()
        self._page = 0
        self._tile_px, self._gap, self._name_px, self._floor_px = 96, 20, 96.0, 36.0
        self._grid = Grid(1, 1, 40)

    @property
    def page(self) -> int:
        """The page shown, from 0."""
        return self._page

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(-(-len(self._all) // self._grid.capacity), 1)

    def measure(self, tile_px: int, gap: int, name_px: float, floor_px: float) -> None:
        """Tiles at least ``tile_px`` high, ``gap`` between; names from ``floor_px`` to ``name_px``."""
        lengths = (tile_px, gap, name_px, floor_px)
        if lengths != (self._tile_px, self._gap, self._name_px, self._floor_px):
            self._tile_px, self._gap, self._name_px, self._floor_px = lengths
            self._lay_out()

    def show_tiles(self, tiles: tuple[WallTile, ...]) -> None:
        """Show these; with the same keys as before the page stays."""
        if tiles == self._all:
            return
        if [one.key for one in tiles] != [one.key for one in self._all]:
            self._page = 0
        self._all = tiles
        self._lay_out()

    def turn(self, pages: int) -> None:
        """Go so many pages on (negative: back), as far as there are any."""
        page = min(max(self._page + pages, 0), self.pages - 1)
        if page != self._page:
            self._page = page
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the grid anew."""
        super().resizeEvent(event)
        self._lay_out()

    def minimumSizeHint(self) -> QSize:
        """At least one tile."""
        return QSize(self._tile_px, self._tile_px)

    def _lay_out(self) -> None:
        first = self._page * self._grid.capacity
        room = WallArea(self.width(), self.height(), self._tile_px, self._gap)
        self._grid = best_grid(
            len(self._all), room, self._name_px, self._floor_px, longest_of(self._all)
        )
        if first:
            self._page = min(self._page, self.pages - 1)
        shown = self._all[self._page * self._grid.capacity :][: self._grid.capacity]
        while len(self.tiles) < len(shown):
            self.tiles.append(self._new_tile())
        for number, tile in enumerate(self.tiles):
            tile.setVisible(number < len(shown))
            if number < len(shown):
                one = shown[number]
                tile.setProperty("key", one.key)
                tile.show_person(one.name, one.note, one.state)
                tile.set_name_px(self._grid.name_px)
                tile.setGeometry(self._place(number))
                if self.isVisible():  # before, its size is not yet the true one
                    tile.fitted()  # worked out now, so that painting them all is short
        self.turned.emit()

    def _new_tile(self) -> NameTile:
        tile = NameTile(parent=self)
        tile.hide()
        tile.clicked.connect(lambda _on=False, tile=tile: self.chosen.emit(tile.property("key")))
        return tile

    def _place(self, number: int) -> QRect:
        row, column = divmod(number, self._grid.columns)
        wide = (self.width() - self._gap * (self._grid.columns - 1)) / self._grid.columns
        high = (self.height() - self._gap * (self._grid.rows - 1)) / self._grid.rows
        high = min(high, max(self._grid.name_px * 3.4, self._tile_px))
        block = high * self._grid.rows + self._gap * (self._grid.rows - 1)
        left = round(column * (wide + self._gap))
        top = round((self.height() - block) / 2 + row * (high + self._gap))
        return QRect(left, top, int(wide), int(high))


def signs_in_two_lines(name: str) -> float:
    """How wide a name is in its better break into two lines, in signs."""
    half = -(-len(name) // 2)
    at_dots = [max(at + 1, len(name) - at - 1) for at, sign in enumerate(name) if sign in "·•"]
    return min([half * 1.3, *at_dots]) if at_dots else float(half)


def longest_of(tiles: tuple[WallTile, ...]) -> Longest:
    """What the longest name of a wall asks for."""
    long = [one for one in tiles if len(one.name) > _NAME_SIGNS]
    return Longest(
        max((signs_in_two_lines(one.name) for one in long), default=0.0),
        any(one.note for one in long),
    )


def best_grid(
    count: int, room: WallArea, name_px: float, floor_px: float, longest: Longest = NONE_LONG
) -> Grid:
    """The grid with the largest names for ``count`` tiles, at most 42 on a page.

    Below ``floor_px`` more pages are better than smaller names; the ``longest``
    name must still have 22 px in two lines.
    """
    long_wide = longest.signs * _LONG_FLOOR_PX / (1 - ICON_SHARE * 1.6) + _PAD
    floor_wide = max(room.tile, floor_px * (_NAME_SIGNS + _AIR_SIGNS) + _PAD, long_wide)
    most_columns = _as_many(room.width, floor_wide, room.gap, 7)
    long_high = 0.0
    if longest.signs:
        long_high = 2 * _LONG_FLOOR_PX * TIGHT / (NAME_PART if longest.noted else 1) + _PAD
    floor_high = max(room.tile, floor_px / _NAME_SHARE, long_high)
    most_rows = _as_many(room.height, floor_high, room.gap, MOST_TILES // most_columns)
    wanted = min(max(count, 1), most_columns * most_rows)
    grids = [
        Grid(columns, rows, _name_size(room, columns, rows, name_px))
        for columns in range(1, most_columns + 1)
        for rows in range(1, most_rows + 1)
        if columns * rows >= wanted
    ]

    if not grids:
        return Grid(most_columns, most_rows, floor_px)
    largest = max(grid.name_px for grid in grids)

    def worth(grid: Grid) -> tuple[int, float]:
        return (-grid.capacity, grid.name_px)

    # A full last row is worth some size, more so when the tiles are few and large anyway.
    share = 0.66 if count <= 4 else 0.84
    return max((grid for grid in grids if grid.name_px >= largest * share), key=worth)


def _as_many(length: int, floor_px: float, gap: int, most: int) -> int:
    return min(max(int((length + gap) // (floor_px + gap)), 1), max(most, 1))


def _name_size(room: WallArea, columns: int, rows: int, ceiling: float) -> float:
    wide = (room.width - room.gap * (columns - 1)) / columns
    high = (room.height - room.gap * (rows - 1)) / rows
    return max(min((wide - _PAD) / (_NAME_SIGNS + _AIR_SIGNS), high * _NAME_SHARE, ceiling), 12.0)
