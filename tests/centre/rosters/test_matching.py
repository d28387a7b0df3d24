"""Who a row is, by all that is known together: a table of what may happen, and what never may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.rosters.matching.book import Book
from app.rosters.matching.matching import match_rows
from app.rosters.matching.sorting import Answers, place_of
from app.rosters.matching.weighing import Agreement, KnownPerson, Verdict, judge
from app.rosters.sheets.sheet_rows import RosterRow
from tests.centre.matched_rows import fate, known, row

MARK, OTHER_MARK = "a" * 64, "b" * 64
PHONE, OTHER_PHONE = "13900000001", "13900000002"
BORN, OTHER_BORN = "1958-03-02", "1971-06-05"


SAME, NEW, ASKED = "p1", "new", "?"
WANG, LI = "王建国", "李秀英"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # the identity number
        (known(WANG, identity=MARK), row(WANG, identity=MARK), SAME),
        (known(WANG, identity=MARK, phone=PHONE), row(LI, identity=MARK, phone=PHONE), SAME),
        (known(WANG, identity=MARK, birth=BORN), row(LI, identity=MARK, birth=BORN), SAME),
        (
            known(WANG, identity=MARK, phone=PHONE, birth=BORN),
            row(LI, identity=MARK, phone=OTHER_PHONE, birth=OTHER_BORN),
            ASKED,
        ),
        (
            known(WANG, identity=MARK, phone=PHONE, birth=BORN),
            row(WANG, identity=OTHER_MARK, phone=PHONE, birth=BORN),
            SAME,
        ),
        (
            known(WANG, identity=MARK, phone=PHONE),
            row(WANG, identity=OTHER_MARK, phone=PHONE),
            ASKED,
        ),
        (known(WANG, identity=MARK), row(LI, identity=OTHER_MARK), NEW),
        # the member number
        (known(WANG, member_no="A1"), row(WANG, member_no="A1"), SAME),
        (known(WANG, member_no="A1"), row(LI, member_no="A1"), ASKED),
        (known(WANG, member_no="A1", phone=PHONE), row(LI, member_no="A1", phone=PHONE), ASKED),
        (known(WANG, member_no="A1", birth=BORN), row(LI, member_no="A1", birth=BORN), SAME),
        (known(WANG, member_no="A1", birth="1958"), row(LI, member_no="A1", birth="1958"), ASKED),
        (
            known(WANG, member_no="A1", phone=PHONE, birth=BORN),
            row(LI, member_no="A1", phone=PHONE, birth=OTHER_BORN),
            ASKED,
        ),
        (
            known(WANG, member_no="A1", phone=PHONE),
            row(LI, member_no="A1", phone=OTHER_PHONE),
            ASKED,
        ),
        (
            known(WANG, member_no="A1", phone=PHONE, birth=BORN),
            row(WANG, member_no="A1", phone=OTHER_PHONE, birth=OTHER_BORN),
            ASKED,
        ),
        (
            known(WANG, member_no="A1", phone=PHONE),
            row(WANG, member_no="A1", phone=OTHER_PHONE),
            SAME,
        ),
        # a number that goes from father to son, on the telephone of the house
        (
            known("张建国", member_no="A1", phone=PHONE, birth="1950"),
            row("张小军", member_no="A1", phone=PHONE),
            ASKED,
        ),
        (
            known("张三", member_no="A1", phone=PHONE),
            row("张四", member_no="A1", phone=PHONE),
            ASKED,
        ),
        (
            known("张伟", member_no="A1", phone=PHONE, birth="1950-01-01"),
            row("张伟", member_no="A1", phone=PHONE, birth="1980-01-01"),
            ASKED,
        ),
        (
            known("张伟", phone=PHONE, birth="1950-01-01"),
            row("张伟", phone=PHONE, birth="1980-01-01"),
            ASKED,
        ),
        (
            known(LI, member_no="A1", phone=PHONE),
            row("李秀瑛", member_no="A1", phone=PHONE),
            SAME,
        ),
        (
            known("陈美玲", member_no="A1", phone=PHONE),
            row("王陈美玲", member_no="A1", phone=PHONE),
            SAME,
        ),
        # zeros, letter case and blanks of numbers
        (known(WANG, member_no="0107"), row(WANG, member_no="107", phone=PHONE), SAME),
        (known(WANG, member_no="ab 12"), row(WANG, member_no="AB12"), SAME),
        (known(WANG, member_no="0107"), row(LI, member_no="107"), ASKED),
        # another number
        (known(WANG, member_no="A1", phone=PHONE), row(WANG, member_no="B2", phone=PHONE), SAME),
        (known(WANG, member_no="A1"), row(WANG, member_no="B2"), ASKED),
        # name and telephone, name and birth, in whichever branch
        (known(WANG, phone=PHONE), row(WANG, phone=PHONE, branch="二支部"), SAME),
        (known(WANG, birth=BORN), row(WANG, birth=BORN, branch="二支部"), SAME),
        (known(WANG, birth=BORN), row(WANG, birth="1958-03", branch="二支部"), SAME),
        (known(WANG, birth=BORN), row(WANG, birth="1958", branch="二支部"), ASKED),
        (known(WANG), row(WANG, branch="二支部"), ASKED),
        (known(WANG, phone=PHONE), row(WANG, phone=OTHER_PHONE, branch="二支部"), NEW),
        (known(WANG, phone=PHONE, birth=BORN), row(WANG, phone=PHONE, birth=OTHER_BORN), SAME),
        # a corrected name
        (known(LI, phone=PHONE, birth=BORN), row("李秀瑛", phone=PHONE, birth=BORN), SAME),
        (known(LI, phone=PHONE), row("李秀瑛", phone=PHONE), ASKED),
        (known(LI, phone=PHONE, birth="1958"), row("李秀瑛", phone=PHONE, birth="1958"), ASKED),
        (known(LI, birth=BORN), row("李秀瑛", birth=BORN), NEW),
        (known(LI, phone=PHONE, birth=BORN), row("李秀瑛", phone=PHONE, birth=OTHER_BORN), NEW),
        # only the name
        (known(WANG), row(WANG), SAME),
        (known("买买提·艾力"), row("买买提艾力"), SAME),
        (known("⻓⼭"), row("长山"), SAME),
        (known(WANG, phone=PHONE), row(WANG), SAME),
        (known(WANG, phone=PHONE), row(WANG, phone=OTHER_PHONE), SAME),
        (known(WANG, birth=BORN), row(WANG, birth=OTHER_BORN), ASKED),
        (
            known(WANG, birth=BORN, phone=PHONE),
            row(WANG, birth=OTHER_BORN, phone=OTHER_PHONE),
            NEW,
        ),
        (known(WANG, branch=""), row(WANG), SAME),
        (known(WANG), row(WANG, branch=""), SAME),
        (known(WANG), row(LI), NEW),
        # a former name
        (
            replace(known("李秀瑛", phone=PHONE), former_names=(LI,)),
            row(LI, phone=PHONE),
            SAME,
        ),
        (replace(known("李秀瑛"), former_names=(LI,)), row(LI), NEW),
    ],
)
def test_one_row_beside_one_person(before: KnownPerson, after: RosterRow, expected: str) -> None:
    assert fate(match_rows([after], [before])) == expected


def test_an_unknown_number_says_nothing_against_somebody() -> None:
    assert fate(match_rows([row(WANG, member_no="B7")], [known(WANG)])) == SAME


def test_twins_who_share_a_telephone_are_two() -> None:
    twin = known("王大", phone=PHONE, birth=BORN)
    rows = [row("王小", 2, phone=PHONE, birth=BORN), row("王大", 3, phone=PHONE, birth=BORN)]
    matched = match_rows(rows, [twin])
    assert [fate(matched, number) for number in (2, 3)] == [NEW, SAME]


def test_a_couple_shares_a_telephone_and_one_of_them_comes_later() -> None:
    rows = [row("王大", 2, phone=PHONE), row("陈桂英", 3, phone=PHONE)]
    matched = match_rows(rows, [known("王大", phone=PHONE)])
    assert [fate(matched, number) for number in (2, 3)] == [SAME, NEW]


def test_numbers_that_moved_by_one_are_asked_though_name_and_telephone_are_known() -> None:
    people = [
        known("丙一", "p1", member_no="A1", phone="13900000021"),
        known("丙二", "p2", member_no="A2", phone="13900000022"),
    ]
    rows = [
        row("新来的", 2, member_no="A1", phone="13900000023"),
        row("丙一", 3, member_no="A2", phone="13900000021"),
        row("丙二", 4, member_no="A3", phone="13900000022"),
    ]
    matched = match_rows(rows, people)
    assert [fate(matched, number) for number in (2, 3, 4)] == ["?", "?", "p2"]
    assert [one.name for one in matched.questions[0].candidates] == ["丙一"]
    assert {one.name for one in matched.questions[1].candidates} == {"丙一", "丙二"}


def test_identity_numbers_that_moved_by_one_rename_nobody() -> None:
    marks = [letter * 64 for letter in "abc"]
    people = [
        known(name, f"p{n}", identity=marks[n], birth=f"195{n}-01-01")
        for n, name in enumerate(("丙一", "丙二", "丙三"))
    ]
    rows = [
        row(name, 2 + n, identity=marks[(n + 1) % 3], birth=f"195{(n + 1) % 3}-01-01")
        for n, name in enumerate(("丙一", "丙二", "丙三"))
    ]
    matched = match_rows(rows, people)
    assert [fate(matched, number) for number in (2, 3, 4)] == ["?", "?", "?"]


def test_zeros_are_not_guessed_where_two_could_be_meant() -> None:
    people = [known("丁一", "p1", member_no="0107"), known("丁二", "p2", member_no="107")]
    matched = match_rows([row("丁三", 2, member_no="00107")], people)
    assert fate(matched) == "new"
    assert fate(match_rows([row("丁二", 2, member_no="107")], people)) == "p2"


def test_two_rows_with_one_number_and_two_names_are_named_as_that() -> None:
    rows = [row(WANG, 2, member_no="A1"), row(LI, 3, member_no="a1")]
    assert [one.key for one in match_rows(rows, []).troubles] == ["roster.row_number_twice"]
    rows = [row(WANG, 2, identity=MARK), row(LI, 3, identity=MARK)]
    assert [one.key for one in match_rows(rows, []).troubles] == ["roster.row_identity_twice"]


def test_a_newcomer_who_stands_twice_is_one_though_one_row_has_a_number() -> None:
    rows = [row(WANG, 2, phone=PHONE, member_no="A1"), row(WANG, 3, phone=PHONE)]
    assert [one.key for one in match_rows(rows, []).troubles] == ["roster.row_double"]


def test_of_two_records_of_one_person_the_active_one_is_meant() -> None:
    people = [
        replace(known(WANG, "p1", phone=PHONE), active=False),
        known(WANG, "p2", phone=PHONE),
    ]
    assert fate(match_rows([row(WANG, phone=PHONE)], people)) == "p2"
    both = [known(WANG, "p1", phone=PHONE), known(WANG, "p2", phone=PHONE)]
    assert fate(match_rows([row(WANG, phone=PHONE)], both)) == ASKED


def test_a_question_is_answered_and_only_a_question() -> None:
    before, after = known(WANG, member_no="A1"), row(LI, member_no="A1")
    asked = place_of(after)
    assert fate(match_rows([after], [before], Answers({asked: "p1"}))) == SAME
    assert fate(match_rows([after], [before], Answers({asked: ""}))) == NEW
    with pytest.raises(BadInput, match="answer_nobody"):
        match_rows([after], [before], Answers({asked: "p9"}))
    with pytest.raises(BadInput, match="answer_not_asked"):
        match_rows([row(WANG)], [known(WANG)], Answers({asked: "p1"}))
    two = [after, row(LI, 3, member_no="A2")]
    with pytest.raises(BadInput, match="answer_twice"):
        match_rows(two, [before], Answers({asked: "p1", ("", 3): "p1"}))


# --- what never may be ------------------------------------------------------------------------

TRAIT = st.sampled_from((-1, 0, 1))


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    """Any six verdicts of six things."""
    name, branch, phone, birth, number, identity = (draw(TRAIT) for _ in range(6))
    exact = birth > 0 and draw(st.booleans())
    return Agreement(name, branch, phone, birth, number, identity, exact)


@given(agreements())
def test_one_thing_alone_never_makes_two_people_one(seen: Agreement) -> None:
    others = (seen.phone, seen.birth, seen.identity)
    if seen.name < 0 and max(others) <= 0:
        assert judge(seen) not in (Verdict.SAME, Verdict.BARE)
    if max(seen.name, seen.number, seen.identity) <= 0 and min(seen.phone, seen.birth) <= 0:
        assert judge(seen) is not Verdict.SAME


@given(agreements())
def test_a_number_of_somebody_else_is_never_passed_over(seen: Agreement) -> None:
    if max(seen.number, seen.identity) > 0:
        assert judge(seen) in (Verdict.SAME, Verdict.CONTRADICTION) or seen.identity < 0


@st.composite
def monthly(draw: st.DrawFn) -> tuple[Sequence[RosterRow], Sequence[KnownPerson]]:
    """People with names and telephones of their own, and next month's file with any numbers."""
    count = draw(st.integers(2, 7))
    people = [
        known(f"丙{n}", f"p{n}", member_no=f"N{n}", phone=f"1390000000{n}") for n in range(count)
    ]
    numbers = draw(st.permutations([f"N{n}" for n in range(count)]))
    there = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    rows = [
        row(f"丙{n}", 2 + n, member_no=numbers[n], phone=f"1390000000{n}")
        for n in range(count)
        if there[n]
    ]
    return rows, people


