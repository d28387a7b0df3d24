"""Chooses the facts to send, and applies the centre's receipts.

Only segments the centre has not confirmed to their end are named, the newest one when there is
no such; so an exchange costs what is open and new, however long the history is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, or_, select, update

from app.store.prepared import Prepared
from app.store.tables import UNCONFIRMED, facts, gaps, segments
from app.wire.fact_bytes import MAX_PERSONAL_BYTES, segment_root
from app.wire.messages import (
    MAX_CENSUS,
    MAX_FACTS_A_RUN,
    MAX_LOCATOR,
    MAX_TIPS,
    Held,
    Receipt,
    Run,
    SegmentHeld,
    Tip,
)
from app.wire.sums import ZERO, add_hashes

RunSigner = Callable[[str, int, bytes], bytes]
"""Signs the end of a run: segment, last number, last hash."""

_NEWEST = select(func.max(segments.c.no)).scalar_subquery()
_TIP = select(
    segments.c.no, segments.c.id, segments.c.last_n, segments.c.last_hash, segments.c.acked_n
)
_ALL_OPEN = _TIP.where(UNCONFIRMED).order_by(segments.c.acked_n.is_(None), segments.c.no)
_OPEN = Prepared(_ALL_OPEN.limit(MAX_TIPS))
_OPEN_TO_CARRY = Prepared(_ALL_OPEN)
_LAST = Prepared(_TIP.order_by(segments.c.no.desc()).limit(1))
_HASH_AT = Prepared(
    select(facts.c.hash).where(
        facts.c.segment_no == bindparam("segment_no"), facts.c.n == bindparam("n")
    )
)
_AFTER = Prepared(
    select(facts.c.n, facts.c.bytes, facts.c.personal, facts.c.hash, facts.c.previous)
    .where(facts.c.segment_no == bindparam("segment_no"), facts.c.n > bindparam("after_n"))
    .order_by(facts.c.n)
    .limit(MAX_FACTS_A_RUN)
)
_SEGMENT = Prepared(
    select(segments.c.no, segments.c.acked_n).where(segments.c.id == bindparam("segment"))
)
_KEEP_RECEIPT = Prepared(
    update(segments)
    .where(segments.c.no == bindparam("of"))
    .values(acked_n=bindparam("upto_n"), receipt=bindparam("data"), signature=bindparam("signed"))
)
_EDGES = Prepared(
    select(facts.c.n, facts.c.hash)
    .join(gaps, (gaps.c.segment_no == facts.c.segment_no) & (gaps.c.after_n == facts.c.n))
    .where(facts.c.segment_no == bindparam("segment_no"))
    .order_by(facts.c.n)
)
_CONFIRM_BEHIND_GAPS = Prepared(
    update(segments)
    .where(
        UNCONFIRMED,
        segments.c.held < segments.c.last_n,
        segments.c.acked_n < segments.c.last_n,
        or_(
            segments.c.no < _NEWEST,
            select(func.sum(segments.c.held)).scalar_subquery() == bindparam("agreed"),
        ),
    )
    .values(acked_n=segments.c.last_n)
)
_FACT_COUNTS = Prepared(
    select(
        func.sum(segments.c.held).label("held"),
        func.sum(
            case(
                (segments.c.acked_n >= segments.c.last_n, segments.c.held),
                else_=segments.c.acked_n,
            )
        ).label("confirmed"),
    )
)
_OPEN_COUNTS = Prepared(
    select(
        func.sum(segments.c.held).label("held"), func.sum(segments.c.acked_n).label("confirmed")
    ).where(UNCONFIRMED)
)
_ALL_HELD = Prepared(select(segments.c.held, segments.c.held_sum))
_CENSUS = Prepared(
    select(
        segments.c.id,
        segments.c.last_n,
        segments.c.held,
        segments.c.held_sum,
        func.min(gaps.c.after_n).label("first_gap"),
    )
    .select_from(segments.outerjoin(gaps, gaps.c.segment_no == segments.c.no))
    .group_by(segments.c.no)
    .order_by(segments.c.no.desc())
    .limit(MAX_CENSUS)
)


def outgoing(
    conn: Connection,
    budget_bytes: int,
    *,
    sign: RunSigner | None = None,
    after: Mapping[str, int] | None = None,
) -> tuple[tuple[Tip, ...], tuple[Run, ...]]:
    """Tips of open segments, and facts after what is confirmed, oldest first, up to the budget.

    A segment whose confirmation is in doubt (``acked_n`` NULL) is named without facts. With
    ``after`` (segment → number) nobody can answer in between, as on a stick: then facts up to
    those numbers count as sent, and what is in doubt is sent from the beginning.
    """
    tips: list[Tip] = []
    runs: list[Run] = []
    left = budget_bytes
    rows = _OPEN.all(conn, {}) if after is None else _to_carry(conn, after)
    for row in rows or _LAST.all(conn, {}):
        waits = row.acked_n is not None and row.last_n > row.acked_n
        if waits and left <= 0:
            continue  # named when its turn to be sent has come
        # What is wholly confirmed, or not at all, needs no places to look for.
        located = row.acked_n not in (0, row.last_n)
        locator = _locator(conn, row.no, row.last_n) if located else ()
        tips.append(Tip(row.id, row.last_n, row.last_hash, locator))
        start = row.acked_n
        if after is not None:
            start = max(start or 0, after.get(row.id, 0))
        while start is not None and row.last_n > start and left > 0 and len(runs) < MAX_TIPS:
            run, size, start = _run(conn, row.no, row.id, start, left, sign)
            if not run.facts:
                break
            runs.append(run)
            left -= size
    return tuple(tips), tuple(runs)


def _to_carry(conn: Connection, after: Mapping[str, int]) -> list[Any]:
    """Open segments, no more than may be named at once; first those of which not all was left yet.

    Nobody confirms any while a stick is filled, so the oldest would be named for ever.
    """
    rows: list[Any] = list(_OPEN_TO_CARRY.all(conn, {}))
    if len(rows) <= MAX_TIPS:
        return rows
    return sorted(rows, key=lambda row: row.last_n <= max(row.acked_n or 0, after.get(row.id, 0)))[
        :MAX_TIPS
    ]


def open_segments(conn: Connection) -> frozenset[str]:
    """All segments that the centre has not confirmed to their end."""
    return frozenset(str(row.id) for row in _OPEN_TO_CARRY.all(conn, {}))


def accept_receipt(
    conn: Connection, receipt: Receipt, data: bytes, signature: bytes, *, only_up: bool = False
) -> bool:
    """Move a segment's confirmation to where a verified receipt says, up or down.

    False when the receipt names a hash that this store does not hold at that number: then
    it speaks of another branch and means nothing here. At 0 ("nothing of it is held") there is
    no fact whose hash could be named. With ``only_up`` it moves up only: the receipt may be old.
    """
    row = _SEGMENT.one(conn, {"segment": receipt.segment})
    if row is None:
        return False
    if (
        receipt.upto_n
        and hash_at(conn, row.no, receipt.segment, receipt.upto_n) != receipt.upto_hash
    ):
        return False
    if only_up and row.acked_n is not None and receipt.upto_n <= row.acked_n:
        return True
    _KEEP_RECEIPT.run(
        conn, {"of": row.no, "upto_n": receipt.upto_n, "data": data, "signed": signature}
    )
    return True


def doubt_receipts(conn: Connection, named: Iterable[str] | None = None) -> None:
    """Ask anew what the centre holds: of every segment, or of those that are named."""
    doubting = update(segments).values(acked_n=None)
    if named is None:
        conn.execute(doubting)
        return
    for segment in named:
        conn.execute(doubting.where(segments.c.id == segment))


def confirm_behind_gaps(conn: Connection, agreed_facts: int) -> None:
    """The centre holds exactly what was held here: so also what lies behind a gap.

    A receipt can only speak of what has no gap before it. While facts were added since the
    centre was asked, the newest segment, which may have got them, is left to its receipts.
    """
    _CONFIRM_BEHIND_GAPS.run(conn, {"agreed": agreed_facts})


def confirmed_counts(conn: Connection, held: int | None) -> tuple[int, int]:
    """How many facts are held in all, and how many of them a receipt confirms.

    Where it is known how many are ``held``, only what is open is looked at.
    """
    row = (_FACT_COUNTS if held is None else _OPEN_COUNTS).all(conn, {})[0]
    here, confirmed = int(row.held or 0), int(row.confirmed or 0)
    return (here, confirmed) if held is None else (held, held - here + confirmed)


def all_held(conn: Connection) -> Held:
    """How many facts are held in all, and the sum of their hashes."""
    count, total = 0, ZERO
    rows = _ALL_HELD.all(conn, {})
    for row in rows:
        count += row.held
    total = add_hashes(ZERO, (row.held_sum for row in rows))
    return Held(count, total)


def census(conn: Connection) -> tuple[SegmentHeld, ...]:
    """What is held, segment by segment, newest first; the newest 15,000 if there are more."""
    return tuple(
        SegmentHeld(
            row.id, row.last_n if row.first_gap is None else row.first_gap, row.held, row.held_sum
        )
        for row in _CENSUS.all(conn, {})
    )


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
    # Where a gap begins: else the places would name one before it in one round, none in the next.
    edges = _EDGES.all(conn, {"segment_no": no})[: MAX_LOCATOR // 2]
    return (*found[: MAX_LOCATOR - len(edges)], *((row.n, row.hash) for row in edges))


def _run(
    conn: Connection, no: int, segment: str, after_n: int, left: int, sign: RunSigner | None
) -> tuple[Run, int, int]:
    """Consecutive facts after a number, from behind a gap if there is one; the run, its size
    and its last number."""
    data: list[bytes] = []
    personal: list[tuple[int, bytes]] = []
    first, last, size = 0, after_n, 0
    previous = last_hash = b""
    for n, written, beside, hashed, before in _AFTER.run(
        conn, {"segment_no": no, "after_n": after_n}
    ):
        if beside is not None and len(beside) > MAX_PERSONAL_BYTES:
            beside = None  # of an older program, too long for the door; the centre says it lacks it
        cost = len(written) + len(beside or b"") + 16
        if data and (size + cost > left or n != last + 1):
            break
        if not data:
            first, previous = n, before or segment_root(segment)
        size += cost
        data.append(written)
        last, last_hash = n, hashed
        if beside is not None:
            personal.append((n, beside))
    signature = b"" if sign is None else sign(segment, last, last_hash)
    run = Run(segment, first, previous, tuple(data), tuple(personal), signature)
    return run, size, last
