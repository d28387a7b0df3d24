"""Putting facts that were written before back where they stand, wherever they come from.

A fact is taken when its hash is proven: by the fact before it, or by the hash it names as
standing before it. So a torn page costs only the facts on it; what lies behind is kept, and
the gap is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from app.domain.fact_kinds import Fact
from app.domain.facts import SegmentOpened
from app.domain.line_order import SegmentLink, line_order
from app.store.journal import StoredFact, proven_personal, put_fact
from app.store.prepared import Prepared
from app.store.projecting import Key, keys_in_segments, refold, take_in
from app.store.tables import facts, gaps, segments
from app.wire.fact_bytes import chain_hash, read_fact, segment_root
from app.wire.sums import ZERO, add_hashes

_HASH_AT = Prepared(
    select(facts.c.hash).where(
        facts.c.segment_no == bindparam("segment_no"), facts.c.n == bindparam("n")
    )
)
_SAME = Prepared(select(facts.c.seq).where(facts.c.hash == bindparam("hash")).limit(1))
_MISSING = """
SELECT coalesce((SELECT max(p.n) FROM facts p WHERE p.segment_no = f.segment_no AND p.n < f.n), 0),
       f.n
FROM facts f
WHERE f.segment_no = ? AND f.n > 1
  AND NOT EXISTS (SELECT 1 FROM facts p WHERE p.segment_no = f.segment_no AND p.n = f.n - 1)
