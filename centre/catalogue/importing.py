"""Reading rows from a sheet: first what would change is told, row by row, then it is done as one act.

The file is opened as rosters are, so that what a messy or hostile one can do is bounded. A row is
found again by its id, else by its name within its site. A row that is not in the file stays as it
is; a column that is not in the file changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.domain.errors import BadInput, Refusal
from app.domain.values import dataclass
from app.domain.written_forms import match_form
from app.wire.foreign_files import printable
from centre.catalogue.acts import (
    RowChange,
    book_of,
    carry_out,
    lock_catalogue,
    new_row_id,
    of_site,
    settled,
)
from centre.catalogue.acts_kept import IMPORT, UNDO, act_to_undo
from centre.catalogue.fields import FieldType, RowKind, row_kind
from centre.catalogue.headings import ID, SCOPE, column_named, heading, is_field
from centre.catalogue.names import NameBook
from centre.catalogue.rows import ListedRow, one_row, rows_of, scope_named, scope_of, told_apart
from centre.catalogue.sheets import Cell, Sheet, cell_name, error_in, open_sheets, text_of
from centre.catalogue.texts import SEPARATOR, is_list, read_field, rule_of
from centre.service import Centre

_Cells = dict[str, list[tuple[int, Cell]]]
_MOST_ROWS = 5_000
_CUT_AT = 500
"""Characters of a cell at which the opener of sheets cuts it."""
_HEADER_WITHIN = 15


@dataclass(frozen=True, slots=True)
class FaultyCell:
    """What can't be read: the row as on the screen, the cell ("B3") and why."""

    sheet: str
    row: int
    cell: str
    why: Refusal


@dataclass(frozen=True, slots=True)
class RowsRead:
    """What a file would change, or did."""

    kind: str
    changes: tuple[RowChange, ...]
    same: int
    faults: tuple[FaultyCell, ...]
    columns: tuple[str, ...]
    ignored: tuple[str, ...]
    number: int | None = None
    """The act, once it was done."""

    @property
    def added(self) -> tuple[RowChange, ...]:
        """New rows."""
        return tuple(one for one in self.changes if one.before is None)

    @property
    def stopped(self) -> tuple[RowChange, ...]:
        """Rows that are stopped by it."""
        return tuple(
            one
            for one in self.changes
            if one.before is not None and one.after.stopped and not one.before.stopped
        )

    @property
    def changed(self) -> tuple[RowChange, ...]:
        """Rows that become otherwise and go on."""
        stopped = self.stopped
        return tuple(one for one in self.changes if one.before is not None and one not in stopped)


def import_rows(
    centre: Centre,
    kind: str,
    path: Path,
    *,
    apply: bool,
    site: str = "",
    township: str = "",
    by: str = "",
) -> RowsRead:
    """Say what a file's rows would change, or change it when all of them can be read.

    Raises:
        NotFound: there is no such kind or site.
        BadInput: the file can't be opened or has no headings.
    """
    declared = row_kind(kind)
    sheets = open_sheets(path)
    with centre.store.writing() as tx:
        lock_catalogue(tx)
        home = scope_of(tx, declared, site, township)
        known = sorted(rows_of(tx, kind), key=lambda one: not one.value.stopped)
        reader = _SheetRows(
            declared,
            tx,
            home,
            book_of(centre, tx),
            by_id={one.place: one for one in known},
            by_name={(one.scope, *told_apart(declared, one.value)): one for one in known},
        )
        for sheet in sheets:
            if sheet.visible and sheet.is_table:
                reader.read_sheet(sheet)
        read = reader.gathered()
        if apply and read.changes and not read.faults:
            about = printable(path.name)
            number = carry_out(tx, centre, IMPORT, read.changes, about=about, by=by)
            read = replace(read, number=number)
    return read


def undo_import(centre: Centre, kind: str, *, by: str = "") -> tuple[str, tuple[RowChange, ...]]:
    """Take the last import of a kind back as one act: its file's name, and what became of rows.

    Raises:
        NotFound: there is none.
        BadInput: it is more than a day old, or rows of it were changed since.
    """
    declared = row_kind(kind)
    with centre.store.writing() as tx:
        lock_catalogue(tx)
        act = act_to_undo(tx, kind, IMPORT, centre.now_ms())
        changes = []
        for was in act.rows:
            now = one_row(tx, kind, was.scope, was.id)
            if now is None:
                continue
            before = was.value(declared)
            after = replace(now.value, stopped=True) if before is None else before
            changes.append(RowChange(kind, was.scope, was.id, now.value, after))
        carry_out(tx, centre, UNDO, changes, about=act.about, by=by)
    return act.about, tuple(changes)


