"""What goes up to the centre, and what its receipts mean here.

Only segments the centre has not confirmed to their end are named, plus the one being
written; so an exchange costs what is open and new, however long the history is.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, or_, select, update

from app.store.tables import facts, segments
from app.wire.fact_bytes import segment_root
from app.wire.messages import MAX_FACTS_A_RUN, MAX_LOCATOR, MAX_TIPS, Receipt, Run, Tip


def outgoing(conn: Connection, budget_bytes: int) -> tuple[tuple[Tip, ...], tuple[Run, ...]]:
    """Tips of open segments, and facts after what is confirmed, oldest first, up to the budget.

    A segment whose confirmation is in doubt (``acked_n`` NULL) is named without facts.
    """
    newest = select(func.max(segments.c.no)).scalar_subquery()
    rows = conn.execute(
        select(segments)
        .where(
            or_(
                segments.c.acked_n.is_(None),
                segments.c.last_n > segments.c.acked_n,
                segments.c.no == newest,
            )
        )
        .order_by(segments.c.no)
        .limit(MAX_TIPS)
    ).all()
    tips: list[Tip] = []
    runs: list[Run] = []
    left = budget_bytes
    for row in rows:
        tips.append(Tip(row.id, row.last_n, row.last_hash, _locator(conn, row.no, row.last_n)))
        if row.acked_n is not None and row.last_n > row.acked_n and left > 0:
            run, size = _run(conn, row.no, row.id, row.acked_n, left)
            runs.append(run)
            left -= size
    return tuple(tips), tuple(runs)


def accept_receipt(conn: Connection, receipt: Receipt, data: bytes, signature: bytes) -> bool:
    """Move a segment's confirmation to where a verified receipt says, up or down.

    False when the receipt names a hash that this store does not hold at that number: then
    it speaks of another branch and means nothing here.
    """
    row = conn.execute(select(segments.c.no).where(segments.c.id == receipt.segment)).one_or_none()
    if row is None or hash_at(conn, row.no, receipt.segment, receipt.upto_n) != receipt.upto_hash:
        return False
    conn.execute(
        update(segments)
        .where(segments.c.no == row.no)
        .values(acked_n=receipt.upto_n, receipt=data, signature=signature)
    )
    return True


def doubt_receipts(conn: Connection) -> None:
    """The centre is not the one that gave the receipts: ask of every segment anew."""
    conn.execute(update(segments).values(acked_n=None))


def hash_at(conn: Connection, no: int, segment: str, n: int) -> bytes | None:
    """The chain's hash at a number of a segment; the segment's root at 0."""
    if n == 0:
        return segment_root(segment)
    row = conn.execute(
        select(facts.c.hash).where(facts.c.segment_no == no, facts.c.n == n)
    ).one_or_none()
    return None if row is None else bytes(row.hash)


def _locator(conn: Connection, no: int, last_n: int) -> tuple[tuple[int, bytes], ...]:
    wanted: list[int] = []
    step = 1
    n = last_n - 1
    while n > 0 and len(wanted) < MAX_LOCATOR:
        wanted.append(n)
        n -= step
        step *= 2
    if not wanted:
        return ()
    rows = conn.execute(
        select(facts.c.n, facts.c.hash)
        .where(facts.c.segment_no == no, facts.c.n.in_(wanted))
        .order_by(facts.c.n.desc())
    )
    return tuple((row.n, bytes(row.hash)) for row in rows)


def _run(
    conn: Connection, no: int, segment: str, after_n: int, budget_bytes: int
) -> tuple[Run, int]:
    previous = hash_at(conn, no, segment, after_n)
    rows = conn.execute(
        select(facts.c.n, facts.c.bytes, facts.c.personal)
        .where(facts.c.segment_no == no, facts.c.n > after_n)
        .order_by(facts.c.n)
        .limit(MAX_FACTS_A_RUN)
    )
    data: list[bytes] = []
    personal: list[tuple[int, bytes]] = []
    size = 0
    for row in rows:
        cost = len(row.bytes) + len(row.personal or b"") + 16
        if data and size + cost > budget_bytes:
            break
        size += cost
        data.append(bytes(row.bytes))
        if row.personal is not None:
            personal.append((row.n, bytes(row.personal)))
    run = Run(
        segment=segment,
        from_n=after_n + 1,
        previous=previous or segment_root(segment),
        facts=tuple(data),
        personal=tuple(personal),
    )
    return run, size
