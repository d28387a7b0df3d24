"""Every sentence exists in both languages and needs the same values."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import centre
from app.rosters.words import machine_language
from centre.words import WORDS, say

ROOT = Path(centre.__file__).parent


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("key", sorted(WORDS))
def test_both_languages_say_the_same(key: str) -> None:
    chinese, english = WORDS[key]
    assert fields(chinese) == fields(english)
    says_words = re.search(r"\w", re.sub(r"{[^}]*}", "", chinese))
    assert not says_words or re.search(r"[\u4e00-\u9fff]", chinese)


def test_every_key_that_is_named_exists_and_every_sentence_is_used() -> None:
    """A sentence is used by its whole key, or by the beginning of it that a value is put behind."""
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (*ROOT.rglob("*.py"), *(ROOT.parent / "app" / "rosters").rglob("*.py"))
        if ROOT / "words" not in path.parents and not path.name.endswith("words.py")
    )
    named = set(re.findall(r'"((?:centre|roster)\.[a-z0-9_]+)"', source)) - {
        "centre.sqlite",
        "centre.key",
        "centre.age",
        "centre.toml",
        "centre.intake",
        "centre.interpretation",
    }
    beginnings = tuple(re.findall(r'f"((?:centre|roster)\.[a-z0-9_]+_)\{', source))
    assert named - set(WORDS) == set()
    own = [key for key in WORDS if key.startswith(("centre.", "roster."))]
    assert [key for key in own if key not in named and not key.startswith(beginnings)] == []


@pytest.mark.parametrize(
    ("setting", "chosen"), [("zh_CN.UTF-8", "zh"), ("en_US.UTF-8", "en"), ("C", "en")]
)
def test_the_machine_chooses_the_language(
    monkeypatch: pytest.MonkeyPatch, setting: str, chosen: str
) -> None:
    monkeypatch.delenv("YJ_LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", setting)
    assert machine_language() == chosen
    assert say("roster.row_no_name", row=3) == (
        "第 3 行：姓名空着。" if chosen == "zh" else "Row 3: the name is empty."
    )
