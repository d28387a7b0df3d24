"""Forgetting what is personal about someone: the payloads go, the chain stays as it is.

The payload is taken from the store, from the second copy and from the backups, the roster's row
from the backups as well, each written anew so that nothing is left behind in freed pages. What a
damaged store or file set aside, or a draft that was never finished, may still hold,
``forget_in_copies`` removes with it. Whom the copies still have to forget is written in the very
transaction in which the store forgets, so that no end of the program loses it.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Collection, Iterable
from contextlib import closing
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection, bindparam, delete, select

from app.areas.people.facts import PersonErased
from app.domain.fact_kinds import people_of
from app.domain.ids import PersonId
from app.store.backup import backups
from app.store.engine import SQLITE, SqliteError, lacks_room
from app.store.prepared import Prepared
from app.store.projected_tables import PROJECTED
from app.store.projecting import keys_in, refold
from app.store.second_copy import copy_files
from app.store.tables import projections, settings
from app.store.upgrade import flush_file
from app.store.work import StoreWork
from app.wire.fact_bytes import read_fact
from app.wire.side_files import flush_folder, is_plain, make_private_file

_NAMING = "SELECT bytes, hash FROM facts WHERE instr(CAST(bytes AS TEXT), ?) > 0"
_ABOUT = f"{_NAMING} AND personal IS NOT NULL"
_NO_DRAFTS = "DELETE FROM settings WHERE name LIKE 'test.draft.%' AND substr(name, -length(?)) = ?"
"""What somebody answered of a test that they never handed in."""
_LEFT = "forgotten, not in the copies"
_SINCE = {"overlaid_people": "DELETE FROM overlaid_people WHERE id = ?"}
"""Tables that not every backup has."""
_GONE = "forgotten in the copies too"
"""Whose erasure the centre may tell again without the copies being written anew for it."""
_KEEP_LEFT = Prepared.putting(settings, ("name", "value"))
_WHO_IS_LEFT = Prepared(select(settings.c.value).where(settings.c.name == bindparam("name")))
_NOBODY_IS_LEFT = Prepared(delete(settings).where(settings.c.name == bindparam("name")))


def facts_about(conn: Connection, person: str, *, asked: str = _ABOUT) -> dict[bytes, bytes]:
    """Hash → bytes of the facts whose payload is about a person and is still there."""
    rows = conn.exec_driver_sql(asked, (json.dumps(person),)).all()
    named = {bytes(hashed): bytes(data) for data, hashed in rows}
    return {hashed: data for hashed, data in named.items() if person in _people_in(data)}


def _people_in(data: bytes) -> frozenset[str]:
    fact = read_fact(data).fact
    return frozenset() if fact is None else people_of(fact)


def forget(conn: Connection, person: str) -> tuple[bytes, ...]:
    """Take the payloads about a person from the store, and fold anew what was made of them.

    In the caller's transaction; returns the hashes of the facts they stood beside.
    """
    about = facts_about(conn, person)
    if about or person not in _named(conn, _GONE):
        people = {*_named(conn, _LEFT), person}
        _KEEP_LEFT.run(conn, {"name": _LEFT, "value": json.dumps(sorted(people))})
    for hashed in about:
        conn.exec_driver_sql("UPDATE facts SET personal = NULL WHERE hash = ?", (hashed,))
    conn.exec_driver_sql(_NO_DRAFTS, (f".{person}", f".{person}"))
    refold(conn, {key for data in about.values() for key in keys_in(data)})
    return tuple(about)


def forget_each(work: StoreWork, people: Iterable[str]) -> None:
    """Forget people, in one unit of work; for each of whom something was here a fact says so."""
    for person in people:
        about = forget(work.conn, person)
        if about:
            work.record(PersonErased(PersonId(person), len(about)), actor="station")


class PendingErasures(Struct, frozen=True):
    """People whom the store forgot and the copies may still hold, and all facts that name them."""

    people: tuple[str, ...]
    hashes: frozenset[bytes]


def left_in_copies(conn: Connection) -> PendingErasures:
    """Whom the copies still have to forget; mostly nobody."""
    people = tuple(sorted(_named(conn, _LEFT)))
    named = (facts_about(conn, person, asked=_NAMING) for person in people)
    return PendingErasures(people, frozenset(hashed for some in named for hashed in some))


def _named(conn: Connection, which: str) -> frozenset[str]:
    row = _WHO_IS_LEFT.one(conn, {"name": which})
    return frozenset() if row is None else frozenset(str(one) for one in json.loads(row.value))


def copies_forgot(conn: Connection, people: Iterable[str]) -> None:
    """The copies hold nothing any more of these people."""
    done = {*people}
    gone = sorted(_named(conn, _GONE) | done)
    _KEEP_LEFT.run(conn, {"name": _GONE, "value": json.dumps(gone)})
    rest = sorted(_named(conn, _LEFT) - done)
    if rest:
        _KEEP_LEFT.run(conn, {"name": _LEFT, "value": json.dumps(rest)})
    else:
        _NOBODY_IS_LEFT.run(conn, {"name": _LEFT})


def forget_in_copies(home: Path, left: PendingErasures) -> None:
    """Take what is personal about these people from the second copy and the backups.

    Damaged files that were set aside, and drafts, are removed: nothing in them can be proven to
    be gone. Raises OSError when a copy can't be written anew; what is there stays whole.
    """
    names = {one.hex() for one in left.hashes}
    for path in copy_files(home / "journal"):
        _rewrite(path, names)
    for path in backups(home / "backups"):
        _forget_in_backup(path, left)
    for path in (
        *home.glob("station.db.*"),
        *(home / "journal").glob("*"),
        *(home / "backups").glob("*"),
        home / "damaged",
    ):
        if not _is_kept(path):
            _remove(path)


def _is_kept(path: Path) -> bool:
    """Whether it is the seal, a file of the second copy, or a backup, or none of our making."""
    name = path.name
    if path.parent.name == "journal":
        return is_plain(path) and path.suffix == ".jsonl"
    if path.parent.name == "backups":
        ours = name.startswith("station-")
        return not ours or (is_plain(path) and path.suffix == ".db")
    return name == "station.db.seal"


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _rewrite(path: Path, names: Collection[str]) -> None:
    draft = path.with_suffix(".draft")
    changed = False
    make_private_file(draft)
    with path.open("rb") as old, draft.open("wb") as new:
        for line in old:
            kept = _without_payload(line, names)
            changed = changed or kept is not line
            new.write(kept)
    if not changed:
        draft.unlink()
        return
    flush_file(draft)
    os.replace(draft, path)
    flush_folder(path.parent)


def _without_payload(line: bytes, names: Collection[str]) -> bytes:
    try:
        found = json.loads(line)
        if found["h"] not in names or found["p"] is None:
            return line
    except (ValueError, KeyError, TypeError):
        return line
    found["p"] = None
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8") + b"\n"


def _forget_in_backup(path: Path, left: PendingErasures) -> None:
    """A backup that can't be opened is removed: it could restore what was to be forgotten."""
    people = [(one,) for one in left.people]
    hashes = [(one,) for one in left.hashes]
    try:
        with closing(SQLITE.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN IMMEDIATE")
            named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = {row[0] for row in named}
            for change, whom in (
                ("UPDATE facts SET personal = NULL WHERE hash = ?", hashes),
                ("DELETE FROM memberships WHERE person = ?", people),
                ("DELETE FROM people WHERE id = ?", people),
                ("DELETE FROM kept_rows WHERE kind = 'person' AND key = ?", people),
                *((change, people) for table, change in _SINCE.items() if table in tables),
            ):
                connection.executemany(change, whom)
            # Whatever is made of the facts is made anew when a backup takes the store's place.
            for name in tables & {one.name for one in (*PROJECTED, projections)}:
                connection.execute(f'DELETE FROM "{name}"')  # noqa: S608
            connection.execute("COMMIT")
            connection.execute("VACUUM")
    except SqliteError as failed:
        if lacks_room(failed, path.parent):
            raise OSError(errno.ENOSPC, "no room to write a backup anew") from failed
        path.unlink(missing_ok=True)
