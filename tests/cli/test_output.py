"""What was done is never called refused because its answer could not be printed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.looking import ROOT
from tests.support.stations import station_at

RARE = "老𬭛"


def program(*words: str, **around: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=os.environ | {"LANG": "zh_CN.UTF-8", "YJ_LANGUAGE": "zh"} | around,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out.decode("utf-8"), err.decode("utf-8")


@pytest.mark.parametrize("coding", ["gbk", "ascii", "gbk:strict"])
def test_a_sign_the_pipe_has_not_is_written_in_utf_8(tmp_path: Path, coding: str) -> None:
    with station_at(tmp_path / "home"):
        pass
    home = str(tmp_path / "home")
    assert ended(program("app", "--home", home, "session", "open", "--title", "学习"))[0] == 0
    marked = program(
        *("app", "--home", home, "session", "mark", "--visitor", RARE), PYTHONIOENCODING=coding
    )
    code, out, err = ended(marked)
    assert (code, err) == (0, "")
    assert RARE in out
    shown = ended(program("app", "--home", home, "session", "show", PYTHONIOENCODING=coding))
    assert shown[0] == 0
    assert shown[1].count(RARE) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe whose reader is gone is POSIX's")
@pytest.mark.parametrize("side", ["app", "centre"])
def test_a_reader_that_went_away_is_no_failure(tmp_path: Path, side: str) -> None:
    told = ("status", "--json") if side == "app" else ("report", "--json")
    process = program(side, "--home", str(tmp_path / "home"), *told)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()  # as ``| head -0`` does
    with process.stderr as told_wrong:
        assert told_wrong.read() == b""
    assert process.wait(60) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="such names exist on Linux")
@pytest.mark.parametrize(
    "act",
    [
        ("centre", "import-roster", b"\xc3\xfb\xb2\xe1.xlsx", "--site", "x"),
        ("centre", "publish-course", b"\xbf\xce\xb3\xcc.mp4"),
        ("centre", "restore", b"\xb1\xb8\xb7\xdd"),
        ("app", "stick", "import", b"\xd3\xc5\xc5\xcc"),
        ("app", "restore", b"\xb1\xb8\xb7\xdd.db"),
    ],
)
def test_names_that_are_not_utf_8_end_in_a_sentence(
    tmp_path: Path, act: tuple[str | bytes, ...]
) -> None:
    side, *words = act
    named = [
        str(tmp_path / os.fsdecode(one)) if isinstance(one, bytes) else str(one) for one in words
    ]
    code, _out, err = ended(program(str(side), "--home", str(tmp_path / "home"), *named))
    assert code == 1
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1, err
