"""Receipts: how far a segment is held here without a gap, on the station's own branch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, and_, bindparam, select

from app.domain.values import dataclass
from app.wire.codec import write_receipt
from app.wire.messages import Receipt, SignedReceipt, Tip
from app.wire.signing import RECEIPT_LABEL, sign
from centre.intake.runs import Chained
from centre.service import Centre
from centre.stations.credentials import Credential
from centre.store.prepared import Prepared
from centre.store.tables import facts, segments

_HELD = Prepared(
    select(facts.c.segment, facts.c.n, facts.c.hash, facts.c.attached, segments.c.forked)
    .join(
        segments, and_(segments.c.station == facts.c.station, segments.c.segment == facts.c.segment)
    )
    .where(
        facts.c.station == bindparam("station"),
        facts.c.hash.in_(bindparam("hashes", expanding=True)),
    ),
    lists=("hashes",),
)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a segment is held on the branch the station showed.

    ``n`` and ``hash`` are its last fact without a gap before it (0 and none when nothing is
    held); ``whole`` says that the station's tip is held, be it behind a gap, ``forked`` that
    another branch is held too.
    """

    n: int = 0
    hash: bytes = b""
    whole: bool = False
    forked: bool = False


def reached_by(
    tx: Connection,
    station: Credential,
    tips: Sequence[Tip],
    runs: Sequence[Chained],
    ends: Mapping[str, tuple[int, bytes]],
) -> dict[str, Reached]:
    """The furthest fact held of each segment that was named, in a few statements for all.

    A tip that is held is the answer; otherwise the highest place both know. What is held after
    that place is not looked at: it may be another branch, and a receipt must name what the
    station holds. ``ends`` are number and hash of the last fact of segments that are known to
    be held whole.
    """
    out: dict[str, Reached] = {one.run.segment: Reached() for one in runs}
    out.update((tip.segment, Reached()) for tip in tips)
    last = {tip.segment: tip.hash for tip in tips}
    for segment, (n, own) in ends.items():
        if last.get(segment, own) == own:
            out[segment] = Reached(n, own, segment in last)
    tips = [one for one in tips if not out[one.segment].whole]
    runs = [one for one in runs if out[one.run.segment].n == 0]
    named = [(tip.segment, tip.hash) for tip in tips]
    for one in runs:
        named += ((one.run.segment, one.run.previous), (one.run.segment, one.end))
    _look_up(tx, station, named, last, out)
    further = [
        (tip.segment, place)
        for tip in tips
        if not _is_at(out[tip.segment], tip)
        for _, place in tip.locator
    ]
    if further:
        _look_up(tx, station, further, last, out)
    return out


def _is_at(reached: Reached, tip: Tip) -> bool:
    return reached.hash == tip.hash and reached.n > 0


def _look_up(
    tx: Connection,
    station: Credential,
    named: Sequence[tuple[str, bytes]],
    last: dict[str, bytes],
    out: dict[str, Reached],
) -> None:
    by_hash: dict[bytes, set[str]] = {}
    for segment, place in named:
        by_hash.setdefault(place, set()).add(segment)
    if not by_hash:
        return
    asked = {"station": station.station, "hashes": tuple(by_hash)}
    for segment, n, found, attached, forked in _HELD.all(tx, asked):
        own = bytes(found)
        if segment not in by_hash[own]:
            continue
        best = out[segment]
        is_tip = last.get(segment) == own
        whole = best.whole or is_tip
        if attached and (is_tip or (n > best.n and best.hash != last.get(segment))):
            out[segment] = Reached(n, own, whole, bool(forked))
        else:
            out[segment] = Reached(best.n, best.hash, whole, bool(forked))


def receipts_for(
    centre: Centre, station: Credential, generation: str, reached: dict[str, Reached]
) -> tuple[Receipt, ...]:
    """One receipt for each segment that was named."""
    out = []
    for segment, place in reached.items():
        status = "fork" if place.forked else "ok"
        receipt = Receipt(
            station=station.station,
            segment=segment,
            upto_n=place.n,
            upto_hash=place.hash,
            count=place.n,
            centre_ms=centre.now_ms(),
            generation=generation,
            status=status if station.lets_count(segment) else "quarantined",
        )
        out.append(receipt)
    return tuple(out)


def signed(centre: Centre, receipts: Iterable[Receipt]) -> tuple[SignedReceipt, ...]:
    """Receipts' bytes with the centre's signature over them; only after the commit."""
    out = []
    for one in receipts:
        data = write_receipt(one)
        out.append(SignedReceipt(data, sign(centre.key, RECEIPT_LABEL, data)))
    return tuple(out)
