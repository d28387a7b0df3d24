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
from dataclasses import replace
from pathlib import Path

from sqlalchemy import URL, Connection, make_url, select
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from app.domain.errors import BadInput, StoreTrouble
from app.domain.values import dataclass
from app.wire.side_files import PRIVATE_FOLDER, flush_folder, open_private
from centre.settings import Settings
from centre.store.engine import open_migration_engine
from centre.store.tables import centre_state
from centre.store.upgrade import revision_of

CONFIG = "centre.toml"
UNFINISHED = "restore.unfinished"
"""Lies in a home while a backup is put back, and stays there when that is cut off."""
_LARGEST_CONFIG_BYTES = 64 * 1024
_NO_FILE = (":memory:", "file:")
"""What SQLite takes in place of a file's path."""


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
            # An editor may have put a mark of UTF-8 before it.
            words = tomllib.loads(opened.read(_LARGEST_CONFIG_BYTES).decode("utf-8-sig"))
        centre, database = words["centre"], words["database"]
        if not (isinstance(centre, str) and isinstance(database, str)):
            raise ValueError(CONFIG)
        return Remembered(centre, database)
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
    try:
        with open(draft, "xb", opener=open_private) as opened:
            opened.write(("\n".join(lines) + "\n").encode("utf-8"))
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(draft, home / CONFIG)
    finally:
        draft.unlink(missing_ok=True)
    flush_folder(home)


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
    settings = wherever_it_runs(settings)
    known = remembered(settings.home)
    if known is None:
        return settings
    if not settings.database:
        return replace(settings, database=known.database)
    if not is_same_database(settings.database, known.database or settings.sqlite_address):
        raise BadInput(
            "centre.other_database",
            path=str(settings.home / CONFIG),
            known=shown_address(known.database or settings.sqlite_address),
            named=shown_address(settings.database),
        )
    return settings


def wherever_it_runs(settings: Settings) -> Settings:
    """``settings`` that mean the same from every folder, and after the home was moved: a SQLite
    file is named by its whole path, the one in the home not at all."""
    if not settings.database or _url(settings.database).get_backend_name() != "sqlite":
        return settings
    file = Path(_url(settings.database).database or "").absolute()
    if _real(file) == _real(settings.home / "centre.sqlite"):
        return replace(settings, database="")
    return replace(settings, database=URL.create("sqlite", database=str(file)).render_as_string())


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
            return look_at(plain)
    finally:
        engine.dispose()


def look_at(plain: Connection) -> StoreLook | None:
    """What an open store says of itself."""
    revision = revision_of(plain)
    return None if revision is None else StoreLook(revision, *_who(plain))


def refuse_half_restored(home: Path) -> None:
    """Nobody works with a home into which a backup was put only in part.

    Raises:
        StoreTrouble: it is one.
    """
    if os.path.lexists(home / UNFINISHED):
        raise StoreTrouble("centre.restore_unfinished", home=str(home))


def refuse_empty(settings: Settings) -> None:
    """A copy or a check of a home where no centre is would make one, and find it well.

    Raises:
        BadInput: there is none.
    """
    if os.path.lexists(settings.home / CONFIG) or os.path.lexists(settings.key_file):
        return
    if look(settled(settings).database_address) is None:
        raise BadInput("centre.none_here", home=str(settings.home))


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
    """An address as people may see it: without its password, wherever that stands."""
    url = _url(address)
    if url.get_backend_name() == "sqlite":
        return str(url.database)  # a path may hold signs that no address may
    secret = {name: "***" for name in url.query if "password" in name.lower()}
    return url.update_query_dict(secret).render_as_string(hide_password=True)


@contextmanager
def only_one_serves(home: Path) -> Iterator[None]:
    """Hold the home while serving from it; the system frees it however the process ends.

    Raises:
        StoreTrouble: another process serves from it.
    """
    home.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
    with held(home / "serve.lock", StoreTrouble("centre.already_serving", home=str(home))):
        yield


@contextmanager
def held(lock: Path, refusal: StoreTrouble) -> Iterator[None]:
    """Hold a lock file; the system frees it however the process ends.

    Raises:
        StoreTrouble: ``refusal``, when another process holds it.
    """
    with open(lock, "ab", opener=open_private) as opened:
        if not _try_lock(opened.fileno()):
            raise refusal
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


def is_same_database(one: str | URL, other: str | URL) -> bool:
    """Whether two addresses lead to one database: as they are spelled, or as it says itself.

    ``localhost``, ``127.0.0.1``, a socket's folder and the name of a pool may all be one server;
    the same words with another socket or port are another one.
    """
    first, second = _url(one), _url(other)
    if {first.get_backend_name(), second.get_backend_name()} != {"postgresql"}:
        return _file(first) == _file(second)
    if _spelled(first) == _spelled(second):
        return True
    try:
        return _says(first) == _says(second)
    except SQLAlchemyError:
        return False  # who can't be asked is not known to be the same


def _file(url: URL) -> object:
    return _real(Path(url.database or "")) if url.get_backend_name() == "sqlite" else url


def _spelled(url: URL) -> tuple[object, ...]:
    where = tuple(url.query.get(name) for name in ("host", "hostaddr", "port", "dbname", "service"))
    return url.host, url.port or 5432, url.database or url.username, where


def _says(url: URL) -> tuple[object, ...]:
    """Which server, since when it runs (a copy of its disk runs since another moment), and which
    of its databases."""
    engine = open_migration_engine(url)
    query = (
        "SELECT (SELECT system_identifier FROM pg_control_system()), "
        "pg_postmaster_start_time()::text, "
        "(SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    try:
        with engine.connect() as plain:
            return tuple(plain.exec_driver_sql(query).one())
    finally:
        engine.dispose()


def _real(path: Path) -> str:
    return os.path.realpath(path)


def _url(address: str | URL) -> URL:
    try:
        url = make_url(address)
        url.get_dialect()
    except (ArgumentError, ValueError, ImportError) as wrong:
        raise BadInput("centre.database_address") from wrong
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise BadInput("centre.database_address")
    if url.get_backend_name() == "sqlite" and (url.database or _NO_FILE[0]).startswith(_NO_FILE):
        raise BadInput("centre.database_address")
    return url
