"""The votes of a session while they come in: kept in the store with each vote, told at the close.

A counter holds sums and no times, so that a power cut loses no vote and nothing is left that would
say who gave which. It is no fact; the close records one fact of all of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.areas.ratings.facts import RatingTallied
from app.areas.ratings.record import RATINGS, read_tally
from app.areas.ratings.tally import LEVELS, RatingSheet, Tally, told
from app.domain.ids import SessionId

if TYPE_CHECKING:
    from app.store.reading import StoreReading
    from app.store.work import StoreWork

OPERATOR = "operator"
SCREEN, PAPER = "screen", "paper"


def tallies_of(reading: StoreReading, session: SessionId) -> tuple[Tally, ...]:
    """What is recorded of a session."""
    found = {one.sheet: one for one in map(read_tally, reading.rows(RATINGS, session=session))}
    return tuple(found[one] for one in RatingSheet if one in found)


def counted(reading: StoreReading, session: SessionId, sheet: RatingSheet) -> dict[str, list[int]]:
    """The votes of a sheet by the way they came; what was recorded here before counts as given on
    the screen when its counters are gone (a store that was put back)."""
    kept = reading.setting(_name(session, sheet))
    if kept is not None:
        told_by: dict[str, list[int]] = json.loads(kept)
        return told_by
    known = next((one for one in tallies_of(reading, session) if one.sheet is sheet), None)
    before = list(known.counts) if known is not None and known.counts else [0] * LEVELS
    return {SCREEN: before, PAPER: [0] * LEVELS}


def count(
    work: StoreWork, session: SessionId, sheet: RatingSheet, way: str, counts: Sequence[int]
) -> None:
    """Keep what came one way."""
    kept = counted(work, session, sheet) | {way: list(counts)}
    work.keep_setting(_name(session, sheet), json.dumps(kept))


def total(reading: StoreReading, session: SessionId, sheet: RatingSheet) -> tuple[int, ...]:
    """All votes of a sheet, also too few to be told: for this program's own reckoning only."""
    return tuple(map(sum, zip(*counted(reading, session, sheet).values(), strict=True)))


def record_tallies(work: StoreWork, session: SessionId) -> None:
    """Say in one fact a sheet what was counted, unless that is recorded already."""
    known = {one.sheet: one.counts for one in tallies_of(work, session)}
    for sheet in RatingSheet:
        votes = total(work, session, sheet)
        if any(votes) and known.get(sheet) != told(votes):
            work.record(RatingTallied(session, sheet.value, told(votes)), actor=OPERATOR)


def _name(session: SessionId, sheet: RatingSheet) -> str:
    return f"rating.{session}.{sheet.value}"
