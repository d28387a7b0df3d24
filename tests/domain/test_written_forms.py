"""Equal to the eye is equal to the matcher, and different to the eye stays different."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.written_forms import (
    code_form,
    code_without_zeros,
    match_form,
    shown_form,
)

SAME = [
    ("丙一", "\u200b丙一"),
    ("丙二", "丙二\u200e"),
    ("一支部", "一支部\ufeff"),
    ("长山", "\u2ed3山"),  # radical C-SIMPLIFIED LONG, as PDFs give it
    ("马长飞", "\u2ee2\u2ed3\u2edc"),
    ("长山", "\u2ff1山".replace("\u2ff1", "\u2ed3")),
    ("金山", "\u2fa6山"),  # Kangxi radical
    ("黄青户", "\u2fc8\u2fad\u2f3e"),  # Kangxi radicals of signs with an older shape
    ("张三", "张 三"),
    ("张三", "张\u3000三"),
    ("阿卜杜·买买提", "阿卜杜・买买提"),
    ("阿卜杜·买买提", "阿卜杜 • 买买提"),
    ("阿卜杜·买买提", "阿卜杜.买买提"),
    ("葛\U000e0100", "葛"),  # a variation selector
    ("Li Ming", "ＬＩ　ＭＩＮＧ"),
    ("王〇", "王○"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_a_reader_takes_for_the_same_matches(one: str, other: str) -> None:
    assert match_form(one) == match_form(other)
    assert match_form(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("丙一", "丙二"), ("张三", "张三丰"), ("李秀英", "李秀瑛"), ("己", "已"), ("𬭊", "㛃")],
)
def test_what_a_reader_tells_apart_stays_apart(one: str, other: str) -> None:
    assert match_form(one) != match_form(other)


def test_signs_of_newer_standards_and_private_areas_are_kept() -> None:
    for sign in ("\U0002ebf0", "\ue863", "\U000323af"):
        assert shown_form(f"王{sign}") == f"王{sign}"


def test_what_is_shown_keeps_case_and_decimal_points() -> None:
    assert shown_form(" ｌ.\u200bＬi  Ming ") == "l.Li Ming"
    assert shown_form("１９５８．１０") == "1958.10"


def test_codes_compare_in_capitals_and_zeros_only_where_a_spreadsheet_loses_them() -> None:
    assert code_form(" ab12 cd34\u200b") == "AB12CD34"
    assert code_form("ab#12/34") == "AB#12/34"
    assert code_without_zeros("0012345678") == code_without_zeros("12345678") == "12345678"
    assert code_without_zeros("0000") == "0"
    assert code_without_zeros("007A") == "007A"


@given(st.text(max_size=40))
def test_forms_are_their_own_form_and_hold_nothing_unseen(text: str) -> None:
    for form in (shown_form, match_form, code_form, code_without_zeros):
        once = form(text)
        assert form(once) == once
        assert not any(unicodedata.category(sign) in {"Cf", "Cc", "Cs"} for sign in once)
        assert once == once.strip()
