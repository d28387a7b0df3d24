"""Times: any clock gives the same people in the same order; what is known repairs what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.areas.attendance.facts import AttendanceVoided, VisitorAdmitted
from app.areas.attendance.marks import Status
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.facts import SessionOpened
from app.areas.sessions.fold import fold_session
from app.areas.sessions.report import SessionReport
from app.domain.clock_correction import BELIEVED_MS, Moment, Sample, TimeSource
from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import Fact
from app.domain.facts import ClockCompared
from app.domain.ids import CourseId, FactHash, PersonId, PlayId, SessionId
from app.domain.inputs import Inputs
from app.domain.time import ClockGrade, Instant
from app.wire.decode import RawFact, decode_fact
from app.wire.fact_bytes import chain_hash, segment_root, write_fact
from centre.interpretation.clock_samples import Clocks
from tests.centre.benches import Bench
from tests.centre.recorded_sessions import closed, mark, new_session, prepared
from tests.support.talking_station import START_MS, Chain, opened_segment

S = SessionId("e1")
YEAR_MS = 365 * 86_400_000
IN_1970, IN_2099 = 1_000, START_MS + 73 * YEAR_MS
CLOCKS = st.integers(-(1 << 53), 1 << 53) | st.sampled_from((0, IN_1970, START_MS, IN_2099))


def a_session() -> tuple[Fact, ...]:
    """Marks, a first presence that holds, one taken back by its place, a visitor, a play."""
    return (
        prepared(S),
        SessionOpened(S, tuple(PersonId(one) for one in ("p1", "p2", "p3", "p4")), ()),
        mark(S, "p2", Status.LATE),
        mark(S, "p1"),
        mark(S, "p2"),
        VisitorAdmitted(S, PersonId("v1")),
        mark(S, "v1"),
        PlaybackStarted(PlayId("y"), S, CourseId("k1"), "0" * 64, 0, 1_000),
        PlaybackEnded(PlayId("y"), PlayOutcome.FULL, 1_000, ((0, 900),)),
        closed(S),
        mark(S, "p4", Status.LATE_ENTRY),
    )


def said_at(instants: Sequence[Instant], *, boot: str = "b") -> tuple[DecodedFact, ...]:
    """The session as facts of one segment, written at these moments."""
    own, said = segment_root("s"), []
    written: list[Fact] = list(a_session())
    for n, (fact, instant) in enumerate(zip(written, instants, strict=True), start=1):
        data = write_fact(n=n, instant=instant, actor="operator", fact=fact, personal=None)
        own = chain_hash(own, data)
        one = decode_fact(RawFact(n, own, "s", n, data, None, "st", 0, boot))
        assert isinstance(one, DecodedFact)
        said.append(one)
    return tuple(said)


def without_times(report: SessionReport) -> SessionReport:
    """Who, how and in which order; the code goes too, because a hash covers the clock."""
    people = tuple(
        replace(
            one,
            at_ms=0,
            said_ms=0,
            time_source="",
            status=one.said_status or one.status,  # late or in time goes by the corrected clock
            said_status=None,
            late_mark="",  # a hash covers the clock
        )
        for one in report.people
    )
    arrived = report.turnout.present + report.turnout.late
    report = replace(report, day="", turnout=replace(report.turnout, present=arrived, late=0))
    plays = tuple(replace(one, started_ms=0, said_ms=0, time_source="") for one in report.plays)
    timeless = replace(report, prepared_ms=0, opened_ms=0, closed_ms=0, code="")
    timeless = replace(timeless, opened_said_ms=0, opened_time_source="")
    timeless = replace(timeless, closed_said_ms=0, closed_time_source="")
    return replace(timeless, people=people, plays=plays)


def right_instants() -> list[Instant]:
    return [
        Instant(START_MS + 1_000 * n, 5_000 + 1_000 * n, ClockGrade.OK)
        for n in range(len(a_session()))
    ]


def fold(said: tuple[DecodedFact, ...], samples: Sequence[Sample] = ()) -> SessionReport:
    clocks = Clocks({("st", "b"): tuple(sorted(samples, key=lambda one: one.mono_ms))})
    record = fold_session(S, said, Inputs(clocks.moment, lambda _: False))
    assert record.waiting == ()
    return record.report


@given(
    walls=st.lists(CLOCKS, min_size=11, max_size=11),
    monos=st.lists(st.integers(0, 1 << 53), min_size=11, max_size=11),
    grades=st.lists(st.sampled_from(ClockGrade), min_size=11, max_size=11),
    samples=st.lists(
        st.builds(Sample, st.integers(0, 1 << 53), st.integers(0, 1 << 53), st.booleans()),
        max_size=4,
    ),
)
def test_any_clocks_and_any_samples_give_the_same_people_statuses_and_order(
    walls: list[int], monos: list[int], grades: list[ClockGrade], samples: list[Sample]
) -> None:
    strange = fold(said_at(list(map(Instant, walls, monos, grades))), samples)
    usual = fold(said_at(right_instants()))
    assert without_times(strange) == without_times(usual)
    assert [(one.person, one.status, one.said_status) for one in usual.people] == [
        ("p1", Status.PRESENT, None),
        ("p2", Status.PRESENT, Status.LATE),
        ("p3", Status.ABSENT, None),
        ("p4", Status.LATE_ENTRY, None),
        ("v1", Status.PRESENT, None),
    ]


@given(
    wrong_by=st.integers(-START_MS, IN_2099).filter(lambda ms: abs(ms) > BELIEVED_MS),
    compared_at=st.integers(0, 40_000),
)
def test_a_clock_wrong_by_anything_is_repaired_to_the_right_moment_with_a_trace(
    wrong_by: int, compared_at: int
) -> None:
    right = right_instants()
    wrong = [replace(one, wall_ms=one.wall_ms + wrong_by) for one in right]
    sample = Sample(compared_at, START_MS + compared_at - 5_000, exact=True)
    usual, mended = fold(said_at(right)), fold(said_at(wrong), (sample,))
    assert [one.at_ms for one in mended.people] == [one.at_ms for one in usual.people]
    assert (mended.opened_ms, mended.closed_ms) == (usual.opened_ms, usual.closed_ms)
    for before, after in zip(usual.people, mended.people, strict=True):
        if after.at_ms is None:
            continue
        assert (before.time_source, after.time_source) == ("clock", "repaired")
        assert before.at_ms is not None
        assert after.said_ms == before.at_ms + wrong_by, "what the clock said stays beside it"


@pytest.mark.parametrize("grade", [ClockGrade.OK, ClockGrade.UNSURE])
def test_without_a_sample_of_the_same_boot_the_clock_is_shown_and_doubt_is_marked(
    grade: ClockGrade,
) -> None:
    said = said_at([replace(one, grade=grade) for one in right_instants()], boot="another")
    report = fold(said, (Sample(0, 1, exact=True),))
    seen = next(one for one in report.people if one.person == "p1")
    source = "clock" if grade is ClockGrade.OK else "unsure"
    assert (seen.at_ms, seen.time_source) == (START_MS + 3_000, source)


def test_the_nearest_sample_counts_and_one_by_the_day_only_when_no_better_is_there() -> None:
    one = replace(said_at(right_instants())[3], wall_ms=0, mono_ms=10_000)
    near, far = Sample(11_000, 51_000, exact=True), Sample(2_000, 92_000, exact=True)
    day = Sample(10_000, 7_000_000, exact=False)

    def moment(*samples: Sample) -> Moment:
        listed = tuple(sorted(samples, key=lambda sample: sample.mono_ms))
        return Clocks({("st", "b"): listed}).moment(replace(one, wall_ms=-YEAR_MS))

    assert moment(far, near, day) == Moment(50_000, TimeSource.REPAIRED)
    assert moment(far, day) == Moment(100_000, TimeSource.REPAIRED)
    assert moment(day) == Moment(7_000_000, TimeSource.BY_DAY)


def record_at(chain: Chain, wall_ms: int, mono_ms: int, fact: Fact) -> None:
    n = len(chain.facts) + 1
    instant = Instant(wall_ms, mono_ms, ClockGrade.UNSURE)
    chain.append(write_fact(n=n, instant=instant, actor="operator", fact=fact, personal=None))


def wild_session(session: SessionId) -> Chain:
    """People who came in 1970, in 2099 and now, by what the clock said."""
    chain = opened_segment()
    record_at(chain, IN_2099, 10_000, prepared(session))
    people = tuple(PersonId(one) for one in ("p1", "p2", "p3", "p4"))
    record_at(chain, IN_1970, 11_000, SessionOpened(session, people, ()))
    wrong = len(chain.facts) + 1
    record_at(chain, IN_2099, 12_000, mark(session, "p3"))
    record_at(chain, IN_1970, 13_000, mark(session, "p2", Status.LATE))
    record_at(chain, START_MS, 14_000, mark(session, "p1"))
    target = FactHash(chain.hashes[wrong - 1].hex())
    record_at(chain, 0, 15_000, AttendanceVoided(session, PersonId("p3"), target))
    record_at(chain, -5, 16_000, closed(session))
    return chain


def test_a_session_between_1970_and_2099_is_whole_and_repaired_once_the_centre_was_asked(
    bench: Bench,
) -> None:
    station, session = bench.station(), new_session()
    chain = wild_session(session)
    station.deliver(chain)
    before = bench.report()
    assert (before.held, before.detached, before.quarantined) == ({}, 0, 0)
    statuses = {"p1": "present", "p2": "late", "p3": "absent", "p4": "absent"}
    (told,) = before.sessions
    assert {one.person: one.status for one in told.people} == statuses
    assert {one.time_source for one in told.people if one.at_ms is not None} == {"unsure"}
    chain.record(ClockCompared("b", IN_2099, 20_000, START_MS + 20_000, 0), actor="station")
    station.deliver(chain)
    (mended,) = bench.report().sessions
    said = [(one.person, one.said_status or one.status) for one in mended.people]
    assert said == list(statuses.items()), "what the screen said stands beside the verdict"
    assert mended.people[1].status == "present", "it was in time by the corrected clock"
    shown = {one.person: (one.at_ms, one.said_ms, one.time_source) for one in mended.people}
    assert shown["p1"] == (START_MS, START_MS, "clock"), "near enough is left as it was said"
    assert shown["p2"] == (START_MS + 13_000, IN_1970, "repaired")
    assert (mended.opened_ms, mended.closed_ms) == (START_MS + 11_000, START_MS + 16_000)
    assert (mended.opened_said_ms, mended.opened_time_source) == (IN_1970, "repaired")
    assert (mended.closed_said_ms, mended.closed_time_source) == (-5, "repaired")
    assert mended.code == told.code


def test_times_are_repaired_too_when_the_segments_first_fact_comes_last(bench: Bench) -> None:
    """Until then nobody knows in which boot it was written."""
    station, session = bench.station(), new_session()
    chain = wild_session(session)
    chain.record(ClockCompared("b", IN_2099, 20_000, START_MS + 20_000, 0), actor="station")
    station.exchange(station.request(runs=[chain.run(2)]))
    (told,) = bench.report().sessions
    assert {one.time_source for one in told.people if one.at_ms is not None} == {"unsure"}
    station.exchange(station.request(runs=[chain.run(1, 1)]))
    (told,) = bench.report().sessions
    shown = {one.person: one.at_ms for one in told.people}
    assert shown["p2"] == START_MS + 13_000


def test_a_fact_younger_than_the_exchange_that_brought_it_is_never_certain() -> None:
    said = said_at(right_instants())
    arrived = tuple(replace(one, arrived_ms=START_MS - 3_600_000) for one in said)
    report = fold(arrived)
    assert report.opened_time_source == TimeSource.UNSURE
    assert report.opened_ms == fold(said).opened_ms, "what is shown stays, only not as certain"
    assert {one.time_source for one in report.people if one.at_ms} == {TimeSource.UNSURE}
