"""A table of a form as Qt shows it: read only, a touch on a figure finds its sessions."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.areas.forms.form import Align, FormCell, FormTable, shown
from ui.theme import look, tokens

Index = QModelIndex | QPersistentModelIndex
_ALIGN = {
    Align.START: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.MIDDLE: Qt.AlignmentFlag.AlignCenter,
    Align.END: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}


class FormModel(QAbstractTableModel):
    """Read-only."""

    def __init__(self, table: FormTable) -> None:
        super().__init__()
        self._table = table
        self._lines = table.lines

    def cell(self, index: Index) -> FormCell:
        """What stands there."""
        return self._lines[index.row()][index.column()]

    def rowCount(self, parent: Index | None = None) -> int:
        """All lines, the total last."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """Those of the form."""
        return 0 if parent is not None and parent.isValid() else len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's words, place and face."""
        if not index.isValid():
            return None
        cell, column = self.cell(index), self._table.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(cell.value)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_ALIGN[column.align])
        is_total = self._table.total is not None and index.row() == len(self._lines) - 1
        if role == Qt.ItemDataRole.FontRole and is_total:
            return look.font(look.scaled(tokens.OPERATOR.body), 700)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title} {shown(cell.value)}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The words above a column, where its values stand."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self._table.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_ALIGN[column.align])
        return column.title if role == Qt.ItemDataRole.DisplayRole else None
