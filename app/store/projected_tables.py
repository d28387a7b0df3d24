"""The tables of the projections: made from their shapes, and made anew when these change.

Rows of before stay readable in a table of a new shape: what both shapes have is copied, what is
new reads as 0 or empty until the rows are folded anew (``app.store.stale``).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BLOB,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    select,
)
from sqlalchemy.schema import CreateIndex, CreateTable

from app.domain.projections import ColumnKind, Projection, TableShape
from app.store.prepared import Prepared
from app.store.subjects import PROJECTIONS
from app.store.tables import clock_samples, fact_keys, projections

metadata = MetaData()
_TYPES = {ColumnKind.TEXT: Text, ColumnKind.NUMBER: Integer, ColumnKind.BYTES: BLOB}
_EMPTY = {ColumnKind.TEXT: "''", ColumnKind.NUMBER: "0", ColumnKind.BYTES: "x''"}
_VERSIONS = Prepared(select(projections))
_SAY = Prepared.putting(projections, projections.c.keys())


def table_of(shape: TableShape[Any]) -> Table:
    """The table a shape describes, made once."""
    if shape.name in metadata.tables:
        return metadata.tables[shape.name]
    table = Table(
        shape.name,
        metadata,
        *(Column(one.name, _TYPES[one.kind](), nullable=one.may_lack) for one in shape.columns),
        PrimaryKeyConstraint(*shape.primary),
        sqlite_with_rowid=len(shape.primary) == 1,
    )
    for columns in shape.indexes:
        Index(f"ix_{shape.name}_{'_'.join(columns)}", *(table.c[one] for one in columns))
    return table


def _named(name: str) -> Table:
    for projection in PROJECTIONS:
        for shape in projection.tables:
            table_of(shape)
    return metadata.tables[name]


sessions = _named("sessions")
session_people = _named("session_people")
marks = _named("marks")
attendance = _named("attendance")
visitors = _named("visitors")
notes = _named("notes")
session_lines = _named("session_lines")
plays = _named("plays")


def stale_shapes(conn: Connection) -> tuple[Projection[Any], ...]:
    """Projections whose rows were folded by another version or have another shape."""
    known = {row.name: (row.version, row.shape) for row in _VERSIONS.all(conn, {})}
    return tuple(one for one in PROJECTIONS if known.get(one.name) != (one.version, one.shape))


def reshape(conn: Connection) -> bool:
    """Give every projection the tables it declares, in the caller's transaction; whether any changed.

    Rows of before are kept to be read until they are folded anew; of another version's keys none is.
    """
    stale = stale_shapes(conn)
    before = {row.name: row.version for row in _VERSIONS.all(conn, {})}
    for projection in stale:
        for shape in projection.tables:
            _reshape_table(conn, shape)
        if before.get(projection.name) != projection.version:
            conn.execute(fact_keys.delete().where(fact_keys.c.projection == projection.name))
            keyed = 0
        else:
            keyed = None
        _say(conn, projection, keyed, "")
    return bool(stale)


def note_folded(conn: Connection) -> None:
    """All rows of all projections were just folded."""
    for projection in PROJECTIONS:
        _say(conn, projection, None, None)


def _say(
    conn: Connection, projection: Projection[Any], keyed: int | None, folded: str | None
) -> None:
    row = {"name": projection.name, "version": projection.version, "shape": projection.shape}
    _SAY.run(conn, row | {"keyed_seq": keyed, "folded_key": folded})


def _reshape_table(conn: Connection, shape: TableShape[Any]) -> None:
    table = table_of(shape)
    had = {row[1] for row in conn.exec_driver_sql(f'PRAGMA table_info("{shape.name}")')}
    old = f"{shape.name}_before"
    if had:
        _drop_indexes(conn, shape.name)
        conn.exec_driver_sql(f'ALTER TABLE "{shape.name}" RENAME TO "{old}"')
    conn.execute(CreateTable(table))
    if had:
        names = ", ".join(f'"{one.name}"' for one in shape.columns)
        kept = ", ".join(
            f'"{one.name}"' if one.name in had else "NULL" if one.may_lack else _EMPTY[one.kind]
            for one in shape.columns
        )
        copying = f'INSERT OR IGNORE INTO "{shape.name}" ({names}) SELECT {kept} FROM "{old}"'  # noqa: S608
        conn.exec_driver_sql(copying)
        conn.exec_driver_sql(f'DROP TABLE "{old}"')
    for index in sorted(table.indexes, key=lambda one: str(one.name)):
        conn.execute(CreateIndex(index))


def _drop_indexes(conn: Connection, table: str) -> None:
    rows = conn.exec_driver_sql(f'PRAGMA index_list("{table}")').all()
    for _, name, _, origin, _ in rows:
        if origin == "c":
            conn.exec_driver_sql(f'DROP INDEX "{name}"')


PROJECTED = (*metadata.sorted_tables, fact_keys, clock_samples)
"""All that is made of the facts alone."""