"""


class Placed(Enum):
    """What became of a fact that was offered."""

    PUT = "put"
    HELD = "held"
    UNPROVEN = "unproven"


@dataclass(slots=True)
class _End:
    no: int
    id: str
    last_n: int
    last_hash: bytes
    held: int
    sum: bytes
    ordinal: int
    link: SegmentLink | None
    """None while its first fact is not here."""
    changed: bool = False
    moved: bool = False
    """Facts of it that were held before stand elsewhere in the line now, or at another time."""


class Placing:
    """Takes facts in the caller's transaction; ``settle`` once at the end.

    ``projecting`` folds the rows of what was touched; without it they must be rebuilt after.
    """

    def __init__(self, conn: Connection, *, projecting: bool) -> None:
        self._conn = conn
        self._projecting = projecting
        self._ends = {
            row.id: _End(
                row.no,
                row.id,
                row.last_n,
                bytes(row.last_hash),
                row.held,
                bytes(row.held_sum),
                row.ordinal,
                None if row.stated is None else SegmentLink(row.parent, row.stated),
            )
            for row in conn.execute(select(segments))
        }
        self._next_no = max((end.no for end in self._ends.values()), default=0) + 1
        self._touched: set[Key] = set()
        self._has_begun = False
        self.most_ordinal = -1
        """The highest ordinal among segments that got a fact, once it is settled."""

    def put(self, fact: StoredFact) -> Placed:
        """Take one fact if it is proven and not held yet."""
        end = self._ends.get(fact.segment)
        if end is not None and fact.n <= end.last_n and self._is_held(end, fact.n):
            return Placed.HELD
        before = self._before(end, fact)
        if before is None or chain_hash(before, fact.data) != fact.hash:
            return Placed.UNPROVEN
        if before == fact.previous and self._stands_elsewhere(fact):
            return Placed.UNPROVEN
        if end is None:
            end = self._begin(fact)
        previous = before if fact.n > 1 else None
        stored = replace(fact, previous=previous, personal=proven_personal(fact))
        stored = replace(stored, seq=put_fact(self._conn, end.no, stored))
        end.held += 1
        end.sum = add_hashes(end.sum, (fact.hash,))
        if fact.n > end.last_n:
            end.last_n, end.last_hash = fact.n, fact.hash
        if fact.n == 1:
            self._note_beginning(end, read_fact(fact.data).fact)
        end.changed = True
        if self._projecting:
            self._touched |= take_in(self._conn, stored.seq, read_fact(fact.data).fact)
        return Placed.PUT

    def knows(self, segment: str, n: int) -> bool:
        """Whether a segment is held at least up to ``n``."""
        end = self._ends.get(segment)
        return end is not None and end.last_n >= n

    def settle(self) -> int:
        """Write the ends, the gaps and the rows of what changed; how many gaps there are."""
        if self._has_begun:
            self._put_in_line()
        count = 0
        for end in self._ends.values():
            if end.changed:
                self._write_end(end)
                count += self._write_gaps(end)
            if end.changed or end.moved:
                self.most_ordinal = max(self.most_ordinal, end.ordinal)
        if self._projecting:
            moved = [end.no for end in self._ends.values() if end.moved]
            refold(self._conn, self._touched | keys_in_segments(self._conn, moved))
        return count

    def _note_beginning(self, end: _End, opened: Fact | None) -> None:
        """What a segment's first fact says, also when it comes after others of the segment."""
        if not isinstance(opened, SegmentOpened):
            return
        end.link = SegmentLink(opened.parent_segment, opened.ordinal)
        end.moved = end.held > 1
        self._has_begun = True
        self._conn.execute(
            update(segments)
            .where(segments.c.no == end.no)
            .values(
                parent=opened.parent_segment,
                parent_n=opened.parent_n,
                stated=opened.ordinal,
                boot=opened.boot,
            )
        )

    def _put_in_line(self) -> None:
        """Bring every segment behind the one it goes on from."""
        links = {one.id: one.link for one in self._ends.values() if one.link is not None}
        for segment, ordinal in line_order(links).items():
            end = self._ends[segment]
            if end.ordinal != ordinal:
                end.ordinal, end.moved = ordinal, True
                place = update(segments).where(segments.c.no == end.no)
                self._conn.execute(place.values(ordinal=ordinal))

    def _is_held(self, end: _End, n: int) -> bool:
        if end.held == end.last_n:
            return True
        return _HASH_AT.one(self._conn, {"segment_no": end.no, "n": n}) is not None

    def _stands_elsewhere(self, fact: StoredFact) -> bool:
        """Whether the same fact is held at another place: a page in the wrong place says so twice.

        What follows its own segment's end is proven to stand there, so it is not asked for that.
        """
        end = self._ends.get(fact.segment)
        if fact.n == 1 or (end is not None and fact.previous == end.last_hash):
            return False
        return _SAME.one(self._conn, {"hash": fact.hash}) is not None

    def _before(self, end: _End | None, fact: StoredFact) -> bytes | None:
        if fact.n <= 1:
            return segment_root(fact.segment) if fact.n == 1 else None
        if end is not None and fact.n == end.last_n + 1:
            return end.last_hash
        if end is not None and fact.n <= end.last_n:
            row = _HASH_AT.one(self._conn, {"segment_no": end.no, "n": fact.n - 1})
            if row is not None:
                return bytes(row.hash)
        return fact.previous

    def _begin(self, fact: StoredFact) -> _End:
        root = segment_root(fact.segment)
        end = _End(self._next_no, fact.segment, 0, root, 0, ZERO, 0, None)
        self._next_no += 1
        self._conn.execute(
            insert(segments).values(no=end.no, id=end.id, last_n=0, last_hash=root, acked_n=None)
        )
        self._ends[fact.segment] = end
        return end

    def _write_end(self, end: _End) -> None:
        self._conn.execute(
            update(segments)
            .where(segments.c.no == end.no)
            .values(last_n=end.last_n, last_hash=end.last_hash, held=end.held, held_sum=end.sum)
        )

    def _write_gaps(self, end: _End) -> int:
        if end.held == end.last_n:
            self._conn.execute(delete(gaps).where(gaps.c.segment_no == end.no))
            return 0
        found = {
            (after, before)
            for after, before in self._conn.exec_driver_sql(_MISSING, (end.no,)).all()
        }
        known = {
            (row.after_n, row.before_n)
            for row in self._conn.execute(select(gaps).where(gaps.c.segment_no == end.no))
        }
        for after, _ in known - found:
            self._conn.execute(
                delete(gaps).where(gaps.c.segment_no == end.no, gaps.c.after_n == after)
            )
        if found - known:
            self._conn.execute(
                insert(gaps),
                [
                    {"segment_no": end.no, "after_n": after, "before_n": before}
                    for after, before in found - known
                ],
            )
        return len(found)