@dataclass(slots=True)
class _SheetRows:
    """Reads the rows of one file against what is there."""

    kind: RowKind
    tx: Connection
    home: str
    book: NameBook
    by_id: Mapping[tuple[str, ...], ListedRow]
    by_name: Mapping[tuple[str, ...], ListedRow]
    changes: dict[tuple[str, str], RowChange] = field(default_factory=dict)
    faults: list[FaultyCell] = field(default_factory=list)
    seen: dict[tuple[str, ...], tuple[int, Any]] = field(default_factory=dict)
    same: int = 0
    columns: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    rows: int = 0
    has_header: bool = False

    def read_sheet(self, sheet: Sheet) -> None:
        """Read one sheet, if it has headings."""
        found = _header(self.kind, sheet)
        if found is None:
            return
        place, columns, ignored = found
        self.has_header = True
        self.columns += [one for one in columns.values() if one not in self.columns]
        self.ignored += [one for one in ignored if one not in self.ignored]
        for row in range(place + 1, len(sheet.rows)):
            line = sheet.rows[row]
            cells: _Cells = {}
            for column, name in columns.items():
                if column < len(line):
                    cells.setdefault(name, []).append((column, line[column]))
            shown = [(name, text_of(cell)) for name, its in cells.items() for _, cell in its]
            written = [(name, text) for name, text in shown if text]
            if written and any(column_named(self.kind, text) != name for name, text in written):
                self.rows += 1
                self._read_row(sheet, row, columns, cells)

    def gathered(self) -> RowsRead:
        """All of it.

        Raises:
            BadInput: no sheet has headings, or there are too many rows.
        """
        if not self.has_header:
            needed = "、".join(heading(self.kind, one) for one in _needed(self.kind))
            raise BadInput("centre.rows_no_header", needed=needed)
        if self.rows > _MOST_ROWS:
            raise BadInput("centre.rows_many", count=self.rows, most=_MOST_ROWS)
        return RowsRead(
            self.kind.kind,
            tuple(self.changes.values()),
            self.same,
            tuple(self.faults),
            tuple(heading(self.kind, one) for one in self.columns),
            tuple(self.ignored),
        )

    def _read_row(self, sheet: Sheet, row: int, columns: Mapping[int, str], cells: _Cells) -> None:
        before = len(self.faults)
        texts = {name: self._text(sheet, row, its) for name, its in cells.items()}
        texts |= {name: "" for name in columns.values() if name not in texts}
        places = {name: its[0][0] for name, its in cells.items()}
        scope = self.home
        values: dict[str, Any] = {}
        for name, text in texts.items():
            try:
                one = is_field(self.kind, name)
                if one is not None:
                    values[name] = read_field(self.kind, one, text, self.book)
                    if one.type is FieldType.LESSONS:
                        values["rule"] = rule_of(text, self.book)
                elif name == SCOPE and text:
                    scope = scope_named(self.tx, self.kind, text)
            except Refusal as wrong:
                self._fault(sheet, row, places.get(name, 0), wrong)
        if len(self.faults) == before:
            self._take(sheet, row, scope, texts.get(ID, "") if self.kind.makes_ids else "", values)

    def _text(self, sheet: Sheet, row: int, cells: Sequence[tuple[int, Cell]]) -> str:
        """What the columns of one field hold together."""
        found = []
        for column, cell in cells:
            error = error_in(cell)
            text = _written(cell)
            if error is not None:
                error = BadInput("centre.field_formula", value=text[:40])
            elif len(text) >= _CUT_AT:
                error = BadInput("centre.field_long", most=_CUT_AT)
            if error is not None:
                self._fault(sheet, row, column, error)
            elif text:
                found.append(text)
        return SEPARATOR.join(found)

    def _take(self, sheet: Sheet, row: int, scope: str, key: str, values: dict[str, Any]) -> None:
        was = self._found(scope, key, values)
        if was is None:
            given = {"id": key or new_row_id(self.kind)} if self.kind.makes_ids else {}
            value = of_site(self.kind.value(**given, **values), scope)
        else:
            values.setdefault("stopped", False)
            if "rule" in values and values["lessons"] == was.value.lessons:
                del values["rule"]  # written out as dates it is still the same timetable
            value = settled(was.value, replace(was.value, **values))
        mark = (scope, *told_apart(self.kind, value))
        other = self.seen.setdefault(mark, (row + 1, replace(value, id="")))
        if other[0] != row + 1:
            if other[1] != replace(value, id=""):
                self._fault(sheet, row, 0, BadInput("centre.rows_double", other=other[0]))
            return
        if was is not None and value == was.value:
            self.same += 1
            return
        change = RowChange(
            self.kind.kind, scope, value.id, None if was is None else was.value, value
        )
        self.changes[scope, value.id] = change

    def _found(self, scope: str, key: str, values: dict[str, Any]) -> ListedRow | None:
        if key and (scope, key) in self.by_id:
            return self.by_id[scope, key]
        named = (match_form(str(values.get(one, ""))) for one in self.kind.named_by)
        return self.by_name.get((scope, *named))

    def _fault(self, sheet: Sheet, row: int, column: int, why: Refusal) -> None:
        self.faults.append(FaultyCell(sheet.name, row + 1, cell_name(row, column), why))


def _header(kind: RowKind, sheet: Sheet) -> tuple[int, dict[int, str], list[str]] | None:
    """The row of headings: it has every column a row needs, and most of its cells are known."""
    for place, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        columns: dict[int, str] = {}
        ignored = []
        for column, cell in enumerate(row):
            text = text_of(cell)
            name = column_named(kind, text) if text else None
            is_further = name in columns.values()
            several = is_field(kind, name) if name else None
            if name and (not is_further or (several is not None and is_list(several))):
                columns[column] = name
            elif text:
                ignored.append(text[:40])
        if set(_needed(kind)) <= set(columns.values()) and len(ignored) <= len(columns) + 3:
            return place, columns, ignored
    return None


def _needed(kind: RowKind) -> tuple[str, ...]:
    return tuple(one.name for one in kind.fields if one.required)


def _written(cell: Cell) -> str:
    """A cell's text, where new lines still part the things in it."""
    if isinstance(cell, str) and "\n" in cell:
        return "\n".join(text_of(one) for one in cell.splitlines())
    return text_of(cell)
