"""Marks and counts: which mark holds, when someone is late, and what the turnout is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.areas.attendance.marks import (
    PRESENCE,
    Lane,
    Mark,
    RosterStatus,
    Slot,
    Status,
    count_turnout,
    mark_in_force,
    status_on_arrival,
)
from app.domain.ids import FactHash, PersonId

START_MS = 1_795_433_400_000
MINUTE_MS = 60_000
MARKABLE = (Status.PRESENT, Status.LATE, Status.ON_LEAVE, Status.LATE_ENTRY)


def marks_of(*statuses: Status) -> tuple[Mark, ...]:
    """Marks of one person in journal order."""
    return tuple(
        Mark(FactHash(f"{place:064x}"), PersonId("p1"), status, Lane.NAME_WALL, "member", place)
        for place, status in enumerate(statuses)
    )


def test_without_a_mark_nothing_holds() -> None:
    assert mark_in_force(()) is None
    assert not Slot(PersonId("p1"), None).is_present


@pytest.mark.parametrize(
    ("statuses", "holding"),
    [
        ((Status.PRESENT, Status.LATE), 0),
        ((Status.LATE, Status.PRESENT), 0),
        ((Status.ON_LEAVE, Status.PRESENT), 1),
        ((Status.PRESENT, Status.ON_LEAVE), 0),
        ((Status.ON_LEAVE, Status.ON_LEAVE), 1),
        ((Status.ON_LEAVE, Status.LATE_ENTRY, Status.PRESENT), 1),
    ],
)
def test_presence_beats_leave_the_first_presence_and_the_last_leave_hold(
    statuses: tuple[Status, ...], holding: int
) -> None:
    marks = marks_of(*statuses)
    assert mark_in_force(marks) == marks[holding]


@given(st.lists(st.sampled_from(MARKABLE), max_size=8))
def test_a_further_mark_never_takes_a_presence_away(statuses: list[Status]) -> None:
    marks = marks_of(*statuses)
    before = mark_in_force(marks[:-1])
    after = mark_in_force(marks)
    if before is not None and before.status in PRESENCE:
        assert after == before
    assert (after is None) == (not marks)


@pytest.mark.parametrize(
    ("after_ms", "status"),
    [
        (-3_600_000, Status.PRESENT),
        (0, Status.PRESENT),
        (15 * MINUTE_MS - 1, Status.PRESENT),
        (15 * MINUTE_MS, Status.PRESENT),
        (15 * MINUTE_MS + 1, Status.LATE),
        (90 * MINUTE_MS, Status.LATE),
    ],
)
def test_one_is_late_after_the_grace_and_not_at_its_end(after_ms: int, status: Status) -> None:
    assert status_on_arrival(START_MS + after_ms, START_MS, 15) is status


def test_without_grace_the_start_itself_is_in_time() -> None:
    assert status_on_arrival(START_MS, START_MS, 0) is Status.PRESENT
    assert status_on_arrival(START_MS + 1, START_MS, 0) is Status.LATE


tallies = st.lists(
    st.tuples(st.sampled_from(RosterStatus), st.sampled_from((None, *Status)), st.integers(0, 60)),
    max_size=24,
).map(tuple)


@given(tallies)
def test_a_closed_session_accounts_for_everyone_expected(
    tally: tuple[tuple[RosterStatus, Status | None, int], ...],
) -> None:
    closed = tuple(
        (who, Status.ABSENT if who is RosterStatus.EXPECTED and status is None else status, people)
        for who, status, people in tally
    )
    turnout = count_turnout(closed)
    assert turnout.expected == (
        turnout.present + turnout.late + turnout.on_leave + turnout.absent + turnout.late_entry
    )
    came = sum(people for _, status, people in tally if status in PRESENCE)
    assert turnout.in_room == came
    if turnout.rate_percent is not None:
        assert 0 <= turnout.rate_percent <= 100


@given(tallies, tallies)
def test_the_rate_comes_from_the_expected_alone(
    tally: tuple[tuple[RosterStatus, Status | None, int], ...],
    others: tuple[tuple[RosterStatus, Status | None, int], ...],
) -> None:
    strangers = tuple(one for one in others if one[0] is not RosterStatus.EXPECTED)
    alone, crowded = count_turnout(tally), count_turnout(tally + strangers)
    assert crowded.rate_percent == alone.rate_percent
    assert crowded.arrived == alone.arrived
    assert crowded.expected == alone.expected


def test_nobody_expected_has_no_rate_instead_of_a_wrong_one() -> None:
    turnout = count_turnout(((RosterStatus.VISITOR, Status.PRESENT, 3),))
    assert turnout.rate_percent is None
    assert (turnout.visitors, turnout.in_room, turnout.expected) == (3, 3, 0)


def test_a_late_entry_counts_as_having_come_and_is_counted_apart() -> None:
    turnout = count_turnout(
        (
            (RosterStatus.EXPECTED, Status.PRESENT, 7),
            (RosterStatus.EXPECTED, Status.LATE_ENTRY, 1),
            (RosterStatus.EXPECTED, Status.ON_LEAVE, 1),
            (RosterStatus.EXPECTED, None, 3),
            (RosterStatus.LEFT_OUT, Status.LATE, 1),
            (RosterStatus.LEFT_OUT, None, 4),
        )
    )
    assert (turnout.expected, turnout.arrived, turnout.late_entry) == (12, 8, 1)
    assert (turnout.left_out, turnout.left_out_present, turnout.in_room) == (5, 1, 9)
    assert turnout.rate_percent == 66
