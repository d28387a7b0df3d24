"""The commands: what they print, what they refuse, and that nobody ever sees a traceback."""

from __future__ import annotations

import argparse
import json
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import _command_of, language_of, main, parser
from app.domain.time import local_date
from app.machine.clock import SystemClock
from app.store.engine import SQLITE
from app.store.seal import put_seal
from app.words import language, speak
from tests.support.stations import SetClock, add_course, course_of, station_at

ENGLISH = {"LANG": "en_GB.UTF-8"}


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """A command sets the language and silences the log of its whole process."""
    before = language()
    yield
    speak(before)
    logging.disable(logging.NOTSET)


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A station with a roster, a plan for today and a course."""
    place = tmp_path / "home"
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film" * 5_000)
    now_ms = SystemClock().now().wall_ms
    with station_at(place, clock=SetClock(wall_ms=now_ms)) as opened:
        add_course(opened, course_of(film, duration_ms=60_000, title="果树修剪"), film)
    return place


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command on the station, in English."""

    def once(*arguments: str, at: Path = home, environment: dict[str, str] | None = None) -> Ran:
        try:
            code = main(["--home", str(at), *arguments], environment or ENGLISH)
        except SystemExit as left:
            code = int(left.code or 0)
        written = capsys.readouterr()
        return Ran(code, written.out, written.err)

    return once


def check_refused(ran: Ran) -> None:
    """Refused: exit code 1, one sentence on standard error, nothing on standard output."""
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err.endswith("\n")
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err
    assert len(ran.err) > 12


def test_no_command_reads_rows_that_another_version_folded(home: Path, run: Run) -> None:
    opened = run("session", "open", "--json").told
    assert run("session", "mark", "陈建国").code == 0
    with closing(SQLITE.connect(home / "station.db", isolation_level=None)) as other:
        other.execute("DELETE FROM attendance")
        other.execute("UPDATE projections SET folded_key = ''")
    put_seal(home / "station.db")
    shown = run("session", "show", opened["session"]["id"], "--json")
    assert shown.told["turnout"]["present"] == 1
    assert (
        shown.err
        == "The program is a new version: it sorts the earlier records first, please wait.\n"
    )
    assert run("status").err == ""


def test_a_whole_session_by_command(run: Run) -> None:
    opened = run("session", "open", "--json").told
    session = opened["session"]["id"]
    assert (opened["session"]["step"], opened["session"]["plan"]) == ("sign_in", "plan1")
    assert opened["turnout"]["expected"] == 27
    assert run("session", "mark", "chenguiying").code == 0
    assert run("session", "mark", "陈建国", "--lane", "name_wall").code == 0
    assert run("session", "mark", "0002", "--lane", "phone_tail").code == 0
    assert run("session", "mark", "YJ1-00005", "--lane", "scanner").code == 0
    assert run("session", "mark", "--id", "p6", "--status", "on_leave", "--leave", "sick").code == 0
    guest = run("session", "mark", "--visitor", "老王", "--tail", "1234", "--json").told
    assert guest["card"]["standpoint"] == "visitor"
    undone = run("session", "undo", "--json").told
    assert (undone["card"]["name"], undone["was"]) == ("老王", guest["card"]["status"])
    assert run("session", "move", "play").code == 0
    closed = run("session", "close", "--json").told
    turnout = closed["turnout"]
    assert (turnout["present"] + turnout["late"], turnout["on_leave"]) == (4, 1)
    assert turnout["absent"] == 27 - 5
    late = run(
        "session", "mark", "--id", "p8", "--status", "late_entry", "--reason", "忘了签",
        "--session", session, "--json",
    ).told  # fmt: skip
    assert late["card"]["status"] == "late_entry"
    shown = run("session", "show", "--json").told
    assert (shown["session"]["id"], shown["turnout"]["late_entry"]) == (session, 1)
    assert [one["session"]["id"] for one in run("session", "list", "--json").told] == [session]


def test_the_journal_by_command(run: Run) -> None:
    run("session", "open")
    run("session", "mark", "--id", "p1")
    verified = run("journal", "verify", "--json").told
    assert (verified["broken_at"], verified["facts"]) == (None, 5)
    lines = run("journal", "list", "--last", "2", "--json").told
    assert [one["kind"] for one in lines] == ["segment.opened", "attendance.marked"]
    assert len(run("journal", "list", "--last", "-7").out.splitlines()) == 1
    assert run("journal", "rebuild", "--json").told == {"facts": 5}
    assert run("session", "show", "--json").told["turnout"]["expected"] == 27


