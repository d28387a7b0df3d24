"""The line of segments: one order on both sides, whatever came first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import Fact
from app.domain.line_order import SegmentLink, follows, line_order


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


# --- whether one was written knowing the other ------------------------------------------------


@st.composite
def trees(draw: st.DrawFn) -> dict[str, tuple[str, int]]:
    """Segments, each of which goes on from an earlier one at some number (\"\", 0: the first)."""
    tree: dict[str, tuple[str, int]] = {"0": ("", 0)}
    for place in range(1, draw(st.integers(1, 8))):
        tree[str(place)] = (str(draw(st.integers(0, place - 1))), draw(st.integers(1, 4)))
    return tree


def at(segment: str, n: int) -> DecodedFact:
    """A fact at a place of the line."""
    return DecodedFact(1, f"{segment}-{n}", segment, n, 0, "operator", Fact(), None, station="st")


def before(tree: dict[str, tuple[str, int]], segment: str, n: int) -> set[tuple[str, int]]:
    """Every place a program held when it wrote number ``n`` of a segment; n itself too."""
    held: set[tuple[str, int]] = set()
    while segment:
        held |= {(segment, one) for one in range(1, n + 1)}
        segment, n = tree[segment]
    return held


@given(trees(), st.data())
def test_a_fact_follows_exactly_what_its_program_held(
    tree: dict[str, tuple[str, int]], data: st.DataObject
) -> None:
    segments = st.sampled_from(sorted(tree))
    one, other = (data.draw(st.tuples(segments, st.integers(1, 5))) for _ in range(2))
    leads = follows(lambda _station, segment: tree[segment], at(*one), at(*other))
    assert leads == (one in before(tree, *other))


def test_while_a_first_fact_is_missing_the_line_is_taken_to_lead_there() -> None:
    tree = {"c": ("b", 2)}
    assert follows(lambda _station, segment: tree.get(segment), at("a", 1), at("c", 1))


def test_a_ring_of_segments_leads_nowhere() -> None:
    ring = {"a": ("b", 1), "b": ("a", 1), "c": ("b", 1)}
    assert not follows(lambda _station, segment: ring[segment], at("other", 1), at("c", 1))
    assert follows(lambda _station, segment: ring[segment], at("a", 1), at("c", 1))
