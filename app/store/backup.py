"""Backups: one a day for 14 days, made online and proven by opening before they count."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path

from msgspec import Struct

from app.domain.errors import StoreTrouble
from app.store.chain import verify_chain
from app.store.engine import SQLITE, SqliteError, open_plain_engine
from app.store.upgrade import (
    KNOWN,
    copy_database,
    flush_file,
    revision_of,
)
from app.wire.side_files import (
    flush_folder,
    is_in_the_way,
    is_plain,
    make_folder,
    make_private_file,
    set_aside,
)

KEPT_DAYS = 14


class Proof(Struct, frozen=True):
    """What opening a store file showed."""

    sound: bool
    facts: int
    why: str = ""


def backup_path(folder: Path, day: str) -> Path:
    """The backup file of an ISO date."""
    return folder / f"station-{day}.db"


def make_backup(store: Path, folder: Path, day: str) -> Path:
    """Copy the store online, prove the copy, put it in place of the day's backup, drop old ones.

    The one just made is never dropped, however old a wrong clock makes it look.

    Raises:
        StoreTrouble: the copy could not be made or proven; older backups stay.
    """
    target = backup_path(folder, day)
    draft = target.with_suffix(".draft")
    try:
        make_folder(folder)
        for place in (draft, target):
            if is_in_the_way(place):
                set_aside(place)
        draft.unlink(missing_ok=True)
        make_private_file(draft)
        copy_database(store, draft)
        flush_file(draft)
        proof = prove(draft)
        if not proof.sound:
            raise StoreTrouble("trouble.backup_failed", why=proof.why)
        os.replace(draft, target)
        flush_folder(folder)
    except (OSError, SqliteError) as failed:
        raise StoreTrouble("trouble.backup_failed") from failed
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    others = [path for path in backups(folder) if path != target]
    for old in others[KEPT_DAYS - 1 :]:
        with suppress(OSError):
            old.unlink(missing_ok=True)
    return target


def backups(folder: Path) -> list[Path]:
    """Backup files, newest day first; never raises."""
    try:
        return sorted((one for one in folder.glob("station-*.db") if is_plain(one)), reverse=True)
    except OSError:
        return []


def prove(path: Path) -> Proof:
    """Open a store file, check its integrity and walk its whole chain; never raises."""
    try:
        if revision_of(path) not in KNOWN:
            return Proof(False, 0, "revision")
        with closing(SQLITE.connect(path)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return Proof(False, 0, "integrity")
        engine = open_plain_engine(path)
        try:
            with engine.begin() as conn:
                report = verify_chain(conn)
        finally:
            engine.dispose()
    except Exception as failed:  # noqa: BLE001 - whatever a damaged file makes SQLite raise
        return Proof(False, 0, type(failed).__name__)
    if report.broken_at is not None:
        return Proof(False, report.facts, f"chain at {report.broken_at}")
    return Proof(True, report.facts)
