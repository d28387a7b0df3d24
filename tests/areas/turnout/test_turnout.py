"""Turnout over sessions: from the frozen lists alone, each person of a real session once."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.areas.hours.session_lines import PENDING, RETURNED, SessionLine
from app.areas.turnout.turnout import turnout_by, turnout_of
from tests.areas.hours.session_line import line_on


def test_attendances_and_people_are_told_apart() -> None:
    told = turnout_of(
        [
            line_on("2026-01-26", "a"),
            line_on("2026-02-26", "a"),
            line_on("2026-01-26", "b", status="absent"),
            line_on("2026-02-26", "b", status="on_leave"),
            line_on("2026-02-26", "c", standpoint="left_out", left_out="frail", status=""),
            line_on("2026-01-26", "c", standpoint="left_out", left_out="frail"),
            line_on("2026-01-26", "v", standpoint="visitor", approval=PENDING),
        ]
    )
    assert (told.expected, told.arrived, told.on_leave, told.absent) == (4, 2, 1, 1)
    assert (told.attendances, told.people, told.pending) == (4, 3, 1)
    assert (told.left_out, told.left_out_came, told.visitors) == ((("frail", 2),), 1, 1)
    assert (told.rate_percent, told.participation_percent) == (50, 50)


def test_two_sheets_of_one_plan_are_one_session() -> None:
    told = turnout_of(
        [
            line_on("2026-01-26", "a", "s1", plan="x", status="absent"),
            line_on("2026-01-26", "a", "s2", plan="x", standpoint="visitor"),
            line_on("2026-01-26", "a", "s3", plan="x", site="other"),
        ]
    )
    assert (told.expected, told.arrived, told.people) == (2, 2, 1)


def test_what_was_sent_back_counts_nothing_and_being_visited_is_not_coming() -> None:
    told = turnout_of(
        [
            line_on("2026-01-26", "a", approval=RETURNED),
            line_on("2026-01-26", "b", status="visited"),
        ]
    )
    assert (told.expected, told.arrived, told.absent) == (1, 0, 1)


def test_it_is_added_up_by_any_key() -> None:
    lines = [line_on("2026-01-26", campaign="c1"), line_on("2026-02-26")]
    by_campaign = turnout_by(lines, lambda one: (one.campaign,) if one.campaign else ())
    assert [(name, one.arrived) for name, one in by_campaign.items()] == [("c1", 1)]


LINES = st.lists(
    st.builds(
        line_on,
        st.sampled_from(["2026-01-26", "2026-02-26"]),
        st.sampled_from("abc"),
        st.sampled_from(["", "s1", "s2"]),
        plan=st.sampled_from(["", "x"]),
        status=st.sampled_from(["present", "late", "on_leave", "absent", "visited", ""]),
        standpoint=st.sampled_from(["expected", "left_out", "visitor", ""]),
        approval=st.sampled_from(["", PENDING, RETURNED]),
    ),
    max_size=12,
)


@given(LINES, st.randoms(use_true_random=False))
def test_a_rate_lies_within_0_and_100_and_no_order_changes_it(
    lines: list[SessionLine], chance: Random
) -> None:
    told = turnout_of(lines)
    for rate in (told.rate_percent, told.participation_percent):
        assert rate is None or 0 <= rate <= 100
    assert told.arrived + told.on_leave + told.absent == told.expected
    assert told.people <= told.attendances
    mixed = [*lines, *lines]
    chance.shuffle(mixed)
    again = turnout_of(mixed)
    assert (again.expected, again.people, again.sessions) == (
        told.expected,
        told.people,
        told.sessions,
    )
