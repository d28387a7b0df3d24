"""How a bug is planted, and all that are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from tests.model.county.template import template

Mutant = Callable[[], Any]
MUTANTS: dict[str, Mutant] = {}


def mutant(plant: Callable[[ExitStack], None]) -> Mutant:
    """Register a bug: ``plant`` patches what it needs; leaving the context takes it out again.

    The county that every later history of this process starts from is made before, without it.
    """

    @contextmanager
    def planted() -> Iterator[None]:
        template()
        with ExitStack() as ends:
            plant(ends)
            yield

    MUTANTS[plant.__name__] = planted
    return planted


def patch(ends: ExitStack, place: Any, name: str, new: Any) -> None:
    """Put ``new`` in a place until the bug is taken out."""
    old = getattr(place, name)
    setattr(place, name, new)
    ends.callback(setattr, place, name, old)
