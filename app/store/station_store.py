"""The store of one station: opened on the store lane, one connection, one writer.

What ``begin`` yields becomes durable as a whole when its block ends, or nothing of it
does. After the commit, and outside of what is confirmed, the same facts go to the second
copy. All calls come from one thread at a time.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, delete
from sqlalchemy.exc import SQLAlchemyError

from app.domain.errors import SaidPlainly, StoreTrouble
from app.domain.facts import Fact, Personal, SessionClosed, StoreRecovered
from app.domain.ids import FactHash, PlayId
from app.domain.playback import Interval
from app.domain.time import ClockGrade, local_date
from app.names.index import NameIndex
from app.ports.machine import Clock, Entropy
from app.ports.store import ChainReport, FactLine
from app.store import feeds, outgoing
from app.store.backup import backup_path, backups, make_backup, prove
from app.store.engine import (
    READ_ONLY,
    SqliteError,
    looks_damaged,
    open_engine,
    trouble_of,
)
from app.store.journal import Identity, Journal, newest_facts, verify_chain
from app.store.prepared import Prepared
from app.store.project import project, rebuild
from app.store.queries import StoreReading
from app.store.recovery import Recovery, catch_up, damage_of, lags_behind, recover
from app.store.rows import intervals_text
from app.store.seal import lift_seal, put_seal, seal_is_broken
from app.store.second_copy import SecondCopy, read_second_copy
from app.store.tables import bookmarks, settings
from app.store.upgrade import ensure_schema
from app.wire.messages import FeedPage, Receipt, Run, Tip

_log = logging.getLogger("store")

_TAIL_FACTS = 2_000
_KEEP_SETTING = Prepared.putting(settings, settings.c.keys())
_BOOKMARK = Prepared.putting(bookmarks, bookmarks.c.keys())


class StoreWork(StoreReading):
    """Implements ``app.ports.store.Work``: a reading that can also record."""

    def __init__(self, conn: Connection, journal: Journal) -> None:
        super().__init__(conn)
        self._journal = journal
        self.closes_session = False

    def record(self, fact: Fact, *, actor: str, personal: Personal | None = None) -> FactHash:
        stored, read = self._journal.append(self.conn, fact, actor, personal)
        project(self.conn, stored, read)
        self.closes_session = self.closes_session or isinstance(fact, SessionClosed)
        return FactHash(stored.hash.hex())

    def bookmark(self, play: PlayId, position_ms: int, shown: tuple[Interval, ...]) -> None:
        _BOOKMARK.run(
            self.conn,
            {"play": play, "position_ms": position_ms, "shown": intervals_text(shown)},
        )

    def keep_setting(self, name: str, value: str) -> None:
        _KEEP_SETTING.run(self.conn, {"name": name, "value": value})

    def forget_setting(self, name: str) -> None:
        self.conn.execute(delete(settings).where(settings.c.name == name))


class StationStore:
    """Implements ``app.ports.store.Store``; open it with ``open_store``."""

    def __init__(
        self,
        home: Path,
        engine: Engine,
        clock: Clock,
        journal: Journal,
        copy: SecondCopy,
    ) -> None:
        self._home = home
        self._engine = engine
        self._conn = engine.connect()
        self._clock = clock
        self._journal = journal
        self._copy = copy
        self._index: NameIndex | None = None
        self.recovery: Recovery | None = None

    @contextmanager
    def begin(self) -> Iterator[StoreWork]:
        """A unit of work; raises StoreTrouble when it could not be made durable."""
        try:
            with self._conn.begin():
                work = StoreWork(self._conn, self._journal)
                yield work
        except SaidPlainly:
            self._journal.rolled_back()
            raise
        except (SQLAlchemyError, SqliteError) as failed:
            self._journal.rolled_back()
            _log.error("unit of work failed: %s", failed)
            raise trouble_of(failed) from failed
        except BaseException:
            self._journal.rolled_back()
            raise
        self._after_commit(work)

    @contextmanager
    def read(self) -> Iterator[StoreReading]:
        """Questions outside a unit of work, all of one moment."""
        with self._reading() as conn:
            yield StoreReading(conn)

    def name_index(self) -> NameIndex:
        """The search index, kept until the roster changes."""
        if self._index is None:
            with self._reading() as conn:
                self._index = StoreReading(conn).name_index()
        return self._index

    def outgoing(self, budget_bytes: int) -> tuple[tuple[Tip, ...], tuple[Run, ...]]:
        """See ``app.store.outgoing``."""
        with self._reading() as conn:
            return outgoing.outgoing(conn, budget_bytes)

    def cursors(self, scopes: Sequence[str]) -> dict[str, int]:
        """The last revision held of each scope."""
        with self._reading() as conn:
            return feeds.read_cursors(conn, tuple(scopes))

    def accept_receipt(self, receipt: Receipt, data: bytes, signature: bytes) -> bool:
        """Keep a verified receipt; see ``app.store.outgoing``."""
        with self.begin() as work:
            return outgoing.accept_receipt(work.conn, receipt, data, signature)

    def doubt_receipts(self) -> None:
        """Ask the centre anew about every segment."""
        with self.begin() as work:
            outgoing.doubt_receipts(work.conn)

    def apply_page(self, page: FeedPage) -> tuple[str, ...]:
        """Apply a feed page with its cursor, in one transaction."""
        with self.begin() as work:
            aside = feeds.apply_page(work.conn, page)
        self._index = None
        return aside

    def verify(self) -> ChainReport:
        """Walk the whole chain."""
        with self._reading() as conn:
            return verify_chain(conn)

    def newest_facts(self, count: int) -> tuple[FactLine, ...]:
        """The newest facts, oldest of them first."""
        with self._reading() as conn:
            return newest_facts(conn, count)

    def rebuild(self) -> int:
        """Make all projected rows anew from the journal."""
        with self.begin() as work:
            return rebuild(work.conn)

    def backup_today(self, *, again: bool = False) -> Path | None:
        """Make and prove today's backup unless it exists; returns its path when made.

        With a clock that can't be believed every day may look like the same one: then it is
        always made.
        """
        folder = self._home / "backups"
        day = local_date(self._clock.now().wall_ms).isoformat()
        sure = self._clock.now().grade is ClockGrade.OK
        if backup_path(folder, day).exists() and sure and not again:
            return None
        self._copy.force()
        return make_backup(self._home / "station.db", folder, day)

    def note_recovery(self, recovery: Recovery) -> None:
        """This store was rebuilt: its next segment says so."""
        self.recovery = recovery
        self._journal.reason = "recovered"

    def sync_second_copy(self) -> None:
        """Force the second copy to the disk."""
        self._copy.force()

    def close(self) -> None:
        """Second copy to disk, checkpoint, close, seal."""
        self._copy.close()
        if self._conn.closed:
            return
        try:
            self._checkpoint()
        except (SQLAlchemyError, SqliteError) as failed:
            _log.warning("checkpoint at close failed: %s", failed)
        self._conn.close()
        self._engine.dispose()
        try:
            put_seal(self._home / "station.db")
        except OSError as failed:
            _log.warning("seal at close failed: %s", type(failed).__name__)

    def _checkpoint(self) -> None:
        raw = self._conn.connection.driver_connection
        if raw is not None:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._conn.info[READ_ONLY] = True
        try:
            with self._conn.begin():
                yield self._conn
        except (SQLAlchemyError, SqliteError) as failed:
            raise trouble_of(failed) from failed
        finally:
            self._conn.info[READ_ONLY] = False

    def _after_commit(self, work: StoreWork) -> None:
        fresh = self._journal.committed()
        if not fresh:
            return
        now = self._clock.now()
        self._copy.append(fresh, local_date(now.wall_ms).isoformat()[:7], now.mono_ms)
        if work.closes_session:
            self._copy.force()


def open_store(home: Path, clock: Clock, entropy: Entropy, identity: Identity) -> StationStore:
    """Open the store of ``home``, making, upgrading or recovering it as needed.

    Raises:
        StoreTrouble: it is of a newer program, or can't be written.
    """
    path = home / "station.db"
    copy_folder = home / "journal"
    recovery: Recovery | None = None
    found = "changed" if seal_is_broken(path) else damage_of(path)
    there = path.exists() and path.stat().st_size > 0
    if not there and (backups(home / "backups") or any(read_second_copy(copy_folder))):
        found = "missing"
    lift_seal(path)
    if found is None:
        try:
            ensure_schema(path)
            found, lags = _look_at_end(path, copy_folder)
            if lags:
                recovery = catch_up(path, copy_folder)
        except (SQLAlchemyError, SqliteError) as broken:
            if not looks_damaged(broken, path):
                raise trouble_of(broken) from broken
            found = type(broken).__name__
    if found is not None:
        stamp = f"{clock.now().local:%Y%m%d-%H%M%S}-{entropy.draw(3).hex()}"
        recovery = recover(path, backups(home / "backups"), copy_folder, found, stamp)
    store = _open(home, clock, entropy, identity)
    if recovery is not None:
        _record_recovery(store, recovery)
    return store


def restore_store(
    home: Path, backup: Path, clock: Clock, entropy: Entropy, identity: Identity
) -> StationStore:
    """Put a backup in place of the store, add what the second copy has beyond it, and open it.

    The present store is set aside whole, never deleted. Raises StoreTrouble when the backup is
    not sound; then nothing was touched.
    """
    if not prove(backup).sound:
        raise StoreTrouble("trouble.backup_bad")
    stamp = f"{clock.now().local:%Y%m%d-%H%M%S}-{entropy.draw(3).hex()}"
    path = home / "station.db"
    recovery = recover(path, [backup], home / "journal", "restore", stamp)
    store = _open(home, clock, entropy, identity)
    _record_recovery(store, recovery)
    return store


def _open(home: Path, clock: Clock, entropy: Entropy, identity: Identity) -> StationStore:
    journal = Journal(clock, entropy, identity)
    try:
        engine = open_engine(home / "station.db")
        return StationStore(home, engine, clock, journal, SecondCopy(home / "journal"))
    except (SQLAlchemyError, SqliteError) as failed:
        raise trouble_of(failed) from failed


def _record_recovery(store: StationStore, recovery: Recovery) -> None:
    store.note_recovery(recovery)
    with store.begin() as work:
        work.record(
            StoreRecovered(
                found=recovery.found,
                backup=recovery.backup,
                facts_from_backup=recovery.facts_from_backup,
                facts_from_second_copy=recovery.facts_from_second_copy,
            ),
            actor="station",
        )


def _look_at_end(path: Path, copy_folder: Path) -> tuple[str | None, bool]:
    """What is wrong with the chain's last facts, and whether the second copy goes on after them.

    That much is looked at in each start; the whole chain is walked with the backup.
    """
    engine = open_engine(path)
    try:
        with engine.connect() as conn:
            newest = conn.exec_driver_sql("SELECT max(seq) FROM facts").scalar() or 0
            report = verify_chain(conn, max(0, int(newest) - _TAIL_FACTS))
            if report.broken_at is not None:
                return f"chain at {report.broken_at}", False
            return None, lags_behind(conn, copy_folder)
    except (TypeError, ValueError) as garbage:
        return type(garbage).__name__, False
    finally:
        engine.dispose()
