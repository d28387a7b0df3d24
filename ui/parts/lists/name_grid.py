"""The grid of names: one size of tile, headings in between, scrolling only when it must.

The layout is made once for the people it was gathered for. A mark, a word below a name or
somebody who comes to stand at the end changes no tile's place or size; only another
``gathered`` or another size of the grid does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QScroller, QWidget

from app.domain.ids import PersonId
from ui.theme import look, tokens
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.panel import label
from ui.widgets.tap import TapPart
from ui.widgets.tile_paint import MUTED, Dress
from ui.widgets.tiles.name_tile import NameTile, TileState

LEAST_WIDTH, LEAST_HEIGHT, NOTED_HEIGHT = 92, 44, 54
LEAST_PX = 116
"""No tile is narrower (real px): four signs and a tick."""
LONG_NAME = 6
"""A name of more signs takes two places side by side."""
UNDER_PX = 18
MOST_WIDTH, MOST_HEIGHT = 320, 110
GAP = 12
"""Between tiles, real px: enough for a finger at every size."""
BEST_SHAPE = 2.4
ROOM_FOR_MORE = 1.1
"""Places are laid out for so many times the people, so that visitors change nothing."""
FIRST = Dress(tokens.CARD, tokens.PINE, tokens.INK, 4)
HEAD = Dress(tokens.PINE_TINT, tokens.PINE, tokens.INK)
READ = Dress(tokens.CARD, tokens.CARD, tokens.PINE, 0)


class NameShown(Struct, frozen=True):
    """One tile: ``under`` is a small second line, ``first`` what Enter would mark.

    Without a ``person`` it is a heading.
    """

    person: PersonId
    name: str
    under: str = ""
    state: TileState = TileState.NONE
    first: bool = False
    begins: bool = False
    """Whether a row begins with it."""

    @property
    def span(self) -> int:
        """How many places it takes."""
        return 2 if self.person and len(self.name) > LONG_NAME else 1


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
    least_w = max(round(LEAST_WIDTH * factor), least[0])
    least_h = max(round(LEAST_HEIGHT * factor), least[1])
    most_columns = max((width + GAP) // (least_w + GAP), 1)
    best: tuple[float, Fit] | None = None
    for columns in range(1, min(most_columns, max(count, 1)) + 1):
        rows = -(-max(count, 1) // columns)
        tile_w = (width - (columns - 1) * GAP) // columns
        tile_h = min((height - (rows - 1) * GAP) // rows, round(MOST_HEIGHT * factor))
        if tile_h < least_h:
            continue
        tile_w = min(tile_w, round(MOST_WIDTH * factor))
        shape = tile_w / tile_h
        rating = tile_w * tile_h * min(shape / BEST_SHAPE, BEST_SHAPE / shape)
        if best is None or rating > best[0]:
            best = (rating, Fit(columns, tile_w, tile_h))
    if best is not None:
        return best[1]
    return Fit(most_columns, (width - (most_columns - 1) * GAP) // most_columns, least_h)


class RollTile(NameTile):
    """One name to touch: grey with a tick once here; Enter's choice has a thick border."""

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
        if self.shown.first:
            return FIRST
        here = self.state in (TileState.ARRIVED, TileState.LATE)
        return MUTED if here else super().dress()

    def _icon_side(self, place: QRectF) -> float:
        """A tick that is seen from afar: being here changes little else."""
        return min(self._ceiling(), place.height() * 0.5, place.width() * 0.17)

    def _places(self, place: QRectF) -> tuple[QRectF, QRectF]:
        """The note has half the height: a tile is low, and grows by no word."""
        name, note = super()._places(place)
        if self.note:
            middle = place.center().y()
            name = QRectF(name.left(), place.top() + 4, name.width(), middle - place.top() - 4)
            note = QRectF(note.left(), middle, note.width(), place.bottom() - middle - 4)
            return name, note
        return name.adjusted(0, -3, 0, 3), note


class GroupHead(TapPart):
    """The heading of a group; if it ``leads``, touching it shows only this group."""

    def __init__(self, parent: QWidget, *, leads: bool) -> None:
        super().__init__("", parent=parent)
        self.setEnabled(leads)
        self.words = ""

    def show_words(self, words: str) -> None:
        """Say which group, and how many of it are here."""
        if words != self.words:
            self.words = words
            self.setAccessibleName(words)
            self.update()

    def dress(self) -> Dress:
        """A frame where it can be touched."""
        return HEAD if self.isEnabled() else READ

    def content(self) -> str:
        """See ``TapPart``."""
        return self.words

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """Two lines in the middle."""
        wish = Setting(look.scaled(tokens.OPERATOR.body), 600, 2, 1.1)
        inside = place.adjusted(3, 1, -3, -1)
        fitted = fit(self.words, inside.width(), inside.height(), wish)
        paint_fitted(painter, inside, fitted, dress.text, 600)


