"""A projection that is no session's: how often each person was marked, and when last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from app.areas.attendance.facts import AttendanceMarked
from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import Fact
from app.domain.inputs import Inputs
from app.domain.projections import Projection, TableShape, number, text
from centre.interpretation.projections.registry import FOLDS, run
from centre.store.projection_tables import DISPOSABLE, declare_tables
from centre.store.tables import METADATA

NAME = "attending"


@dataclass(frozen=True, slots=True)
class Attending:
    """What a person's marks come to."""

    person: str
    times: int
    last_ms: int


def fold(person: str, facts: tuple[DecodedFact, ...], inputs: Inputs) -> Attending:
    """Count the marks; the time of the last one is the corrected one."""
    return Attending(person, len(facts), max(inputs.moment(one).at_ms for one in facts))


def _person(fact: Fact) -> tuple[str, ...]:
    return (fact.person,) if isinstance(fact, AttendanceMarked) else ()


def _row(state: Attending) -> Iterator[dict[str, object]]:
    yield {"person": state.person, "times": state.times, "last_ms": state.last_ms}


def attending(
    version: int = 1,
    *,
    has_last: bool = True,
    folded: Callable[[str, tuple[DecodedFact, ...], Inputs], Attending] = fold,
    keys: Callable[[Fact], tuple[str, ...]] = _person,
) -> Projection[Attending]:
    """The declaration; without ``has_last`` as an older program had it."""
    last = (number("last_ms"),) if has_last else ()
    shape: TableShape[Attending] = TableShape(
        name="attending",
        owner="person",
        columns=(text("person"), number("times"), *last),
        primary=("person",),
        rows=_row,
    )
    return Projection(NAME, version, (AttendanceMarked,), keys, folded, (shape,))


@contextmanager
def declared(projection: Projection[Any]) -> Iterator[None]:
    """A program that has this projection too."""
    tables = declare_tables(projection).tables
    run(projection.name)
    try:
        yield
    finally:
        del FOLDS[projection.name], DISPOSABLE[projection.name]
        for one in tables:
            METADATA.remove(one)
