"""Finding damage at start, and rebuilding from the newest good copy plus the second copy.

Nothing is ever deleted: the damaged files are set aside whole. People are told in one
sentence what was recovered and what may be missing.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, delete, func, select

from app.domain.facts import SegmentOpened
from app.domain.time import local_date
from app.store.backup import backups, prove
from app.store.chain import verify_chain
from app.store.engine import (
    SQLITE,
    SqliteError,
    looks_damaged,
    open_plain_engine,
    trouble_of,
)
from app.store.journal import StoredFact
from app.store.placing import Placed, Placing
from app.store.projecting import rebuild
from app.store.second_copy import read_second_copy
from app.store.tables import facts, feed_cursors, people, segments
from app.store.upgrade import (
    copy_database,
    ensure_schema,
    flush_file,
)
from app.wire.fact_bytes import chain_hash, read_fact, segment_root
from app.wire.side_files import flush_folder, is_plain, make_folder, make_private_file

_log = logging.getLogger("store")

_ALL_FACTS = (
    "SELECT s.id, f.n, f.hash, f.bytes, f.personal, f.previous, f.returned, f.seq FROM facts f "
    "JOIN segments s ON s.no = f.segment_no WHERE f.seq >= ? ORDER BY f.seq LIMIT ?"
)
_ALL_FACTS_AT_FIRST = _ALL_FACTS.replace("f.previous, f.returned", "NULL, 0")
_NEWEST = _ALL_FACTS.replace("WHERE f.seq >= ? ORDER BY f.seq", "ORDER BY f.seq DESC")
_NEWEST_FACTS = 500
"""Looked for in the second copy at each start: fewer than fit into what is read of its end."""

_MOST_MISSES = 5_000
"""Places stepped over where pages can't be read, before the rest is given up."""

_ALWAYS_CHECKED_BYTES = 24 << 20
_PROOF_HOLDS_S = 3 * 86_400


