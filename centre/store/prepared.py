"""Statements compiled once and run on the driver's own cursor: what every exchange asks.

SQLAlchemy still writes the SQL, from the one definition of the tables; its work at each run,
which costs more than a small statement does, is saved. A row's values are the driver's: on
SQLite a truth is 0 or 1. Use inside a transaction that is already begun.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Executable, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import ClauseElement

_AT_ONCE = 5_000


def _row_class(names: list[str]) -> Any:
    return namedtuple("Row", names, rename=True)


class Prepared:
    """One statement; values are given by the names of its bound parameters.

    ``lists`` are those of them that are "one of these": bindparams with ``expanding``.
    ``columns`` are those an INSERT fills; with ``once`` it leaves alone what is there already.
    Raises what SQLAlchemy raises: ``DBAPIError``.
    """

    __slots__ = ("_columns", "_compiled", "_lists", "_once", "_row", "_statement")

    def __init__(
        self,
        statement: Executable,
        columns: Iterable[str] = (),
        *,
        lists: Sequence[str] = (),
        once: bool = False,
    ) -> None:
        self._statement = statement
        self._columns = list(columns)
        self._once = once
        self._lists = lists
        self._compiled: dict[str, tuple[str, dict[str, Any]]] = {}
        self._row: Any = None

    def text(self, tx: Connection) -> str:
        """The statement as this connection's database is told it."""
        return self._of(tx)[0]

    def spelled(self, tx: Connection, values: Mapping[str, object]) -> tuple[str, dict[str, Any]]:
        """What the driver is given to run it: the statement, and the values by their names."""
        text, fixed = self._of(tx)
        given = {**fixed, **values}
        for name in self._lists:
            text = _spread(tx, text, name, given)
        return text, given

    def run(self, tx: Connection, values: Mapping[str, object]) -> Any:
        """Run it; the driver's cursor comes back."""
        text, given = self.spelled(tx, values)
        cursor = tx.connection.cursor()
        try:
            cursor.execute(text, given)
        except _driver_error(tx) as failed:
            raise _named(tx, text, failed) from failed
        return cursor

    def run_many(self, tx: Connection, rows: Sequence[Mapping[str, object]]) -> None:
        """Run it once for each of ``rows``."""
        if len(rows) < 2:  # one row costs a driver less by itself than in a batch
            for row in rows:
                self.run(tx, row)
            return
        text, fixed = self._of(tx)
        cursor = tx.connection.cursor()
        try:
            cursor.executemany(text, [{**fixed, **row} for row in rows])
        except _driver_error(tx) as failed:
            raise _named(tx, text, failed) from failed

    def one(self, tx: Connection, values: Mapping[str, object]) -> Any | None:
        """The first row, with its columns as attributes, or None."""
        row = self.run(tx, values).fetchone()
        return None if row is None else self._row._make(row)

    def all(self, tx: Connection, values: Mapping[str, object]) -> list[Any]:
        """All rows, with their columns as attributes; the one list, if any, may be long."""
        if len(self._lists) == 1:
            name = self._lists[0]
            listed: Any = values[name]
            return [
                self._row._make(row)
                for start in range(0, len(listed), _AT_ONCE)
                for row in self.run(
                    tx, {**values, name: listed[start : start + _AT_ONCE]}
                ).fetchall()
            ]
        return [self._row._make(row) for row in self.run(tx, values).fetchall()]

    def _of(self, tx: Connection) -> tuple[str, dict[str, Any]]:
        """The statement for this connection's database, and what is always given to it."""
        return self._compiled.get(tx.dialect.name) or self._compile(tx)

    def _compile(self, tx: Connection) -> tuple[str, dict[str, Any]]:
        statement = self._statement
        if not isinstance(statement, ClauseElement):  # pragma: no cover - all of them are
            raise TypeError(type(statement).__name__)
        dialect: Any = type(tx.dialect)
        named = dialect(paramstyle="named") if tx.dialect.name == "sqlite" else tx.dialect
        compiled = statement.compile(dialect=named, column_keys=self._columns or None)
        fixed = {name: one for name, one in compiled.params.items() if one is not None}
        if isinstance(statement, Select):
            self._row = _row_class(statement.selected_columns.keys())
        text = f"{compiled} ON CONFLICT DO NOTHING" if self._once else str(compiled)
        self._compiled[tx.dialect.name] = text, fixed
        return text, fixed


def _spread(tx: Connection, text: str, name: str, given: dict[str, Any]) -> str:
    """Put each value of a list into the statement under a name of its own."""
    listed = given.pop(name)
    given.update((f"{name}_{place}", one) for place, one in enumerate(listed))
    own = ":{}_{}" if tx.dialect.name == "sqlite" else "%({}_{})s"
    names = ", ".join(own.format(name, place) for place in range(len(listed)))
    return text.replace(f"__[POSTCOMPILE_{name}]", names or "NULL")


def _driver_error(tx: Connection) -> type[BaseException]:
    driver: Any = tx.dialect.dbapi
    error: type[BaseException] = driver.Error
    return error


def _named(tx: Connection, text: str, failed: BaseException) -> BaseException:
    """The driver's error as everybody else here knows it; a connection that broke is let go."""
    driver: Any = tx.dialect.dbapi
    if not isinstance(failed, Exception):  # pragma: no cover - no driver raises others
        return failed
    dialect: Any = tx.dialect
    if dialect.is_disconnect(failed, tx.connection.dbapi_connection, None):
        tx.invalidate()
    return DBAPIError.instance(text, None, failed, driver.Error, dialect=tx.dialect)
