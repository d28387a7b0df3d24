"""Who is expected, why someone is not, and how little of a number is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import PersonId
from app.domain.people import (
    Person,
    PersonKind,
    Standing,
    StandingKind,
    expected_on,
    left_out_reason,
    mask_phone,
)

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
