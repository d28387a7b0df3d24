"""Every refusal and trouble has one code of its own, said on screen, logged, and in the guide."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import AlreadySignedIn, Refusal, StoreTrouble, UserError
from app.words import CATALOGUE, say_error, speak
from app.words.codes import CODES, NO_CODE, code_of, for_log
from resources.make_codes import GUIDE, with_table
from ui.jobs.runner import JobRunner

CODE = re.compile(r"K-\d{3}")
FAMILIES = ("refusal.", "trouble.", "link.", "wire.", "media.", "notice.")
ROOT = Path(__file__).resolve().parents[2]
RAISED = re.compile(r'(?:Refusal|NotPossibleNow|NotFound|BadInput|\w*Trouble)\(\s*"([a-z._]+)"')
SAFE = {
    "zh": "记录 没有变 没有动 没有丢 都在 照常 不受影响 没有登记 没有使用 没有改动 收着 没有写入 "
    "放一边 先放别的 会自动 会在连网 先不下载 存好 补全 备查 仍 可先放".split(),
    "en": "record nothing kept safe untouched goes on go on unchanged works affected here downloaded "
    "not used stay so aside not changed".split(),
}


def test_every_sentence_of_trouble_has_a_code_or_a_reason_for_having_none() -> None:
    wanting = {key for key in CATALOGUE if key.startswith(FAMILIES)} - set(CODES) - set(NO_CODE)
    assert wanting == set()
    assert not set(CODES) & set(NO_CODE)


def test_whatever_the_program_raises_has_one_too() -> None:
    raised = {
        key
        for part in ("app", "ui")
        for path in (ROOT / part).rglob("*.py")
        for key in RAISED.findall(path.read_text(encoding="utf-8"))
    }
    assert len(raised) > 40
    assert raised - set(CODES) - set(NO_CODE) == set()


def test_no_two_sentences_share_a_code_and_every_code_has_its_sentence() -> None:
    assert len(set(CODES.values())) == len(CODES)
    assert all(re.fullmatch(r"K-[1-9]\d\d", code) for code in CODES.values())
    assert set(CODES) | set(NO_CODE) <= set(CATALOGUE)


def test_each_sentence_says_its_own_code_and_no_other() -> None:
    wrong = {
        (key, sentence)
        for key, sentences in CATALOGUE.items()
        for sentence in sentences
        if CODE.findall(sentence) != ([CODES[key]] if key in CODES else [])
        and not key.startswith("help.")  # a sheet shows one as an example
    }
    assert wrong == set()


@pytest.mark.parametrize("at", [0, 1])
def test_each_says_what_happened_whether_the_record_is_safe_and_what_to_do(at: int) -> None:
    words = SAFE[("zh", "en")[at]]
    silent = [
        (key, CATALOGUE[key][at])
        for key in CODES
        if not key.startswith(("command.", "demo.", "op.play."))
        and not any(word in CATALOGUE[key][at].lower() for word in words)
    ]
    assert silent == []


def test_the_guide_lists_every_code_with_the_words_of_today() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert with_table(guide) == guide, "run python -m resources.make_codes"
    assert all(f"| {code} |" in guide for code in CODES.values())


def test_the_log_carries_the_code_the_key_and_values_but_nobodys_name() -> None:
    full = StoreTrouble("trouble.home_unusable", why="no space")
    assert for_log(full) == "K-108 trouble.home_unusable why=no space"
    many = Refusal("refusal.many_people", count=2, names="陈桂英、陈平")
    assert for_log(many) == "K-223 refusal.many_people count=2"
    twice = AlreadySignedIn(name="陈桂英", first_at="08:52")
    assert for_log(twice) == "refusal.already_signed_in first_at=08:52"


def test_what_a_job_says_on_the_screen_is_the_code_in_the_log(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    speak("zh")
    runner, told = JobRunner(), list[UserError]()
    caplog.set_level(logging.INFO)

    def refuse() -> None:
        raise Refusal("refusal.needs_reason")

    runner.store(refuse, lambda _none: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    runner.close()
    assert code_of("refusal.needs_reason") in say_error(told[0])
    assert "K-232 refusal.needs_reason" in caplog.text