def test_upkeep_by_command(run: Run, home: Path, tmp_path: Path) -> None:
    status = run("status", "--json").told
    assert status["site_name"] == "松岭村学习点"
    assert [plan["id"] for plan in status["plans"]] == ["plan1"]
    assert run("courses", "--json").told[0]["ready"] is True
    run("session", "open")
    run("session", "mark", "--id", "p1")
    made = Path(run("backup", "--json").told["file"])
    assert made.exists()
    run("session", "mark", "--id", "p2")
    restored = run("restore", str(made), "--json").told
    assert restored["notice"] == "notice.recovered_all"
    turnout = run("session", "show", "--json").told["turnout"]
    assert turnout["present"] + turnout["late"] == 2
    doctor = run("doctor", "--json").told
    assert doctor["chain"]["broken_at"] is None
    assert {check["key"] for check in doctor["checks"]} >= {"check.roster", "check.clock"}
    assert home.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["status"], ["courses"], ["doctor"], ["backup"], ["journal", "verify"], ["journal", "list"],
        ["session", "list"], ["session", "open"],
    ],
)  # fmt: skip
def test_every_command_speaks_to_people_in_both_languages(run: Run, arguments: list[str]) -> None:
    chinese = run(*arguments, environment={"LANG": "zh_CN.UTF-8"})
    english = run(*arguments)
    assert (chinese.code, chinese.err) == (0, "")
    assert "{" not in chinese.out
    assert not chinese.out.startswith("[")
    if arguments != ["session", "open"]:
        assert (english.code, english.err) == (0, "")


