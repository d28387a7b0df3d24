"""One exchange: keep what came, make it durable, then answer with receipts and feeds.

The facts are committed before anybody tries to understand them: a receipt means "durable
here", and a failing interpretation can neither refuse nor undo what was received. A request
that brings no facts is answered out of one reading transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update

from app.domain.errors import BadInput
from app.wire.codec import pack, unpack_request
from app.wire.errors import ErrorNumber
from app.wire.messages import (
    MAJOR,
    MAX_CENSUS,
    MAX_LOCATOR,
    MAX_TIPS,
    MINOR,
    SUM_BYTES,
    WHOLE,
    ExchangeAnswer,
    ExchangeRequest,
    FeedPage,
    Held,
    Receipt,
    SignedReceipt,
    Tip,
)
from app.wire.signing import ANSWER_LABEL, sign
from centre.feeds.pages import pages_after
from centre.intake.census import Comparison, compare
from centre.intake.growth import Growth
from centre.intake.origins import note_origins
from centre.intake.receipts import reached_by, receipts_for, signed
from centre.intake.runs import (
    HASH_BYTES,
    Chained,
    chained,
    check_run,
    check_segment_name,
    check_signatures,
)
from centre.interpretation.understanding import understood_count
from centre.refusals import NotServed
from centre.service import Centre
from centre.stations.credentials import Credential
from centre.stations.notices import Visit, note_visit, visit
from centre.stations.rows import StationRow, station_row
from centre.store.tables import facts, stations

_MOST_NONCE_BYTES = 64
_MOST_CURSORS = 64
_NOTHING = Comparison(False, Held(0, b""))


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer's bytes and the centre's signature over the request's nonce and them."""

    body: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """What is said about the facts: receipts, and what came of comparing both records."""

    row: StationRow
    receipts: tuple[SignedReceipt, ...]
    comparison: Comparison = _NOTHING

    @property
    def agreed_facts(self) -> int | None:
        """How many facts both sides hold, if they hold the same."""
        return self.comparison.held.facts if self.comparison.agreed else None


def exchange(centre: Centre, station: Credential, body: bytes) -> Answered:
    """Serve one exchange of a recognised station; one whose right is over only sends.

    Raises:
        NotServed: the request is not one, is too large or names another station.
    """
    request = read_request(station, body)
    told = _keep(centre, station, request) if request.runs else None
    if told is not None:
        centre.bell.set()
    with centre.store.reading() as tx:
        told = told or _tell(tx, centre, station, request, (), grown=0)
        pages = _pages(tx, station, request, told.row.generation)
        understood = understood_count(tx, station.station, station.site)
    seen = visit(centre, station, told.row, told.agreed_facts)
    if seen.to_note:
        note_visit(centre, station, seen)
    answer = pack(_answer(centre, request, told, pages, seen, understood))
    return Answered(answer, sign(centre.key, ANSWER_LABEL, request.nonce, answer))


def _answer(
    centre: Centre,
    request: ExchangeRequest,
    told: Told,
    pages: tuple[FeedPage, ...],
    seen: Visit,
    understood: int,
) -> ExchangeAnswer:
    return ExchangeAnswer(
        nonce=request.nonce,
        centre_ms=centre.now_ms(),
        generation=told.row.generation,
        receipts=told.receipts,
        pages=pages,
        minor=MINOR,
        returns=told.comparison.returns,
        resend=told.comparison.resend,
        wants_census=told.comparison.wants_census,
        understood=understood,
        notices=seen.notices,
        credential=seen.credential,
    )


def _pages(
    tx: Connection, station: Credential, request: ExchangeRequest, generation: str
) -> tuple[FeedPage, ...]:
    return pages_after(
        tx,
        request.cursors,
        scopes=station.scopes,
        same_generation=request.generation == generation,
    )


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
    _check_held(request)


def _check_tip(tip: Tip) -> None:
    check_segment_name(tip.segment)
    if len(tip.locator) > MAX_LOCATOR:
        raise NotServed(ErrorNumber.TOO_LARGE, "locator")
    if any(len(one) > HASH_BYTES for one in (tip.hash, *(one for _, one in tip.locator))):
        raise NotServed(ErrorNumber.UNREADABLE, "tip")


def _check_held(request: ExchangeRequest) -> None:
    census = request.census or ()
    if len(census) > MAX_CENSUS:
        raise NotServed(ErrorNumber.TOO_LARGE, "census")
    sums = [one.sum for one in census]
    counts = [number for one in census for number in (one.facts, one.upto_n)]
    if request.held is not None:
        sums.append(request.held.sum)
        counts.append(request.held.facts)
    if any(len(one) != SUM_BYTES for one in sums):
        raise NotServed(ErrorNumber.UNREADABLE, "sum")
    if counts and not (min(counts) >= 0 and max(counts) < 1 << 40):
        raise NotServed(ErrorNumber.UNREADABLE, "held")


def take_in(
    centre: Centre, station: Credential, request: ExchangeRequest
) -> tuple[tuple[SignedReceipt, ...], str]:
    """Keep the facts of a request in one transaction; receipts and the generation.

    When this returns, everything the receipts name is durable.
    """
    told = _keep(centre, station, request)
    return told.receipts, told.row.generation


def _keep(centre: Centre, station: Credential, request: ExchangeRequest) -> Told:
    runs = tuple(chained(run) for run in request.runs)
    check_signatures(centre, station, runs)
    now = centre.now_ms()
    mine = stations.c.id == station.station
    with centre.store.writing() as tx:
        tx.execute(select(stations.c.id).where(mine).with_for_update(key_share=True)).one()
        since = tx.scalar(select(func.coalesce(func.max(facts.c.arrival), 0)))
        growth = Growth(tx, station, now)
        growth.keep(runs)
        note_origins(tx, station, growth.accounts.values(), int(since or 0), now)
        tx.execute(update(stations).where(mine).values(seen_ms=now))
        return _tell(tx, centre, station, request, runs, grown=growth.grown)


def _tell(
    tx: Connection,
    centre: Centre,
    station: Credential,
    request: ExchangeRequest,
    runs: Sequence[Chained],
    *,
    grown: int,
) -> Told:
    row = station_row(tx, station.station)
    reached = reached_by(tx, station, request.tips, runs)
    receipts = receipts_for(centre, station, row.generation, reached)
    under_way = grown > 0 or not all(reached[tip.segment].whole for tip in request.tips)
    comparison = compare(tx, station, request, row.held, may_be_under_way=under_way)
    if comparison is None:
        return Told(row, receipts)
    whole = Receipt(
        station=station.station,
        segment=WHOLE,
        upto_n=comparison.held.facts,
        upto_hash=comparison.held.sum,
        count=comparison.held.facts,
        centre_ms=centre.now_ms(),
        generation=row.generation,
        status="agreed" if comparison.agreed else "differs",
    )
    return Told(row, (*receipts, signed(centre, whole)), comparison)
