"""Facts in the order of the line, each once, and what a fact says of itself."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.areas.attendance.facts import AttendanceMarked, VisitorAdmitted
from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.plays import PlayOutcome
from app.domain.clock_correction import BELIEVED_MS, ClockReading, Moment, TimeSource
from app.domain.decoded_fact import DecodedFact, in_line_order
from app.domain.fact_kinds import KINDS, Fact, fact, people_of
from app.domain.facts import SegmentOpened
from app.domain.ids import CourseId, PersonId, PlayId, SessionId
from app.domain.inputs import Inputs, as_written, is_anybody_known, is_one_line
from app.domain.personal import Personal
from app.machine.clock import BUILT_MS

S = SessionId("s-one")
MARK = AttendanceMarked(S, PersonId("p1"), Status.PRESENT, Lane.NAME_WALL, RosterStatus.EXPECTED)
VISITOR = VisitorAdmitted(S, PersonId("v1"))


def decoded(arrival: int = 1, body: Fact = MARK, **more: object) -> DecodedFact:
    """A fact as it was read."""
    whole = {
        "hash": f"{arrival:064x}",
        "segment": "a",
        "n": arrival,
        "wall_ms": BUILT_MS,
        "actor": "operator",
        "personal": None,
    } | more
    return DecodedFact(arrival=arrival, fact=body, **whole)  # type: ignore[arg-type]  # by name


# --- the line -----------------------------------------------------------------------------------


@st.composite
def arrived(draw: st.DrawFn) -> list[DecodedFact]:
    """Facts of up to three segments, some of which came twice, by the feed or with their text."""
    out = []
    for place in range(draw(st.integers(1, 12))):
        segment = draw(st.integers(0, 2))
        one = decoded(
            place + 1,
            VISITOR,
            segment="abc"[segment],
            ordinal=segment,
            n=place,
            personal=draw(st.sampled_from([None, Personal(name="王过路")])),
        )
        out.append(one)
        if draw(st.booleans()):
            again = draw(st.sampled_from([None, Personal(name="王过路")]))
            who = draw(st.sampled_from(["", "p-known"]))
            out.append(replace(one, arrival=100 + place, personal=again, person_is=who))
    return out


@given(arrived(), st.randoms(use_true_random=False))
def test_the_line_is_the_same_in_whatever_order_facts_came(
    facts: list[DecodedFact], chance: random.Random
) -> None:
    line = in_line_order(facts)
    mixed = list(facts)
    chance.shuffle(mixed)
    assert in_line_order(mixed) == line
    assert in_line_order((*line, *mixed)) == line
    assert [one.hash for one in line] == list(dict.fromkeys(one.hash for one in line))
    assert {one.hash for one in line} == {one.hash for one in facts}
    places = [(one.ordinal, one.segment, one.n) for one in line]
    assert places == sorted(places)


@given(arrived())
def test_of_two_ways_the_text_and_what_a_person_said_are_kept(facts: list[DecodedFact]) -> None:
    for one in in_line_order(facts):
        ways = [other for other in facts if other.hash == one.hash]
        assert (one.personal is not None) == any(other.personal is not None for other in ways)
        assert bool(one.person_is) == any(other.person_is for other in ways)
        told = [other for other in ways if (other.personal is None) == (one.personal is None)]
        assert one.arrival == min(other.arrival for other in told), "the first that told it"


# --- what a fact says of itself -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "session", "play"),
    [
        (MARK, S, None),
        (PlaybackStarted(PlayId("y1"), S, CourseId("c"), "v", 0, 9), S, "y1"),
        (PlaybackStarted(PlayId("y1"), None, CourseId("c"), "v", 0, 9), None, "y1"),
        (PlaybackEnded(PlayId("y1"), PlayOutcome.FULL, 9, ()), None, "y1"),
        (SegmentOpened("r", "start", "boot", "st", "1", "3", "linux"), None, None),
    ],
)
def test_a_fact_names_its_session_and_its_play_where_it_has_one(
    body: Fact, session: str | None, play: str | None
) -> None:
    one = decoded(body=body)
    assert (one.session, one.play) == (session, play)


@given(st.integers(0, 1 << 50), st.integers(0, 1 << 50))
def test_the_two_clocks_of_a_fact_are_kept_by_their_difference(wall_ms: int, mono_ms: int) -> None:
    one = decoded(wall_ms=wall_ms, mono_ms=mono_ms, boot="b")
    assert one.clock("clock") == ClockReading("b", wall_ms - mono_ms, "clock")


def test_a_kind_is_declared_by_one_class_only_and_again_by_the_same() -> None:
    assert fact("attendance.marked", about=("person",))(AttendanceMarked) is AttendanceMarked

    @dataclass(frozen=True, slots=True)
    class Other(Fact):
        pass

    with pytest.raises(ValueError, match=r"attendance\.marked"):
        fact("attendance.marked")(Other)
    assert KINDS["attendance.marked"] is AttendanceMarked


def test_a_fact_is_about_the_people_its_kind_names() -> None:
    assert people_of(MARK) == {"p1"}
    assert people_of(VISITOR) == {"v1"}
    assert people_of(PlaybackEnded(PlayId("y1"), PlayOutcome.FULL, 9, ())) == frozenset()


# --- what a fold may ask ------------------------------------------------------------------------


def test_at_a_station_everybody_is_known_and_the_line_is_one() -> None:
    assert is_anybody_known("nobody has heard of them")
    assert is_one_line(decoded(1), decoded(2))
    assert as_written(decoded()) == Moment(BUILT_MS, TimeSource.CLOCK)
    assert as_written(decoded(unsure=True)) == Moment(BUILT_MS, TimeSource.UNSURE)


@given(st.sampled_from(TimeSource), st.integers(-3 * BELIEVED_MS, 3 * BELIEVED_MS))
def test_nothing_is_called_certain_that_is_younger_than_the_exchange_that_brought_it(
    source: TimeSource, later_ms: int
) -> None:
    moment = Moment(BUILT_MS + later_ms, source)
    inputs = Inputs(moment=lambda _: moment)
    shown = inputs.shown(decoded(arrived_ms=BUILT_MS))
    if later_ms > BELIEVED_MS and source is not TimeSource.BY_DAY:
        assert shown == Moment(moment.at_ms, TimeSource.UNSURE)
    else:
        assert shown == moment
    assert inputs.shown(decoded()) == moment, "where it was written nothing brought it"
