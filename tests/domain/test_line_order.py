"""The line of segments: one order on both sides, whatever came first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.line_order import SegmentLink, line_order


def test_a_segment_stands_after_the_one_it_goes_on_from_also_when_it_says_nothing() -> None:
    links = {
        "c": SegmentLink("b", 0),
        "b": SegmentLink("a", 0),
        "a": SegmentLink(None, 0),
        "d": SegmentLink("c", 7),
        "e": SegmentLink("d", 2),
    }
    assert line_order(links) == {"a": 0, "b": 1, "c": 2, "d": 7, "e": 8}


def test_a_parent_that_is_not_here_leaves_what_is_stated() -> None:
    assert line_order({"b": SegmentLink("a", 3)}) == {"b": 3}
    assert line_order({"b": SegmentLink("a", 0)}, {"a": 4}) == {"b": 5}


def test_a_ring_of_segments_keeps_what_each_states() -> None:
    ring = {"a": SegmentLink("b", 1), "b": SegmentLink("a", 2), "c": SegmentLink("b", 3)}
    assert line_order(ring) == {"a": 1, "b": 2, "c": 3}


@given(
    parents=st.lists(st.integers(0, 9), min_size=1, max_size=10),
    stated=st.lists(st.integers(0, 12), min_size=10, max_size=10),
    order=st.randoms(),
)
def test_the_order_is_the_same_in_whatever_order_the_first_facts_came(
    parents: list[int], stated: list[int], order: object
) -> None:
    links = {
        str(place): SegmentLink(str(parent) if parent < place else None, stated[place])
        for place, parent in enumerate(parents)
    }
    whole = line_order(links)
    assert all(whole[one] > whole[link.parent] for one, link in links.items() if link.parent)
    known: dict[str, int] = {}
    for segment in map(str, range(len(parents))):
        known |= line_order({segment: links[segment]}, known)
    assert known == whole