class NameGrid(QScrollArea):
    """Many names; ``touched`` tells whose tile was tapped, ``head_touched`` which heading."""

    touched = Signal(str)
    head_touched = Signal(str)
    heads_lead = False
    """Whether a heading can be touched."""

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
        self._heads: list[GroupHead] = []
        self._shown: tuple[NameShown, ...] = ()
        self._laid: tuple[object, ...] = ()
        self._fit = Fit(1, 1, 1)
        self.setMinimumHeight(look.scaled(LEAST_HEIGHT) + GAP)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def show_tiles(self, names: tuple[NameShown, ...], empty: str, gathered: object = None) -> None:
        """Show these names, or the sentence ``empty`` when there is none.

        While ``gathered`` is the same, they are the same people, and more at the end at most.
        """
        people = tuple(one for one in names if one.person)
        while len(self._tiles) < len(people):
            tile = RollTile(self._inside)
            tile.clicked.connect(self._teller(tile))
            self._tiles.append(tile)
        while len(self._heads) < len(names) - len(people):
            self._heads.append(self._new_head())
        for at, tile in enumerate(self._tiles):
            if at < len(people):
                tile.show_name(people[at])
            tile.setVisible(at < len(people))
        self._empty.setText(empty)
        self._empty.setVisible(not names)
        anew = self._laid[:1] != (gathered,) or gathered is None
        self._shown = names
        if anew:
            self._laid = (gathered,)
            self._inside.move(0, 0)
        self._arrange()

    def tiles(self) -> tuple[RollTile, ...]:
        """The tiles shown now, in order."""
        return tuple(self._tiles[: sum(bool(one.person) for one in self._shown)])

    def in_sight(self) -> tuple[RollTile, ...]:
        """The tiles of which all is seen."""
        port = self.viewport().rect()
        at = self._inside.pos()
        return tuple(one for one in self.tiles() if port.contains(one.geometry().translated(at)))

    def focus_first(self) -> None:
        """Let the keyboard walk in the grid."""
        if self.tiles():
            self._tiles[0].setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new place."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk from tile to tile."""
        shown = self.tiles()
        at = next((number for number, tile in enumerate(shown) if tile.hasFocus()), None)
        to = None if at is None else self._neighbour(shown[at], Qt.Key(event.key()), at)
        if to is None:
            super().keyPressEvent(event)
        elif 0 <= to < len(shown):
            shown[to].setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(shown[to])

    def sizeHint(self) -> QSize:
        """Room for a few rows."""
        return QSize(look.scaled(480), look.scaled(260))

    def _teller(self, tile: RollTile) -> Callable[[], None]:
        return lambda: self.touched.emit(tile.shown.person)

    def lead_by_heads(self, *, on: bool) -> None:
        """Whether headings can be touched."""
        if on != self.heads_lead:
            self.heads_lead = on
            for head in self._heads:
                head.setEnabled(on)
                head.update()

    def _new_head(self) -> GroupHead:
        head = GroupHead(self._inside, leads=self.heads_lead)
        head.clicked.connect(lambda: self.head_touched.emit(head.words))
        return head

    def _neighbour(self, tile: RollTile, key: Qt.Key, at: int) -> int | None:
        """The tile beside, or the nearest of the row above or below."""
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return at + (1 if key == Qt.Key.Key_Right else -1)
        if key not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return None
        down = self._fit.height + GAP
        top = tile.y() + (down if key == Qt.Key.Key_Down else -down)
        row = [
            (abs(one.x() - tile.x()), to) for to, one in enumerate(self.tiles()) if one.y() == top
        ]
        return min(row)[1] if row else -1

    def _least(self) -> tuple[int, int]:
        """The smallest tile (real px) in which the notes of what was looked for stay large enough."""
        metrics = QFontMetricsF(look.font(UNDER_PX))
        notes = [one.under for one in self._shown if one.under]
        wide = max((round(metrics.horizontalAdvance(one)) + 22 for one in notes), default=0)
        return max(LEAST_PX, wide), max(NOTED_HEIGHT, look.scaled(LEAST_HEIGHT))

    def _refit(self) -> None:
        """Choose the size of the tiles, unless these people are laid out in this place already."""
        whole = self.contentsRect()
        place = (*self._laid[:1], whole.size().toTuple(), look.factor())
        if place == self._laid and self._laid[0] is not None:
            return
        self._laid = place
        count = sum(one.span for one in self._shown)
        heads = any(not one.person for one in self._shown)
        count = round(count * ROOM_FOR_MORE) if heads else count
        factor, least = look.factor(), self._least()
        self._fit = fit_tiles(count, whole.width(), whole.height(), factor, least)
        rows = max(-(-count // self._fit.columns), self._lines())
        if rows * self._fit.height + (rows - 1) * GAP > whole.height():
            bar = self.verticalScrollBar().sizeHint().width() + 4
            self._fit = fit_tiles(count, whole.width() - bar, whole.height(), factor, least)

    def _lines(self) -> int:
        """How many rows there are: a heading begins one, whatever is left of the last."""
        return len({spot.top() for _one, spot in self._spots()})

    def _spots(self) -> Iterator[tuple[NameShown, QRect]]:
        fit = self._fit
        line = across = 0
        for one in self._shown:
            span = min(one.span, fit.columns)
            full = fit.columns if one.person else fit.columns - 1
            if across and (one.begins or across + span > full):
                line, across = line + 1, 0
            wide = span * fit.width + (span - 1) * GAP
            left, top = across * (fit.width + GAP), line * (fit.height + GAP)
            yield one, QRect(left, top, wide, fit.height)
            across += span

    def _arrange(self) -> None:
        self._refit()
        tiles, heads = iter(self._tiles), iter(self._heads)
        size = QRect()
        for one, spot in self._spots():
            part: QWidget = next(tiles) if one.person else next(heads)
            if isinstance(part, GroupHead):
                part.show_words(one.name)
                part.show()
            if part.geometry() != spot:
                part.setGeometry(spot)
            size = size.united(spot)
        for spare in heads:
            spare.hide()
        if self._inside.size() != size.size():
            self._inside.resize(size.size())
        self._empty.setGeometry(self.viewport().rect())
