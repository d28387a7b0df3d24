"""``stick`` on both command lines: one plain sentence each, and exit codes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from app.bootstrap import open_station
from app.cli.main import main as station
from app.wire.sticks.layout import DOWN, TOP, UP
from centre.commands.main import main as centre
from tests.sticks.parts import lay
from tests.support.county import County, hold_session, open_county


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[County]:
    monkeypatch.setenv("YJ_LANGUAGE", "zh")
    with open_county(tmp_path / "county") as opened:
        yield opened


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def at_station(home: Path, *words: str) -> int:
    return station(["--home", str(home), "stick", *words], {"LANG": "zh_CN.UTF-8"})


def at_centre(county: County, *words: str) -> int:
    return centre(["--home", str(county.centre.settings.home), "stick", *words])


def test_there_and_back_by_commands(
    county: County, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = county.enrolled_home("石门村")
    opened = open_station(home)
    hold_session(opened, 2)
    opened.close()
    assert at_station(home, "export", str(stick)) == 0
    assert "已写到 U 盘" in capsys.readouterr().out
    assert at_station(home, "export", str(stick)) == 0
    assert "没有新的内容要带" in capsys.readouterr().out
    assert at_centre(county, str(stick)) == 0
    assert "收下 1 个站点的 1 份记录" in capsys.readouterr().out
    assert at_station(home, "import", str(stick), "--no-courses") == 0
    told = capsys.readouterr().out
    assert "1 份回执" in told
    assert "中心已确认" in told
    assert at_station(home, "import", str(stick), "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["answers"], shown["held"]) == (0, shown["confirmed"])


def test_files_that_are_refused_are_counted_in_one_sentence(
    county: County, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = county.enrolled_home("石门村")
    assert at_station(home, "export", str(stick)) == 0
    (folder,) = (stick / TOP / UP).iterdir()
    lay(stick, UP, folder.name, b"x", "autorun.inf")
    lay(stick, UP, folder.name, b"x", "0" * 64)
    assert at_centre(county, str(stick), "--courses") == 0
    told = capsys.readouterr().out.splitlines()
    assert [line for line in told if "1 个文件不是远教的、1 个已损坏" in line]
    assert [line for line in told if "课程文件：写入 0 个" in line]
    lay(stick, DOWN, folder.name, b"x", "readme.txt")
    assert at_station(home, "import", str(stick)) == 0
    assert "1 个文件不是远教的、0 个已损坏" in capsys.readouterr().out
    assert at_centre(county, str(stick), "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["refused"] == {"name": 1, "hash": 1}
    assert shown["stations"][0]["parts"] == 1


def test_troubles_are_one_sentence_on_standard_error(
    county: County, stick: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = county.enrolled_home("石门村")
    nowhere = str(stick / "nowhere")
    for command in (
        partial(at_station, home, "export", nowhere),
        partial(at_station, home, "import", nowhere),
        partial(at_centre, county, nowhere),
    ):
        assert command() == 1
        told = capsys.readouterr()
        assert (told.out, told.err.count("\n")) == ("", 1)
    (stick / TOP).write_text("a file")
    assert at_station(home, "export", str(stick)) == 1
    assert "不是普通文件夹" in capsys.readouterr().err
    assert at_centre(county, str(stick), "--courses") == 1
    assert "不是普通文件夹" in capsys.readouterr().err
    assert at_station(tmp_path / "new", "export", str(stick)) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_answers_that_can_not_be_written_leave_what_was_taken_in(
    county: County, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = county.enrolled_home("石门村")
    opened = open_station(home)
    hold_session(opened, 2)
    opened.close()
    assert at_station(home, "export", str(stick)) == 0
    (stick / TOP / DOWN).write_text("in the way")
    capsys.readouterr()
    assert at_centre(county, str(stick)) == 1
    told = capsys.readouterr()
    assert "收下 1 个站点" in told.out
    assert "已收下的记录都在" in told.err
    assert county.rows() > 5
