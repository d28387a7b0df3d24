"""The clock of absence: what sets it back, whom it leaves out, and when it alarms."""

from __future__ import annotations

import pytest

from app.areas.absence.absence import Absence, absences, months_between
from app.areas.hours.session_lines import RETURNED, VISITED, SessionLine
from app.areas.people.person import Person, PersonKind, Standing, StandingKind
from app.domain.ids import PersonId
from tests.areas.hours.session_line import line_on

TODAY = "2026-11-30"


def person(who: str = "p", *standings: Standing, kind: PersonKind = PersonKind.MEMBER) -> Person:
    return Person(PersonId(who), who, kind=kind, standings=standings)


def clock(*lines: SessionLine, who: Person | None = None) -> Absence:
    (told,) = absences([who or person()], lines, TODAY)
    return told


def test_the_clock_counts_from_the_last_session_somebody_came_to() -> None:
    told = clock(
        line_on("2026-06-01"), line_on("2026-07-15"), line_on("2026-09-01", status="absent")
    )
    assert (told.since, told.session, told.days, told.months) == (
        "2026-07-15",
        "e-2026-07-15",
        138,
        4,
    )
    assert told.alarm == 4


@pytest.mark.parametrize(
    ("last", "alarm"),
    [("2026-08-01", 0), ("2026-07-30", 4), ("2026-06-30", 5), ("2026-06-01", 5), ("2026-05-30", 6)],
)
def test_it_alarms_after_four_five_and_six_months(last: str, alarm: int) -> None:
    assert clock(line_on(last)).alarm == alarm


def test_a_visit_sets_it_back_and_an_online_class_does_not() -> None:
    visited = line_on("2026-11-01", kind="home_visit", status=VISITED, standpoint="")
    assert clock(line_on("2026-01-01"), visited).days == 29
    online = line_on("2026-11-01", kind="online_class")
    assert clock(line_on("2026-01-01"), online).alarm == 6


def test_what_was_sent_back_or_lies_ahead_does_not_set_it_back() -> None:
    told = clock(
        line_on("2026-01-01"),
        line_on("2026-11-01", approval=RETURNED),
        line_on("2026-12-24"),
    )
    assert told.since == "2026-01-01"


def test_whoever_was_never_seen_counts_from_the_first_list_they_stood_on() -> None:
    told = clock(line_on("2026-03-01", status="absent"), line_on("2026-09-01", status="absent"))
    assert (told.since, told.is_seen, told.alarm) == ("2026-03-01", False, 6)
    unlisted = clock()
    assert (unlisted.since, unlisted.days, unlisted.alarm) == ("", 0, 0)


@pytest.mark.parametrize(
    ("kind", "alarm"),
    [(StandingKind.FRAIL, 0), (StandingKind.ON_LEAVE, 0), (StandingKind.AWAY, 6)],
)
def test_the_frail_and_those_on_leave_are_listed_without_alarm(
    kind: StandingKind, alarm: int
) -> None:
    told = clock(line_on("2026-01-01"), who=person("p", Standing(kind)))
    assert (told.standing, told.alarm) == (kind, alarm)


def test_only_members_have_a_clock_and_the_longest_unseen_come_first() -> None:
    people = [person("a"), person("b"), person("v", kind=PersonKind.VILLAGER)]
    lines = [line_on("2026-11-01", "a"), line_on("2026-02-01", "b"), line_on("2026-01-01", "v")]
    assert [one.person for one in absences(people, lines, TODAY)] == ["b", "a"]


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        ("2026-01-31", "2026-02-28", 1),
        ("2026-01-31", "2026-02-27", 0),
        ("2025-11-30", "2026-11-30", 12),
        ("2026-11-30", "2026-01-01", 0),
    ],
)
def test_months_end_with_the_calendar(since: str, until: str, months: int) -> None:
    assert months_between(since, until) == months
