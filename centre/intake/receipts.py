"""Receipts: how far a segment is held here without a gap, on the station's own branch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.wire.codec import write_receipt
from app.wire.messages import Receipt, Run, SignedReceipt, Tip
from app.wire.signing import RECEIPT_LABEL, sign
from centre.intake.runs import hashes_of
from centre.service import Centre
from centre.stations.credentials import Credential
from centre.store.tables import facts, segments


@dataclass(frozen=True, slots=True)
class Reached:
    """The last fact of a branch that is held; n 0 and no hash when nothing is."""

    n: int
    hash: bytes


def receipts_for(
    tx: Connection,
    centre: Centre,
    station: Credential,
    generation: str,
    tips: Sequence[Tip],
    runs: Sequence[Run],
) -> tuple[SignedReceipt, ...]:
    """One signed receipt for each segment that was named. To be sent only after the commit."""
    by_segment: dict[str, Tip | None] = {run.segment: None for run in runs}
    by_segment.update({tip.segment: tip for tip in tips})
    named: dict[str, list[bytes]] = defaultdict(list)
    for run in runs:
        named[run.segment].extend((run.previous, *hashes_of(run)[-1:]))
    out = []
    for segment, tip in by_segment.items():
        reached = held_up_to(tx, station, segment, tip, named[segment])
        receipt = Receipt(
            station=station.station,
            segment=segment,
            upto_n=reached.n,
            upto_hash=reached.hash,
            count=reached.n,
            centre_ms=centre.now_ms(),
            generation=generation,
            status="fork" if _is_forked(tx, station, segment) else "ok",
        )
        data = write_receipt(receipt)
        out.append(SignedReceipt(data, sign(centre.key, RECEIPT_LABEL, data)))
    return tuple(out)


def held_up_to(
    tx: Connection, station: Credential, segment: str, tip: Tip | None, named: Sequence[bytes]
) -> Reached:
    """The furthest fact held, without a gap, of the branch that ``tip`` and ``named`` lie on.

    ``named`` are hashes of the branch the station showed by sending them. A tip that is held
    is the answer; otherwise the highest place both know. What is held after that place is
    not looked at: it may be another branch, and a receipt must name what the station holds.
    """
    known = [*named]
    if tip is not None:
        known.extend((tip.hash, *(one for _, one in tip.locator)))
    query = select(facts.c.n, facts.c.hash).where(
        facts.c.station == station.station,
        facts.c.segment == segment,
        facts.c.attached,
        facts.c.hash.in_(known),
    )
    best = Reached(0, b"")
    for row in tx.execute(query):
        if tip is not None and row.hash == tip.hash:
            return Reached(row.n, row.hash)
        if row.n > best.n:
            best = Reached(row.n, row.hash)
    return best


def _is_forked(tx: Connection, station: Credential, segment: str) -> bool:
    query = select(segments.c.forked).where(
        segments.c.station == station.station, segments.c.segment == segment
    )
    return bool(tx.scalar(query))
