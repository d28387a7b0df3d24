"""Forgetting what is personal about someone: the payloads go, the chain stays as it is.

The payload is taken from the store, from the second copy and from the backups, each written
anew so that nothing is left behind in freed pages. What a damaged store set aside may still
hold, ``forget_in_copies`` removes with it. Whom the copies still have to forget is written
in the very transaction in which the store forgets, so that no end of the program loses it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, bindparam, delete, select

from app.store.engine import SQLITE, SqliteError
from app.store.prepared import Prepared
from app.store.tables import settings
from app.store.upgrade import flush_file, flush_folder
from app.wire.fact_bytes import read_fact

_NAMING = "SELECT bytes, hash FROM facts WHERE instr(CAST(bytes AS TEXT), ?) > 0"
_ABOUT = f"{_NAMING} AND personal IS NOT NULL"
_LEFT = "forgotten, not in the copies"
_KEEP_LEFT = Prepared.putting(settings, ("name", "value"))
_WHO_IS_LEFT = Prepared(select(settings.c.value).where(settings.c.name == bindparam("name")))
_NOBODY_IS_LEFT = Prepared(delete(settings).where(settings.c.name == bindparam("name")))


def facts_about(conn: Connection, person: str, *, asked: str = _ABOUT) -> tuple[bytes, ...]:
    """Hashes of the facts whose body names a person and that still have a payload."""
    found = []
    for data, hashed in conn.exec_driver_sql(asked, (json.dumps(person),)).all():
        fact = read_fact(bytes(data)).fact
        if getattr(fact, "person", None) == person:
            found.append(bytes(hashed))
    return tuple(found)


def forget(conn: Connection, person: str) -> tuple[bytes, ...]:
    """Take the payloads about a person from the store, and what was projected from them.

    In the caller's transaction; returns the hashes of the facts they stood beside.
    """
    about = facts_about(conn, person)
    if about:
        people = {*_people_left(conn), person}
        _KEEP_LEFT.run(conn, {"name": _LEFT, "value": json.dumps(sorted(people))})
    for hashed in about:
        conn.exec_driver_sql("UPDATE facts SET personal = NULL WHERE hash = ?", (hashed,))
    conn.exec_driver_sql(
        "UPDATE visitors SET name = '', phone_tail = '', home = '' WHERE person = ?", (person,)
    )
    conn.exec_driver_sql("UPDATE marks SET leave = NULL WHERE person = ?", (person,))
    return about


@dataclass(frozen=True, slots=True)
class Left:
    """People whom the store forgot and the copies may still hold, and all facts that name them."""

    people: tuple[str, ...]
    hashes: frozenset[bytes]


def left_in_copies(conn: Connection) -> Left:
    """Whom the copies still have to forget; mostly nobody."""
    people = _people_left(conn)
    named = (facts_about(conn, person, asked=_NAMING) for person in people)
    return Left(people, frozenset(hashed for some in named for hashed in some))


def _people_left(conn: Connection) -> tuple[str, ...]:
    row = _WHO_IS_LEFT.one(conn, {"name": _LEFT})
    return () if row is None else tuple(str(one) for one in json.loads(row.value))


def copies_forgot(conn: Connection, people: Iterable[str]) -> None:
    """The copies hold nothing any more of these people."""
    rest = sorted({*_people_left(conn)} - {*people})
    if rest:
        _KEEP_LEFT.run(conn, {"name": _LEFT, "value": json.dumps(rest)})
    else:
        _NOBODY_IS_LEFT.run(conn, {"name": _LEFT})


def forget_in_copies(home: Path, hashes: Collection[bytes]) -> None:
    """Take the payloads of these facts from the second copy and the backups.

    Damaged stores that were set aside are removed: nothing in them can be proven to be gone.
    Raises OSError when a copy can't be written anew; what is there stays whole.
    """
    names = {one.hex() for one in hashes}
    for path in sorted((home / "journal").glob("*.jsonl")):
        _rewrite(path, names)
    for path in sorted((home / "backups").glob("station-*.db")):
        _forget_in_backup(path, hashes)
    shutil.rmtree(home / "damaged", ignore_errors=True)


def _rewrite(path: Path, names: Collection[str]) -> None:
    draft = path.with_suffix(".draft")
    changed = False
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


def _forget_in_backup(path: Path, hashes: Iterable[bytes]) -> None:
    """A backup that can't be opened is removed: it could restore what was to be forgotten."""
    try:
        with closing(SQLITE.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN IMMEDIATE")
            for change in (
                "UPDATE facts SET personal = NULL WHERE hash = ?",
                "UPDATE marks SET leave = NULL WHERE hash = ?",
            ):
                connection.executemany(change, [(one,) for one in hashes])
            connection.execute(
                "UPDATE visitors SET name = '', phone_tail = '', home = '' WHERE seq IN "
                "(SELECT seq FROM facts WHERE personal IS NULL)"
            )
            connection.execute("COMMIT")
            connection.execute("VACUUM")
    except SqliteError:
        path.unlink(missing_ok=True)
