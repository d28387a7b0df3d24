"""How the database is opened: one connection, explicit transactions, asserted pragmas.

SQLAlchemy's and SQLite's defaults lose acknowledged sign-ins at a power cut
(reliability 0.1), so nothing here is left to a default, and what was set is read back.
SQLite's error codes are sorted here, once, into what people are told.
"""

from __future__ import annotations

import errno
import importlib
import os
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, StaticPool

from app.domain.errors import StoreTrouble
from app.store.room import is_full


def _newest_sqlite() -> ModuleType:
    try:
        return importlib.import_module("pysqlite3")
    except ImportError:
        import sqlite3  # not loaded beside the other

        return sqlite3


SQLITE: ModuleType = _newest_sqlite()
"""SQLite itself: 3.53 where a wheel exists, because older ones have the WAL-reset bug."""

PAGE_BYTES = 4_096
MOST_LOG_PAGES = 2_000
"""The log is copied into the file whenever nobody waits. Only when it has so many pages all the
same, some two hundred sign-ins (8 MiB) without a pause, does a commit do it, and whoever signs
in then waits for it. After one large transaction a longer log is cut to four times that."""
_FEW_LOG_PAGES = 100

PRAGMAS: dict[str, object] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "wal_autocheckpoint": MOST_LOG_PAGES,
    "journal_size_limit": 4 * MOST_LOG_PAGES * PAGE_BYTES,
    "temp_store": 2,
    "secure_delete": 1,
}
"""Pragma → the value it must read back (reliability 4.1). What is deleted is overwritten: the
name somebody had before it was mended must not outlive them in a freed place."""

_MOST_PATH_BYTES = 500
READ_ONLY = "read_only"
"""Set in a connection's ``info`` while it only reads: then BEGIN takes no write lock."""

_FILE = "file"
"""In a connection's ``info``: which file it opened. Where another was put in its place, what is
written has no name any more; where it is only gone, the second copy keeps what is confirmed."""

SqliteError: type[Exception] = SQLITE.Error
SqliteDatabaseError: type[Exception] = SQLITE.DatabaseError


def open_engine(path: Path) -> Engine:
    """The engine of the station's one connection, in autocommit with BEGIN IMMEDIATE.

    Raises:
        StoreTrouble: a pragma did not take; later, at a unit of work: the file was replaced.
    """
    return _engine(path, StaticPool, PRAGMAS)


def open_plain_engine(path: Path) -> Engine:
    """An engine for a file nobody else uses, with foreign keys off: migrations only."""
    return _engine(path, NullPool, {"journal_mode": "delete", "synchronous": 2, "foreign_keys": 0})


def _engine(path: Path, pool: type[StaticPool | NullPool], pragmas: dict[str, object]) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path.absolute())),  # never as text: "?" and "%" are names
        module=SQLITE,
        poolclass=pool,
        connect_args={
            "isolation_level": None,
            "check_same_thread": False,
            "timeout": 10,
        },
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        set_pragmas(connection, pragmas)
        entry.info[_FILE] = _file_at(path)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        read_only = connection.info.get(READ_ONLY, False)
        if not read_only and _file_at(path) not in (connection.info[_FILE], None):
            raise StoreTrouble("trouble.store_replaced")
        driver = connection.connection.driver_connection
        try:
            driver.execute("BEGIN" if read_only else "BEGIN IMMEDIATE")
        except SqliteError:
            if driver.in_transaction:  # one that the disk kept from its end: the next may begin
                driver.rollback()
            raise

    return engine


def _file_at(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def want_writable(store: Path) -> None:
    """Raises StoreTrouble (``trouble.store_read_only``) before anything of a store is touched."""
    if store.exists() and not (os.access(store, os.W_OK) and os.access(store.parent, os.W_OK)):
        raise StoreTrouble("trouble.store_read_only")


def want_short(home: Path) -> None:
    """Raises OSError where SQLite has no room for the names of a home's files."""
    longest = os.fsencode(home.absolute() / "station.db.rebuilt-journal")
    if os.name != "nt" and len(longest) > _MOST_PATH_BYTES:
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))


