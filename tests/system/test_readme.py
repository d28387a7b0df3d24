"""What both README pages say is run as it stands, in their order, and both say the same."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.rules.looking import ROOT

PAGES = ("README.md", "README.zh.md")
HEADINGS = {"README.md": "## Pointing a station", "README.zh.md": "## 接到真正的中心"}
SAMPLE = ROOT / "media" / "sample"


def commands(page: str) -> list[list[str]]:
    """The words of each command below the heading; comments and the window are left out."""
    text = (ROOT / page).read_text(encoding="utf-8").split(HEADINGS[page], 1)[1]
    blocks = re.findall(r"```\n(.*?)```", text, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("./dev")]
    return [shlex.split(line, comments=True) for line in lines]


def test_both_pages_give_the_same_commands() -> None:
    english, chinese = (commands(page) for page in PAGES)
    assert len(english) >= 10
    shape = [[_plain(word) for word in words] for words in english]
    assert [[_plain(word) for word in words] for words in chinese] == shape


def _plain(word: str) -> str:
    """Names of files and of the centre's machine are written in the page's language."""
    if word.startswith("https://"):
        return "https://…"
    return Path(word).suffix or word if word.endswith((".xlsx", ".mp4", ".srt")) else word


@pytest.mark.timeout(240)
@pytest.mark.parametrize("page", PAGES)
def test_the_commands_work_in_their_order(page: str, tmp_path: Path) -> None:
    """Only folders, files, the free port and the code that was made are put in."""
    files = {
        ".xlsx": ROOT / "resources" / "sample" / "roster.xlsx",
        ".mp4": SAMPLE / "fire-extinguisher.mp4",
        ".srt": SAMPLE / "fire-extinguisher.srt",
    }
    places = {
        "/srv/centre": tmp_path / "centre",
        "/var/lib/yuanjiao": tmp_path / "station",
        "/mnt/disk/centre": tmp_path / "disk" / "centre",
    }
    code, address, said = "", "", []
    serving: Iterator[str] | None = None
    for _dev, *words in commands(page):
        words = [str(places.get(word, files.get(Path(word).suffix, word))) for word in words]
        if "serve" in words:
            serving = _serving(["0" if word == "8480" else word for word in words])
            address = next(serving)
            continue
        words = [address if word.startswith("https://") else word for word in words]
        words = [code if word.startswith("CCCC-") else word for word in words]
        done = _run(words)
        assert done.returncode == 0, (words, done.stderr)
        said.append(done.stdout)
        found = re.search(r"\b(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}\b", done.stdout)
        code = found.group() if found and "enrol-code" in words else code
    assert serving is not None
    for _end in serving:
        pass
    status = json.loads(
        _run(["station", "--home", str(tmp_path / "station"), "status", "--json"]).stdout
    )
    assert status["site_name"] == "松岭村学习点"


def _run(words: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _command(words), cwd=ROOT, env=_around(), capture_output=True, text=True, check=False
    )


def _command(words: list[str]) -> list[str]:
    """As ``./dev`` runs it once everything is installed."""
    return [sys.executable, "-m", {"centre": "centre", "station": "app"}[words[0]], *words[1:]]


def _around() -> dict[str, str]:
    return {**os.environ, "YJ_LANGUAGE": "zh", "LANG": "zh_CN.UTF-8"}


def _serving(words: list[str]) -> Iterator[str]:
    with _process(words) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        yield f"https://127.0.0.1:{ready['port']}"
        process.terminate()


@contextmanager
def _process(words: list[str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        _command(words), cwd=ROOT, env=_around(), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()
