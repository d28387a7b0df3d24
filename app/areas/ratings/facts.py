"""The fact of a rating: how often each level was chosen, nothing of who or when."""

from __future__ import annotations

from app.domain.fact_kinds import Fact, fact
from app.domain.ids import SessionId
from app.domain.values import dataclass


@fact("rating.tallied")
@dataclass(frozen=True, slots=True)
class RatingTallied(Fact):
    """The votes on a sheet (``app.areas.ratings.tally.RatingSheet``), best level first; said again, the
    last holds. Empty when there were too few to be shown: then not even the record has them.

    It is about nobody, so erasing somebody has nothing to blank in it.
    """

    session: SessionId
    sheet: str
    counts: tuple[int, ...] = ()
