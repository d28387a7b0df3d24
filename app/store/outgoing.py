"""What goes up to the centre, and what its receipts mean here.

Only segments the centre has not confirmed to their end are named, plus the one being
written; so an exchange costs what is open and new, however long the history is.
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, or_, select, update

from app.store.prepared import Prepared
from app.store.tables import facts, segments
from app.wire.fact_bytes import segment_root
from app.wire.messages import MAX_FACTS_A_RUN, MAX_LOCATOR, MAX_TIPS, Receipt, Run, Tip

_NEWEST = select(func.max(segments.c.no)).scalar_subquery()
_OPEN = Prepared(
    select(
        segments.c.no, segments.c.id, segments.c.last_n, segments.c.last_hash, segments.c.acked_n
    )
    .where(
        or_(
            segments.c.acked_n.is_(None),
            segments.c.last_n > segments.c.acked_n,
            segments.c.no == _NEWEST,
        )
    )
    .order_by(segments.c.no)
    .limit(MAX_TIPS)
)
_HASH_AT = Prepared(
    select(facts.c.hash).where(
        facts.c.segment_no == bindparam("segment_no"), facts.c.n == bindparam("n")
    )
)
_AFTER = Prepared(
    select(facts.c.n, facts.c.bytes, facts.c.personal)
    .where(facts.c.segment_no == bindparam("segment_no"), facts.c.n > bindparam("after_n"))
    .order_by(facts.c.n)
    .limit(MAX_FACTS_A_RUN)
)
_SEGMENT = Prepared(select(segments.c.no).where(segments.c.id == bindparam("segment")))
_KEEP_RECEIPT = Prepared(
    update(segments)
    .where(segments.c.no == bindparam("of"))
    .values(acked_n=bindparam("upto_n"), receipt=bindparam("data"), signature=bindparam("signed"))
)


def outgoing(conn: Connection, budget_bytes: int) -> tuple[tuple[Tip, ...], tuple[Run, ...]]:
    """Tips of open segments, and facts after what is confirmed, oldest first, up to the budget.

    A segment whose confirmation is in doubt (``acked_n`` NULL) is named without facts.
    """
    tips: list[Tip] = []
    runs: list[Run] = []
    left = budget_bytes
    for row in _OPEN.all(conn, {}):
        tips.append(Tip(row.id, row.last_n, row.last_hash, _locator(conn, row.no, row.last_n)))
        if row.acked_n is not None and row.last_n > row.acked_n and left > 0:
            run, size = _run(conn, row.no, row.id, row.acked_n, left)
            runs.append(run)
            left -= size
    return tuple(tips), tuple(runs)


def accept_receipt(conn: Connection, receipt: Receipt, data: bytes, signature: bytes) -> bool:
    """Move a segment's confirmation to where a verified receipt says, up or down.

    False when the receipt names a hash that this store does not hold at that number: then
    it speaks of another branch and means nothing here. At 0 ("nothing of it is held") there is
    no fact whose hash could be named.
    """
    row = _SEGMENT.one(conn, {"segment": receipt.segment})
    if row is None:
        return False
    if (
        receipt.upto_n
        and hash_at(conn, row.no, receipt.segment, receipt.upto_n) != receipt.upto_hash
    ):
        return False
    _KEEP_RECEIPT.run(
        conn, {"of": row.no, "upto_n": receipt.upto_n, "data": data, "signed": signature}
    )
    return True


def doubt_receipts(conn: Connection) -> None:
    """The centre is not the one that gave the receipts: ask of every segment anew."""
    conn.execute(update(segments).values(acked_n=None))


def hash_at(conn: Connection, no: int, segment: str, n: int) -> bytes | None:
    """The chain's hash at a number of a segment; the segment's root at 0."""
    if n == 0:
        return segment_root(segment)
    row = _HASH_AT.one(conn, {"segment_no": no, "n": n})
    return None if row is None else bytes(row.hash)


def _locator(conn: Connection, no: int, last_n: int) -> tuple[tuple[int, bytes], ...]:
    found: list[tuple[int, bytes]] = []
    step = 1
    n = last_n - 1
    while n > 0 and len(found) < MAX_LOCATOR:
        row = _HASH_AT.one(conn, {"segment_no": no, "n": n})
        if row is not None:
            found.append((n, row.hash))
        n -= step
        step *= 2
    return tuple(found)


def _run(
    conn: Connection, no: int, segment: str, after_n: int, budget_bytes: int
) -> tuple[Run, int]:
    previous = hash_at(conn, no, segment, after_n)
    data: list[bytes] = []
    personal: list[tuple[int, bytes]] = []
    size = 0
    for n, written, beside in _AFTER.run(conn, {"segment_no": no, "after_n": after_n}):
        cost = len(written) + len(beside or b"") + 16
        if data and size + cost > budget_bytes:
            break
        size += cost
        data.append(written)
        if beside is not None:
            personal.append((n, beside))
    run = Run(
        segment=segment,
        from_n=after_n + 1,
        previous=previous or segment_root(segment),
        facts=tuple(data),
        personal=tuple(personal),
    )
    return run, size
