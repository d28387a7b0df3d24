"""Opening a station's store: made, upgraded, checked, and healed if it is damaged."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from app.domain.errors import BadInput, StoreTrouble
from app.domain.facts import StoreRecovered
from app.ports.machine import Clock, Entropy
from app.ports.store import ChainReport
from app.store.backup import backups, prove
from app.store.chain import verify_chain
from app.store.disk_reserve import DiskReserve
from app.store.engine import (
    SqliteError,
    is_broken_disk,
    looks_damaged,
    open_engine,
    open_plain_engine,
    trouble_of,
    want_writable,
)
from app.store.feeds import apply_kept, check_rows, has_kept
from app.store.journal import Journal, WriterIdentity
from app.store.projected_tables import reshape, stale_shapes
from app.store.projecting import rebuild
from app.store.recovery import (
    Ends,
    Recovery,
    catch_up,
    compare_ends,
    damage_of,
    make_aside,
    recover,
)
from app.store.redeciding import following_decisions
from app.store.room import want_room
from app.store.seal import Checksum, is_sealed, lift_seal, seal_is_broken
from app.store.second_copy import SecondCopy, read_second_copy
from app.store.station_store import StationStore
from app.store.upgrade import ensure_schema
from app.wire.side_files import is_in_the_way, is_plain

_log = logging.getLogger("store")
_TAIL_FACTS = 2_000
_REBUILT = 4_000
"""About a year of a station; more would take longer than people wait for a start."""
_EVEN = Ends(store_lags=False, copy_lacks=())
_MAY_BE_ROOM = ("trouble.store_full", "trouble.store_failed")


def open_store(
    home: Path,
    clock: Clock,
    entropy: Entropy,
    identity: WriterIdentity,
    checksum: Checksum | None = None,
) -> StationStore:
    """Open the store of ``home``, making, upgrading or recovering it as needed.

    Where the disk is full the reserve file is deleted for it. ``checksum`` is the file's, where
    its reading was begun before.

    Raises:
        StoreTrouble: it is of a newer program, or can't be written. A disk that is full or may
            only be read says nothing about the store: then nothing is repaired.
    """
    reserve = DiskReserve(home)
    reserve.give_way_when_full()
    checksum = checksum or Checksum(home / "station.db")
    try:
        return _try_to_open(home, clock, entropy, identity, checksum)
    except StoreTrouble as trouble:
        if trouble.key not in _MAY_BE_ROOM or not reserve.is_there:
            raise
        reserve.give_way()
    return _try_to_open(home, clock, entropy, identity, checksum)


def _try_to_open(
    home: Path, clock: Clock, entropy: Entropy, identity: WriterIdentity, checksum: Checksum
) -> StationStore:
    want_room(home)
    want_writable(home / "station.db")
    try:
        return _open_store(home, clock, entropy, identity, checksum)
    except OSError as failed:
        raise trouble_of(failed, home) from failed


def _open_store(
    home: Path, clock: Clock, entropy: Entropy, identity: WriterIdentity, checksum: Checksum
) -> StationStore:
    path = home / "station.db"
    _clear_the_way(path, clock, entropy)
    copy_folder = home / "journal"
    recovery: Recovery | None = None
    ends = _EVEN
    found = "changed" if seal_is_broken(path, checksum) else damage_of(path)
    there = is_plain(path) and path.stat().st_size > 0
    if (
        not there
        and found is None
        and (backups(home / "backups") or any(read_second_copy(copy_folder)))
    ):
        found = "missing"
    in_order = is_sealed(path)
    lift_seal(path)
    if found is None:
        found, ends, recovery = _look_inside(path, copy_folder, in_order=in_order)
    if found is not None:
        stamp = _stamp(clock, entropy)
        try:
            recovery = recover(path, backups(home / "backups"), copy_folder, found, stamp)
        except (SQLAlchemyError, SqliteError, OSError) as failed:
            raise trouble_of(failed, home) from failed
    store = _open(home, clock, entropy, identity, checksum)
    try:
        store.look_at_second_copy(ends.copy_lacks)
        store.forget_in_copies()
        if recovery is not None:
            _record_recovery(store, recovery)
    except BaseException:
        store.close()
        raise
    return store


def _clear_the_way(path: Path, clock: Clock, entropy: Entropy) -> None:
    """What is no file where SQLite's log and its index must lie goes aside; so does one that
    can't be written although the store can: SQLite made it so while the store could not be."""
    for suffix in ("-wal", "-shm"):
        beside = path.with_name(path.name + suffix)
        if is_in_the_way(beside):
            _log.error("something in place of %s is set aside", beside.name)
            aside = make_aside(path.parent, _stamp(clock, entropy))
            os.replace(beside, aside / beside.name)
        elif is_plain(beside) and os.access(path, os.W_OK) and not os.access(beside, os.W_OK):
            with suppress(OSError):
                beside.chmod(0o600)


