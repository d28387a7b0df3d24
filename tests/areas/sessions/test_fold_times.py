"""What the fold makes of clocks, of copies side by side, of closings, plays and notes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.areas.attendance.marks import Lane, Status
from app.areas.discussion.facts import DiscussionNoted
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.facts import SessionResumed
from app.domain.clock_correction import BELIEVED_MS, Moment, TimeSource
from app.domain.ids import CourseId, PlayId
from app.domain.inputs import Inputs
from app.domain.personal import Personal
from app.domain.policy import Policies, Policy
from tests.areas.sessions.facts_in_line import EIGHT_MS, MINUTE_MS, S, opened, person

DAY = "2026-11-18"


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


def test_a_time_a_minute_beyond_the_exchange_is_still_certain() -> None:
    line = opened()
    line.mark("p1", arrived_ms=line.facts[0].wall_ms - BELIEVED_MS)
    assert person(line.fold(), "p1").time_source == "clock"
