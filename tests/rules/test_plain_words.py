"""Names and words: one class name for one thing, standard terms, a complete glossary, no dialect.

Every list of exceptions here may only become shorter: a name that was mended and stands on it
still fails the test.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rules import plain_words
from tests.rules.looking import ROOT
from tests.rules.test_house_rules import tracked_texts

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")

STILL_TWO_THINGS = {"Credential", "Prepared", "Standing", "Waiting"}
"""To be named apart yet."""

STILL_PARTICIPLES = set(
    """Answered Applied Began Chained Decided Erased Held Kept Matched Moved Noted Placed Prepared
    Published Reached Refused Released Remembered Stopped Told Understood Undone Waiting
    _Counted _Found _Waiting""".split()
)
"""Classes that are named by a participle yet."""

STILL_INSIDERS = {"moments", "placing", "readings"}
"""Modules with an insider's name yet (``app/names/readings`` are readings of a character)."""

QUOTED = re.compile(r"^(CHANGELOG\.md|tests/rules/(test_)?plain_words\.py)$")
"""Where the words themselves are spoken of."""


def test_one_class_name_is_one_thing() -> None:
    assert set(plain_words.names_of_two_things(ROOT)) == STILL_TWO_THINGS


def test_no_class_is_named_by_a_participle_alone() -> None:
    names = {line.split()[1] for line in plain_words.participles(ROOT)}
    assert names == STILL_PARTICIPLES


def test_modules_have_the_standard_terms_for_names() -> None:
    found = {Path(line.split(":")[0]).stem for line in plain_words.insiders_modules(ROOT)}
    assert found == STILL_INSIDERS


def test_every_house_term_of_the_core_stands_in_the_glossary() -> None:
    assert plain_words.terms_without_entry(ROOT, GLOSSARY) == []


def test_a_term_stands_in_the_glossary_once() -> None:
    rows = [line.split("|") for line in GLOSSARY.splitlines() if line.startswith("|")]
    terms = [row[2].strip() for row in rows if row[2].strip() not in ("term", "---")]
    assert len(terms) > 60
    assert len(terms) == len(set(terms))


def test_no_house_word_is_used_that_has_a_standard_term() -> None:
    texts = {
        name: text
        for name, text in tracked_texts().items()
        if name.endswith((".py", ".md")) and not QUOTED.match(name)
    }
    assert plain_words.dialect(texts) == []


@pytest.mark.parametrize(
    ("rule", "files"),
    [
        (
            plain_words.names_of_two_things,
            {"app/a.py": "class Line: ...\n", "ui/b.py": "class _Line: ...\n"},
        ),
        (plain_words.participles, {"centre/a.py": "class Told: ...\n"}),
        (plain_words.insiders_modules, {"ui/veil.py": "x = 1\n"}),
        (
            lambda root: plain_words.terms_without_entry(root, GLOSSARY),
            {"app/domain/a.py": "class Gizmo: ...\n"},
        ),
        (
            lambda root: plain_words.dialect({"a.md": (root / "a.md").read_text()}),
            {"a.md": "After the evening.\n"},
        ),
    ],
)
def test_a_planted_breach_is_caught(tmp_path: Path, rule: object, files: dict[str, str]) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert callable(rule)
    assert rule(tmp_path)