class Recovery(Struct, frozen=True):
    """What a recovery did; ``last_day`` is the local date of the newest fact that is back."""

    found: str
    backup: str
    facts_from_backup: int
    facts_from_second_copy: int
    last_day: str
    complete: bool
    """Whether the second copy reached to its end without a gap."""
    people: int = 0
    """In the roster now; only a backup holds it, the second copy knows no names of the roster."""

    @property
    def facts(self) -> int:
        """Facts in the rebuilt journal."""
        return self.facts_from_backup + self.facts_from_second_copy

    @property
    def notice(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Catalogue key and values of the sentence for the operator."""
        if self.facts == 0:
            return ("notice.recovered_none", ())
        if self.complete:
            return ("notice.recovered_all", (("facts", str(self.facts)),))
        return (
            "notice.recovered_some",
            (("facts", str(self.facts)), ("day", self.last_day)),
        )

    @property
    def notices(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """What to say in all: of the facts, and of the people without whom nobody can sign in."""
        if self.facts == 0:
            return (self.notice,)
        if self.people == 0:
            return (self.notice, ("notice.no_roster", ()))
        return (self.notice, ("notice.roster_back", (("people", str(self.people)),)))


def damage_of(path: Path) -> str | None:
    """What is wrong with the store file, or None. A whole check costs 0.5 to 5 ms a megabyte.

    A large file is only opened when it was closed in order and a backup of the last days was
    proven, which walks everything. The chain's newer end is checked once the store is open.
    Raises StoreTrouble when the file is out of reach, which says nothing about its soundness.
    """
    if not os.path.lexists(path):
        return None
    if not is_plain(path):
        return "no file"
    try:
        # Looked at before opening, because that is what makes the write-ahead log anew.
        whole = not (_closed_in_order(path) and _proven_lately(path))
        with closing(SQLITE.connect(path)) as connection:
            if path.stat().st_size <= _ALWAYS_CHECKED_BYTES or whole:
                rows = connection.execute("PRAGMA quick_check(1)").fetchall()
            else:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
                rows = [("ok",)]
    except SqliteError as broken:
        if not looks_damaged(broken, path):
            raise trouble_of(broken, path.parent) from broken
        return type(broken).__name__
    except UnicodeError as garbled:  # the names of tables, or what the check says of them
        return type(garbled).__name__
    return None if rows == [("ok",)] else "quick_check"


def _closed_in_order(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return not log.exists() or log.stat().st_size == 0


def _proven_lately(path: Path) -> bool:
    try:
        written = path.stat().st_mtime
        return any(
            backup.stat().st_mtime > written - _PROOF_HOLDS_S
            for backup in backups(path.parent / "backups")
        )
    except OSError:
        return False


def recover(
    home_store: Path, candidates: list[Path], copy_folder: Path, found: str, stamp: str
) -> Recovery:
    """Set the damaged store aside and build a new one from the best sound candidate.

    ``candidates`` are backup files; the one with most facts is taken, because the days in
    their names are only as good as the clock was. The second copy in ``copy_folder`` adds what
    is newer. Raises StoreTrouble when even a new store can't be written here.
    """
    draft = home_store.with_name(home_store.name + ".rebuilt")
    draft.unlink(missing_ok=True)
    make_private_file(draft)
    source = best_of(candidates)
    if source is not None:
        shutil.copyfile(source, draft)
    elif prove(home_store).sound:
        copy_database(home_store, draft)
    ensure_schema(draft)
    before, added, last, complete, known = _add_copies(
        draft, read_second_copy(copy_folder), _still_readable(home_store)
    )
    if source is None:
        _ask_feeds_anew(draft)
    set_aside(home_store, stamp)
    flush_file(draft)
    os.replace(draft, home_store)
    flush_folder(home_store.parent)
    name = "" if source is None else source.name
    _log.error("store recovered: %s, backup %s, %d + %d facts", found, name, before, added)
    return Recovery(found, name, before, added, last, complete, known)


def best_of(candidates: list[Path]) -> Path | None:
    """The sound backup with most facts, the first of equals; None when there is none."""
    proofs = [(prove(path), path) for path in candidates]
    sound = [(proof.facts, path) for proof, path in proofs if proof.sound]
    return max(sound, key=lambda one: one[0])[1] if sound else None


class Ends(Struct, frozen=True):
    """How the ends of store and second copy stand to each other.

    ``store_lags``: the copy goes on where the journal ends. A sound store can do that: SQLite
    passes over the rest of a damaged write-ahead log. ``copy_lacks``: newest facts that never
    reached the copy, because the program or the current ended between commit and copy.
    """

    store_lags: bool
    copy_lacks: tuple[StoredFact, ...]


def compare_ends(conn: Connection, copy_folder: Path) -> Ends:
    """Compare the newest facts with the second copy's last lines."""
    tips = {row.id: (row.last_n, bytes(row.last_hash)) for row in conn.execute(select(segments))}
    copied: set[bytes] = set()
    lags = False
    for fact in read_second_copy(copy_folder, only_end=True):
        if fact is not None:
            copied.add(fact.hash)
            lags = lags or _goes_on(tips, fact)
    newest = [
        fact
        for row in conn.exec_driver_sql(_NEWEST, (_NEWEST_FACTS,))
        if (fact := _read_row(tuple(row))) is not None
    ]
    return Ends(lags, tuple(fact for fact in reversed(newest) if fact.hash not in copied))


def catch_up(home_store: Path, copy_folder: Path) -> Recovery:
    """Add to a sound store what only the second copy has."""
    before, added, last, complete, known = _add_copies(home_store, read_second_copy(copy_folder))
    _log.error("store caught up: %d facts from the second copy", added)
    return Recovery("behind", "", before, added, last, complete, known)


def _add_copies(
    store: Path, *copies: Iterable[StoredFact | None]
) -> tuple[int, int, str, bool, int]:
    """Facts there were, facts added, the newest one's day, whether the first copy was whole, and
    how many people the roster has."""
    engine = open_plain_engine(store)
    try:
        with engine.begin() as conn:
            before = verify_chain(conn).facts
            results = [_replay(conn, copied) for copied in copies]
            rebuild(conn)
            last = _newest_wall_ms(conn)
            active = select(func.count()).select_from(people).where(people.c.active == 1)
            known = int(conn.execute(active).scalar_one())
    finally:
        engine.dispose()
    day = "" if last is None else local_date(last).isoformat()
    return before, sum(added for added, _ in results), day, results[0][1], known


def _still_readable(store: Path) -> Iterator[StoredFact]:
    """Facts of a damaged store, in order, those behind torn pages too; their proof is the chain."""
    try:
        with closing(SQLITE.connect(store)) as connection:
            columns = [row[1] for row in connection.execute("PRAGMA table_info(facts)")]
            query = _ALL_FACTS if "previous" in columns else _ALL_FACTS_AT_FIRST
            start, misses, limit = 0, 0, -1
            while misses < _MOST_MISSES:
                count = 0
                try:
                    for row in connection.execute(query, (start, limit)):
                        start, misses, count = row[-1] + 1, 0, count + 1
                        fact = _read_row(row)
                        if fact is not None:
                            yield fact
                except (SqliteError, ValueError):
                    # One by one now: the driver reads ahead, and loses a row before a torn page.
                    start, misses = (start, misses) if limit < 0 else (start + 1, misses + 1)
                    limit = 1
                else:
                    if limit < 0 or count == 0:
                        return
                    limit = -1
    except (SqliteError, ValueError) as broken:
        _log.info("the damaged store can't be read: %s", type(broken).__name__)


def _read_row(row: tuple[Any, ...]) -> StoredFact | None:
    segment, n, hashed, data, personal, previous, returned, seq = row
    sound = isinstance(segment, str) and isinstance(n, int) and isinstance(data, bytes)
    if not sound or not isinstance(hashed, bytes):
        return None
    return StoredFact(
        seq=seq,
        segment=segment,
        n=n,
        hash=hashed,
        data=data,
        personal=personal if isinstance(personal, bytes) else None,
        previous=previous if isinstance(previous, bytes) else None,
        returned=1 if returned == 1 else 0,
    )


def _ask_feeds_anew(store: Path) -> None:
    """No backup vouches for the roster: the centre shall send all of it again."""
    engine = open_plain_engine(store)
    try:
        with engine.begin() as conn:
            conn.execute(delete(feed_cursors))
    finally:
        engine.dispose()


def make_aside(home: Path, stamp: str) -> Path:
    """The folder for what is damaged, made if need be."""
    folder = home / "damaged" / stamp
    make_folder(folder.parent)
    make_folder(folder)
    return folder


def set_aside(home_store: Path, stamp: str) -> Path:
    """Move the store's files, whole, into ``damaged/<stamp>``; returns that folder."""
    folder = make_aside(home_store.parent, stamp)
    for suffix in ("", "-wal", "-shm"):
        source = home_store.with_name(home_store.name + suffix)
        if os.path.lexists(source):
            os.replace(source, folder / source.name)
    return folder


def _replay(conn: Connection, copied: Iterable[StoredFact | None]) -> tuple[int, bool]:
    """Add facts that the journal lacks and that are proven, those behind a gap too.

    Returns how many, and whether the copy reached to its end without a gap: no line that can't
    be placed, no segment whose parent's end is missing, no torn last line.
    """
    placing = Placing(conn, projecting=False)
    added = 0
    gap = False
    ends_well = False
    for fact in copied:
        ends_well = fact is not None
        if fact is None:
            continue
        placed = placing.put(fact)
        if placed is Placed.PUT:
            added += 1
            gap = gap or _parent_is_missing(placing, fact)
        gap = gap or placed is Placed.UNPROVEN
    gap = placing.settle() > 0 or gap
    return added, ends_well and not gap


def _parent_is_missing(placing: Placing, fact: StoredFact) -> bool:
    if fact.n > 1:
        return False
    opened = read_fact(fact.data).fact
    if not isinstance(opened, SegmentOpened) or opened.parent_segment is None:
        return False
    return not placing.knows(opened.parent_segment, opened.parent_n or 0)


def _goes_on(tips: Mapping[str, tuple[int, bytes]], fact: StoredFact) -> bool:
    """Whether a fact follows the end of a segment, or begins one that is not known."""
    n, previous = tips.get(fact.segment) or (0, segment_root(fact.segment))
    return fact.n == n + 1 and chain_hash(previous, fact.data) == fact.hash


def _newest_wall_ms(conn: Connection) -> int | None:
    row = conn.execute(select(facts.c.bytes).order_by(facts.c.seq.desc()).limit(1)).one_or_none()
    return None if row is None else read_fact(bytes(row.bytes)).instant.wall_ms
