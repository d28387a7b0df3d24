"""Bringing a store's schema to this program's version – on a copy, checked, then swapped.

A store from a newer program is refused untouched. On any failure the old file stays
as it was. Alembic is loaded only when there is something to do: it costs a quarter of
a second, and a normal start compares one word.
"""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from app.domain.errors import StoreTrouble
from app.store.engine import SQLITE, lacks_room, open_plain_engine, trouble_of
from app.wire.side_files import flush_folder, make_private_file, set_aside

HEAD = "0009"
KNOWN = frozenset({"0001", "0002", "0003", "0004", "0005", "0006", "0007", "0009"})
"""Every revision this program can open or upgrade; a test holds it to the versions folder."""

_MIGRATIONS = Path(__file__).parent / "migrations"


def ensure_schema(path: Path) -> None:
    """Make or upgrade the store at ``path`` so that it has this program's schema.

    Raises:
        StoreTrouble: newer than this program, or the upgrade did not succeed; either way
            the file is as it was.
        Exception of SQLite: the file is damaged (the caller recovers).
    """
    found = revision_of(path)
    if found == HEAD:
        return
    if found is not None and found not in KNOWN:
        raise StoreTrouble("trouble.store_newer", revision=found)
    draft = path.with_name(path.name + ".draft")
    try:
        _forget(draft)
        make_private_file(draft)
        if found is not None:
            copy_database(path, draft)
        _migrate(draft)
        _check(draft)
        _put_in_place(draft, path)
    except StoreTrouble:
        raise
    except OSError as failed:
        raise trouble_of(failed, path.parent) from failed
    except Exception as failed:
        if lacks_room(failed, path.parent):
            raise StoreTrouble("trouble.store_full") from failed
        raise StoreTrouble("trouble.store_upgrade") from failed
    finally:
        _forget(draft)


def revision_of(path: Path) -> str | None:
    """The schema revision of a store file; None when there is no store yet."""
    if not path.exists() or path.stat().st_size == 0:
        return None
    with closing(SQLITE.connect(path)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except SQLITE.OperationalError:
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if tables == 0:
                return None
            raise
    return None if row is None else str(row[0])


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy through SQLite's own backup, never by copying files."""
    with closing(SQLITE.connect(source)) as old, closing(SQLITE.connect(target)) as new:
        old.backup(new)


def _migrate(draft: Path) -> None:
    from alembic import command
    from alembic.config import Config

    from app.store.projected_tables import reshape

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    engine = open_plain_engine(draft)
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            reshape(connection)
    finally:
        engine.dispose()


def _check(draft: Path) -> None:
    with closing(SQLITE.connect(draft)) as connection:
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            raise StoreTrouble("trouble.store_upgrade")
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise StoreTrouble("trouble.store_upgrade")


def _put_in_place(draft: Path, path: Path) -> None:
    flush_file(draft)
    if path.exists():
        with closing(SQLITE.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    os.replace(draft, path)
    flush_folder(path.parent)


def _forget(draft: Path) -> None:
    for suffix in ("", "-journal", "-wal", "-shm"):
        left = draft.with_name(draft.name + suffix)
        if left.is_dir() and not left.is_symlink():
            set_aside(left)
        else:
            left.unlink(missing_ok=True)


def flush_file(path: Path) -> None:
    """Force a file's bytes to the disk."""
    with path.open("rb+") as opened:
        os.fsync(opened.fileno())
