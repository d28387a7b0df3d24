"""Satisfaction of a period: rates with numerator and denominator, in all or by a key.

Sessions with too few votes are in no sum; how many there were is said. Lines stand in order of
their key: what was rated how is a reason to talk, not a table of winners.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, select

from app.areas.ratings.tally import RatingSheet, Tally, added
from app.domain.values import dataclass
from centre.interpretation.projections.rating_rows import session_ratings
from centre.ledgers.scope import LedgerScope
from centre.store.projection_tables import session_sums

RATING_KEYS = {
    "": "",
    "session": "session",
    "site": "site",
    "month": "day",
    "kind": "kind",
    "class": "training_class",
    "campaign": "campaign",
}
"""By what they may be added up, and which column of a session's row that is."""
_MONTH = len("2026-11")


@dataclass(frozen=True, slots=True)
class CountyRating:
    """One sheet of all sessions of a key; ``permille`` is the rate of its sheet."""

    key: str
    sheet: str
    good: int
    votes: int
    permille: int | None
    counts: tuple[int, ...]
    sessions: int
    """Sessions in the sums."""
    too_few: int
    """Sessions that were rated by too few to be told."""


def county_ratings(tx: Connection, scope: LedgerScope, by: str = "") -> Iterator[CountyRating]:
    """Ratings of a site or of all, by a key of ``RATING_KEYS``."""
    column = RATING_KEYS[by]
    query = select(session_sums).where(
        session_sums.c.day.between(scope.first, scope.last), session_sums.c.step == "closed"
    )
    if scope.site:
        query = query.where(session_sums.c.site == scope.site)
    held = {(row.site, row.session): row._mapping for row in tx.execute(query)}
    tallies: dict[str, list[Tally]] = defaultdict(list)
    for one in session_ratings(tx, scope.site):
        row = held.get((one.site, one.session))
        if row is None:
            continue
        key = str(row[column]) if column else ""
        if by and not key:
            continue
        tallies[key[:_MONTH] if by == "month" else key].append(one.tally)
    for key in sorted(tallies):
        for sheet in RatingSheet:
            own = [one for one in tallies[key] if one.sheet is sheet]
            if own:
                sums, few = added(own, sheet)
                yield CountyRating(
                    key=key,
                    sheet=sheet.value,
                    good=sums.good,
                    votes=sums.votes,
                    permille=sums.permille,
                    counts=sums.counts,
                    sessions=len(own) - few,
                    too_few=few,
                )
