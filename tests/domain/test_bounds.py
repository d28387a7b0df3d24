"""What a person writes is kept whole up to its bound, and refused beyond it."""

from __future__ import annotations

import pytest

from app.domain import bounds
from app.domain.errors import BadInput


@pytest.mark.parametrize("most", [bounds.NAME, bounds.TITLE, bounds.DISCUSSION_NOTE])
@pytest.mark.parametrize("sign", ["字", "𠮷", '"', "a", "\t"])
def test_a_text_at_its_bound_is_kept_and_one_beyond_is_refused(most: int, sign: str) -> None:
    text = "一" + sign * (most - 2) + "一"
    assert bounds.written(text, most) == text
    with pytest.raises(BadInput) as refused:
        bounds.written("一" + text, most)
    assert refused.value.values == {"count": most + 1, "most": most}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 老王 ", "老王"),
        ("一\r\n二\r三\u2029四", "一\n二\n三\n四"),
        ("a\0b\x07c\x7f", "abc"),
        ("👨\u200d👩\u200d👧 来了", "👨\u200d👩\u200d👧 来了"),
        ("", ""),
        ("\0", ""),
    ],
)
def test_what_nobody_writes_goes_and_what_is_written_stays(typed: str, kept: str) -> None:
    assert bounds.written(typed, 100) == kept


def test_a_line_is_one_line() -> None:
    assert bounds.line("  王\n福 \t 生 ", 10) == "王 福 生"
    with pytest.raises(BadInput):
        bounds.line("王\n" * 10, 5)


@pytest.mark.parametrize("text", ["\ud800", "老\udcff王"])
def test_half_a_sign_is_no_text(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        bounds.written(text, 100)
    assert refused.value.key == "refusal.no_text"
