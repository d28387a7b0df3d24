"""Which bunches the wall has, for villages of every kind."""

from __future__ import annotations

import pytest

from app.areas.attendance.marks import RosterStatus, Status
from app.areas.attendance.views import PersonCard
from app.areas.people.person import PersonKind
from app.domain.ids import PersonId
from app.words import speak
from ui.pages.member_sign_in.wall import bunches, candidates, names_in, on_wall, uses_surnames


def card(name: str, group: str = "", year: int | None = 1950, **more: object) -> PersonCard:
    number = more.get("number", 0)
    standpoint = more.get("standpoint", RosterStatus.EXPECTED)
    assert isinstance(standpoint, RosterStatus)
    return PersonCard(
        id=PersonId(f"{name}{group}{number}"),
        name=name,
        kind=PersonKind.MEMBER,
        group=group,
        branch="第一支部",
        birth_year=year,
        phone_tail="",
        card_no="",
        standpoint=standpoint,
        status=Status.PRESENT if more.get("here") else None,
    )


@pytest.fixture(autouse=True)
def _chinese() -> None:
    speak("zh")


def test_groups_are_sorted_as_people_count_them() -> None:
    cards = tuple(
        card(f"人{n}", group) for n, group in enumerate(["十一组", "二组", "十组", "一组", ""])
    )
    assert [one.label for one in bunches(cards)] == ["一组", "二组", "十组", "十一组", "没有分组"]


def test_digits_are_sorted_as_numbers() -> None:
    cards = tuple(card(f"人{n}", group) for n, group in enumerate(["10组", "2组", "1组"]))
    assert [one.label for one in bunches(cards)] == ["1组", "2组", "10组"]


def test_more_than_thirty_six_groups_give_way_to_surnames() -> None:
    cards = tuple(card("陈平" if n % 2 else "欧阳春梅", f"{n}组", number=n) for n in range(37))
    assert uses_surnames(cards)
    few = cards[:36]
    assert not uses_surnames(few)


def test_without_groups_many_people_are_found_by_surname() -> None:
    names = [f"{surname}{n}" for surname in ("陈", "王", "欧阳") for n in range(20)]
    cards = tuple(card(name) for name in names)
    assert [(one.label, one.count) for one in bunches(cards)] == [
        ("陈", 20),
        ("王", 20),
        ("欧阳", 20),
    ]
    assert len(names_in(cards, "欧阳")) == 20


def test_without_groups_few_people_need_no_first_level() -> None:
    cards = tuple(card(f"陈{n}") for n in range(42))
    assert bunches(cards) == ()
    assert len(names_in(cards, None)) == 42


def test_visitors_are_not_on_the_wall_but_the_left_out_are() -> None:
    cards = (
        card("陈平"),
        card("王五", standpoint=RosterStatus.LEFT_OUT),
        card("客人", standpoint=RosterStatus.VISITOR),
    )
    assert [one.name for one in on_wall(cards)] == ["陈平", "王五"]


def test_candidates_alike_in_everything_are_told_apart_by_branch() -> None:
    both = (card("陈平", "一组", number=1), card("陈平", "一组", number=2))
    assert all("第一支部" in one.note for one in candidates(both))
    differ = (card("陈平", "一组", 1950), card("陈平", "一组", 1961))
    assert [one.note for one in candidates(differ)] == ["一组，1950 年生", "一组，1961 年生"]


def test_without_group_and_year_the_branch_is_said() -> None:
    assert candidates((card("陈平", "", None),))[0].note == "第一支部"