@pytest.mark.parametrize(
    ("environment", "chosen"),
    [
        ({}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE"}, "zh"),
        ({"LC_ALL": "C", "LANG": "en_US"}, "zh"),
        ({"LC_ALL": "", "LANG": "en_US"}, "en"),
        ({"LC_MESSAGES": "EN_gb", "LANG": "zh_CN"}, "en"),
    ],
)
def test_the_language_follows_the_locale_and_is_chinese_otherwise(
    environment: dict[str, str], chosen: str
) -> None:
    assert language_of(environment) == chosen


@pytest.mark.parametrize(
    "arguments",
    [
        ["session", "mark", "chenguiying"],
        ["session", "undo"],
        ["session", "close"],
        ["session", "move", "play"],
        ["session", "show"],
        ["session", "show", "nonsense"],
        ["session", "open", "--plan", "nonsense"],
        ["session", "not-held", "--reason", "harvest", "--plan", "nonsense"],
        ["session", "not-held", "--reason", "harvest"],
        ["sync", "--once"],
        ["enrol", "http://[bad", "CODE"],
        ["enrol", "nonsense", "CODE"],
        ["enrol", "", "CODE"],
        ["enrol", "http://127.0.0.1:port", "CODE"],
        ["restore", "nonsense.db"],
        ["restore"],
        ["play", "nonsense", "--headless"],
        ["play", "c1", "--headless", "--rate", "99"],
        ["play", "c1", "--headless", "--rate", "nan"],
        ["play", "c1", "--headless", "--from-ms", "-1"],
    ],
    ids=" ".join,
)
def test_a_refused_command_says_one_sentence(run: Run, arguments: list[str]) -> None:
    check_refused(run(*arguments))


@pytest.mark.parametrize(
    "arguments",
    [
        ["session", "mark", "没有这个人"],
        ["session", "mark", "--id", "nonsense"],
        ["session", "mark", ""],
        ["session", "mark", "12", "--lane", "phone_tail"],
        ["session", "mark", "１２３４", "--lane", "phone_tail"],
        ["session", "mark", "nonsense", "--lane", "scanner"],
        ["session", "mark", "chen"],
        ["session", "mark", "--id", "p1", "--status", "on_leave"],
        ["session", "mark", "--id", "p1", "--status", "late_entry"],
        ["session", "mark", "--visitor", " "],
        ["session", "mark", "--visitor", "老王", "--tail", "12345"],
        ["session", "mark", "--id", "p1", "--session", "nonsense"],
        ["session", "undo", "--mark", "nonsense"],
        ["session", "undo", "--mark", "00" * 32],
        ["session", "undo"],
        ["session", "open"],
        ["session", "open", "--title", "再来一场"],
    ],
    ids=" ".join,
)
def test_a_refused_act_in_an_open_session_says_one_sentence(run: Run, arguments: list[str]) -> None:
    assert run("session", "open").code == 0
    check_refused(run(*arguments))
    assert run("session", "show", "--json").told["undoable"] is None


def test_a_second_sign_in_says_when_the_first_was(run: Run) -> None:
    run("session", "open")
    first = run("session", "mark", "--id", "p0", "--json").told
    again = run("session", "mark", "--id", "p0")
    check_refused(again)
    assert "陈桂英, you signed in at " in again.err
    assert first["card"]["mark"] is not None


def test_two_of_one_name_are_never_picked_between(run: Run) -> None:
    run("session", "open")
    refused = run("session", "mark", "陈平")
    check_refused(refused)
    assert "p3" in refused.err
    assert "p4" in refused.err


@pytest.mark.parametrize(
    "arguments",
    [[], ["nonsense"], ["session"], ["session", "mark", "x", "--lane", "telepathy"], ["sync"]],
)
def test_wrong_use_is_exit_code_two(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "usage" in ran.err


def test_a_home_that_can_not_be_a_folder_is_said_plainly(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.write_text("x", encoding="ascii")
    check_refused(run("status", at=file))
    check_refused(run("restore", at=tmp_path / "nowhere"))


def test_a_centre_that_is_not_there_is_said_calmly(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    refused = run("enrol", f"http://127.0.0.1:{port}", "CODE")
    check_refused(refused)
    assert "Sign-in and playing are not affected" in refused.err


def test_the_day_of_the_plan_is_the_stations_day(run: Run) -> None:
    day = local_date(SystemClock().now().wall_ms).isoformat()
    assert run("status", "--json").told["day"] == day


def test_the_program_itself_starts_speaks_utf_8_and_sets_the_exit_code(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "--home", str(home), "session", "close"],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "现在没有进行中的学习，记录没有变。请先开始一场（K-218）。\n"


def test_courses_are_deleted_had_again_and_freed_by_command(run: Run, home: Path) -> None:
    (known,) = run("courses", "--json").told
    course = known["course"]["id"]
    assert (known["ready"], known["here_bytes"] > 0) == (True, True)
    deleted = run("courses", "--delete", course, "--json").told
    assert (deleted["titles"], deleted["bytes"] > 0) == (["果树修剪"], True)
    assert not tuple((home / "media").glob("*.mp4"))
    assert "not downloaded automatically" in run("courses").out
    assert "果树修剪" in run("courses", "--fetch", course).out
    assert "not downloaded" not in run("courses").out
    check_refused(run("courses", "--delete", "nonsense"))
    (home / "media" / ("e" * 64 + ".broken")).write_bytes(bytes(3 << 20))
    assert "nothing to delete" in run("courses", "--free").out, "the catalogue is not proven yet"
    assert run("courses", "--free", "--delete", "x").code == 2


def test_a_course_that_can_not_come_is_no_failure_of_sending(
    run: Run, tmp_path: Path, home: Path
) -> None:
    """The records are through: exit code 0, and the course is told beside them."""
    from app.bootstrap import enrol_station
    from tests.centre.courses.test_courses import an_mp4
    from tests.support.centre_process import running_centre

    film = tmp_path / "lost.mp4"
    film.write_bytes(an_mp4())
    with running_centre(tmp_path / "centre") as centre:
        code = centre.enrol_code("石门村")
        enrol_station(home, centre.address, code, same_village=True)
        centre.command("publish-course", str(film), "--title", "丢了的课")
        for path in (centre.home / "media").glob("??/*"):
            path.unlink()
        ran = run("sync", "--once", "--json")
        assert ran.code == 0
        told = ran.told
        assert (told["course_trouble"], told["facts"]) == ("K-305", told["confirmed"])
        plain = run("sync", "--once")
        assert (plain.code, plain.err) == (0, "")
        assert "丢了的课" in plain.out


def test_a_home_without_a_name_is_wrong_use_and_makes_no_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="2"):
        main(["--home", "", "status"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["--home", "status", "sync", "--once"], "sync"),
        (["--home=x", "status"], "status"),
        (["status", "--home", "x"], "status"),
        (["--help"], ""),
        ([], ""),
    ],
)
def test_only_what_finds_the_command_is_loaded(arguments: list[str], command: str) -> None:
    assert _command_of(arguments) == command
    assert ("roster" in _commands_of(parser("status"))) is False
    assert "roster" in _commands_of(parser("roster"))
    assert {"status", "diagnose", "roster", "forms"} <= _commands_of(parser("no such command"))


def _commands_of(top: argparse.ArgumentParser) -> set[str]:
    words = top.format_help()
    return {word for word in words.split() if word.isalpha()}
