"""The words on screens, paper and commands: plain, calm, in both languages, from one place."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from app.words import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]

ERRORS_OF_MACHINES = (
    "异常 失败 错误 无效 参数 系统繁忙 服务器 同步 缓存 用户 数据库 线程 进程 接口 超时 时间戳 令牌 "
    "会话 请求 响应 日志 端口 协议 哈希 校验和 文件系统 未知"
).split()
SCOLDING = (
    "违规 违反 警告 非法 禁止 不得 严禁 必须 您忘了 您没有按 操作不当 不合格 批评 处罚 作假".split()
)
RANKING = (
    "排名 名次 排行 排行榜 积分 得分 打分 第一名 倒数 落后 先进 优秀率 达标率 评比 通报".split()
)
ENGLISH_IN_CHINESE = (
    "A4 F F1 F2 F5 F9 F11 B M V U PDF USB GB MB K Win+P Ctrl Ctrl+ Ctrl+Z Shift+ Esc Enter English "
    "https Excel QR pdf"
).split()
"""Keys, units and names that stand on the keyboard, the plug or the paper itself."""
COMMAND_LINE = ("command.", "help.lock.4", "demo.", "roster.")
"""Said in a terminal, or quoting what is typed there or stands in a spreadsheet."""
BANNED_IN_ENGLISH = (
    r"errors?|fail(?:ed|ure)|invalid|exceptions?|traceback|null|NoneType|tokens?|servers?|sync\w*|"
    r"cach\w+|users?|illegal|forbidden|abort\w*|fatal|timed? ?out|timeout|violat\w+|warning|databases?|"
    r"threads?|process(?:es)?|backend|frontend|payload|hash\w*|segfault|stack|"
    r"rank\w*|leaderboards?|scores?|points|winners?|losers?|best of|worst"
)
PYTHON = re.compile(
    r"\b(?:None|True|False|self|KeyError|ValueError|TypeError|OSError|Errno|sqlite\w*|libvlc|Qt|"
    r"PySide6|Python|\w+Error|\w+\(\))(?!\w)|0x[0-9a-f]+|</?\w+>"
)
ENGLISH_NONE = {"member.none_of_them", "paper.none"}
"""Here "None" is the English word."""
CODE = re.compile(r"K-\d{3}")


def without_values(sentence: str) -> str:
    """A sentence without what is filled in and without codes."""
    return CODE.sub("", re.sub(r"\{[^}]*\}", "", sentence))


def hits(words: list[str], sentence: str) -> list[str]:
    return [word for word in words if word in sentence]


def chinese_faults(key: str, sentence: str) -> list[str]:
    """What is wrong with a Chinese sentence."""
    plain = without_values(sentence)
    found = hits([*ERRORS_OF_MACHINES, *SCOLDING, *RANKING, "!", "！"], plain)
    if not key.startswith(COMMAND_LINE):
        latin = re.findall(r"[A-Za-z][A-Za-z0-9]*(?:\+[A-Z]?[A-Za-z]*)?", plain)
        # Initials as an example of typing, and whatever stands in brackets of code, are no words.
        found += [one for one in latin if one not in ENGLISH_IN_CHINESE and one != "zad"]
    return found + python_words(key, plain)


def english_faults(key: str, sentence: str) -> list[str]:
    """What is wrong with an English sentence."""
    plain = without_values(sentence)
    banned = re.compile(rf"(?<!\w)(?:{BANNED_IN_ENGLISH}|must not|!)(?!\w)", re.IGNORECASE)
    return banned.findall(plain) + python_words(key, plain)


def python_words(key: str, plain: str) -> list[str]:
    found = PYTHON.findall(plain)
    return [one for one in found if not (one == "None" and key in ENGLISH_NONE)]


def test_no_chinese_sentence_speaks_like_a_machine_scolds_or_ranks() -> None:
    wrong = {key: found for key, (zh, _) in CATALOGUE.items() if (found := chinese_faults(key, zh))}
    assert wrong == {}


def test_no_english_sentence_speaks_like_a_machine_scolds_or_ranks() -> None:
    wrong = {key: found for key, (_, en) in CATALOGUE.items() if (found := english_faults(key, en))}
    assert wrong == {}


@pytest.mark.parametrize(
    "planted",
    ["上传失败", "系统异常", "请先同步", "服务器没有回应", "本站排名第三", "严禁代签", "签到成功！",
     "Token 已过期", "KeyError", "请看 log", "None"],
)  # fmt: skip
def test_a_planted_chinese_word_is_caught(planted: str) -> None:
    assert chinese_faults("op.planted", planted) != []


@pytest.mark.parametrize(
    "planted",
    ["Upload failed.", "Server error", "Sync now", "Invalid user", "Your rank is 3", "None",
     "ValueError", "Traceback", "The cache is full"],
)  # fmt: skip
def test_a_planted_english_word_is_caught(planted: str) -> None:
    assert english_faults("op.planted", planted) != []


def fields(sentence: str) -> list[str]:
    """Names and forms of what is filled in, in the order of names."""
    parsed = string.Formatter().parse(sentence)
    return sorted(f"{name}:{form}" for _, name, form, _ in parsed if name is not None)


def test_every_sentence_is_there_twice_and_needs_the_same_values() -> None:
    uneven = [
        key
        for key, (zh, en) in CATALOGUE.items()
        if not zh.strip() or not en.strip() or set(fields(zh)) != set(fields(en))
    ]
    assert uneven == []


def test_every_english_sentence_is_english() -> None:
    han = re.compile("[\u3400-\u9fff]")
    kept = {
        "op.seal",
        "op.settings.zh",
        "member.seal",
        "help.roll_call.3",
        "practice.names",
        "room.sample.names",
        "roster.sheet_no_header",
        "roster.row_word",
        "roster.sheet_left_no_header",
        "roster.cell_note_unused",
    }  # names, seals, headings of sheets
    left = [key for key, (_, en) in CATALOGUE.items() if han.search(en) and key not in kept]
    assert left == []


def test_a_key_is_written_once() -> None:
    seen: dict[str, str] = {}
    twice = []
    for path in sorted(
        [
            *(ROOT / "app/words").glob("*.py"),
            *(ROOT / "app/areas").glob("*/words.py"),
            *(ROOT / "app/rosters").glob("*words.py"),
        ]
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    if isinstance(key, ast.Constant) and isinstance(value, ast.Tuple):
                        if key.value in seen:
                            twice.append((key.value, seen[key.value], path.name))
                        seen[str(key.value)] = path.name
    assert twice == []
    assert len(seen) == len(CATALOGUE)


SHOWING = frozenset(
    "setText setWindowTitle setToolTip setAccessibleName setAccessibleDescription setPlaceholderText "
    "setStatusTip addAction addItem addRow drawText setTitle words label QLabel QPushButton "
    "PrimaryButton SecondaryButton QuietButton show_line show_banner set_text".split()
)
WORD = re.compile(r"[A-Za-z]{2,}")
KEY = re.compile(r"[a-z_0-9]*(?:\.[a-z_0-9]*)+")


def literals_shown(source: str) -> list[str]:
    """Words written straight into what shows them."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        first = node.args[0]
        if name in SHOWING:
            for part in ast.walk(first) if isinstance(first, ast.JoinedStr) else (first,):
                if (
                    isinstance(part, ast.Constant)
                    and isinstance(part.value, str)
                    and WORD.search(part.value)
                    and not KEY.fullmatch(part.value)
                ):
                    found.append(part.value)
    return found


def test_no_page_writes_its_own_words() -> None:
    written = {
        path.relative_to(ROOT).as_posix(): found
        for path in sorted((ROOT / "ui").rglob("*.py"))
        if (found := literals_shown(path.read_text(encoding="utf-8")))
    }
    assert written == {}


def test_a_planted_literal_is_caught() -> None:
    assert literals_shown("label('Sign in')") == ["Sign in"]
    assert literals_shown("x.setText(f'{count} people')") == [" people"]
    assert literals_shown("x.setText(say('op.people'))") == []


def test_the_choice_of_one_catalogue_over_translation_files_is_written_down() -> None:
    decision = ROOT / "docs" / "decisions" / "0004-one-catalogue-a-program.md"
    text = decision.read_text(encoding="utf-8")
    assert "Qt's translation files are not used" in text
    assert "English is complete" in text