@given(monthly())
def test_whatever_happens_to_the_numbers_nobody_gets_the_history_of_another(
    given_: tuple[Sequence[RosterRow], Sequence[KnownPerson]],
) -> None:
    rows, people = given_
    for one, person in match_rows(rows, people).pairs:
        assert person is not None
        assert (person.name, person.phone) == (one.name, one.phone)


@given(monthly(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    given_: tuple[Sequence[RosterRow], Sequence[KnownPerson]], chance: object
) -> None:
    rows, people = given_
    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # Hypothesis's own Random

    def told(some: Sequence[RosterRow]) -> dict[int, str | None]:
        pairs = match_rows(some, people).pairs
        return {one.row: None if person is None else person.id for one, person in pairs}

    assert told(rows) == told(mixed)


def test_in_a_crowd_of_one_name_all_else_still_tells_who_is_who() -> None:
    people = [known("王伟", f"p{n}", phone=f"139{n:08d}") for n in range(500)]
    people += [known("王伟", "born", birth=BORN)]
    rows = [row("王伟", 2 + n, phone=f"139{n:08d}") for n in range(500)]
    rows += [row("王伟", 900, birth=BORN), row("王伟", 901)]
    matched = match_rows(rows, people)
    told = {one.row: person.id if person else "" for one, person in matched.pairs}
    assert told == {2 + n: f"p{n}" for n in range(500)} | {900: "born"}
    assert [one.row.row for one in matched.questions] == [901]
    candidates = sum(len(Book(rows, people).candidates(one)) for one in rows)
    assert candidates <= 32 * len(rows)
