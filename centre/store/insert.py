"""Insert without doubling, spelled the same for both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table, tuple_

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

_ROWS_A_STATEMENT = 500


def insert_new(
    tx: Connection, table: Table, rows: Sequence[Mapping[str, object]], *, key: Sequence[str]
) -> None:
    """Insert rows; one whose ``key`` is held already is left as it is."""
    statement = _insert(tx, table).on_conflict_do_nothing(index_elements=key)
    for start in range(0, len(rows), _ROWS_A_STATEMENT):
        tx.execute(statement, [dict(row) for row in rows[start : start + _ROWS_A_STATEMENT]])


def keep_lowest(
    tx: Connection,
    table: Table,
    rows: Sequence[Mapping[str, object]],
    *,
    key: Sequence[str],
    rank: Sequence[str],
) -> None:
    """Insert rows; of two with one ``key`` that with the lower ``rank`` stays, whichever came first."""
    adding = _insert(tx, table)
    new = tuple_(*(adding.excluded[name] for name in rank))
    changed = {one.name: adding.excluded[one.name] for one in table.c if one.name not in key}
    statement = adding.on_conflict_do_update(
        index_elements=key, set_=changed, where=new < tuple_(*(table.c[name] for name in rank))
    )
    for row in rows:
        tx.execute(statement, dict(row))


def put_row(tx: Connection, table: Table, row: Mapping[str, object], *, key: Sequence[str]) -> None:
    """Insert a row, or replace the values of the one that has this ``key``."""
    changed = {name: value for name, value in row.items() if name not in key}
    statement = _insert(tx, table).values(dict(row))
    tx.execute(statement.on_conflict_do_update(index_elements=key, set_=changed))


def _insert(tx: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    # Each dialect is loaded only where it is used: it costs every command's start.
    if tx.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as into_sqlite

        return into_sqlite(table)
    from sqlalchemy.dialects.postgresql import insert as into_postgresql

    return into_postgresql(table)
