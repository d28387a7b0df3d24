"""Statements compiled once and run on the driver's own cursor: what every sign-in does.

SQLAlchemy still writes the SQL, from the one definition of the tables; only its work at each
run is saved, which is four fifths of a small statement's time. That is fair because every
column here is text, a whole number or bytes, and the driver gives those as they are.
Use inside a transaction that is already begun.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Executable, Select, Table
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.sql.elements import ClauseElement

_DIALECT = SQLiteDialect(paramstyle="named")


def _row_class(names: list[str]) -> Any:
    return namedtuple("Row", names)


class Prepared:
    """One statement; values are given by the names of its bound parameters.

    ``columns`` are those an INSERT fills. Raises the driver's errors, which
    ``app.store.engine.SqliteError`` names.
    """

    __slots__ = ("_columns", "_fixed", "_row", "_statement", "_text")

    def __init__(self, statement: Executable, columns: Iterable[str] = ()) -> None:
        self._statement = statement
        self._columns = list(columns)
        self._text = ""
        self._fixed: dict[str, Any] = {}
        self._row: Any = None

    @classmethod
    def putting(cls, table: Table, columns: Iterable[str]) -> Prepared:
        """An INSERT that changes the row instead when there is one with its primary key."""
        keys = table.primary_key.columns.keys()
        adding = upsert(table)
        changed = {name: adding.excluded[name] for name in columns if name not in keys}
        return cls(adding.on_conflict_do_update(index_elements=keys, set_=changed), columns)

    def run(self, conn: Connection, values: Mapping[str, object]) -> Any:
        """Run it; the driver's cursor comes back."""
        if not self._text:
            self._compile()
        driver: Any = conn.connection.driver_connection
        return driver.execute(self._text, {**self._fixed, **values} if self._fixed else values)

    def run_many(self, conn: Connection, rows: Iterable[Mapping[str, object]]) -> None:
        """Run it once for each of ``rows``."""
        if not self._text:
            self._compile()
        driver: Any = conn.connection.driver_connection
        driver.executemany(self._text, [{**self._fixed, **row} for row in rows])

    def one(self, conn: Connection, values: Mapping[str, object]) -> Any | None:
        """The first row, with its columns as attributes, or None."""
        row = self.run(conn, values).fetchone()
        return None if row is None else self._row._make(row)

    def all(self, conn: Connection, values: Mapping[str, object]) -> list[Any]:
        """All rows, with their columns as attributes."""
        found = self.run(conn, values).fetchall()
        return [self._row._make(row) for row in found]

    def as_row(self, values: Mapping[str, object]) -> Any:
        """A row as the statement would give it."""
        if not self._text:
            self._compile()
        return self._row(**values)

    def _compile(self) -> None:
        statement = self._statement
        if not isinstance(statement, ClauseElement):  # pragma: no cover - all of them are
            raise TypeError(type(statement).__name__)
        compiled = statement.compile(dialect=_DIALECT, column_keys=self._columns or None)
        self._fixed = {name: one for name, one in compiled.params.items() if one is not None}
        if isinstance(statement, Select):
            self._row = _row_class(statement.selected_columns.keys())
        self._text = str(compiled)
