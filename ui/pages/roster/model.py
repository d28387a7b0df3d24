"""The roster as a table Qt can show: one row a person, no full number anywhere."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.areas.people.person import Person
from app.domain.ids import PersonId
from app.words import say

COLUMNS = ("name", "unit", "group", "kind", "born", "phone", "card", "standing")
Index = QModelIndex | QPersistentModelIndex


class RosterModel(QAbstractTableModel):
    """Read-only."""

    def __init__(self) -> None:
        super().__init__()
        self._people: tuple[Person, ...] = ()
        self._unchecked: frozenset[PersonId] = frozenset()
        self._branches: Mapping[str, str] = {}

    def show_people(
        self,
        people: tuple[Person, ...],
        unchecked: frozenset[PersonId] = frozenset(),
        branches: Mapping[str, str] | None = None,
    ) -> None:
        """Show other people; of those ``unchecked`` it is said. ``branches`` are names by id."""
        shown = (people, unchecked, branches or {})
        if shown == (self._people, self._unchecked, self._branches):
            return
        self.beginResetModel()
        self._people, self._unchecked, self._branches = shown
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """One row a person."""
        return 0 if parent is not None and parent.isValid() else len(self._people)

    def columnCount(self, parent: Index | None = None) -> int:
        """Fixed columns."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The words of one cell."""
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        person, column = self._people[index.row()], COLUMNS[index.column()]
        if column == "unit":
            named = (self._branches[one] for one in person.units if one in self._branches)
            return next(named, "")
        told = _cell(person, column)
        if column == "standing" and person.id in self._unchecked:
            return "、".join(part for part in (told, say("people.unchecked")) if part)
        return told

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        """The words above a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return say(f"op.roster.{COLUMNS[section]}")


def _cell(person: Person, column: str) -> str:
    cells = {
        "name": person.name,
        "group": person.group,
        "kind": say(f"kind.{person.kind.value}"),
        "born": str(person.birth_year or ""),
        "phone": f"****{person.phone_tail}" if person.phone_tail else "",
        "card": say("op.roster.has_card") if person.card_no else "",
        "standing": "、".join(say(f"standing.{one.kind.value}") for one in person.standings),
    }
    return cells[column]
