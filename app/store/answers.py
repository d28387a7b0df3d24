"""What the centre's answers change in the journal: confirmations, and own facts that come back."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Connection, func, select

from app.ports.store import AnswerEffects
from app.store import outgoing
from app.store.journal import StoredFact
from app.store.placing import Placed, Placing
from app.store.tables import segments
from app.store.work import StoreWork
from app.wire.fact_bytes import chain_hash
from app.wire.messages import Run


def take_told(work: StoreWork, told: AnswerEffects) -> int:
    """Change confirmations as an answer says, in the caller's transaction.

    Returns how many receipts named a hash that is not held: they speak of another branch.
    """
    conn = work.conn
    if told.doubt_all:
        outgoing.doubt_receipts(conn)
    others = 0
    for one in told.receipts:
        if not outgoing.accept_receipt(
            conn, one.receipt, one.data, one.signature, only_up=told.only_up
        ):
            others += 1
    if told.resend:
        outgoing.doubt_receipts(conn, told.resend)
    if told.agreed_facts is not None:
        outgoing.confirm_behind_gaps(conn, told.agreed_facts)
    for name, value in told.settings:
        work.keep_setting(name, value)
    return others


class Back(Struct, frozen=True):
    """Facts that were put back, and whether some stand as late in line as the newest ones here:
    then what is written next must begin a segment, or it would not stand at the line's end."""

    facts: tuple[StoredFact, ...]
    stands_later: bool


def take_back(conn: Connection, runs: Sequence[Run]) -> Back:
    """Put own facts that came back where they stand, in the caller's transaction.

    What is not proven by its chain, or stands where another fact is held, is left out.
    """
    last = conn.execute(select(func.max(segments.c.ordinal))).scalar_one_or_none()
    placing = Placing(conn, projecting=True)
    put: list[StoredFact] = []
    for run in runs:
        beside = dict(run.personal)
        previous = run.previous
        for n, data in enumerate(run.facts, run.from_n):
            hashed = chain_hash(previous, data)
            fact = StoredFact(0, run.segment, n, hashed, data, beside.get(n), previous, returned=1)
            placed = placing.put(fact)
            if placed is Placed.UNPROVEN:
                break  # what follows it goes on from another branch than is held here
            if placed is Placed.PUT:
                put.append(fact)
            previous = hashed
    placing.settle()
    return Back(tuple(put), placing.most_ordinal >= (0 if last is None else int(last)))
