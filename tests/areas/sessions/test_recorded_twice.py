"""Two sheets of one real session are one session, and nobody on them counts twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.areas.attendance.marks import RosterStatus, Status
from app.areas.sessions.recorded_twice import (
    SessionSheet,
    SessionSheetLine,
    count_once,
    recorded_twice,
)
from app.areas.sessions.session import Step

PEOPLE = tuple(f"p{number}" for number in range(10))


def sheet(
    session: str,
    *lines: SessionSheetLine,
    plan: str | None = "plan",
    step: Step = Step.CLOSED,
    opened_ms: int | None = 100,
) -> SessionSheet:
    return SessionSheet(session, plan, step, opened_ms, lines)


def expected(person: str, status: Status | None, at_ms: int | None = None) -> SessionSheetLine:
    return SessionSheetLine(person, RosterStatus.EXPECTED, status, at_ms)


def test_ten_people_on_two_sheets_of_one_plan_are_ten() -> None:
    first = sheet("a", *(expected(one, Status.PRESENT, 5) for one in PEOPLE), step=Step.SIGN_IN)
    again = sheet("b", *(expected(one, Status.PRESENT, 9) for one in PEOPLE), opened_ms=200)
    (meeting,) = recorded_twice([again, first])
    assert meeting.sessions == ("a", "b")
    assert meeting.step is Step.CLOSED, "it is over, though its first sheet was never closed"
    assert (meeting.turnout.expected, meeting.turnout.arrived) == (10, 10)


def test_other_plans_no_plan_not_opened_and_not_held_stand_for_themselves() -> None:
    alone = [
        sheet("a"),
        sheet("b", plan="other"),
        sheet("c", plan=None),
        sheet("d", plan=None),
        sheet("e", step=Step.NOT_HELD),
        sheet("f", step=Step.PREPARE, opened_ms=None),
    ]
    assert recorded_twice(alone) == ()


def test_the_earlier_of_two_arrivals_holds_and_having_come_beats_leave_and_absence() -> None:
    turnout = count_once(
        [
            expected("p1", Status.LATE, 90),
            expected("p1", Status.PRESENT, 20),
            expected("p2", Status.ON_LEAVE, 1),
            expected("p2", Status.LATE, 95),
            expected("p3", Status.ABSENT),
            expected("p3", Status.ON_LEAVE, 7),
            expected("p4", None),
            expected("p4", Status.ABSENT),
        ]
    )
    counted = (turnout.present, turnout.late, turnout.on_leave, turnout.absent, turnout.expected)
    assert counted == (1, 1, 1, 1, 4)


def test_whoever_is_expected_on_one_sheet_is_no_visitor_and_a_visitor_is_known_by_name() -> None:
    turnout = count_once(
        [
            SessionSheetLine("p1", RosterStatus.VISITOR, Status.PRESENT, 1),
            expected("p1", None),
            SessionSheetLine("v1", RosterStatus.VISITOR, Status.PRESENT, 1, "王 小明"),
            SessionSheetLine("v2", RosterStatus.VISITOR, Status.PRESENT, 2, "王小明"),
            SessionSheetLine("p2", RosterStatus.LEFT_OUT, Status.PRESENT, 3),
        ]
    )
    assert (turnout.expected, turnout.present) == (1, 1)
    assert (turnout.visitors, turnout.left_out_present) == (1, 1)


lines = st.builds(
    SessionSheetLine,
    st.sampled_from(PEOPLE),
    st.sampled_from(RosterStatus),
    st.none() | st.sampled_from(Status),
    st.none() | st.integers(0, 9),
)


@given(st.lists(lines), st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_and_a_third_equal_one_change_nothing(
    some: list[SessionSheetLine], chance: object
) -> None:
    shuffled = list(some)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    turnout = count_once(some)
    assert count_once(shuffled).in_room == turnout.in_room
    assert count_once([*some, *some]) == turnout
    assert turnout.in_room <= len({one.person for one in some})
