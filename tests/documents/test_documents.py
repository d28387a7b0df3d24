"""The documents are true: their commands exist, and their figures are those of the code."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from app.words import CATALOGUE
from tests.documents import contents
from tests.rules.looking import ROOT

MIB, GIB = 1 << 20, 1 << 30

FIGURES: tuple[tuple[str, str, tuple[tuple[str, float], ...]], ...] = (
    # page, sentence with its figures in groups, for each figure its constant and unit
    ("protocol.md", r"Version (\d)\.(\d) ", (("MAJOR", 1), ("MINOR", 1))),
    (
        "protocol.md",
        r"at most (\d) MiB packed; unpacked at most (\d) MiB",
        (("MAX_BODY_BYTES", MIB), ("MAX_UNPACKED_BYTES", MIB)),
    ),
    ("protocol.md", r"fresh text, 1–(\d+) characters", (("_MOST_NONCE_CHARACTERS", 1),)),
    (
        "protocol.md",
        r"The nonce is (\d+)–(\d+) bytes",
        (("FEWEST_NONCE_BYTES", 1), ("introduction.MOST_NONCE_BYTES", 1)),
    ),
    ("protocol.md", r"`nonce` \| 1–(\d+) bytes", (("_MOST_NONCE_BYTES", 1),)),
    (
        "protocol.md",
        r"`locator` of at most (\d+) .* at most (\d+) tips",
        (("MAX_LOCATOR", 1), ("MAX_TIPS", 1)),
    ),
    (
        "protocol.md",
        r"`facts` \(bytes, ≤ ([\d ]+), each ≤ (\d+) KiB\), `personal` \(`\(n, payload\)`, each ≤ (\d+) KiB",
        (("MAX_FACTS_A_RUN", 1), ("MAX_FACT_BYTES", 1024), ("MAX_PERSONAL_BYTES", 1024)),
    ),
    ("protocol.md", r"`facts`, `sum`; at most ([\d ]+)", (("MAX_CENSUS", 1),)),
    ("protocol.md", r"sum of their hashes \((\d+) bytes\)", (("SUM_BYTES", 1),)),
    (
        "protocol.md",
        r"under `yj-decision-1`; at most ([\d ]+), each ≤ (\d) KiB",
        (("MAX_DECISIONS", 1), ("MAX_DECISION_BYTES", 1024)),
    ),
    ("protocol.md", r"as runs, at most (\d+) KiB an answer", (("MAX_RETURN_BYTES", 1024),)),
    (
        "protocol.md",
        r"At most ([\d ]+) rows a page and about (\d) MiB of bodies",
        (("MAX_ROWS_A_PAGE", 1), ("pages.PAGE_BYTES", MIB)),
    ),
    ("protocol.md", r"lives (seven) days", (("codes.LIFETIME_MS", 86_400_000),)),
    ("protocol.md", r"closed for an (hour) after", (("WRONG_TRIES_WINDOW_MS", 3_600_000),)),
    ("protocol.md", r"after (five) wrong tries", (("WRONG_TRIES", 1),)),
    (
        "protocol.md",
        r"works on (\d) exchanges at once with PostgreSQL",
        (("application._RECORDS_AT_ONCE.False", 1),),
    ),
    ("protocol.md", r"on (\d) with SQLite", (("application._RECORDS_AT_ONCE.True", 1),)),
    (
        "protocol.md",
        r"lets (\d+) wait if their turn comes within (\d) s",
        (("_RECORDS_WAITING", 1), ("_LONGEST_QUEUE_S", 1)),
    ),
    (
        "protocol.md",
        r"a random part of up to a half, at most (\d+) s",
        (("admission._MOST_WAIT_S*1.5", 1),),
    ),
    (
        "protocol.md",
        r"Course files have (\d) threads of their own; at most (\d+) are sent",
        (("_COURSES_AT_ONCE", 1), ("_COURSES_ON_THEIR_WAY", 1)),
    ),
    (
        "protocol.md",
        r"head may take (\d+) s and (\d+) KiB, its body (\d+) s in all and (\d+) s between",
        (("_HEAD_S", 1), ("MOST_HEAD_BYTES", 1024), ("_BODY_S", 1), ("fast_path._SILENCE_S", 1)),
    ),
    ("protocol.md", r"does not read for (\d+) s is dropped", (("_STUCK_S", 1),)),
    (
        "protocol.md",
        r"closed after (\d+) s, or after (\d) s while over ([\d,]+) are open",
        (("_KEEP_ALIVE_S", 1), ("_CROWDED_KEEP_ALIVE_S", 1), ("MOST_CONNECTIONS", 2)),
    ),
    (
        "protocol.md",
        r"Above ([\d,]+) connections a process answers 503, above ([\d,]+)",
        (("MOST_CONNECTIONS", 1), ("MOST_CONNECTIONS", 0.5)),
    ),
    ("protocol.md", r"asked for again after an (hour)", (("_PAUSE_MS", 3_600_000),)),
    ("sticks.md", r"in parts of (\d+) KiB of facts", (("PART_BUDGET_BYTES", 1024),)),
    ("sticks.md", r"on the last (\d) sticks", (("_MOST_STICKS", 1),)),
    ("sticks.md", r"of 1 byte to ([\d.]+) MiB", (("MOST_PART_BYTES", MIB),)),
    (
        "sticks.md",
        r"header of at most (\d) KiB\), unpack to\s+a `Parcel` of at most (\d) MiB",
        (("_MOST_HEADER_BYTES", 1024), ("_MOST_PARCEL_BYTES", MIB)),
    ),
    (
        "sticks.md",
        r"up to (\d+) stations, ([\d,]+) parts \(([\d,]+) of one station\), ([\d,]+) names, (\d) GiB and (\d+) s",
        (
            ("MOST_STATIONS", 1),
            ("MOST_PARTS", 1),
            ("MOST_PARTS_A_STATION", 1),
            ("MOST_ENTRIES", 1),
            ("MOST_READ_BYTES", GIB),
            ("MOST_SECONDS", 1),
        ),
    ),
    ("sticks.md", r"A course file of (\d) GiB or more", (("FAT_FILE_BYTES+1", GIB),)),
    ("architecture.md", r"makes an \*\*exchange\*\* (\d) s after", (("FACT_DEBOUNCE_MS", 1000),)),
    ("architecture.md", r"every (\d) minutes otherwise", (("CALM_MS", 60_000),)),
    ("architecture.md", r"computed anew from up to ([\d,]+) facts", (("_REBUILT", 1),)),
    (
        "architecture.md",
        r"nobody planned stop at (\d) GiB free .*, planned ones at (\d+) MiB; at (\d) MiB free the (\d+) MiB",
        (
            ("KEPT_FREE_BYTES", GIB),
            ("SPARE_BYTES", MIB),
            ("_FULL_BYTES", MIB),
            ("BALLAST_BYTES", MIB),
        ),
    ),
    ("architecture.md", r"with (\d) GiB of memory", (("MOST_MEMORY_BYTES", GIB),)),
    (
        "architecture.md",
        r"A page may take (\d) s; then the process ends\nitself, and (\d+) s later",
        (("PAGE_S", 1), ("SLACK_S", 1)),
    ),
    (
        "architecture.md",
        r"touch bar for (\d) s, and after (\d) minutes",
        (("LINGER_MS", 1000), ("controller.IDLE_MS", 60_000)),
    ),
    ("glossary.md", r"gone (\d) s after the last touch", (("LINGER_MS", 1000),)),
    ("glossary.md", r"nobody has touched it for (\d) minutes", (("controller.IDLE_MS", 60_000),)),
    ("taps.md", r"不是我, for ([\d.]+) s", (("SUCCESS_MS", 1000),)),
    ("taps.md", r"撤销结束, for (\d+) minutes", (("REOPEN_MINUTES", 1),)),
    ("taps.md", r"by name, at most (\d+) people", (("ONE_WALL", 1),)),
    ("smoothness.md", r"at most (\d+) MiB\)", (("pixmap_cache.MOST_KIB", 1024),)),
    ("smoothness.md", r"is done (\d) ms apart", (("APART_MS", 1),)),
    ("smoothness.md", r"given out for (\d) ms at a time", (("TURN_S", 0.001),)),
    ("operators-guide.zh.md", r"(\d) 到 (\d) 位数字", (("LEAST_DIGITS", 1), ("MOST_DIGITS", 1))),
    ("operators-guide.zh.md", r"错 (\d) 次要等", (("FREE_TRIES", 1),)),
    ("operators-guide.zh.md", r"离开 (\d+) 分钟（可选", (("USUAL_IDLE_MINUTES", 1),)),
    ("operators-guide.zh.md", r"(\d+) 秒没人输，自动回到签到", (("CLEAR_MS", 1000),)),
    (
        "operators-guide.zh.md",
        r"\*\*管理员\*\* (\d) 秒才退得出",
        (("unlock_corner.HOLD_MS", 1000),),
    ),
    ("operators-guide.zh.md", r"有 ([\d.]+) 秒可以按 \*\*不是我", (("SUCCESS_MS", 1000),)),
    ("operators-guide.zh.md", r"，(\d+) 分钟内按 \*\*撤销结束", (("REOPEN_MINUTES", 1),)),
    ("operators-guide.zh.md", r"(\d) 秒没人碰，自己收起来", (("LINGER_MS", 1000),)),
    ("operators-guide.zh.md", r"(\d) 分钟没人动，屏幕上只剩", (("controller.IDLE_MS", 60_000),)),
    ("operators-guide.zh.md", r"里写，最多 (\d+) 个字", (("MOST_SENTENCE", 1),)),
    ("operators-guide.zh.md", r"最大不到 (\d+) MB", (("diagnostics.MOST_BYTES", 1_000_000),)),
    (
        "operators-guide.zh.md",
        r"（往后 (\d+) 天）；其余的从新到旧下载，最多占 (\d+) GB，并给磁盘留 (\d) GB",
        (("PLAN_DAYS", 1), ("MOST_UNASKED_BYTES", GIB), ("KEPT_FREE_BYTES", GIB)),
    ),
    ("operators-guide.zh.md", r"(\d) GB 以上的课程文件", (("FAT_FILE_BYTES+1", GIB),)),
    ("operators-guide.zh.md", r"等了 (\d+) 秒视频还没有放出来", (("controller.SILENCE_MS", 1000),)),
    ("centre-guide.zh.md", r"(\d+) 小时内 `C undo-import", (("MAY_BE_UNDONE_MS", 3_600_000),)),
    ("centre-guide.zh.md", r"个字母，(\d) 天有效", (("codes.LIFETIME_MS", 86_400_000),)),
    (
        "decisions/0025-films-are-looked-at.md",
        r"\): (\d) GiB of memory, (\d+) s of CPU",
        (("film_child.MEMORY_BYTES", GIB), ("film_child.SECONDS", 1)),
    ),
    (
        "decisions/0025-films-are-looked-at.md",
        r"libvlc reads (\d+) s ahead",
        (("vlc_player._AHEAD_MS", 1000),),
    ),
    (
        "decisions/0015-rows-of-an-unclosed-store.md",
        r"at most ([\d,]+) facts",
        (("_REBUILT", 1),),
    ),
)
WORDS = {"five": 5, "seven": 7, "hour": 1}


@pytest.fixture(scope="module")
def constants() -> contents.Constants:
    return contents.Constants()


def value_of(constants: contents.Constants, wanted: str) -> float:
    """A constant, one entry of a table, or a constant with a small sum behind it."""
    name, sign, behind = re.fullmatch(
        r"([\w.]+?)(?:([*+]|\.(?=True|False))(\S+))?", wanted
    ).groups()  # type: ignore[union-attr]
    value = constants[name]
    if sign == ".":
        return float(value[behind == "True"])
    if sign is None:
        return float(value)
    return float(value * float(behind) if sign == "*" else value + float(behind))


@pytest.mark.parametrize("figure", FIGURES, ids=lambda one: f"{one[0]}: {one[1][:40]}")
def test_a_figure_in_a_document_is_the_one_of_the_code(
    figure: tuple[str, str, tuple[tuple[str, float], ...]], constants: contents.Constants
) -> None:
    page, sentence, wanted = figure
    found = re.findall(sentence, (ROOT / "docs" / page).read_text(encoding="utf-8"))
    assert len(found) == 1, "the sentence stands there once"
    said = found[0] if isinstance(found[0], tuple) else (found[0],)
    figures = [WORDS[one] if one in WORDS else float(re.sub(r"[ ,]", "", one)) for one in said]
    assert figures == [value_of(constants, name) / unit for name, unit in wanted]


@pytest.mark.parametrize("page", contents.PAGES)
def test_every_command_in_a_code_block_is_understood(page: str) -> None:
    for line in contents.blocks(page):
        words = contents.as_program(line)
        if words[0] in ("station", "centre"):
            try:
                contents.parse(words)
            except SystemExit:
                pytest.fail(f"{page}: {line}")
        else:
            check_other(page, words)


@pytest.mark.parametrize("page", contents.PAGES)
def test_every_command_that_is_mentioned_exists(page: str) -> None:
    for line in contents.mentions(page):
        words = contents.as_program(line)
        if words[0] in ("station", "centre"):
            assert contents.unknown_words(words) == [], f"{page}: {line}"
        else:
            check_other(page, words)


def check_other(page: str, words: list[str]) -> None:
    """A verb of ``./dev`` with what it is given, or a module that is run."""
    from bench.__main__ import FIGURES as SHORT
    from bench.__main__ import LONG
    from tests.durability.portions import GROUPS

    if words[0] != "./dev":
        assert find_spec(words[2]) is not None, f"{page}: {words}"
        return
    verb, *rest = words[1:]
    assert verb in contents.dev_verbs(), f"{page}: {words}"
    names = [one for one in rest if not one.startswith("-") and not one.isdigit()]
    if verb == "bench":
        assert set(names) <= set(SHORT) | set(LONG), f"{page}: {words}"
    elif verb == "torture":
        assert set(names) <= {*GROUPS, "model"}, f"{page}: {words}"
    elif verb == "test":
        for name in (one for one in names if "/" in one):
            assert (ROOT / name.split("::")[0]).exists(), f"{page}: {words}"


def test_the_quick_commands_for_newcomers_run(tmp_path: Path) -> None:
    """Those of station and centre, each in a home of its own instead of the one that is named."""
    lines = [contents.as_program(line) for line in contents.blocks("CONTRIBUTING.md")]
    wanted = [words for words in lines if words[0] in ("station", "centre")]
    assert len(wanted) == 3
    for words in [["centre", "--home", "HOME", "init"], *wanted]:
        module, home = {"station": "app", "centre": "centre"}[words[0]], tmp_path / words[0]
        given = [str(home) if words[at - 1] == "--home" else one for at, one in enumerate(words)]
        done = subprocess.run(
            [sys.executable, "-m", module, *given[1:]],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (words, done.stderr)


def test_documents_name_only_files_that_are_there() -> None:
    """In running text a path with a folder in it names a file of the project."""
    missing = []
    for page in contents.PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        for name in re.findall(r"`((?:app|ui|centre|tests|bench|resources|docs)/[\w./-]+)`", text):
            if "NAME" not in name and not (ROOT / name).exists():
                missing.append(f"{page}: {name}")
    assert missing == []


@pytest.mark.parametrize(
    "line",
    ["centre enrol-kode", "station sync --onse", "centre people --sight x", "./dev tests"],
)
def test_a_planted_mistake_is_caught(line: str) -> None:
    words = contents.as_program(line)
    if words[0] == "./dev":
        assert words[1] not in contents.dev_verbs()
    else:
        assert contents.unknown_words(words)


HAN = "一-鿿"


def on_the_screen(name: str) -> bool:
    """Whether this is a word of the screens, with anything in the places it has for figures and titles."""
    return any(
        re.fullmatch(pattern, name.rstrip("…"))
        for zh, _ in CATALOGUE.values()
        if len(re.findall(f"[{HAN}]", re.sub(r"\{\w+\}", "", zh))) > 1 or "{" not in zh
        for pattern in [re.sub(r"\\\{\w+\\\}", ".+", re.escape(zh.rstrip("…").replace("\n", " ")))]
    )


def test_every_button_that_the_guide_says_to_press_is_so_called_on_the_screen() -> None:
    guide = (ROOT / "docs" / "operators-guide.zh.md").read_text(encoding="utf-8")
    pressed = re.findall(r"按(?:一下)? \*\*([^*]+)\*\*", guide)
    pressed += re.findall(r"按(?:绿色的|下面的)?“([^”]+)”", guide)
    assert len(pressed) > 80
    keys = {"B", "F", "F1", "F2", "M", "V"}
    assert [one for one in pressed if one not in keys and not on_the_screen(one)] == []


def test_every_step_that_the_taps_name_is_a_word_of_the_screens() -> None:
    text = (ROOT / "docs" / "taps.md").read_text(encoding="utf-8")
    steps = re.findall(f"[{HAN}][{HAN}，：《》… U:0-9]*[{HAN}》…0-9]", text)
    assert len(steps) > 80
    assert [one for one in steps if not on_the_screen(one)] == []


@pytest.mark.parametrize("name", ["确认", "试放", "休息分钟", "打印签到单"])
def test_a_planted_button_is_caught(name: str) -> None:
    assert not on_the_screen(name)
