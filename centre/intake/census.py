"""Two records compared: in all, and when that differs segment by segment, until both agree.

The centre remembers nothing of a comparison. It gives back what the station lacks, names what
it lacks itself, and asks for another census only while it has more to give than fits; a
station that gets no further stops asking.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from app.domain.values import dataclass
from app.wire.messages import (
    MAX_CENSUS,
    MAX_RETURN_BYTES,
    MAX_TIPS,
    ExchangeRequest,
    Held,
    Run,
    SegmentHeld,
)
from app.wire.sums import ZERO, add_hashes
from centre.intake.segments.branches import Difference, SegmentHere, differs_by
from centre.intake.segments.machines import is_another
from centre.stations.credentials import Credential
from centre.store.tables import facts, segments

_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing: ``held`` is what both have when ``agreed``, else what is here.

    ``copied``: what the station lacks was written by another PC with a copy of its disk.
    """

    agreed: bool
    held: Held
    wants_census: bool = False
    returns: tuple[Run, ...] = ()
    resend: tuple[str, ...] = ()
    copied: bool = False


def compare(
    tx: Connection,
    station: Credential,
    request: ExchangeRequest,
    here: Held,
    *,
    may_be_under_way: bool,
    enrolled_ms: int = 0,
) -> Comparison | None:
    """Compare what a station says it holds with what is here; None when it did not say.

    What was written before this PC was let in (``enrolled_ms``) was another's to be sure.
    ``may_be_under_way`` tells that facts are just being sent, which explains any difference.
    """
    if request.held is None:
        return None
    if here == request.held:
        return Comparison(True, here)
    if request.census is None:
        return Comparison(False, here, wants_census=not may_be_under_way)
    found = _segments(tx, station.station)
    return _by_segment(tx, station, request, found, Since(here, enrolled_ms))


@dataclass(frozen=True, slots=True)
class Since:
    """What is held of a station here, and when the PC that speaks for it was let in (ms UTC)."""

    here: Held
    enrolled_ms: int


def _by_segment(
    tx: Connection,
    station: Credential,
    request: ExchangeRequest,
    found: dict[str, SegmentHere],
    since: Since,
) -> Comparison:
    census, here = request.census or (), since.here
    named = {one.segment: one for one in census}
    lacking: list[tuple[SegmentHere, Difference]] = []
    resend = [name for name, one in named.items() if one.facts and name not in found]
    for name, row in found.items():
        theirs = named.get(name)
        if theirs is None and len(census) >= MAX_CENSUS:
            continue
        if theirs is not None and (theirs.facts, theirs.sum) == (row.held_facts, row.held_sum):
            continue
        difference = differs_by(tx, station.station, row, theirs)
        if difference.resend:
            resend.append(name)
        if difference.returns_after is not None:
            lacking.append((row, difference))
    if not station.active:
        # It is given nothing any more, but what a centre that was put back lost of it is asked for.
        return Comparison(False, here, resend=tuple(resend))
    returns, is_cut = _returns(tx, station.station, lacking)
    if not resend and not returns and request.held == _totals(census):
        return Comparison(True, _totals(census))
    # A PC that had nothing of it yet is no copy: it gets the whole record back.
    is_copy = any(one.facts and name in found for name, one in named.items()) and any(
        is_another(request.machine, row.machine) and row.first_seen_ms > since.enrolled_ms
        for row, _ in lacking
    )
    return Comparison(False, here, is_cut, returns, tuple(resend), is_copy)


def _segments(tx: Connection, station: str) -> dict[str, SegmentHere]:
    """All segments of a station, parents first."""
    query = (
        select(
            segments.c.segment,
            segments.c.held_facts,
            segments.c.held_sum,
            segments.c.forked,
            segments.c.fork_n,
            segments.c.machine,
            segments.c.first_seen_ms,
        )
        .where(segments.c.station == station)
        .order_by(segments.c.ordinal, segments.c.first_seen_ms, segments.c.segment)
    )
    return {
        row.segment: SegmentHere(row.segment, row.held_facts, bytes(row.held_sum), *row[3:])
        for row in tx.execute(query)
    }


def _totals(census: Sequence[SegmentHeld]) -> Held:
    return Held(sum(one.facts for one in census), add_hashes(ZERO, (one.sum for one in census)))


def _returns(
    tx: Connection, station: str, lacking: Sequence[tuple[SegmentHere, Difference]]
) -> tuple[tuple[Run, ...], bool]:
    """Runs for what is lacking, as far as they fit, and whether anything had to be left."""
    out: list[Run] = []
    budget = MAX_RETURN_BYTES
    for row, difference in lacking:
        if len(out) == MAX_TIPS or budget <= 0:
            return tuple(out), True
        runs, spent, is_cut = _runs_of(tx, station, row.segment, difference, budget, not out)
        out += runs
        budget -= spent
        if is_cut:
            return tuple(out), True
    return tuple(out), False


def _runs_of(
    tx: Connection, station: str, segment: str, difference: Difference, budget: int, is_first: bool
) -> tuple[list[Run], int, bool]:
    """Facts after what the station has, those behind a gap too: a run for each piece.

    One fact at least is given if they are the first to go.
    """
    query = (
        select(facts.c.n, facts.c.previous, facts.c.bytes, facts.c.personal)
        .where(
            facts.c.station == station,
            facts.c.segment == segment,
            facts.c.n > (difference.returns_after or 0),
            facts.c.n < difference.returns_before,
        )
        .order_by(facts.c.n)
        .limit(_ROWS_AT_ONCE)
    )
    rows = tx.execute(query).all()
    spent, fitting = 0, 0
    for row in rows:
        size = len(row.bytes) + len(row.personal or b"")
        if spent + size > budget and not (is_first and fitting == 0):
            break
        spent, fitting = spent + size, fitting + 1
    chosen = rows[:fitting]
    if not chosen:
        return [], 0, bool(rows)
    is_cut = fitting < len(rows) or len(rows) == _ROWS_AT_ONCE
    return [_run(segment, piece) for piece in _pieces(chosen)], spent, is_cut


def _pieces(rows: Sequence[Row[*tuple[Any, ...]]]) -> Iterator[list[Row[Any]]]:
    """Rows in order of their numbers, cut where numbers are missing."""
    piece: list[Row[*tuple[Any, ...]]] = []
    for row in rows:
        if piece and row.n != piece[-1].n + 1:
            yield piece
            piece = []
        piece.append(row)
    if piece:
        yield piece


def _run(segment: str, rows: Sequence[Row[*tuple[Any, ...]]]) -> Run:
    return Run(
        segment,
        rows[0].n,
        bytes(rows[0].previous),
        tuple(bytes(row.bytes) for row in rows),
        tuple((row.n, bytes(row.personal)) for row in rows if row.personal is not None),
    )
