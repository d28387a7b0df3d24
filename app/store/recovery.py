"""Finding damage at start, and rebuilding from the newest good copy plus the second copy.

Nothing is ever deleted: the damaged files are set aside whole. People are told in one
sentence what was recovered and what may be missing.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, select

from app.domain.time import local_date
from app.store.backup import prove
from app.store.engine import SQLITE, SqliteError, open_plain_engine
from app.store.journal import SegmentTip, StoredFact, add_fact, verify_chain
from app.store.project import rebuild
from app.store.second_copy import read_second_copy
from app.store.tables import facts, segments
from app.store.upgrade import ensure_schema, flush_folder
from app.wire.fact_bytes import read_fact, segment_root

_log = logging.getLogger("store")


@dataclass(frozen=True, slots=True)
class Recovery:
    """What a recovery did; ``last_day`` is the local date of the newest fact that is back."""

    found: str
    backup: str
    facts_from_backup: int
    facts_from_second_copy: int
    last_day: str
    complete: bool
    """Whether the second copy reached beyond the backup without a gap."""

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


def damage_of(path: Path) -> str | None:
    """What is wrong with the store file, or None. Reads the whole file: 0.5 ms a megabyte.

    The chain's newer end is checked by ``check_tail`` once the store is open.
    """
    if not path.exists():
        return None
    try:
        with closing(SQLITE.connect(path)) as connection:
            rows = connection.execute("PRAGMA quick_check(1)").fetchall()
    except SqliteError as broken:
        return type(broken).__name__
    return None if rows == [("ok",)] else "quick_check"


def recover(
    home_store: Path, candidates: list[Path], copy_folder: Path, found: str, stamp: str
) -> Recovery:
    """Set the damaged store aside and build a new one from the first sound candidate.

    ``candidates`` are backup files, newest first; the second copy in ``copy_folder`` adds what
    is newer. Raises StoreTrouble when even a new store can't be written here.
    """
    set_aside(home_store, stamp)
    source = ""
    for backup in candidates:
        if prove(backup).sound:
            shutil.copyfile(backup, home_store)
            source = backup.name
            break
    ensure_schema(home_store)
    engine = open_plain_engine(home_store)
    try:
        with engine.begin() as conn:
            before = verify_chain(conn).facts
            added = _replay(conn, read_second_copy(copy_folder))
            rebuild(conn)
            last = _newest_wall_ms(conn)
    finally:
        engine.dispose()
    flush_folder(home_store.parent)
    _log.error("store recovered: %s, backup %s, %d + %d facts", found, source, before, added)
    return Recovery(
        found=found,
        backup=source,
        facts_from_backup=before,
        facts_from_second_copy=added,
        last_day="" if last is None else local_date(last).isoformat(),
        complete=added > 0,
    )


def set_aside(home_store: Path, stamp: str) -> Path:
    """Move the store's files, whole, into ``damaged/<stamp>``; returns that folder."""
    folder = home_store.parent / "damaged" / stamp
    folder.mkdir(parents=True, exist_ok=True)
    for suffix in ("", "-wal", "-shm"):
        source = home_store.with_name(home_store.name + suffix)
        if source.exists():
            os.replace(source, folder / source.name)
    return folder


def _replay(conn: Connection, copied: Iterable[StoredFact]) -> int:
    """Add facts of the second copy that the journal lacks and that fit onto its chain."""
    tips = {
        row.id: SegmentTip(row.no, row.id, row.last_n, row.last_hash)
        for row in conn.execute(select(segments))
    }
    held = {bytes(row.hash) for row in conn.execute(select(facts.c.hash))}
    next_no = max((tip.no for tip in tips.values()), default=0) + 1
    added = 0
    for fact in copied:
        if fact.hash in held:
            continue
        tip = tips.get(fact.segment)
        if tip is None:
            root = segment_root(fact.segment)
            tip = SegmentTip(next_no, fact.segment, 0, root)
            conn.execute(
                insert(segments).values(
                    no=next_no, id=fact.segment, last_n=0, last_hash=root, acked_n=None
                )
            )
            next_no += 1
        if fact.n != tip.n + 1:
            continue
        stored = add_fact(conn, tip, fact.n, fact.data, fact.personal)
        tips[fact.segment] = SegmentTip(tip.no, tip.id, fact.n, stored.hash)
        added += 1
    return added


def _newest_wall_ms(conn: Connection) -> int | None:
    row = conn.execute(select(facts.c.bytes).order_by(facts.c.seq.desc()).limit(1)).one_or_none()
    return None if row is None else read_fact(bytes(row.bytes)).instant.wall_ms
