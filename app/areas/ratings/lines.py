"""Tallies in words: the same on screens, paper and commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.areas.ratings.tally import Tally

Say = Callable[..., str]


def rating_lines(say: Say, tallies: Iterable[Tally]) -> tuple[str, ...]:
    """A line a sheet: its rate with numerator and denominator, or that there were too few."""
    return tuple(_line(say, one) for one in tallies)


def rate_words(say: Say, good: int, votes: int) -> str:
    """A rate with the figures it is made of."""
    if not votes:
        return say("rating.too_few")
    return say("rating.rate", percent=f"{good * 1000 // votes / 10:.1f}", good=good, votes=votes)


def _line(say: Say, one: Tally) -> str:
    rate = rate_words(say, one.good, one.votes)
    return say("rating.line", what=say(f"rating.{one.sheet.value}"), rate=rate)
