"""Namesakes, families on one telephone, cards: two people are never made one, nor struck out."""

from __future__ import annotations

from dataclasses import replace

from app.rosters.matching.matching import match_rows
from app.rosters.matching.sorting import Answers
from tests.centre.matched_rows import fate, known, row

PHONE = "13900000001"
SAME, NEW, ASKED = "p1", "new", "?"
WANG, LI = "王建国", "李秀英"


def test_two_of_one_name_and_telephone_but_another_birth_are_never_said_to_be_one() -> None:
    father, child = "1950-01-01", "1980-01-01"
    rows = [row("张伟", 2, phone=PHONE, birth=father), row("张伟", 3, phone=PHONE, birth=child)]
    matched = match_rows(rows, [known("张伟", phone=PHONE, birth=father)])
    assert [fate(matched, number) for number in (2, 3)] == [SAME, NEW]
    # A few years apart it may be a slip: the office says, and both answers are taken.
    near = [rows[0], row("张伟", 3, phone=PHONE, birth="1955-01-01")]
    for before in ([], [known("张伟", phone=PHONE, birth=father)]):
        matched = match_rows(near, before)
        assert [one.key for one in matched.questions] == ["roster.row_beside"]
        answered = match_rows(near, before, Answers({("", 3): ""}))
        assert (answered.questions, fate(answered, 3)) == ((), NEW)
        assert fate(answered, 2) == (SAME if before else NEW)


def test_namesakes_known_on_one_telephone_are_asked_and_not_struck_out() -> None:
    people = [
        known("张伟", "p1", phone=PHONE, birth="1950-01-01"),
        known("张伟", "p2", phone=PHONE, birth="1980-01-01"),
    ]
    rows = [row("张伟", 2, phone=PHONE), row("张伟", 3, phone=PHONE)]
    matched = match_rows(rows, people)
    assert matched.troubles == ()
    assert [one.row.row for one in matched.questions] == [2, 3]
    answers = Answers({("", 2): "p2", ("", 3): "p1"})
    answered = match_rows(rows, people, answers)
    assert [fate(answered, number) for number in (2, 3)] == ["p2", "p1"]


def test_a_card_means_one_person_of_a_file() -> None:
    rows = [row(WANG, 2, card_no="12345678"), row(LI, 3, card_no="0012345678")]
    assert [one.key for one in match_rows(rows, []).troubles] == ["roster.row_card_twice"]
    gone = [replace(rows[0], active=False), rows[1]]
    assert match_rows(gone, []).troubles == ()


def test_nobody_is_renamed_while_a_question_about_them_is_open() -> None:
    births = ("1950-01-01", "1960-01-01", "1970-01-01")
    people = [
        known(name, f"p{n}", phone=f"1390000000{n}", birth=births[n])
        for n, name in enumerate(("甲甲", "乙乙", "丁丁"))
    ]
    rows = [  # the column of names was moved by one
        row(name, 2 + n, phone=f"1390000000{n}", birth=births[n])
        for n, name in enumerate(("乙乙", "丁丁", "戊戊"))
    ]
    matched = match_rows(rows, people)
    assert [fate(matched, 2 + n) for n in range(3)] == [ASKED] * 3
    told = match_rows(rows, people, Answers({("", 2): "p0", ("", 3): "p1"}))
    assert fate(told, 4) == "p2"


def test_the_number_of_another_is_told_where_only_the_name_speaks() -> None:
    people = [known("丙一", "p1", member_no="A7"), known("丙二", "p2", member_no="A9")]
    matched = match_rows([row("丙二", 2, member_no="A7")], people)
    (asked,) = matched.questions
    assert (asked.key, [one.name for one in asked.candidates]) == (
        "roster.row_number_between",
        ["丙一", "丙二"],
    )
