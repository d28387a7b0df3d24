"""Signs that this store was put back to an earlier moment, kept until a person has seen to it.

What a station shows is proof when this centre signed it (a decision, a credential, a receipt)
and a hint when it only says so (a revision of a feed that is not there yet).
"""

from __future__ import annotations

import logging
from enum import StrEnum

from sqlalchemy import Connection, delete, func, select, update

from app.domain.errors import BadInput
from app.domain.values import dataclass
from app.wire.codec import read_receipt
from app.wire.messages import WHOLE, ExchangeRequest, FeedPage
from app.wire.signing import RECEIPT_LABEL, verifies
from centre.service import Centre, begin_new_generation
from centre.store.decision_tables import decisions, put_back_signs
from centre.store.insert import insert_new
from centre.store.station_row import StationRow
from centre.store.tables import enrol_codes, facts

_log = logging.getLogger("centre")


class Sign(StrEnum):
    """What showed it."""

    DECISION = "decision"
    CREDENTIAL = "credential"
    RECEIPT = "receipt"
    CURSOR = "cursor"
    CODES = "codes"
    """Not a sign but what was done: one-time codes of before were closed."""
    SAID = "said"
    """A person said so (``new-generation``)."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One sign; ``told`` is what it says beside ``about``."""

    what: str
    about: str
    told: str
    since_ms: int


def note(tx: Connection, what: Sign, about: str, told: str, now_ms: int) -> None:
    """Keep a sign that is not kept yet, and say it in the log."""
    known = select(put_back_signs.c.since_ms).where(
        put_back_signs.c.what == what.value, put_back_signs.c.about == about
    )
    if tx.scalar(known) is not None:
        return
    row = {"what": what.value, "about": about, "told": told, "since_ms": now_ms}
    insert_new(tx, put_back_signs, (row,), key=["what", "about"])
    if what not in (Sign.SAID, Sign.CODES):
        _log.warning("this store was put back to an earlier moment: %s %s", what.value, about)


def noted(tx: Connection) -> tuple[Noted, ...]:
    """All signs, oldest first."""
    query = select(put_back_signs).order_by(
        put_back_signs.c.since_ms, put_back_signs.c.what, put_back_signs.c.about
    )
    return tuple(Noted(row.what, row.about, row.told, row.since_ms) for row in tx.execute(query))


def settle(tx: Connection) -> None:
    """A person has seen to all that is listed."""
    tx.execute(delete(put_back_signs))
    came = decisions.c.came_back_ms.is_not(None)
    tx.execute(update(decisions).where(came).values(came_back_ms=None))


def close_codes(tx: Connection, before_ms: int, now_ms: int) -> None:
    """Close one-time codes made before a moment that was lost: they may have been used since."""
    open_ones = (
        enrol_codes.c.used_ms.is_(None),
        enrol_codes.c.expires_ms > now_ms,
        enrol_codes.c.made_ms < before_ms,
    )
    done = tx.execute(update(enrol_codes).where(*open_ones).values(expires_ms=now_ms - 1))
    if done.rowcount:
        note(tx, Sign.CODES, "", str(done.rowcount), now_ms)


def say_put_back(centre: Centre) -> str:
    """Begin a new generation because the store was put back: a person says so, or did it."""
    generation = begin_new_generation(centre)
    with centre.store.writing() as tx:
        note(tx, Sign.SAID, "", "", centre.now_ms())
        close_codes(tx, centre.now_ms(), centre.now_ms())
    return generation


def shown_by(
    tx: Connection,
    centre: Centre,
    row: StationRow,
    request: ExchangeRequest,
    pages: tuple[FeedPage, ...],
) -> tuple[tuple[Sign, str, str], ...]:
    """What a station's request shows: feeds that were further, facts that were held."""
    if request.generation != row.generation:
        return ()
    held = request.cursors | request.known
    signs = [
        (Sign.CURSOR, page.scope, f"{request.station} {held.get(page.scope, 0)}")
        for page in pages
        if page.reset
    ]
    count = _receipted(centre, row, request)
    if count > row.held.facts:
        mine = facts.c.station == request.station
        here = tx.scalar(select(func.count()).select_from(facts).where(mine)) or 0
        if count > here:
            signs.append((Sign.RECEIPT, request.station, f"{count} {here}"))
    return tuple(signs)


def _receipted(centre: Centre, row: StationRow, request: ExchangeRequest) -> int:
    """How many facts of the station this centre once said it holds; 0 when nothing proves it."""
    proof = request.proof
    if proof is None or not verifies(
        centre.public_key, proof.signature, RECEIPT_LABEL, proof.receipt
    ):
        return 0
    try:
        receipt = read_receipt(proof.receipt)
    except BadInput:
        return 0
    its = (request.station, WHOLE, row.generation)
    is_its = (receipt.station, receipt.segment, receipt.generation) == its
    return receipt.count if is_its else 0
