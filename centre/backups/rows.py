"""Copying a centre's tables from one database to another, of either kind, in one moment's state."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import URL, Connection, Engine, Table

from app.domain.errors import StoreTrouble
from centre.home import StoreLook, look, look_at
from centre.store.engine import SQLITE, open_engine, open_migration_engine
from centre.store.projection_tables import projections
from centre.store.tables import METADATA
from centre.store.upgrade import HEAD, ensure_schema

_ROWS_AT_ONCE = 1_000
_ROOM_BYTES = 1 << 20


def copy_store(source: str | URL, target: Path) -> None:
    """Copy the store at address ``source`` into a new SQLite file, while others write to it.

    Raises:
        OSError: the disk of the copy is full.
        StoreTrouble: the store can't be read whole.
    """
    try:
        _copy_store(source, target)
    except (sa.exc.DatabaseError, SQLITE.DatabaseError) as failed:
        # A log that finds no room is told as a failing disk.
        free = shutil.disk_usage(target.parent).free
        if "disk is full" in str(failed).lower() or free < _ROOM_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target)) from failed
        if isinstance(failed, sa.exc.DatabaseError):
            raise
        raise StoreTrouble("centre.copy_broken", path=str(target)) from failed


def _copy_store(source: str | URL, target: Path) -> None:
    engine = open_engine(source)
    try:
        if engine.dialect.name == "sqlite":
            with (
                closing(SQLITE.connect(engine.url.database)) as old,
                closing(SQLITE.connect(target)) as new,
            ):
                old.backup(new)
                new.execute("PRAGMA journal_mode=delete")
            return
        address = sqlite_address(target)
        ensure_schema(address)
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as reading:
            _copy_rows(reading, address)
    finally:
        engine.dispose()
    with closing(SQLITE.connect(target)) as made:
        made.execute("PRAGMA journal_mode=delete")


def put_store(copy: Path, target: str | URL) -> None:
    """Fill the empty database at address ``target`` from a copy of this program's revision.

    Raises:
        StoreTrouble: something is in the database already.
    """
    found = look(target)
    if found is not None and found.centre:
        raise StoreTrouble("centre.restore_store_used")
    ensure_schema(target)
    source = _as_it_lies(copy)
    try:
        with source.connect() as reading:
            _copy_rows(reading, target)
    finally:
        source.dispose()


def look_inside(copy: Path) -> tuple[StoreLook, dict[str, int]]:
    """Prove a copy by opening it: whole for SQLite, of one centre; rows by table.

    Raises:
        StoreTrouble: it is broken or no centre's store.
    """
    engine = _as_it_lies(copy)
    try:
        with engine.connect() as plain:
            found = look_at(plain)
            if found is None or not found.centre or faults_of(plain):
                raise StoreTrouble("centre.copy_broken", path=str(copy))
            return found, count_rows(plain)
    except sa.exc.DatabaseError as spoilt:
        raise StoreTrouble("centre.copy_broken", path=str(copy)) from spoilt
    finally:
        engine.dispose()


def faults_of(plain: Connection) -> list[str]:
    """What the database itself finds wrong; empty when it is whole."""
    if plain.dialect.name == "sqlite":
        said = [str(row[0]) for row in plain.exec_driver_sql("PRAGMA integrity_check")]
        lost = plain.exec_driver_sql("PRAGMA foreign_key_check").first()
        return [one for one in said if one != "ok"] + (["foreign keys"] if lost else [])
    for table in METADATA.sorted_tables:  # reading every row finds unreadable pages
        plain.execute(sa.select(sa.func.max(sa.func.length(_whole_row(table)))).select_from(table))
    return []


def count_rows(plain: Connection) -> dict[str, int]:
    """Rows of each table; an older program's store does not have all of them yet."""
    there = set(sa.inspect(plain).get_table_names())
    return {
        table.name: plain.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for table in METADATA.sorted_tables
        if table.name in there
    }


def sqlite_address(file: Path) -> URL:
    """The address of a SQLite file, whatever its path is called."""
    return URL.create("sqlite", database=str(file.absolute()))


def _as_it_lies(copy: Path) -> Engine:
    """A copy opened without a byte being written, in it or beside it: it may lie on a disk that
    is read-only, and a kill leaves nothing there."""
    where = f"{copy.absolute().as_uri()}?mode=ro&immutable=1"
    return sa.create_engine(
        "sqlite://",
        creator=lambda: SQLITE.connect(where, uri=True, check_same_thread=False),
        module=SQLITE,
        poolclass=sa.NullPool,
    )


def _whole_row(table: Table) -> sa.ColumnElement[str]:
    return sa.cast(sa.literal_column(f'"{table.name}"'), sa.Text)


def _copy_rows(reading: Connection, target: str | URL) -> None:
    """Into tables that are there and empty; all of it in one transaction."""
    engine = open_migration_engine(target)
    try:
        with engine.begin() as writing:
            writing.execute(sa.delete(projections))  # the copy knows how far its own are
            for table in METADATA.sorted_tables:
                rows = reading.execution_options(yield_per=_ROWS_AT_ONCE).execute(sa.select(table))
                for part in rows.mappings().partitions():
                    writing.execute(table.insert(), [dict(row) for row in part])
            _count_on(writing, engine)
    finally:
        engine.dispose()


def _count_on(writing: Connection, engine: Engine) -> None:
    """PostgreSQL numbers new rows from a counter, which explicit numbers leave behind."""
    if engine.dialect.name == "sqlite":
        return
    for table in METADATA.sorted_tables:
        for column in table.primary_key.columns:
            counter = writing.execute(
                sa.select(sa.func.pg_get_serial_sequence(table.name, column.name))
            ).scalar()
            highest = writing.execute(sa.select(sa.func.max(column))).scalar() if counter else None
            if highest is not None:
                writing.execute(sa.select(sa.func.setval(counter, highest)))


def is_newer(found: StoreLook) -> bool:
    """Whether a newer program than this made the store."""
    return found.revision > HEAD
