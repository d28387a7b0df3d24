"""One exchange: keep what came, make it durable, then answer with receipts and feeds.

The facts are committed before anybody tries to understand them: a receipt means "durable
here", and a failing interpretation can neither refuse nor undo what was received. All of an
exchange goes over one connection and at most one transaction writes; a request that brings
nothing is answered out of what was read. Signing comes after the commit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from app.domain.errors import BadInput
from app.domain.values import dataclass
from app.wire.codec import pack, unpack_request
from app.wire.errors import ErrorNumber
from app.wire.messages import (
    MAJOR,
    MAX_CENSUS,
    MAX_DECISIONS,
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
    Tip,
)
from app.wire.signing import ANSWER_LABEL, sign
from centre.feeds.pages import pages_after
from centre.intake.append_facts import Growth
from centre.intake.census import Comparison, compare
from centre.intake.receipts import reached_by, receipts_for, signed
from centre.intake.runs import (
    HASH_BYTES,
    Chained,
    cannot_wait,
    chained,
    check_run,
    check_segment_name,
    check_signatures,
)
from centre.intake.segments.machines import COPIED, PUT_BACK
from centre.intake.segments.origins import note_origins
from centre.interpretation.understanding import Understood, lacks_texts, to_check, understood_of
from centre.lost_decisions.meeting import Words, as_it_stands, bring_back, words_for
from centre.refusals import NotServed
from centre.service import Centre
from centre.stations.credentials import (
    Credential,
    recognise,
    recognised,
    whatever_the_clock_says,
)
from centre.stations.judging import judged, let_count
from centre.stations.notices import Visit, visit
from centre.stations.signed import SignedRequest
from centre.store.station_row import StationRow, keep_row, locked_row, station_row

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
    receipts: tuple[Receipt, ...]
    comparison: Comparison
    visit: Visit
    understood: Understood
    to_check: dict[str, int]


def exchange(centre: Centre, station: Credential, body: bytes) -> Answered:
    """Serve one exchange of a recognised station; one whose right is over only sends.

    Raises:
        NotServed: the request is not one, is too large or names another station.
    """
    with centre.store.reading() as tx:
        return _exchange(centre, tx, station, station_row(tx, station.station), body)


def serve(
    centre: Centre, signed_request: SignedRequest, admit: Callable[[Credential], None]
) -> Answered:
    """Recognise a station and serve its exchange, all over one connection.

    ``admit`` may refuse a station that was recognised.

    Raises:
        NotServed: as ``recognise`` and ``exchange``, or not admitted.
    """
    with centre.store.reading() as tx:
        known = _recognised(tx, signed_request, centre)
        if known is not None:
            station, row = known
            admit(station)
            return _exchange(centre, tx, station, row, signed_request.body)
    station = recognise(centre, signed_request)
    admit(station)
    return exchange(centre, station, signed_request.body)


def _recognised(
    tx: Connection, signed_request: SignedRequest, centre: Centre
) -> tuple[Credential, StationRow] | None:
    """Who is known without asking further."""
    try:
        return recognised(tx, signed_request, centre)
    except NotServed:
        return None


def _exchange(
    centre: Centre, tx: Connection, station: Credential, row: StationRow, body: bytes
) -> Answered:
    request = read_request(station, body)
    in_doubt = centre.sense.doubts(tx, centre.now_ms(), request.wall_ms)
    station = whatever_the_clock_says(station) if in_doubt else station
    pages = _pages(tx, station, request, row.generation)
    if bring_back(tx, centre, row, request, pages):
        with centre.store.reading() as again:
            station = as_it_stands(again, centre, station)
            station = whatever_the_clock_says(station) if in_doubt else station
            row = station_row(again, station.station)
            pages = _pages(again, station, request, row.generation)
            return _answered(centre, again, station, row, request, pages)
    return _answered(centre, tx, station, row, request, pages)


def _answered(  # noqa: PLR0913 - who asks, what, and what was read for it
    centre: Centre,
    tx: Connection,
    station: Credential,
    row: StationRow,
    request: ExchangeRequest,
    pages: tuple[FeedPage, ...],
) -> Answered:
    names = {tip.segment for tip in request.tips} | {run.segment for run in request.runs}
    station = judged(tx, station, names, request.runs, centre.now_ms())
    words = words_for(tx, station, row, request)
    if request.runs:
        told = _keep(centre, station, request, tx, row)
        centre.arrivals.ring(station.site, is_urgent=cannot_wait(request.runs))
        if told.row.generation != row.generation:  # the store was put back this very moment
            with centre.store.reading() as again:
                pages = _pages(again, station, request, told.row.generation)
    else:
        told = _tell(tx, centre, station, request, (), row)
        if told.visit.to_note:
            with centre.store.writing(tx):
                now = locked_row(tx, station.station, row)
                if told.comparison.copied:
                    now = replace(now, copied_ms=told.row.copied_ms)
                keep_row(tx, station.station, _visited(centre, now, told.visit))
    given = () if words.wants else pages
    answer = pack(_answer(centre, request, told, given, words, _not_granted(station, request)))
    return Answered(answer, sign(centre.key, ANSWER_LABEL, request.nonce, answer))


def _not_granted(station: Credential, request: ExchangeRequest) -> tuple[str, ...]:
    """Scopes that were asked for and are not the station's; one whose right is over keeps its."""
    if not station.active:
        return ()
    return tuple(scope for scope in request.cursors if scope not in station.scopes)


