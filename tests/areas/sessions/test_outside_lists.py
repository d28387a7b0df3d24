"""Lists of outside training and online classes: looked at first, then taken in whole or not at all."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from app.areas.sessions.approval import LateState
from app.areas.sessions.kinds import SessionKind
from app.bootstrap import OpenStation
from app.domain.errors import BadInput
from app.domain.time import local_date
from app.words import speak
from tests.support.stations import station_at

TRAINING = SessionKind.OUTSIDE_TRAINING
HEAD = ("姓名", "手机尾号", "学时", "培训名称", "日期", "主办单位")
ROWS = (
    ("王福生", "", 40, "组织委员培训班", "2026-11-02", "市委党校"),
    ("陈建国", "0001", 40, "组织委员培训班", "2026年11月2日", "市委党校"),
    ("陈建国", "0001", 1.5, "电商直播", "2026/11/09", ""),
)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenStation]:
    speak("zh")
    with station_at(tmp_path / "home") as opened:
        yield opened


def book(path: Path, *rows: tuple[object, ...], head: tuple[str, ...] = HEAD) -> Path:
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, ("2026 年外出培训登记",))
    sheet.write_row(1, 0, head)
    for place, row in enumerate(rows, 2):
        sheet.write_row(place, 0, row)
    made.close()
    return path


def test_looked_at_nothing_is_recorded_and_all_is_told(opened: OpenStation, tmp_path: Path) -> None:
    path = book(
        tmp_path / "名单.xlsx",
        *ROWS,
        ("陈平", "", 1, "电商直播", "2026-11-09", ""),
        ("没有这个人", "", 1, "电商直播", "2026-11-09", ""),
        ("王福生", "", "几个", "电商直播", "2026-11-09", ""),
        ("王福生", "", 1, "电商直播", "冬天", ""),
        ("", "", 1, "电商直播", "2026-11-09", ""),
    )
    found = opened.station.outside.look(path, TRAINING)
    assert [(one.number, one.trouble) for one in found.troubled] == [
        (6, "outside.several"),
        (7, "outside.nobody"),
        (8, "outside.no_minutes"),
        (9, "outside.no_day"),
        (10, "outside.no_name"),
    ]
    assert [(one.title, one.day, one.minutes, len(one.people)) for one in found.groups] == [
        ("组织委员培训班", "2026-11-02", 2_400, 2),
        ("电商直播", "2026-11-09", 90, 1),
    ]
    assert opened.station.today.records() == ()
    with pytest.raises(BadInput, match="faulty_rows"):
        opened.station.outside.take_in(path, TRAINING, by="丁一")
    assert opened.station.today.records() == ()


def test_taken_in_each_training_is_a_late_session_of_its_people_with_the_minutes_given(
    opened: OpenStation, tmp_path: Path
) -> None:
    path = book(tmp_path / "名单.xlsx", *ROWS)
    done = opened.station.outside.take_in(path, TRAINING, by="丁一")
    assert len(done.sessions) == 2
    view = opened.station.sessions.show(done.sessions[0])
    assert (view.session.kind, view.session.title) == ("outside_training", "组织委员培训班")
    assert (view.turnout.expected, view.turnout.arrived, view.turnout.absent) == (2, 2, 0)
    assert view.session.minutes == 2_400
    assert local_date(view.session.held_ms) == datetime.date(2026, 11, 2)
    assert view.late is LateState.PENDING
    (lecture,) = view.session.activities.lectures
    assert (lecture.name, lecture.topic) == ("市委党校", "组织委员培训班")


def test_the_same_list_again_brings_nothing_and_a_longer_one_only_what_is_new(
    opened: OpenStation, tmp_path: Path
) -> None:
    opened.station.outside.take_in(book(tmp_path / "a.xlsx", *ROWS), TRAINING, by="丁一")
    again = opened.station.outside.take_in(book(tmp_path / "b.xlsx", *ROWS), TRAINING, by="丁一")
    assert again.sessions == ()
    assert {one.trouble for one in again.rows} == {"outside.known"}
    more = (*ROWS, ("王福生", "", 1.5, "电商直播", "2026-11-09", ""))
    longer = opened.station.outside.take_in(book(tmp_path / "c.xlsx", *more), TRAINING, by="丁一")
    assert [len(one.people) for one in longer.groups] == [1]
    assert len(opened.station.today.records()) == 3


def test_what_is_no_list_or_no_such_kind_is_refused(opened: OpenStation, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no_outside_list"):
        opened.station.outside.look(book(tmp_path / "a.xlsx", head=("姓名", "支部")), TRAINING)
    with pytest.raises(BadInput, match="no_outside_kind"):
        opened.station.outside.look(book(tmp_path / "b.xlsx", *ROWS), SessionKind.FILM)
    with pytest.raises(BadInput, match="needs_writer"):
        opened.station.outside.take_in(book(tmp_path / "c.xlsx", *ROWS), TRAINING, by="")
    assert opened.station.today.records() == ()


def test_the_command_looks_first_and_records_when_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from app.cli.main import main
    from app.machine.clock import SystemClock
    from tests.support.stations import SetClock

    home = tmp_path / "home"
    with station_at(home, clock=SetClock(wall_ms=SystemClock().now().wall_ms)):
        pass
    path = book(tmp_path / "名单.xlsx", *ROWS)
    where = ["--home", str(home), "session", "import", str(path), "--kind", "online_class"]
    assert main([*where, "--json"], {"LANG": "zh_CN.UTF-8"}) == 0
    assert json.loads(capsys.readouterr().out)["sessions"] == []
    told = [*where, "--apply", "--by", "丁一", "--json"]
    assert main(told, {"LANG": "zh_CN.UTF-8"}) == 0
    assert len(json.loads(capsys.readouterr().out)["sessions"]) == 2
