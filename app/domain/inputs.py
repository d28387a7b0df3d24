"""What a fold needs beside a subject's facts: named inputs, the same for every projection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.clock_correction import Moment, TimeSource
from app.domain.decoded_fact import DecodedFact


def as_written(one: DecodedFact) -> Moment:
    """The moment a fact itself says."""
    return Moment(one.wall_ms, TimeSource.UNSURE if one.unsure else TimeSource.CLOCK)


def is_anybody_known(_person: str) -> bool:
    """Whoever is named is taken for known: at the station nothing waits for a roster."""
    return True


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a fold may ask: nothing else from outside reaches it."""

    moment: Callable[[DecodedFact], Moment] = as_written
    """When a fact was written, its clock corrected."""
    is_known: Callable[[str], bool] = is_anybody_known
    """Whether the roster has a person."""
