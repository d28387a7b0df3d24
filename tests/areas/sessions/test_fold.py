"""What a session is by its facts: the rules of the fold."""

from __future__ import annotations

from app.areas.attendance.marks import RosterStatus, Status
from app.areas.people.person import StandingKind
from app.areas.sessions.code import session_code
from app.areas.sessions.facts import SessionMoved, SessionNotHeld
from app.areas.sessions.report import Waiting
from app.areas.sessions.session import NotHeldReason, Step
from app.domain.decoded_fact import Reason
from app.domain.inputs import Inputs
from app.domain.personal import LeaveKind, Personal
from tests.areas.sessions.facts_in_line import EIGHT_MS, MINUTE_MS, Line, S, opened, person

DAY = "2026-11-18"


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
