"""A column that only counts the rows is nobody's number, however it is spelled."""

from __future__ import annotations

import pytest

from app.rosters.matching.matching import match_rows
from tests.centre.matched_rows import fate, known, row


@pytest.mark.parametrize(
    ("numbers", "counted"),
    [
        (["1", "2", "3"], True),
        (["1", "2", "4"], True),
        (["1", "2", "1"], True),
        (["1"], True),
        (["7", "8", "9"], False),
        (["3", "1", "2"], False),
        (["0001", "0002", "0003"], False),
        (["A1", "A2", "A3"], False),
        (["3", "2", "1"], True),
        (["1号", "2号", "3号"], True),
        (["NO.1", "NO.2", "NO.3"], True),
        (["1、", "2、", "3、"], True),
        (["一", "二", "三"], True),
        (["①", "②", "③"], True),
        (["A1", "B2", "C3"], False),
        (["一", "三十", "X"], False),
        (["1", "2", "99"], False),
        (["2", "1", "3"], False),
        (["10001", "10002", "10003"], False),
        (["", "", ""], False),
    ],
)
def test_a_column_that_only_counts_the_rows_is_no_identity(
    numbers: list[str], counted: bool
) -> None:
    names = ("丙一", "丙二", "丙三")
    rows = [
        row(names[n], 2 + n, member_no=number, branch="二支部" if n == 2 else "一支部")
        for n, number in enumerate(numbers)
    ]
    matched = match_rows(rows, [])
    assert matched.counted_rows == counted
    kept = [one.member_no for one, _ in matched.pairs]
    assert kept == ([""] * len(numbers) if counted else numbers)


def test_padded_numbers_that_contradict_more_than_a_couple_only_count_too() -> None:
    people = [
        known(f"丙{n}", f"p{n}", member_no=f"{n:03d}", phone=f"1390000000{n}") for n in range(1, 6)
    ]
    rows = [row("新来的", 2, member_no="001", phone="13900000000")]
    rows += [
        row(f"丙{n}", 2 + n, member_no=f"{n + 1:03d}", phone=f"1390000000{n}") for n in range(1, 6)
    ]
    matched = match_rows(rows, people)
    assert matched.counted_rows
    assert [fate(matched, 2 + n) for n in range(6)] == ["new", "p1", "p2", "p3", "p4", "p5"]


@pytest.mark.parametrize(
    "spelled",
    ["A{}", "2024-00{}", "1000{}", "人{}号", "10{}", "00{}"],
)
@pytest.mark.parametrize("is_down", [False, True])
def test_a_column_that_moved_beside_the_names_counts_however_it_is_spelled(
    spelled: str, is_down: bool
) -> None:
    def number(place: int) -> str:
        return spelled.format(9 - place if is_down else place)

    people = [known(f"丙{n}", f"p{n}", member_no=number(n)) for n in range(1, 6)]
    rows = [row("新来的", 2, member_no=number(1))]
    rows += [row(f"丙{n}", 2 + n, member_no=number(n + 1)) for n in range(1, 6)]
    matched = match_rows(rows, people)
    assert matched.counted_rows
    assert [fate(matched, 2 + n) for n in range(6)] == ["new", "p1", "p2", "p3", "p4", "p5"]


def test_numbers_given_to_three_newcomers_are_no_count_and_are_asked() -> None:
    people = [known(f"丙{n}", f"p{n}", member_no=f"10{n}") for n in range(1, 4)]
    rows = [row(f"丁{n}", 1 + n, member_no=f"10{n}") for n in range(1, 4)]
    matched = match_rows(rows, people)
    assert not matched.counted_rows
    assert [fate(matched, 1 + n) for n in range(1, 4)] == ["?"] * 3