def _stamp(clock: Clock, entropy: Entropy) -> str:
    return f"{clock.now().local:%Y%m%d-%H%M%S}-{entropy.draw(3).hex()}"


def _look_inside(
    path: Path, copy_folder: Path, *, in_order: bool
) -> tuple[str | None, Ends, Recovery | None]:
    """What is wrong with a store whose structure is sound, and what was added to it."""
    recovery: Recovery | None = None
    try:
        ensure_schema(path)
        found, ends = _look_at_end(path, copy_folder)
        if ends.store_lags:
            recovery = catch_up(path, copy_folder)
        elif found is None and not in_order:
            _make_rows_again(path)
    except (SQLAlchemyError, SqliteError) as broken:
        if not looks_damaged(broken, path):
            raise trouble_of(broken, path.parent) from broken
        return type(broken).__name__, _EVEN, None
    except (BadInput, TypeError, ValueError) as garbage:
        return type(garbage).__name__, _EVEN, None
    return found, ends, recovery


def restore_store(
    home: Path, backup: Path, clock: Clock, entropy: Entropy, identity: WriterIdentity
) -> StationStore:
    """Put a backup in place of the store, add what the second copy has beyond it, and open it.

    The present store is set aside whole, never deleted. Raises StoreTrouble when the backup is
    not sound; then nothing was touched.
    """
    want_room(home)
    if not prove(backup).sound:
        raise StoreTrouble("trouble.backup_bad")
    path = home / "station.db"
    try:
        stamp = _stamp(clock, entropy)
        recovery = recover(path, [backup], home / "journal", "restore", stamp)
    except (SQLAlchemyError, SqliteError, OSError) as failed:
        raise trouble_of(failed, home) from failed
    store = _open(home, clock, entropy, identity)
    _record_recovery(store, recovery)
    return store


def _open(
    home: Path,
    clock: Clock,
    entropy: Entropy,
    identity: WriterIdentity,
    checksum: Checksum | None = None,
) -> StationStore:
    journal = Journal(clock, entropy, identity)
    try:
        engine = open_engine(home / "station.db")
        copy = SecondCopy(home / "journal")
        store = StationStore(home, engine, clock, journal, copy, checksum)
        _keep_shapes(store)
        _read_what_was_kept(store)
        return store
    except (SQLAlchemyError, SqliteError) as failed:
        raise trouble_of(failed, home) from failed


def _keep_shapes(store: StationStore) -> None:
    """Where a new program declares other tables, give them their shape; on a full disk it stops."""
    with store.read() as reading:
        if not stale_shapes(reading.conn):
            return
    with store.rewriting() as work:
        reshape(work.conn)


def _read_what_was_kept(store: StationStore) -> None:
    """Take in what a newer centre sent to an older program; on a full disk the next start does."""
    with store.read() as reading:
        if not has_kept(reading.conn):
            return
    try:
        with store.rewriting() as work, following_decisions(work.conn):
            rows = apply_kept(work.conn)
    except StoreTrouble as full:
        _log.warning("rows that were kept wait for the next start: %s", full)
        return
    _log.info("%d rows that an older program kept are read", rows)


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
    store.tell_gaps()


def _make_rows_again(path: Path) -> None:
    """Nothing vouches for the rows of a file that nobody closed: make them of the facts."""
    engine = open_plain_engine(path)
    try:
        with engine.begin() as conn:
            if int(conn.exec_driver_sql("SELECT count(*) FROM facts").scalar() or 0) <= _REBUILT:
                rebuild(conn)
                check_rows(conn)
    except (SQLAlchemyError, SqliteError) as failed:
        if is_broken_disk(failed):  # what could not be written says nothing about what is there
            raise trouble_of(failed, path.parent) from failed
        raise
    finally:
        engine.dispose()


def _look_at_end(path: Path, copy_folder: Path) -> tuple[str | None, Ends]:
    """What is wrong with the chain's last facts, and how the second copy's end stands to them.

    That much is looked at in each start; the whole chain is walked with the backup.
    """
    engine = open_engine(path)
    try:
        with engine.connect() as conn:
            newest = conn.exec_driver_sql("SELECT max(seq) FROM facts").scalar() or 0
            report: ChainReport = verify_chain(conn, max(0, int(newest) - _TAIL_FACTS))
            if report.broken_at is not None:
                return f"chain at {report.broken_at}", _EVEN
            return None, compare_ends(conn, copy_folder)
    except (TypeError, ValueError) as garbage:
        return type(garbage).__name__, _EVEN
    finally:
        engine.dispose()
