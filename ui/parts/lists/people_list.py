"""Groups of people under a heading, names as touchable tiles in even rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.areas.attendance.marks import RosterStatus, Status
from app.areas.attendance.views import PersonCard
from app.domain.ids import PersonId
from app.words import say
from ui.state.formatting import clock_time
from ui.theme import look, tokens
from ui.widgets.tiles.name_tile import NameTile, TileState

TILE_WIDTH, TILE_HEIGHT, LONG_HEIGHT = 148, 72, 86
LONG_NAME = 6
"""A name of more signs stands in two lines."""

_STATES = {
    Status.PRESENT: TileState.ARRIVED,
    Status.LATE: TileState.LATE,
    Status.LATE_ENTRY: TileState.LATE,
    Status.ON_LEAVE: TileState.LEAVE,
}


class PersonShown(Struct, frozen=True):
    """One tile."""

    person: PersonId
    name: str
    note: str
    state: TileState


def person_shown(card: PersonCard) -> PersonShown:
    """A person with what stands below the name: late and entered say so, others the time."""
    parts = []
    if card.status in (Status.LATE, Status.LATE_ENTRY):
        parts.append(say(f"status.{card.status.value}"))
    if card.standpoint is RosterStatus.LEFT_OUT and card.left_out is not None:
        parts.append(say(f"standing.{card.left_out.value}"))
    if card.at_ms is not None and card.status is not None:
        parts.append(clock_time(card.at_ms))
    state = _STATES.get(card.status, TileState.NONE) if card.status else TileState.NONE
    return PersonShown(card.id, card.name, " ".join(parts) or card.group, state)


class PeopleTiles(QWidget):
    """Tiles in as many columns as fit; ``touched(person)`` is called when one is tapped."""

    def __init__(
        self, people: Sequence[PersonShown], touched: Callable[[PersonId], None] | None = None
    ) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.scaled(tokens.GAP))
        self.tiles: list[NameTile] = []
        long = any(len(one.name) > LONG_NAME for one in people)
        high = look.scaled(LONG_HEIGHT if long else TILE_HEIGHT)
        for one in people:
            tile = NameTile(one.name, one.note, one.state, name_px=look.scaled(24))
            tile.setFixedHeight(high)
            tile.setEnabled(touched is not None)
            if touched is not None:
                tile.clicked.connect(_teller(touched, one.person))
            self.tiles.append(tile)
        self._columns = 0
        self._arrange(4)

    def minimumSizeHint(self) -> QSize:
        """One column is enough."""
        return QSize(look.scaled(TILE_WIDTH), self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit."""
        super().resizeEvent(event)
        gap = look.scaled(tokens.GAP)
        fits = max((event.size().width() + gap) // (look.scaled(TILE_WIDTH) + gap), 1)
        self._arrange(fits)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(max(self._columns, columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for at, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, at // columns, at % columns)
        self.updateGeometry()


def _teller(touched: Callable[[PersonId], None], person: PersonId) -> Callable[[], None]:
    return lambda: touched(person)
