"""What a fold needs beside a subject's facts: named inputs, the same for every projection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, fields, replace
from typing import Any

from app.domain.clock_correction import BELIEVED_MS, Moment, TimeSource
from app.domain.decoded_fact import DecodedFact
from app.domain.policy import NONE_SET, Policies
from app.domain.values import dataclass


def as_written(one: DecodedFact) -> Moment:
    """The moment a fact itself says."""
    return Moment(one.wall_ms, TimeSource.UNSURE if one.unsure else TimeSource.CLOCK)


def is_anybody_known(_person: str) -> bool:
    """Whoever is named is taken for known: at the station nothing waits for a roster."""
    return True


def is_one_line(_earlier: DecodedFact, _later: DecodedFact) -> bool:
    """Whatever stands later in line was written knowing what stands before it."""
    return True


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a fold may ask: nothing else from outside reaches it."""

    moment: Callable[[DecodedFact], Moment] = as_written
    """When a fact was written, its clock corrected."""
    is_known: Callable[[str], bool] = is_anybody_known
    """Whether the roster has a person."""
    follows: Callable[[DecodedFact, DecodedFact], bool] = is_one_line
    """Whether the later of two facts was written by a program that held the earlier."""
    policies: Policies = NONE_SET
    """The rules for late and in time."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Id of before → whose it is now."""

    def as_meant(self, one: DecodedFact) -> DecodedFact:
        """A fact under the ids that people have now; what it says of its digest is not touched."""
        if not self.aliases:
            return one
        told = {part.name: getattr(one.fact, part.name) for part in fields(one.fact)}
        meant = {name: self._meant(value) for name, value in told.items()}
        if meant == told and one.person_is not in self.aliases:
            return one
        person = self.aliases.get(one.person_is, one.person_is)
        return replace(one, fact=replace(one.fact, **meant), person_is=person)

    def _meant(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self._meant(part) for part in value)
        return self.aliases.get(value, value) if type(value) is str else value

    def shown(self, one: DecodedFact) -> Moment:
        """The moment as it is shown: a fact cannot be younger than the exchange that brought it.

        What the operator's day says is not called certain anyway, and stays as it is.
        """
        moment = self.moment(one)
        is_certain = moment.source is not TimeSource.BY_DAY
        if is_certain and one.arrived_ms and moment.at_ms > one.arrived_ms + BELIEVED_MS:
            return Moment(moment.at_ms, TimeSource.UNSURE)
        return moment