def _answer(
    centre: Centre,
    request: ExchangeRequest,
    told: Told,
    pages: tuple[FeedPage, ...],
    words: Words,
    not_granted: tuple[str, ...],
) -> ExchangeAnswer:
    return ExchangeAnswer(
        nonce=request.nonce,
        centre_ms=centre.now_ms(),
        generation=told.row.generation,
        receipts=signed(centre, told.receipts),
        pages=pages,
        minor=MINOR,
        returns=told.comparison.returns,
        resend=told.comparison.resend,
        wants_census=told.comparison.wants_census,
        understood=told.understood.read,
        notices=told.visit.notices,
        credential=told.visit.credential,
        not_granted=not_granted,
        waiting=told.understood.waiting,
        decisions=words.gives,
        wants_decisions=words.wants,
        to_check=told.to_check,
    )


def _pages(
    tx: Connection, station: Credential, request: ExchangeRequest, generation: str
) -> tuple[FeedPage, ...]:
    return pages_after(
        tx,
        request.cursors,
        scopes=station.scopes,
        same_generation=request.generation == generation,
        known=request.known,
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
    if not 0 < len(request.nonce) <= _MOST_NONCE_BYTES or (
        max(len(request.cursors), len(request.known)) > _MOST_CURSORS
    ):
        raise NotServed(ErrorNumber.UNREADABLE, "nonce or cursors")
    if len(request.decisions or ()) > MAX_DECISIONS:
        raise NotServed(ErrorNumber.TOO_LARGE, "decisions")
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
    for whole in (request.held, request.decided):
        if whole is not None:
            sums.append(whole.sum)
            counts.append(whole.facts)
    if any(len(one) != SUM_BYTES for one in sums):
        raise NotServed(ErrorNumber.UNREADABLE, "sum")
    if counts and not (min(counts) >= 0 and max(counts) < 1 << 40):
        raise NotServed(ErrorNumber.UNREADABLE, "held")


def _keep(
    centre: Centre, station: Credential, request: ExchangeRequest, on: Connection, seen: StationRow
) -> Told:
    """Keep the facts of a request in one transaction: when this returns they are durable."""
    runs = tuple(chained(run) for run in request.runs)
    check_signatures(centre, station, runs)
    now = centre.now_ms()
    with centre.store.writing(on) as tx:
        row = locked_row(tx, station.station, seen)
        growth = Growth(tx, station, now)
        held = growth.keep(runs, row.held)
        let_count(tx, station, {one.segment: one.fork_n for one in growth.accounts.values()})
        said = note_origins(tx, station, growth.accounts.values(), growth.mark)
        copied = growth.forked or COPIED in said
        grown = replace(
            row,
            held=held,
            came=row.came + growth.grown,
            copied_ms=now if copied else row.copied_ms,
            put_back_ms=now if PUT_BACK in said else row.put_back_ms,
        )
        told = _tell(tx, centre, station, request, runs, grown, growth)
        after = _visited(centre, told.row, told.visit)
        if growth.grown or after != row:
            keep_row(tx, station.station, replace(after, seen_ms=now))
        return told


def _visited(centre: Centre, row: StationRow, seen: Visit) -> StationRow:
    """A station's row after its visit."""
    if not seen.to_note:
        return row
    ends_ms = row.expires_ms if seen.expires_ms is None else seen.expires_ms
    return replace(
        row,
        seen_ms=centre.now_ms(),
        agreed_facts=seen.agreed_facts,
        expires_ms=ends_ms,
        offset_ms=seen.offset_ms,
    )


def _tell(  # noqa: PLR0913 - all that an answer follows from
    tx: Connection,
    centre: Centre,
    station: Credential,
    request: ExchangeRequest,
    runs: Sequence[Chained],
    row: StationRow,
    growth: Growth | None = None,
) -> Told:
    ends = {} if growth is None else growth.ends
    reached = reached_by(tx, station, request.tips, runs, ends)
    receipts = receipts_for(centre, station, row.generation, reached)
    grown = growth is not None and growth.grown > 0
    under_way = grown or not all(reached[tip.segment].whole for tip in request.tips)
    comparison = compare(
        tx,
        station,
        request,
        row.held,
        may_be_under_way=under_way,
        enrolled_ms=row.enrolled_ms,
    )
    agreed_facts = None
    seen = row
    if comparison is not None and comparison.copied:
        seen = replace(row, copied_ms=centre.now_ms())
    if comparison is not None:
        receipts = (*receipts, _whole_receipt(centre, station, row, comparison))
        agreed_facts = comparison.held.facts if comparison.agreed else None
    understood = understood_of(tx, station.station, station.site, row.held.facts, row.came)
    visited = visit(centre, station, seen, agreed_facts, request.wall_ms)
    checked: dict[str, int] = {}
    if understood.held:
        checked = to_check(tx, station.station, station.site)
        if lacks_texts(tx, station.station, station.site):
            visited = replace(visited, notices=(*visited.notices, "lacking"))
    return Told(
        seen,
        receipts,
        _NOTHING if comparison is None else comparison,
        _noted(visited, seen is not row),
        understood,
        checked,
    )


def _noted(seen: Visit, is_news: bool) -> Visit:
    return replace(seen, to_note=True) if is_news else seen


def _whole_receipt(
    centre: Centre, station: Credential, row: StationRow, comparison: Comparison
) -> Receipt:
    return Receipt(
        station=station.station,
        segment=WHOLE,
        upto_n=comparison.held.facts,
        upto_hash=comparison.held.sum,
        count=comparison.held.facts,
        centre_ms=centre.now_ms(),
        generation=row.generation,
        status="agreed" if comparison.agreed else "differs",
    )
