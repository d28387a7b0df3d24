"""The catalogue: every key that can be said is there, in both languages, in words of ours."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest

from app.areas import parts
from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.people.person import PersonKind, StandingKind
from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.session import NotHeldReason, Step
from app.domain.errors import AlreadySignedIn, NotPossibleNow, Refusal
from app.domain.fact_kinds import KINDS
from app.domain.personal import LeaveKind
from app.usecases.views import SyncState
from app.words import CATALOGUE, language, say, say_error, speak

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = {key.split(".", 1)[0] for key in CATALOGUE}
BANNED = (
    "异常", "失败!", "失败！", "错误代码", "无效参数", "系统繁忙", "服务器", "Token", "null",
    "同步", "缓存", "用户",
)  # fmt: skip
CALM = ("refusal.", "trouble.", "link.", "media.", "wire.", "notice.")


@pytest.fixture(autouse=True)
def same_language_afterwards() -> Iterator[None]:
    before = language()
    yield
    speak(before)


def placeholders(sentence: str) -> set[str]:
    """The names of values a sentence needs."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def sources() -> list[Path]:
    """The station's own modules."""
    return [path for part in ("app", "ui") for path in (ROOT / part).rglob("*.py")]


def calls(path: Path) -> Iterator[tuple[str, set[str] | None]]:
    """(key, names of values) of every call with a literal key; None when the names are not plain."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        first = node.args[0]
        if getattr(node.func, "id", "") == "code_of":  # looks a code up and says nothing
            continue
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            names = {one.arg for one in node.keywords if one.arg is not None}
            yield first.value, names if len(names) == len(node.keywords) else None


parts("facts")  # declares all kinds of facts
NO_KEYS = {"people.id", "roster.xlsx", *KINDS}
"""A column, a file and the kinds of facts are written like keys."""


def looks_like_a_key(word: str) -> bool:
    """Whether a string literal is meant as a key of the catalogue."""
    family, dot, rest = word.partition(".")
    return (
        bool(dot)
        and word not in NO_KEYS
        and family in FAMILIES
        and rest.replace(".", "").replace("_", "").isalnum()
    )


def test_every_sentence_has_both_languages_and_needs_the_same_values() -> None:
    uneven = [
        key
        for key, (chinese, english) in CATALOGUE.items()
        if not chinese.strip()
        or not english.strip()
        or placeholders(chinese) != placeholders(english)
    ]
    assert uneven == []


def test_no_sentence_uses_a_banned_word_and_none_of_trouble_shouts() -> None:
    wrong = [
        (key, word)
        for key, sentences in CATALOGUE.items()
        for word in (*BANNED, *(("!", "！") if key.startswith(CALM) else ()))
        if any(word in sentence for sentence in sentences)
    ]
    assert wrong == []


def test_every_key_written_in_the_program_is_in_the_catalogue() -> None:
    missing = {
        (path.name, node.value)
        for path in sources()
        if "words" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and looks_like_a_key(node.value)
        and not _is_there(node.value)
    }
    assert missing == set()


def _is_there(key: str) -> bool:
    """Whether the catalogue has the key, or keys that go on from a prefix such as ``status.``."""
    is_prefix = key.endswith((".", "_")) or f"{key}1" in CATALOGUE
    if key.startswith("check."):  # the lines of the readiness check are said as op.check.….good
        return f"op.{key}.good" in CATALOGUE
    return key in CATALOGUE or (is_prefix and any(one.startswith(key) for one in CATALOGUE))


def test_every_sentence_is_given_the_values_it_needs() -> None:
    wanting = [
        (path.name, key, placeholders(CATALOGUE[key][0]) - names)
        for path in sources()
        for key, names in calls(path)
        if key in CATALOGUE
        and names is not None
        and key.startswith((*CALM, "command.", "sync."))
        and path.name not in ("refusals.py", "link.py")
        and not placeholders(CATALOGUE[key][0]) <= names
    ]
    assert wanting == []


@pytest.mark.parametrize(
    ("family", "members"),
    [
        ("status", Status),
        ("lane", Lane),
        ("leave", LeaveKind),
        ("standpoint", RosterStatus),
        ("standing", StandingKind),
        ("kind", PersonKind),
        ("step", Step),
        ("not_held", NotHeldReason),
        ("outcome", PlayOutcome),
        ("refusal.move", Step),
        ("refusal.not_running", Step),
        ("sync", SyncState),
    ],
)
def test_every_member_of_a_closed_set_has_its_word(family: str, members: type[Enum]) -> None:
    for member in members:
        assert f"{family}.{member.value}" in CATALOGUE


def test_the_same_error_is_said_in_the_chosen_language() -> None:
    refused = AlreadySignedIn(name="陈桂英", first_at="08:52")
    speak("zh")
    assert say_error(refused) == "陈桂英，您 08:52 已经签过了。"
    speak("en")
    assert say_error(refused) == "陈桂英, you signed in at 08:52 already."
    assert language() == "en"
    with pytest.raises(ValueError, match="tuple"):
        speak("fr")


def test_an_errors_own_text_is_for_the_log_and_names_its_key_and_values() -> None:
    assert str(NotPossibleNow("refusal.move.play", target="closed")) == (
        "refusal.move.play target=closed"
    )
    assert str(Refusal("refusal.no_plan")) == "refusal.no_plan"


def test_values_are_filled_in_even_when_they_look_like_placeholders() -> None:
    speak("en")
    assert "{0}{name}" in say("command.enrolled", site="{0}{name}")
