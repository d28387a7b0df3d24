"""One exchange: keep what came, make it durable, then answer with receipts and feeds.

The facts are committed before anybody tries to understand them: a receipt means "durable
here", and a failing interpretation can neither refuse nor undo what was received.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from sqlalchemy import select, update

from app.domain.errors import BadInput
from app.wire.codec import pack, unpack_request
from app.wire.errors import ErrorNumber
from app.wire.messages import (
    MAJOR,
    MAX_LOCATOR,
    MAX_TIPS,
    ExchangeAnswer,
    ExchangeRequest,
    SignedReceipt,
    Tip,
)
from app.wire.signing import ANSWER_LABEL, sign
from centre.feeds.pages import pages_after
from centre.intake.receipts import receipts_for
from centre.intake.runs import HASH_BYTES, check_run, check_segment_name, keep_run, settle_segment
from centre.interpretation.pending import interpret_pending
from centre.refusals import NotServed
from centre.service import Centre, generation_of
from centre.stations.credentials import Credential
from centre.store.tables import stations

_LOG = logging.getLogger("centre.intake")
_MOST_NONCE_BYTES = 64
_MOST_CURSORS = 64


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer's bytes and the centre's signature over the request's nonce and them."""

    body: bytes
    signature: bytes


def exchange(centre: Centre, station: Credential, body: bytes) -> Answered:
    """Serve one exchange of a recognised station.

    Raises:
        NotServed: the request is not one, is too large or names another station.
    """
    request = read_request(station, body)
    receipts, generation = take_in(centre, station, request)
    if request.runs:
        _interpret(centre, station)
    with centre.store.reading() as tx:
        pages = pages_after(
            tx,
            request.cursors,
            scopes=station.scopes,
            same_generation=request.generation == generation,
        )
    answer = pack(ExchangeAnswer(request.nonce, centre.now_ms(), generation, receipts, pages))
    return Answered(answer, sign(centre.key, ANSWER_LABEL, request.nonce, answer))


def read_request(station: Credential, body: bytes) -> ExchangeRequest:
    """Read a request and hold it to its limits."""
    try:
        request = unpack_request(body, ExchangeRequest)
    except BadInput as bad:
        number = ErrorNumber.TOO_LARGE if bad.key == "wire.too_large" else ErrorNumber.UNREADABLE
        raise NotServed(number, str(bad)[:200]) from bad
    except RecursionError as bad:
        raise NotServed(ErrorNumber.UNREADABLE, "too deep") from bad
    _check_limits(station, request)
    return request


def _check_limits(station: Credential, request: ExchangeRequest) -> None:
    if request.major > MAJOR:
        raise NotServed(ErrorNumber.TOO_NEW, f"this centre speaks {MAJOR}")
    if request.station != station.station:
        raise NotServed(ErrorNumber.OUT_OF_SCOPE, "another station")
    if not 0 < len(request.nonce) <= _MOST_NONCE_BYTES or len(request.cursors) > _MOST_CURSORS:
        raise NotServed(ErrorNumber.UNREADABLE, "nonce or cursors")
    if len(request.tips) > MAX_TIPS or len(request.runs) > MAX_TIPS:
        raise NotServed(ErrorNumber.TOO_LARGE, "segments")
    for run in request.runs:
        check_run(run)
    for tip in request.tips:
        _check_tip(tip)


def _check_tip(tip: Tip) -> None:
    check_segment_name(tip.segment)
    if len(tip.locator) > MAX_LOCATOR:
        raise NotServed(ErrorNumber.TOO_LARGE, "locator")
    if any(len(one) > HASH_BYTES for one in (tip.hash, *(one for _, one in tip.locator))):
        raise NotServed(ErrorNumber.UNREADABLE, "tip")


def take_in(
    centre: Centre, station: Credential, request: ExchangeRequest
) -> tuple[tuple[SignedReceipt, ...], str]:
    """Keep the facts of a request in one transaction; receipts and the generation.

    When this returns, everything the receipts name is durable.
    """
    now = centre.now_ms()
    segments = {run.segment: None for run in request.runs}
    if not request.runs:
        with centre.store.reading() as tx:
            generation = generation_of(tx)
            return receipts_for(tx, centre, station, generation, request.tips, ()), generation
    with centre.store.writing() as tx:
        tx.execute(
            select(stations.c.id).where(stations.c.id == station.station).with_for_update()
        ).one()
        for run in request.runs:
            keep_run(tx, station, run, now)
        for segment in segments:
            settle_segment(tx, station, segment, now)
        tx.execute(update(stations).where(stations.c.id == station.station).values(seen_ms=now))
        generation = generation_of(tx)
        receipts = receipts_for(tx, centre, station, generation, request.tips, request.runs)
    return receipts, generation


def _interpret(centre: Centre, station: Credential) -> None:
    try:
        interpret_pending(centre, station.site)
    except Exception:  # noqa: BLE001 - whatever it is, it must not undo the receipt
        # The facts are durable and stay marked as not interpreted: tried again later.
        _LOG.exception("interpretation failed for site %s", station.site)
