"""What votes come to: four levels, the two rates, and when there are too few to be told.

Sources: domain (a) 3.12, (d) 11. Votes are counted, never listed: beside the order in which people
signed in, the order of votes would say who voted how.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from app.domain.values import dataclass

LEVELS = 4
FEWEST = 5
"""Fewer votes are told nowhere: in so small a number people would be known by theirs."""
MOST_VOTES = 100_000
LECTURE_ITEMS = ("relevance", "theory", "substance", "speech", "manner")
"""What a lecture is rated by, 20 points each (domain d-11)."""
ITEM_POINTS = 20


class RatingSheet(StrEnum):
    """On what votes are given; the words are written into facts and never change."""

    SATISFACTION = "satisfaction"
    """Very satisfied, satisfied, acceptable, not satisfied: on the screen or on paper."""
    LECTURE = "lecture"
    """The sheet of five times 20 points: 90 and more, 80 and more, 60 and more, less."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One sheet of a session; ``counts`` is empty when there were too few votes."""

    sheet: RatingSheet
    counts: tuple[int, ...] = ()

    @property
    def votes(self) -> int:
        """How many voted; 0 when that is not told."""
        return sum(self.counts)

    @property
    def good(self) -> int:
        """How many chose one of the two better levels: the numerator of the rate."""
        return sum(self.counts[:2])

    @property
    def permille(self) -> int | None:
        """The rate – satisfied, or of lectures good or better – in thousandths, rounded down: nobody
        is rated up."""
        return self.good * 1000 // self.votes if self.votes else None


def told(counts: Sequence[int]) -> tuple[int, ...]:
    """The votes as they may be told: nothing of what is no tally or too few."""
    is_tally = len(counts) == LEVELS and all(0 <= one <= MOST_VOTES for one in counts)
    return tuple(counts) if is_tally and sum(counts) >= FEWEST else ()


def added(tallies: Iterable[Tally], sheet: RatingSheet) -> tuple[Tally, int]:
    """All votes on a sheet that may be told, and how many tallies had too few.

    Those are in no sum either: a difference of sums would tell them.
    """
    sums, few = [0] * LEVELS, 0
    for one in tallies:
        if one.sheet is sheet and one.counts:
            sums = [a + b for a, b in zip(sums, one.counts, strict=True)]
        elif one.sheet is sheet:
            few += 1
    return Tally(sheet, tuple(sums) if any(sums) else ()), few


def sheet_named(word: str) -> RatingSheet | None:
    """The sheet a fact says; None for one of a newer program."""
    return RatingSheet(word) if word in set(RatingSheet) else None
