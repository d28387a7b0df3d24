"""How the centre's database is opened: SQLite by default, PostgreSQL by one address.

Writing transactions on SQLite begin IMMEDIATE, so two writers wait instead of
failing half-way; what was committed is on the disk before anybody is told so.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import field
from types import ModuleType

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, PoolProxiedConnection

from app.domain.values import dataclass


def _newest_sqlite() -> ModuleType:
    try:
        import pysqlite3
    except ImportError:
        import sqlite3  # not loaded beside the other

        return sqlite3
    newest: ModuleType = pysqlite3
    return newest


SQLITE: ModuleType = _newest_sqlite()
"""SQLite itself: a newer one where a wheel exists, because old ones have the WAL-reset bug."""

_PRAGMAS: dict[str, object] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 15_000,
    "trusted_schema": 0,
    "cache_size": -32_768,
    "wal_autocheckpoint": 4_000,
}
"""Writers need the places of random hashes at hand, and copy the log back in larger pieces; each
commit is forced to the disk all the same."""
_MIGRATION_PRAGMAS: dict[str, object] = {**_PRAGMAS, "foreign_keys": 0}

_POSTGRES_OPTIONS = (
    "-c synchronous_commit=on -c lock_timeout=15000 "
    "-c idle_in_transaction_session_timeout=60000 -c client_encoding=UTF8"
)


_IDLE_S = 5.0


@dataclass(frozen=True, slots=True)
class Store:
    """The database as the rest of the centre uses it; safe from many threads."""

    engine: Engine
    turn: threading.Lock = field(default_factory=threading.Lock)
    """SQLite has one writer, and who polls for its lock may wait for ever: here they queue."""

    @contextmanager
    def writing(self, on: Connection | None = None) -> Iterator[Connection]:
        """A transaction that writes: durable when the block ends, undone when it raises.

        ``on`` is a connection that was ``reading`` until now: it goes on to write.
        """
        with self.turn if self.is_sqlite else nullcontext():
            if on is None:
                with self.engine.begin() as tx:
                    yield tx
                return
            if self.is_sqlite:  # who began as a reader may not become a writer there
                on.rollback()
                on.execution_options(reads_only=False)
                on.begin()
            try:
                yield on
            except BaseException:
                on.rollback()
                raise
            on.commit()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads and holds up no writer."""
        with self.engine.connect() as plain:
            plain.execution_options(reads_only=True).begin()
            yield plain

    def settle(self) -> None:
        """Bring SQLite's log into its file, holding up nobody: a plain copy of it is whole then."""
        if self.is_sqlite:
            with self.engine.connect() as plain:
                plain.connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")

    @property
    def is_sqlite(self) -> bool:
        """Which of the two databases it is."""
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Let all connections go."""
        self.engine.dispose()


def open_engine(address: str | URL) -> Engine:
    """The engine for serving. ``address`` is ``sqlite:///FILE`` or ``postgresql+psycopg://…``."""
    return _engine(address, for_migrations=False)


def open_migration_engine(address: str | URL) -> Engine:
    """An engine with foreign keys off from the start: SQLite's only safe way to migrate."""
    return _engine(address, for_migrations=True)


def _engine(address: str | URL, *, for_migrations: bool) -> Engine:
    url = make_url(address)
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "postgresql":
        if for_migrations:
            return create_engine(url, poolclass=NullPool)
        engine = create_engine(
            url,
            pool_size=10,
            max_overflow=10,
            pool_timeout=15,
            connect_args={"options": _POSTGRES_OPTIONS, "connect_timeout": 10},
        )
        _ask_after_rest(engine)
        return engine
    pool: dict[str, object] = {"pool_size": 10, "max_overflow": 10, "pool_timeout": 15}
    engine = create_engine(
        url,
        module=SQLITE,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": 15},
        **({"poolclass": NullPool} if for_migrations else pool),
    )
    _listen(engine, _MIGRATION_PRAGMAS if for_migrations else _PRAGMAS)
    return engine


def _ask_after_rest(engine: Engine) -> None:
    """A connection that lay idle is asked whether it still is one; a busy one was just used."""

    @event.listens_for(engine, "checkin")
    def _on_checkin(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info["idle_since_s"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _on_checkout(
        connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection
    ) -> None:
        if time.monotonic() - entry.info.get("idle_since_s", -_IDLE_S) < _IDLE_S:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as gone:
            raise DisconnectionError from gone


def _listen(engine: Engine, pragmas: dict[str, object]) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
            cursor.execute(f"PRAGMA {name}")
            row = cursor.fetchone()
            if row is None or row[0] != value:
                raise RuntimeError(f"SQLite does not take PRAGMA {name}={value}")
        # What a changed row said before is overwritten where it stood, which costs no more pages.
        cursor.execute("PRAGMA secure_delete=fast")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        reads_only = connection.get_execution_options().get("reads_only", False)
        if reads_only:  # waits for nobody, so nothing has to be made of its errors
            connection.connection.cursor().execute("BEGIN")
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
