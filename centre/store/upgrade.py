"""Bringing the centre's schema to this program's version, in one transaction.

A store of a newer program is refused untouched. On SQLite a copy is put aside first and
foreign keys are off before the transaction begins; on PostgreSQL two starting centres
wait for each other.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Connection, inspect, text

from app.domain.errors import StoreTrouble
from app.wire.side_files import make_private_file
from centre.store.engine import SQLITE, open_migration_engine
from centre.store.projection_versions import ensure_projections

HEAD = "0013"
KNOWN = frozenset(
    {"0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0010", "0012", "0013"}
)
"""Every revision this program can open or upgrade; a test holds it to the versions folder."""

BEFORE = ".before-"
"""What the name of a copy put aside before an upgrade goes on with."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK_NUMBER = 0x796A6331


def ensure_schema(address: str | URL) -> None:
    """Make or upgrade the tables behind ``address``, those of projections too.

    Raises:
        StoreTrouble: the store belongs to a newer program.
    """
    engine = open_migration_engine(address)
    is_sqlite = engine.dialect.name == "sqlite"
    path = Path(engine.url.database or "")
    try:
        if is_sqlite:
            make_private_file(path)
        with engine.begin() as tx:
            if not is_sqlite:
                tx.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK_NUMBER})
            found = revision_of(tx)
            if found is not None and found not in KNOWN:
                raise StoreTrouble("centre.store_newer", revision=found)
            if found == HEAD:
                ensure_projections(tx)
                return
            if is_sqlite and found is not None:
                _put_copy_aside(path, found)
            _migrate(tx)
            ensure_projections(tx)
            if is_sqlite and tx.execute(text("PRAGMA foreign_key_check")).first() is not None:
                raise StoreTrouble("centre.store_upgrade")
    finally:
        engine.dispose()


def revision_of(tx: Connection) -> str | None:
    """The schema revision of a store; None when it has no tables yet."""
    if not inspect(tx).has_table("alembic_version"):
        return None
    found = tx.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _migrate(tx: Connection) -> None:
    # Alembic is loaded only when there is something to do: every command would pay for it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = tx
    command.upgrade(config, "head")


def _put_copy_aside(path: Path, revision: str) -> None:
    target = path.with_name(f"{path.name}{BEFORE}{revision}")
    make_private_file(target)
    with closing(SQLITE.connect(path)) as old, closing(SQLITE.connect(target)) as new:
        old.backup(new)
