"""Walking the chain: every hash, every link, every number, and the gaps that are known.

Works on stores of older schemas too, because backups are proven by it before they are
brought up to date.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from app.ports.store import ChainReport
from app.store.engine import SqliteError
from app.store.journal import StoredFact, proven_personal
from app.wire.fact_bytes import chain_hash, segment_root

_WALK = (
    "SELECT f.seq, s.id, f.n, f.hash, f.bytes, f.personal, s.no FROM facts f "
    "JOIN segments s ON s.no = f.segment_no WHERE f.seq > ? ORDER BY f.segment_no, f.n"
)
_BEFORE = "SELECT hash FROM facts WHERE segment_no = ? AND n = ?"
_PREVIOUS = "SELECT previous FROM facts WHERE seq = ?"
_GAP = "SELECT after_n FROM gaps WHERE segment_no = ? AND before_n = ?"
_ALL_ENDS = "SELECT no, id, last_n, last_hash FROM segments"
_NEWEST_END = f"{_ALL_ENDS} ORDER BY no DESC LIMIT 1"


def verify_chain(conn: Connection, after_seq: int = 0) -> ChainReport:
    """Recompute every hash and number after ``after_seq`` (0: the whole journal).

    A fact behind a gap that is known is proven by the hash it keeps of the one before it. The
    recorded ends of the segments must fit too: of all when the whole journal is walked, else of
    those met and of the newest, so that a look at the end never costs the history. Personal
    payloads that are still there must be those the facts name.
    """
    driver: Any = conn.connection.driver_connection
    ends: dict[int, tuple[int, bytes]] = {}
    count = 0
    for no, fact in _walk(driver, after_seq):
        before = ends.get(no) or _place_before(driver, no, fact, after_seq)
        if before[0] != fact.n - 1:
            before = _over_gap(driver, no, fact) or (-1, b"")
        fits = before[0] == fact.n - 1 and chain_hash(before[1], fact.data) == fact.hash
        if not fits or proven_personal(fact) != fact.personal:
            return ChainReport(count, len(ends), f"{fact.segment[:8]}:{fact.n}")
        ends[no] = (fact.n, fact.hash)
        count += 1
    wrong = _wrong_end(driver, ends, whole=after_seq == 0)
    return ChainReport(count, len(ends), wrong)


def _walk(driver: Any, after_seq: int) -> Iterator[tuple[int, StoredFact]]:
    for *fact, no in driver.execute(_WALK, (after_seq,)):
        yield no, StoredFact(*fact)


def _place_before(driver: Any, no: int, fact: StoredFact, after_seq: int) -> tuple[int, bytes]:
    """What the first fact met of a segment must follow: its root, or a fact before the walk."""
    if after_seq and fact.n > 1:
        row = driver.execute(_BEFORE, (no, fact.n - 1)).fetchone()
        if row is not None:
            return fact.n - 1, bytes(row[0])
    return 0, segment_root(fact.segment)


def _over_gap(driver: Any, no: int, fact: StoredFact) -> tuple[int, bytes] | None:
    """What stands before a fact behind a gap, if that gap is known."""
    try:
        known = driver.execute(_GAP, (no, fact.n)).fetchone()
    except SqliteError:
        return None  # a store of the first schema knows no gaps
    if known is None:
        return None
    row = driver.execute(_PREVIOUS, (fact.seq,)).fetchone()
    return None if row is None or row[0] is None else (fact.n - 1, bytes(row[0]))


def _wrong_end(driver: Any, ends: dict[int, tuple[int, bytes]], *, whole: bool) -> str | None:
    rows = driver.execute(_ALL_ENDS if whole else _NEWEST_END).fetchall()
    if not whole:
        query = f"{_ALL_ENDS} WHERE no = ?"
        rows += [driver.execute(query, (no,)).fetchone() for no in ends]
    for no, segment, last_n, last_hash in rows:
        found = ends.get(no) or _place_at(driver, no, segment, 0 if whole else last_n)
        if found != (last_n, last_hash):
            return f"{segment[:8]}:{last_n}"
    return None


def _place_at(driver: Any, no: int, segment: str, n: int) -> tuple[int, bytes]:
    """The place at ``n`` of a segment; its root when nothing is there."""
    row = driver.execute(_BEFORE, (no, n)).fetchone() if n else None
    return (0, segment_root(segment)) if row is None else (n, bytes(row[0]))
