"""Bugs by which one side shows a session otherwise than the other, out of the same facts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from app.areas.playback.facts import PlaybackEnded
from app.areas.sessions.facts import SessionClosed, SessionOpened, SessionPrepared, SessionReopened
from app.domain.inputs import as_written, is_one_line
from app.domain.policy import NONE_SET
from app.store import projecting, stale
from centre.interpretation.projections import sessions as at_centre
from tests.model.mutants.planting import mutant, patch


def _last_first(ends: ExitStack, side: Any, kind: type) -> None:
    """One side takes the last fact of a kind for the first."""
    in_order: Callable[[Any], Any] = side.in_line_order

    def turned(facts: Any) -> Any:
        said = list(in_order(facts))
        places = [place for place, one in enumerate(said) if isinstance(one.fact, kind)]
        for place, one in zip(places, [said[place] for place in reversed(places)], strict=True):
            said[place] = one
        return tuple(said)

    patch(ends, side, "in_line_order", turned)


@mutant
def last_closing_here(ends: ExitStack) -> None:
    """The station takes the last closing."""
    _last_first(ends, projecting, SessionClosed)


@mutant
def reopening_ignored_there(ends: ExitStack) -> None:
    """The centre lets a close stand that was taken back."""
    in_order: Callable[[Any], Any] = at_centre.in_line_order

    def closed(facts: Any) -> Any:
        return tuple(one for one in in_order(facts) if not isinstance(one.fact, SessionReopened))

    patch(ends, at_centre, "in_line_order", closed)


@mutant
def last_opening_here(ends: ExitStack) -> None:
    """The station takes the last of two opened lists."""
    _last_first(ends, projecting, SessionOpened)


@mutant
def last_preparation_there(ends: ExitStack) -> None:
    """The centre takes the last preparation."""
    _last_first(ends, at_centre, SessionPrepared)


@mutant
def last_ending_there(ends: ExitStack) -> None:
    """The centre takes the last ending of a play."""
    _last_first(ends, at_centre, PlaybackEnded)


@mutant
def arrival_here(ends: ExitStack) -> None:
    """The station orders facts as they arrived."""

    def by_arrival(facts: Any) -> Any:
        return tuple(sorted(facts, key=lambda one: one.arrival))

    patch(ends, projecting, "in_line_order", by_arrival)


def _other_inputs(ends: ExitStack, **changed: Any) -> None:
    for place in (projecting, stale):
        inputs_of = place.inputs_of
        patch(ends, place, "inputs_of", lambda *given, of=inputs_of: replace(of(*given), **changed))


@mutant
def earlier_mark_ignored(ends: ExitStack) -> None:
    """Of marks from two copies of a disk the station takes the first in line, whatever the time."""
    _other_inputs(ends, follows=is_one_line)


@mutant
def own_clock_here(ends: ExitStack) -> None:
    """The station shows what its own clock said."""
    _other_inputs(ends, moment=as_written)


@mutant
def rule_not_heard(ends: ExitStack) -> None:
    """The station judges by the rule that holds where none is set."""
    _other_inputs(ends, policies=NONE_SET)


@mutant
def decision_not_heard(ends: ExitStack) -> None:
    """The station does not take over whom a person at the centre said somebody to be."""
    patch(ends, projecting, "resolved_in", lambda *_: {})
