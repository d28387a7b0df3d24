"""The order of facts across segments: parents before those that go on from them.

Order never comes from arrival. Segments that are not related stand in the order of
their first fact's clock and then of their names: arbitrary, but the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from centre.interpretation.readings import Said


@dataclass(frozen=True, slots=True)
class Ancestry:
    """What a segment's first fact says of where it goes on from."""

    parent: str | None
    opened_ms: int


def in_order(said: Iterable[Said], ancestry: Mapping[str, Ancestry]) -> tuple[Said, ...]:
    """Facts in journal order; one that came by two ways (the same hash) stands once."""
    last_wins = sorted(said, key=lambda one: (one.personal is not None, -one.arrival))
    once = {one.hash: one for one in last_wins}
    paths = {
        segment: _path(segment, ancestry) for segment in {one.segment for one in once.values()}
    }
    return tuple(sorted(once.values(), key=lambda one: (paths[one.segment], one.n, one.hash)))


def descendants(segment: str, ancestry: Mapping[str, Ancestry]) -> frozenset[str]:
    """All segments that go on from ``segment``, directly or not."""
    return frozenset(
        other
        for other in ancestry
        if other != segment and any(name == segment for _, name in _path(other, ancestry))
    )


def _path(segment: str, ancestry: Mapping[str, Ancestry]) -> tuple[tuple[int, str], ...]:
    """From the first ancestor to the segment itself."""
    path: list[tuple[int, str]] = []
    seen: set[str] = set()
    here: str | None = segment
    while here is not None and here not in seen:
        seen.add(here)
        known = ancestry.get(here)
        path.append((0 if known is None else known.opened_ms, here))
        here = None if known is None else known.parent
    return tuple(reversed(path))
