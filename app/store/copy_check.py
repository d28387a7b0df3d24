"""Compares the second copy with the journal and appends missing facts to it.

Each start compares the newest facts only; that costs nothing. A copy whose files were taken
away, cut or spoilt further back is found by their sizes: those of a copy that was whole are
remembered. Then all of it is read once, and what it lacks is written behind it in portions,
each forced to the disk, so that an end in between costs nothing and the next start goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection, bindparam, func, select

from app.domain.errors import BadInput
from app.store.journal import StoredFact, proven_personal, stored_facts
from app.store.prepared import Prepared
from app.store.second_copy import copy_files, read_second_copy
from app.store.tables import facts, settings
from app.wire.fact_bytes import chain_hash

PORTION = 500
AT_A_START = 5_000
"""So many lacking facts are made up before anybody can sign in; the rest in a quiet time."""
_MEMO = "second_copy_was_whole"
_KEEP = Prepared.putting(settings, ("name", "value"))
_READ = Prepared(select(settings.c.value).where(settings.c.name == bindparam("name")))


class CopyState(Struct, frozen=True):
    """How the whole copy stood: facts it ``lacked`` and, when these were made up as far as they
    could be, that are ``left``; lines in it that are no facts. Without ``is_news`` it was not
    looked at."""

    lacked: int = 0
    left: int = 0
    unreadable: int = 0
    is_news: bool = False


def is_in_doubt(conn: Connection, folder: Path) -> bool:
    """Whether nobody knows that the copy holds everything but its newest end."""
    row = _READ.one(conn, {"name": _MEMO})
    if row is None:
        return conn.execute(select(func.count()).select_from(facts)).scalar_one() > 0
    return is_harmed(conn, folder)


def is_harmed(conn: Connection, folder: Path) -> bool:
    """Whether files of a copy that was whole are gone, shorter, or others than they were."""
    row = _READ.one(conn, {"name": _MEMO})
    if row is None:
        return False
    try:
        was = {str(name): int(size) for name, size in json.loads(row.value).items()}
    except (ValueError, AttributeError, TypeError):
        return True
    now = _sizes(folder)
    newest = max(was, default="")
    return any(
        now.get(name, -1) < size or (name != newest and now[name] != size)
        for name, size in was.items()
    )


def note_whole(conn: Connection, folder: Path) -> None:
    """Remember how large the files of a copy are that holds everything."""
    _KEEP.run(conn, {"name": _MEMO, "value": json.dumps(_sizes(folder))})


def compare(conn: Connection, folder: Path) -> tuple[CopyState, frozenset[bytes]]:
    """Read the whole copy; what the journal has and it lacks, by hash."""
    unreadable = 0
    copied: set[bytes] = set()
    ends: dict[str, tuple[int, bytes]] = {}
    for fact in read_second_copy(folder):
        if fact is not None and _is_proven(fact, ends.get(fact.segment)):
            copied.add(fact.hash)
            ends[fact.segment] = (fact.n, fact.hash)
        else:
            unreadable += 1
    held = {bytes(row.hash) for row in conn.execute(select(facts.c.hash))}
    lacking = frozenset(held - copied)
    return CopyState(len(lacking), len(lacking), unreadable), lacking


def _is_proven(fact: StoredFact, before: tuple[int, bytes] | None) -> bool:
    """By what its line says stands before it, or, in an older one, by the line before it."""
    follows = before is not None and before[0] == fact.n - 1
    if not fact.stands_alone and not (
        follows and before is not None and chain_hash(before[1], fact.data) == fact.hash
    ):
        return False
    try:
        return proven_personal(fact) == fact.personal
    except BadInput:
        return False


def portions(conn: Connection, lacking: frozenset[bytes]) -> Iterator[list[StoredFact]]:
    """The lacking facts in the order they were written here."""
    portion: list[StoredFact] = []
    for fact in stored_facts(conn):
        if fact.hash in lacking:
            portion.append(fact)
        if len(portion) == PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


def _sizes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in copy_files(folder)}
