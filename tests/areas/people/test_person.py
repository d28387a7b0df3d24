"""Who is expected, why someone is not, and how little of a number is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.areas.people.person import (
    MOST_FORMERLY,
    Person,
    PersonKind,
    Standing,
    StandingKind,
    as_then,
    expected_on,
    follow,
    left_out_reason,
    mask_phone,
)
from app.domain.ids import OrgUnitId, PersonId

DAY = "2026-11-26"


def person(name: str, *standings: Standing, **other: object) -> Person:
    """Someone of the roster."""
    return Person(PersonId(name), name, standings=standings, **other)  # type: ignore[arg-type]  # free fields of a test


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        ("", None, True),
        (DAY, None, True),
        ("2026-11-27", None, False),
        ("2026-01-01", DAY, True),
        ("2026-01-01", "2026-11-25", False),
        ("", DAY, True),
    ],
)
def test_a_standing_holds_from_its_first_to_its_last_day(
    since: str, until: str | None, holds: bool
) -> None:
    away = person("陈平", Standing(StandingKind.AWAY, since, until))
    assert left_out_reason(away, DAY) is (StandingKind.AWAY if holds else None)


def test_the_frozen_list_names_everyone_once_with_the_reason() -> None:
    people = (
        person("陈桂英"),
        person("李长顺", Standing(StandingKind.FRAIL)),
        person("王建国", Standing(StandingKind.AWAY, "2026-01-01", "2026-02-01")),
        person("群众", kind=PersonKind.VILLAGER),
        person("已迁出", active=False),
        person("预备", kind=PersonKind.PROBATIONARY),
    )
    expected, left_out = expected_on(people, DAY)
    assert expected == ("陈桂英", "王建国", "预备")
    assert left_out == (("李长顺", StandingKind.FRAIL),)


def test_a_mobile_number_keeps_its_ends_only() -> None:
    assert mask_phone("13812346217") == "138****6217"
    assert mask_phone(" 13812346217 ") == "138****6217"
    assert mask_phone("1234567") == "*****67"
    assert mask_phone("6217") == "**17"
    assert mask_phone("") == ""


@given(st.text("0123456789", max_size=20))
def test_no_number_is_ever_shown_whole(number: str) -> None:
    hidden = mask_phone(number).count("*")
    assert len(mask_phone(number)) == len(number)
    assert hidden >= min(4, max(len(number) - 2, 0))


def corrected(*names: str) -> Person:
    """Somebody whose name was corrected at 100, 200 … ms."""
    person = Person(PersonId("p1"), names[0], units=(OrgUnitId("u1"),), group="上坪组")
    for place, name in enumerate(names[1:], start=1):
        person = follow(person, replace(person, name=name), 100 * place)
    return person


@pytest.mark.parametrize(
    ("moment_ms", "name"),
    [
        (0, "李秀英"),
        (99, "李秀英"),
        (100, "李秀瑛"),
        (199, "李秀瑛"),
        (200, "李琇瑛"),
        (None, "李琇瑛"),
    ],
)
def test_a_session_names_people_as_they_were(moment_ms: int | None, name: str) -> None:
    person = corrected("李秀英", "李秀瑛", "李琇瑛")
    then = as_then(person, moment_ms)
    assert (then.name, then.id, then.group) == (name, person.id, "上坪组")


def test_who_moves_keeps_the_branch_of_the_sessions_before() -> None:
    person = corrected("王建国")
    moved = replace(person, units=(OrgUnitId("u2"),), group="", kind=PersonKind.PROBATIONARY)
    moved = follow(person, moved, 500)
    then = as_then(moved, 499)
    assert (then.units, then.group, then.kind) == (person.units, person.group, person.kind)
    assert as_then(moved, 500) == moved


def test_what_no_record_shows_is_not_remembered() -> None:
    person = corrected("王建国")
    changed = replace(person, phone_tail="1234", card_no="X", active=False, birth_year=1958)
    assert follow(person, changed, 500).formerly == ()


def test_a_clock_that_was_put_back_never_changes_what_was_said_before() -> None:
    person = corrected("李秀英", "李秀瑛")
    again = follow(person, replace(person, name="李琇瑛"), 50)
    assert [one.until_ms for one in again.formerly] == [100, 100]
    assert as_then(again, 99).name == "李秀英"
    assert as_then(again, 100).name == "李琇瑛"


def test_of_very_many_names_the_newest_are_remembered() -> None:
    person = corrected(*(f"丙{n}" for n in range(MOST_FORMERLY + 20)))
    assert len(person.formerly) == MOST_FORMERLY
    assert person.formerly[-1].name == f"丙{MOST_FORMERLY + 18}"