def run_alone(connection: Connection, statement: str) -> None:
    """Run one statement outside of any transaction."""
    driver: Any = connection.connection.driver_connection
    if driver is not None:
        driver.execute(statement).fetchall()


def keep_log_short(connection: Connection) -> None:
    """From now on: where the disk is full, the log's room is wanted for facts."""
    with suppress(SQLAlchemyError, SqliteError):
        run_alone(connection, f"PRAGMA wal_autocheckpoint={_FEW_LOG_PAGES}")


def set_pragmas(connection: DBAPIConnection, pragmas: dict[str, object]) -> None:
    """Set pragmas and read each back."""
    cursor = connection.cursor()
    for name, value in pragmas.items():
        cursor.execute(f"PRAGMA {name}={value}")
    for name, value in pragmas.items():
        cursor.execute(f"PRAGMA {name}")
        row = cursor.fetchone()
        if row is None or row[0] != value:
            raise StoreTrouble("trouble.store_failed", pragma=name)
    cursor.close()


_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_WRITING = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_BAD_READ = ("IOERR_READ", "IOERR_SHORT_READ", "IOERR_CORRUPTFS", "IOERR_DATA", "IOERR_IN_PAGE")


def trouble_of(error: BaseException, place: Path | None = None) -> StoreTrouble:
    """Sort an error of the database or the system into what people are told.

    ``place`` is the record's folder: whether its disk is full tells apart what is worded alike.
    """
    origin = getattr(error, "orig", None) or error
    if lacks_room(origin, place):
        return StoreTrouble("trouble.store_full")
    if _may_not_write(origin, place):
        return StoreTrouble("trouble.store_read_only")
    return StoreTrouble("trouble.store_failed", why=type(origin).__name__)


def lacks_room(error: BaseException, place: Path | None = None) -> bool:
    """Whether an error comes from a disk that is full, whatever it is called."""
    origin = getattr(error, "orig", None) or error
    if isinstance(origin, OSError):
        return origin.errno in _NO_ROOM
    words = str(origin).lower()
    if "disk is full" in words or "disk full" in words:
        return True
    unclear = "disk i/o error" in words or "unable to open database" in words
    return unclear and place is not None and is_full(place)


def _may_not_write(origin: BaseException, place: Path | None) -> bool:
    if isinstance(origin, OSError):
        return origin.errno in _NO_WRITING
    words = str(origin).lower()
    if place is not None and ("unable to open database" in words or "disk i/o error" in words):
        return not _is_writable(place / "station.db")
    return "readonly database" in words


def is_broken_disk(error: BaseException) -> bool:
    """Whether the disk itself failed: what was to be written may be lost without a further word."""
    return "disk i/o error" in str(getattr(error, "orig", None) or error).lower()


def is_misplaced(error: BaseException) -> bool:
    """Whether something stands where this was to be written: memory and file differ."""
    return "unique constraint failed: facts" in str(getattr(error, "orig", None) or error).lower()


def looks_damaged(error: BaseException, path: Path) -> bool:
    """Whether an error of opening or reading ``path`` means it is not a sound database.

    Damage has many faces (a flipped version byte makes a file "read-only"); so what counts is
    that none of the harmless reasons is it.
    """
    origin = getattr(error, "orig", None) or error
    words = str(origin).lower()
    if lacks_room(origin, path.parent):
        return False
    if "disk i/o error" in words:
        name = getattr(origin, "sqlite_errorname", "") or ""
        return name.removeprefix("SQLITE_") in ("", "IOERR", *_BAD_READ)
    if "readonly database" in words:
        return _is_writable(path)
    return not any(
        sign in words
        for sign in ("is locked", "is busy", "unable to open", "is full", "out of memory")
    )


def _is_writable(path: Path) -> bool:
    """Whether the store's files and their folder may be written, as far as they are there."""
    beside = (path, *(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm")))
    there = (one for one in beside if one.exists())
    return all(os.access(one, os.W_OK) for one in (path.parent, *there))
