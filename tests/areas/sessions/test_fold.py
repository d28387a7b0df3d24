"""What a session is by its facts: the rules of the fold, each for itself, and by any history."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.areas.attendance.marks import PRESENCE, Lane, RosterStatus, Status
from app.areas.discussion.facts import DiscussionNoted
from app.areas.people.person import StandingKind
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.code import session_code
from app.areas.sessions.facts import SessionMoved, SessionNotHeld, SessionResumed
from app.areas.sessions.record import SESSIONS
from app.areas.sessions.report import PersonLine, SessionRecord, Waiting
from app.areas.sessions.session import NotHeldReason, Step
from app.domain.clock_correction import BELIEVED_MS, Moment, TimeSource
from app.domain.decoded_fact import DecodedFact, Reason, in_line_order
from app.domain.ids import CourseId, PlayId
from app.domain.inputs import Inputs
from app.domain.personal import LeaveKind, Personal
from app.domain.policy import Policies, Policy
from tests.areas.sessions.facts_in_line import EIGHT_MS, MINUTE_MS, Line, S, fold

DAY = "2026-11-18"


def person(record: SessionRecord, who: str) -> PersonLine:
    """The one line of somebody."""
    (line,) = [one for one in record.report.people if one.person == who]
    return line


def opened(*expected: str) -> Line:
    """A prepared session, ten minutes before its planned start, with sign-in open."""
    line = Line(minute=-10)
    line.prepare()
    line.open(*(expected or ("p1", "p2", "p3")))
    return line


# --- the first in line holds --------------------------------------------------------------------


def test_the_first_preparation_and_the_first_list_hold() -> None:
    line = Line()
    line.prepare("先")
    line.prepare("后")
    line.open("p1", left_out={"p2": StandingKind.FRAIL})
    line.open("p2", "p3")
    report = line.fold().report
    assert report.title == "先"
    assert [(one.person, one.standpoint) for one in report.people] == [
        ("p1", RosterStatus.EXPECTED),
        ("p2", RosterStatus.LEFT_OUT),
    ]
    assert report.turnout.expected == 1


def test_whoever_is_expected_and_left_out_is_expected() -> None:
    line = Line()
    line.prepare()
    line.open("p1", left_out={"p1": StandingKind.AWAY})
    (one,) = line.fold().report.people
    assert (one.standpoint, one.left_out) == (RosterStatus.EXPECTED, None)


def test_the_code_of_the_first_closing_is_valid_and_the_others_are_kept() -> None:
    line = opened()
    first, second, third = line.close(), line.close(), line.close()
    record = line.fold()
    assert record.closing == first.hash
    assert record.report.code == session_code(first.hash)
    assert record.report.other_codes == (session_code(second.hash), session_code(third.hash))


def test_a_close_that_was_taken_back_holds_no_more_and_its_code_is_kept() -> None:
    line = opened("p1", "p2")
    line.mark("p1")
    first = line.close()
    line.reopen(first)
    record = line.fold()
    assert (record.report.step, record.closing) == (Step.SIGN_IN, None)
    assert (record.report.code, record.report.other_codes) == ("", (session_code(first.hash),))
    assert record.report.closed_ms is None
    assert record.report.turnout.absent == 0
    line.mark("p2")
    second = line.close()
    report = line.fold().report
    assert (report.step, report.code) == (Step.CLOSED, session_code(second.hash))
    assert report.other_codes == (session_code(first.hash),)
    assert report.agrees is True
    assert (report.turnout.arrived, report.turnout.absent) == (2, 0)
    assert report.closed_ms == second.wall_ms


def test_of_closings_side_by_side_the_first_that_was_not_taken_back_holds() -> None:
    line = opened()
    first, second, third = line.close(), line.close(), line.close()
    line.reopen(first)
    line.reopen(third)
    report = line.fold().report
    assert report.code == session_code(second.hash)
    assert report.other_codes == (session_code(first.hash), session_code(third.hash))
    line.reopen(second)
    assert line.fold().report.step is Step.SIGN_IN
    assert len(line.fold().report.other_codes) == 3


def test_taking_back_what_is_not_a_closing_here_changes_nothing() -> None:
    line = opened("p1")
    mark = line.mark("p1")
    closing = line.close()
    before = line.fold().report
    line.reopen(mark)
    assert line.fold().report == before
    assert before.code == session_code(closing.hash)


def test_why_it_was_not_held_is_what_was_said_first() -> None:
    line = Line()
    line.prepare()
    line.write(SessionNotHeld(S, NotHeldReason.HARVEST), Personal(note="抢收"))
    line.write(SessionNotHeld(S, NotHeldReason.WEATHER), Personal(note="下雨"))
    report = line.fold().report
    assert (report.step, report.not_held_reason, report.not_held_note) == (
        Step.NOT_HELD,
        NotHeldReason.HARVEST,
        "抢收",
    )
    assert report.not_held_ms == line.facts[1].wall_ms


# --- steps --------------------------------------------------------------------------------------


def test_a_session_stands_where_its_last_move_put_it_and_ends_by_a_closing_only() -> None:
    line = Line()
    steps = []

    def look() -> None:
        steps.append(line.fold().report.step)

    line.prepare()
    look()
    line.open("p1")
    look()
    for step in (Step.PLAY, Step.DISCUSS, Step.CLOSED, Step.NOT_HELD, Step.SIGN_IN):
        line.write(SessionMoved(S, step))
        look()
    line.close()
    look()
    line.write(SessionMoved(S, Step.PLAY))
    look()
    assert steps == [
        *(Step.PREPARE, Step.SIGN_IN),
        *(Step.PLAY, Step.DISCUSS, Step.DISCUSS, Step.DISCUSS, Step.SIGN_IN),
        *(Step.CLOSED, Step.CLOSED),
    ]


def test_a_closing_goes_before_not_held() -> None:
    line = opened()
    line.write(SessionNotHeld(S, NotHeldReason.OTHER))
    line.close()
    assert line.fold().report.step is Step.CLOSED


def test_marks_alone_make_a_session_of_which_nothing_else_is_known() -> None:
    line = Line()
    line.mark("p1")
    report = line.fold().report
    assert (report.title, report.plan, report.opened_ms, report.day) == ("", None, None, "")
    assert report.step is Step.PREPARE
    assert person(line.fold(), "p1").standpoint is RosterStatus.VISITOR


# --- who came -----------------------------------------------------------------------------------


def test_of_two_arrivals_the_first_holds_and_of_two_leaves_the_last() -> None:
    line = opened()
    line.mark("p1", Status.ON_LEAVE, personal=Personal(leave=LeaveKind.SICK))
    line.minute = -5
    line.mark("p1")
    line.minute = 40
    line.mark("p1")
    line.mark("p2", Status.ON_LEAVE, personal=Personal(leave=LeaveKind.SICK))
    line.mark("p2", Status.ON_LEAVE, personal=Personal(leave=LeaveKind.DUTY))
    record = line.fold()
    came = person(record, "p1")
    assert (came.status, came.at_ms) == (Status.PRESENT, EIGHT_MS - 5 * MINUTE_MS)
    in_force = [one for one in record.marks if one.is_in_force]
    assert [(one.person, one.leave) for one in in_force] == [("p1", None), ("p2", LeaveKind.DUTY)]


def test_a_mark_that_was_taken_back_counts_for_nothing_and_is_kept() -> None:
    line = opened()
    first = line.mark("p1")
    void = line.void(first)
    line.void(first)
    assert person(line.fold(), "p1").status is None
    line.minute = 30
    line.mark("p1", Status.LATE)
    record = line.fold()
    assert person(record, "p1").status is Status.LATE
    assert [(one.voided_by, one.is_in_force) for one in record.marks] == [
        (void.hash, False),
        (None, True),
    ]


def test_only_a_closed_session_makes_the_expected_absent() -> None:
    line = Line(minute=-10)
    line.prepare()
    line.open("p1", "p2", left_out={"p3": StandingKind.AWAY})
    line.mark("p1")
    assert person(line.fold(), "p2").status is None
    line.close()
    record = line.fold()
    assert person(record, "p2").status is Status.ABSENT
    assert person(record, "p3").status is None
    assert person(record, "p3").left_out is StandingKind.AWAY


def test_a_visitor_goes_by_the_name_that_was_told_first_of_two_that_were_taken_in() -> None:
    line = opened()
    line.admit("v1")
    line.admit("v1", name="王过路", phone_tail="0021", home="邻村")
    line.admit("v1", name="别人")
    line.mark("v1")
    record = line.fold()
    (visitor,) = record.visitors
    assert (visitor.arrival, visitor.name, visitor.phone_tail) == (3, "王过路", "0021")
    assert person(record, "v1").visitor_name == "王过路"
    assert record.report.turnout.visitors == 1


def test_a_visitor_who_never_signed_in_is_in_no_list() -> None:
    line = opened()
    line.admit("v1", name="王过路")
    record = line.fold()
    assert [one.person for one in record.report.people] == ["p1", "p2", "p3"]
    assert len(record.visitors) == 1


# --- what waits ---------------------------------------------------------------------------------


def test_the_mark_of_somebody_unknown_waits_unless_listed_or_taken_in() -> None:
    line = opened("p1")
    line.admit("v1", name="王过路")
    for who in ("p1", "v1", "p-known", "p-nobody"):
        line.mark(who)
    record = line.fold(Inputs(is_known=lambda who: who == "p-known"))
    assert [one.person for one in record.report.people] == ["p1", "v1", "p-known"]
    assert record.waiting == (Waiting(7, Reason.UNKNOWN_PERSON, "p-nobody"),)


def test_what_a_person_said_of_an_unknown_one_counts_from_then_on() -> None:
    line = opened("p1")
    line.mark("p-typo", person_is="p1")
    record = line.fold(Inputs(is_known=lambda who: who == "p1"))
    assert record.waiting == ()
    assert person(record, "p1").status is Status.PRESENT


def test_a_void_waits_for_its_mark_and_a_mark_for_its_text() -> None:
    line = opened()
    line.void("f" * 64)
    line.mark("p1", Status.ON_LEAVE, wanting=Reason.PAYLOAD_LACKING)
    line.mark("p-nobody", wanting=Reason.PAYLOAD_UNREADABLE)
    record = line.fold(Inputs(is_known=lambda who: who == "p1"))
    assert set(record.waiting) == {
        Waiting(3, Reason.UNKNOWN_MARK, "f" * 64),
        Waiting(4, Reason.PAYLOAD_LACKING, "attendance.marked"),
        Waiting(5, Reason.UNKNOWN_PERSON, "p-nobody"),
    }
    assert person(record, "p1").status is Status.ON_LEAVE, "it counts; the text is not there"


# --- times and verdicts -------------------------------------------------------------------------


@pytest.mark.parametrize(("minute", "status"), [(15, Status.PRESENT), (15.1, Status.LATE)])
def test_late_follows_from_the_time_and_the_screen_is_kept_as_a_witness(
    minute: float, status: Status
) -> None:
    line = opened()
    line.minute = minute
    line.mark("p1", Status.PRESENT)
    one = person(line.fold(), "p1")
    assert one.status is status
    assert one.said_status is (None if status is Status.PRESENT else Status.PRESENT)
    assert (line.fold().report.day, line.fold().report.grace_minutes) == (DAY, 15)


def test_the_rule_of_the_day_holds_for_marks_that_were_written_before_it() -> None:
    line = opened()
    line.minute = 20
    line.mark("p1", Status.LATE)
    longer = Inputs(policies=Policies(of_county=(Policy(DAY, 30),)))
    record = line.fold(longer)
    assert person(record, "p1").status is Status.PRESENT
    assert person(record, "p1").said_status is Status.LATE
    assert record.report.grace_minutes == 30
    assert [one.status for one in record.marks] == [Status.LATE], "the mark itself is as written"
    later = Inputs(policies=Policies(of_county=(Policy("2026-11-19", 30),)))
    assert person(line.fold(later), "p1").status is Status.LATE


def test_a_corrected_clock_corrects_the_verdict_and_both_times_are_kept() -> None:
    line = opened()
    line.minute = 40
    line.mark("p1", Status.LATE)
    fast_ms = 40 * MINUTE_MS
    right = Inputs(moment=lambda one: Moment(one.wall_ms - fast_ms, TimeSource.REPAIRED))
    one = person(line.fold(right), "p1")
    assert (one.status, one.said_status) == (Status.PRESENT, Status.LATE)
    assert (one.at_ms, one.said_ms) == (EIGHT_MS, EIGHT_MS + fast_ms)
    assert one.time_source == "repaired"
    report = line.fold(right).report
    assert (report.opened_ms, report.opened_said_ms) == (
        EIGHT_MS - 50 * MINUTE_MS,
        EIGHT_MS - 10 * MINUTE_MS,
    )


def test_a_time_that_nobody_can_believe_leaves_what_the_screen_said() -> None:
    line = opened()
    line.minute = 100
    line.mark("p1", Status.PRESENT, unsure=True)
    line.mark("p2", Status.LATE, unsure=True, wall_ms=0)
    record = line.fold()
    assert person(record, "p1").status is Status.PRESENT
    assert person(record, "p2").status is Status.LATE
    assert person(record, "p1").time_source == "unsure"


def test_a_clock_that_was_set_after_the_opening_makes_the_time_of_a_mark_unsure() -> None:
    line = opened()
    line.minute = 40
    set_back = line.mark("p1", Status.PRESENT, mono_ms=0)
    assert set_back.boot == line.facts[1].boot
    one = person(line.fold(), "p1")
    assert (one.status, one.time_source) == (Status.PRESENT, "unsure")


def test_a_mark_later_than_its_arrival_is_unsure_but_its_verdict_is_as_at_the_station() -> None:
    line = opened()
    line.minute = 40
    line.mark("p1", Status.PRESENT, arrived_ms=EIGHT_MS)
    at_centre = person(line.fold(), "p1")
    line.facts[-1] = replace(line.facts[-1], arrived_ms=0)
    at_station = person(line.fold(), "p1")
    assert (at_centre.time_source, at_station.time_source) == ("unsure", "clock")
    assert at_centre.status is at_station.status is Status.LATE


# --- side by side -------------------------------------------------------------------------------


@pytest.mark.parametrize("knew", [True, False])
def test_of_two_marks_side_by_side_the_earlier_holds_and_else_the_first_in_line(knew: bool) -> None:
    line = opened()
    line.minute = 30
    line.mark("p1", Status.LATE)
    line.minute = 1
    line.mark("p1", Status.PRESENT)
    one = person(line.fold(Inputs(follows=lambda _earlier, _later: knew)), "p1")
    assert one.status is (Status.LATE if knew else Status.PRESENT)


# --- what the closing vouches for ---------------------------------------------------------------


def test_the_list_at_the_close_is_compared_with_what_stood_before_it() -> None:
    line = opened()
    assert line.fold().report.agrees is None
    taken_back = line.mark("p1")
    line.void(taken_back)
    line.mark("p2")
    line.close()
    assert line.fold().report.agrees is True
    line.minute = 120
    line.mark("p3", Status.LATE_ENTRY, Lane.ROLL_CALL)
    late = line.fold()
    assert late.report.agrees is True, "what was entered afterwards was not on the screen"
    assert person(late, "p3").status is Status.LATE_ENTRY
    line.facts = [one for one in line.facts if one.n != taken_back.n + 2]
    assert line.fold().report.agrees is False, "a mark is gone"


def test_no_rule_and_no_clock_changes_what_a_closing_vouches_for() -> None:
    line = opened()
    line.minute = 30
    line.mark("p1", Status.PRESENT)
    line.close()
    strict = Inputs(
        moment=lambda one: Moment(one.wall_ms + 10**7, TimeSource.REPAIRED),
        policies=Policies(of_site=(Policy(DAY, 0),)),
    )
    assert line.fold(strict).report.agrees is True
    assert line.fold(strict).report.code == line.fold().report.code


# --- plays, notes, whose session it is ----------------------------------------------------------


def test_a_play_is_told_with_its_session_and_one_without_a_start_is_not() -> None:
    line = opened()
    play, other = PlayId("y1"), PlayId("y2")
    line.write(PlaybackStarted(play, S, CourseId("c1"), "v", 1_000, 10_000))
    line.write(PlaybackEnded(play, PlayOutcome.STOPPED, 5_000, ((1_000, 5_000),)))
    line.write(PlaybackEnded(other, PlayOutcome.FULL, 10_000, ((0, 10_000),)))
    (shown,) = line.fold().report.plays
    assert (shown.play, shown.outcome, shown.position_ms) == ("y1", PlayOutcome.STOPPED, 5_000)
    assert shown.coverage_percent == 40


def test_notes_stand_in_the_order_they_were_written_also_when_their_text_was_erased() -> None:
    line = opened()
    line.write(DiscussionNoted(S), Personal(note="修路灯"))
    line.write(DiscussionNoted(S))
    line.write(DiscussionNoted(S), Personal(note="剪果树"))
    record = line.fold()
    assert record.report.notes == ("修路灯", "", "剪果树")
    assert [one.arrival for one in record.notes] == [3, 4, 5]


def test_a_session_of_which_every_fact_came_back_is_elsewhere_until_it_is_resumed() -> None:
    line = opened()
    line.facts = [replace(one, returned=True) for one in line.facts]
    assert line.fold().is_elsewhere
    line.write(SessionResumed(S))
    assert not line.fold().is_elsewhere


# --- any history --------------------------------------------------------------------------------


PEOPLE = ("p1", "p2", "p3", "v1", "p-nobody")


@st.composite
def histories(draw: st.DrawFn) -> list[DecodedFact]:
    """A session of up to twenty acts in one segment, with slips, moves, plays and closings."""
    line = Line(minute=-20)
    line.prepare()
    line.open("p1", "p2", left_out={"p3": StandingKind.AWAY})
    marks: list[DecodedFact] = []
    for act in draw(st.lists(st.integers(0, 9), max_size=20)):
        line.minute += draw(st.integers(0, 6))
        who = draw(st.sampled_from(PEOPLE))
        if act < 5:
            status = draw(st.sampled_from([*PRESENCE, Status.ON_LEAVE]))
            marks.append(line.mark(who, status, unsure=draw(st.booleans())))
        elif act < 7 and marks:
            line.void(draw(st.sampled_from(marks)))
        elif act == 7:
            line.admit(who, name="王过路")
        elif act == 8:
            line.write(SessionMoved(S, draw(st.sampled_from(Step))))
        else:
            line.close()
    return line.facts


KNOWN = Inputs(is_known=lambda who: who != "p-nobody")


@given(histories())
def test_everybody_stands_once_and_counts_add_up(facts: list[DecodedFact]) -> None:
    record = fold(facts, KNOWN)
    people = [one.person for one in record.report.people]
    assert len(people) == len(set(people))
    assert people[:3] == ["p1", "p2", "p3"]
    counted = record.report.turnout
    by_status = [one.status for one in record.report.people if one.person in ("p1", "p2")]
    assert counted.expected == 2
    assert counted.arrived == sum(status in PRESENCE for status in by_status)
    assert counted.on_leave == by_status.count(Status.ON_LEAVE)
    assert counted.absent == by_status.count(Status.ABSENT)
    if record.report.step is Step.CLOSED:
        assert counted.arrived + counted.on_leave + counted.absent == 2
        assert None not in by_status
    else:
        assert Status.ABSENT not in by_status


@given(histories())
def test_every_mark_is_kept_and_one_a_person_is_in_force(facts: list[DecodedFact]) -> None:
    record = fold(facts, KNOWN)
    waits = {one.arrival for one in record.waiting}
    marked = {one.arrival for one in facts if one.fact.__class__.__name__ == "AttendanceMarked"}
    assert {one.arrival for one in record.marks} == marked - waits
    holding = [one.person for one in record.marks if one.is_in_force]
    assert len(holding) == len(set(holding))
    standing = {one.person for one in record.marks if one.voided_by is None}
    assert set(holding) == standing, "whoever has a mark that was not taken back has one in force"
    assert not any(one.is_in_force and one.voided_by for one in record.marks)


@given(histories(), st.randoms(use_true_random=False))
def test_neither_the_order_of_arrival_nor_a_second_way_changes_anything(
    facts: list[DecodedFact], chance: random.Random
) -> None:
    mixed = [*facts, *chance.sample(facts, len(facts) // 2)]
    chance.shuffle(mixed)
    assert fold(in_line_order(mixed), KNOWN) == fold(facts, KNOWN)


@given(histories())
def test_what_was_closed_once_keeps_its_code_whatever_comes_after(
    facts: list[DecodedFact],
) -> None:
    whole = fold(facts, KNOWN)
    for end in range(2, len(facts)):
        part = fold(facts[:end], KNOWN)
        if part.report.code:
            assert part.report.code == whole.report.code
            assert part.report.agrees == whole.report.agrees
            assert part.report.closed_ms == whole.report.closed_ms


@given(histories(), st.integers(0, 90))
def test_a_longer_grace_makes_nobody_late_and_moves_no_time(
    facts: list[DecodedFact], grace: int
) -> None:
    def late(minutes: int) -> set[str]:
        rule = Policies(of_county=(Policy(DAY, minutes),))
        report = fold(facts, replace(KNOWN, policies=rule)).report
        return {one.person for one in report.people if one.status is Status.LATE}

    def times(minutes: int) -> list[int | None]:
        rule = Policies(of_county=(Policy(DAY, minutes),))
        return [one.at_ms for one in fold(facts, replace(KNOWN, policies=rule)).report.people]

    assert late(grace + 10) <= late(grace)
    assert times(grace + 10) == times(grace)


# --- the rows made of it ------------------------------------------------------------------------


def rows(record: SessionRecord) -> dict[str, list[dict[str, object]]]:
    """Table → rows."""

    def made(name: str) -> Iterator[dict[str, object]]:
        (table,) = [one for one in SESSIONS.tables if one.name == name]
        yield from (dict(row) for row in table.rows(record))

    return {table.name: list(made(table.name)) for table in SESSIONS.tables}


@given(histories())
def test_the_rows_say_what_the_record_says_each_key_once(facts: list[DecodedFact]) -> None:
    record = fold(facts, KNOWN)
    made = rows(record)
    for table in SESSIONS.tables:
        columns = {one.name for one in table.columns}
        keys = [tuple(row[name] for name in table.primary) for row in made[table.name]]
        assert all(set(row) == columns for row in made[table.name]), table.name
        assert len(keys) == len(set(keys)), table.name
    (session,) = made["sessions"]
    assert session["step"] == record.report.step.value
    assert [row["seq"] for row in made["marks"]] == [one.arrival for one in record.marks]
    in_force = {row["person"]: row["status"] for row in made["attendance"]}
    shown = {one.person: one.status for one in record.report.people if one.lane is not None}
    assert in_force == {who: status.value for who, status in shown.items() if status is not None}
    listed = {row["person"] for row in made["session_people"]}
    assert listed == {one.person for one in record.report.people} | {
        one.person for one in record.marks
    }


def test_a_time_a_minute_beyond_the_exchange_is_still_certain() -> None:
    line = opened()
    line.mark("p1", arrived_ms=line.facts[0].wall_ms - BELIEVED_MS)
    assert person(line.fold(), "p1").time_source == "clock"
