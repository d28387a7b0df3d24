"""The line of segments: which segment's facts come before which.

A process begins a segment and says which one it goes on from and how many stand before it.
Facts are ordered by (ordinal, segment, number); a segment always stands after the one it goes on
from, also where an older program did not say its ordinal. The line exists within one station.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from app.domain.decoded_fact import DecodedFact
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class SegmentLink:
    """What a segment's first fact says: which one it goes on from, and its ordinal (0: unsaid)."""

    parent: str | None
    stated: int


def ordinal_after(stated: int, parent: int | None) -> int:
    """A segment's ordinal by what it says and by its parent's, None when that is not known."""
    return stated if parent is None else max(stated, parent + 1)


def line_order(
    links: Mapping[str, SegmentLink], known: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Segment → ordinal, the same in whatever order their first facts came.

    ``known`` are ordinals of segments outside ``links`` that these may go on from. Segments that
    go on from each other in a ring, which no honest program writes, keep what they state.
    """
    ordinals = dict(known or {})
    children: dict[str, list[str]] = defaultdict(list)
    ready = []
    for segment, link in links.items():
        if link.parent is not None and link.parent in links:
            children[link.parent].append(segment)
        else:
            ready.append(segment)
    while ready:
        segment = ready.pop()
        link = links[segment]
        above = None if link.parent is None else ordinals.get(link.parent)
        ordinals[segment] = ordinal_after(link.stated, above)
        ready += children[segment]
    return {one: ordinals.get(one, link.stated) for one, link in links.items()}


ParentOf = Callable[[str, str], tuple[str, int] | None]
"""(station, segment) → the segment it goes on from and the number of the last fact before it;
("", 0) when it is the first of all, None when its first fact is not here."""


def follows(parent_of: ParentOf, earlier: DecodedFact, later: DecodedFact) -> bool:
    """Whether ``later`` was written by a program that held ``earlier``: the line leads there.

    Otherwise they stand side by side, on two copies of a disk or before and after a put-back.
    While a first fact between them is missing, the line is taken to lead there.
    """
    segment, n, seen = later.segment, later.n, {later.segment}
    while segment != earlier.segment:
        parent = parent_of(later.station, segment)
        if parent is None:
            return True
        segment, n = parent
        if not segment or segment in seen:
            return False
        seen.add(segment)
    return earlier.n <= n
