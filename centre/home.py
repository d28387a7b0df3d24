"""Which store and which key belong to a centre's home, so that neither is made anew unasked.

``centre.toml`` in the home remembers the store. A store holds the mark of the key it was made
with. From both follows whether a missing file is a new centre or a lost one: a new centre is
made without asking, a lost one is refused with what to do.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import URL, Connection, make_url, select
from sqlalchemy.exc import ArgumentError

from app.domain.errors import BadInput, StoreTrouble
from centre.settings import Settings
from centre.store.engine import open_migration_engine
from centre.store.tables import centre_state
from centre.store.upgrade import revision_of

CONFIG = "centre.toml"
_LARGEST_CONFIG_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Remembered:
    """What ``centre.toml`` says. ``database`` empty means SQLite in the home."""

    centre: str
    database: str


@dataclass(frozen=True, slots=True)
class StoreLook:
    """What a store says of itself before it is opened for work."""

    revision: str
    centre: str
    key_mark: str


def key_mark(public_key: bytes) -> str:
    """Names a key without telling it: 32 hex digits of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:32]


def remembered(home: Path) -> Remembered | None:
    """What the home's configuration says; None when it has none.

    Raises:
        StoreTrouble: the file is there but can't be read.
    """
    path = home / CONFIG
    try:
        with path.open("rb") as opened:
            words = tomllib.loads(opened.read(_LARGEST_CONFIG_BYTES).decode("utf-8"))
        return Remembered(str(words["centre"]), str(words["database"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, RecursionError) as broken:
        raise StoreTrouble("centre.config_broken", path=str(path)) from broken


def remember(home: Path, what: Remembered) -> None:
    """Write the configuration, whole or not at all, for its owner only."""
    lines = (
        "# Which store belongs to this centre. An address with a password is a secret.",
        f"centre = {json.dumps(what.centre, ensure_ascii=False)}",
        f"database = {json.dumps(what.database, ensure_ascii=False)}",
    )
    draft = home / f"{CONFIG}.{secrets.token_hex(4)}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(("\n".join(lines) + "\n").encode("utf-8"))
        opened.flush()
        os.fsync(opened.fileno())
    os.replace(draft, home / CONFIG)


def forget(home: Path) -> None:
    """Set the configuration aside: the next opening begins anew."""
    if (home / CONFIG).exists():
        os.replace(home / CONFIG, home / f"{CONFIG}.before")


def settled(settings: Settings) -> Settings:
    """``settings`` with the database that the home remembers, when none is named.

    Raises:
        BadInput: another database is named than the home remembers.
        StoreTrouble: the configuration can't be read.
    """
    known = remembered(settings.home)
    if known is None:
        return settings
    if not settings.database:
        return replace(settings, database=known.database)
    if _place(settings.database) != _place(known.database or settings.sqlite_address):
        raise BadInput(
            "centre.other_database",
            path=str(settings.home / CONFIG),
            known=shown_address(known.database or settings.sqlite_address),
            named=shown_address(settings.database),
        )
    return settings


def look(address: str | URL) -> StoreLook | None:
    """What a store says of itself; None when there is none. Nothing is made.

    Raises:
        BadInput: this is no address of a database.
    """
    url = _url(address)
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "")
        if not file.is_file() or file.stat().st_size == 0:
            return None
    engine = open_migration_engine(address)
    try:
        with engine.connect() as plain:
            revision = revision_of(plain)
            return None if revision is None else StoreLook(revision, *_who(plain))
    finally:
        engine.dispose()


def check_belongs(settings: Settings, found: StoreLook | None, *, may_begin: bool) -> None:
    """Refuse to go on where going on would begin another centre or another key without a word.

    ``may_begin`` is said by whoever was asked to make a new centre.

    Raises:
        StoreTrouble: the store or the key of this home is missing, or belongs to another centre.
    """
    known = remembered(settings.home)
    has_key = os.path.lexists(settings.key_file)
    address = shown_address(settings.database_address)
    if found is None or not found.centre:
        if known is not None:
            raise StoreTrouble("centre.store_missing", address=address, home=str(settings.home))
        if has_key and not may_begin:
            raise StoreTrouble("centre.store_not_begun", address=address, home=str(settings.home))
        return
    if known is not None and known.centre != found.centre:
        raise StoreTrouble("centre.store_of_another", address=address, home=str(settings.home))
    if not has_key:
        raise StoreTrouble("centre.key_missing", path=str(settings.key_file))


def check_key(settings: Settings, found: StoreLook | None, public_key: bytes) -> None:
    """Refuse a key that the store was not made with.

    Raises:
        StoreTrouble: it belongs to another centre.
    """
    if found is not None and found.key_mark not in ("", key_mark(public_key)):
        raise StoreTrouble("centre.key_of_another", path=str(settings.key_file))


def shown_address(address: str | URL) -> str:
    """An address as people may see it: without its password."""
    return _url(address).render_as_string(hide_password=True)


@contextmanager
def only_one_serves(home: Path) -> Iterator[None]:
    """Hold the home while serving from it; the system frees it however the process ends.

    Raises:
        StoreTrouble: another process serves from it.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / "serve.lock").open("ab") as opened:
        if not _try_lock(opened.fileno()):
            raise StoreTrouble("centre.already_serving", home=str(home))
        yield


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def _who(plain: Connection) -> tuple[str, str]:
    rows = plain.execute(select(centre_state.c.name, centre_state.c.value))
    said = {str(row.name): str(row.value) for row in rows}
    return said.get("centre", ""), said.get("key", "")


def _place(address: str | URL) -> tuple[object, ...]:
    url = _url(address)
    return url.get_backend_name(), url.host or "localhost", url.port or 5432, url.database


def _url(address: str | URL) -> URL:
    try:
        url = make_url(address)
        url.get_dialect()
    except (ArgumentError, ValueError, ImportError) as wrong:
        raise BadInput("centre.database_address") from wrong
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise BadInput("centre.database_address")
    return url
