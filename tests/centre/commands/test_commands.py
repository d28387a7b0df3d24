"""The commands, and the service in its own process."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from app.domain.time import local_date
from tests.centre.courses.test_courses import an_mp4
from tests.centre.recorded_sessions import rich_session
from tests.support.centre_process import ROOT, RunningCentre, centre_command, running_centre
from tests.support.sheets import write_sheet
from tests.support.talking_station import TalkingStation


def run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    import os

    return subprocess.run(
        [sys.executable, "-m", "centre", "--home", str(home), *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def running(tmp_path: Path, database: str) -> Iterator[RunningCentre]:
    with running_centre(tmp_path / "centre", database=database) as started:
        yield started


def test_a_real_service_takes_a_session_and_outlives_a_kill(
    running: RunningCentre, tmp_path: Path
) -> None:
    recorded = rich_session()
    with httpx2.Client(base_url=running.address) as client:
        assert client.get("/v1/health").text == "ok"
        station = TalkingStation(client).enrol(running.enrol_code("石门村"))
        told = station.deliver(*recorded.chains)
    running.kill()
    with (
        running_centre(running.home, database=running.database) as again,
        httpx2.Client(base_url=again.address) as client,
    ):
        station.client = client
        after = station.exchange(station.request(tips=[one.tip() for one in recorded.chains]))
        assert {name: one.upto_n for name, one in after.receipts.items()} == {
            name: one.upto_n for name, one in told.receipts.items()
        }
        (session,) = again.report("--site", "石门村")["sessions"]
    assert session["session"] == recorded.session
    assert session["visitors"][0]["name"] == "王过路"


def test_commands_and_service_share_one_store(running: RunningCentre, tmp_path: Path) -> None:
    (tmp_path / "果树.mp4").write_bytes(an_mp4())
    sheet = write_sheet(tmp_path / "r.xlsx", [["姓名", "支部"], ["张三", "一支部"]])
    code = running.enrol_code("石门村")
    course = json.loads(running.command("publish-course", str(tmp_path / "果树.mp4"), "--json"))
    dry = json.loads(running.command("import-roster", str(sheet), "--site", "石门村", "--json"))
    assert (dry["added"], dry["applied"]) == (1, False)
    running.command("import-roster", str(sheet), "--site", "石门村", "--apply")
    today = local_date(time.time_ns() // 1_000_000).isoformat()
    when = ["--date", today, "--start", "19:30", "--title", "果树"]
    running.command("plan", "--site", "石门村", *when, "--course", course["id"], "--json")
    with httpx2.Client(base_url=running.address) as client:
        station = TalkingStation(client).enrol(code)
        cursors = dict.fromkeys(station.me.scopes, 0)
        told = station.exchange(station.request(cursors=cursors))
        kinds = [row.kind for page in told.answer.pages for row in page.rows]
        assert kinds == ["site", "org_unit", "person", "plan", "course"]
        assert station.fetch(course["video"]["sha256"]).content == an_mp4()
    running.command("withdraw-course", course["id"])


def test_the_description_tells_that_bodies_are_bytes(tmp_path: Path) -> None:
    with running_centre(tmp_path) as running:
        told = httpx2.get(f"{running.address}/schema/openapi.json").json()
    assert set(told["paths"]) == {
        "/v1/health",
        "/v1/identity",
        "/v1/enrol",
        "/v1/exchange",
        "/v1/media/{sha256}",
    }
    post = told["paths"]["/v1/exchange"]["post"]
    body = post["requestBody"]["content"]["application/x-yj-exchange"]["schema"]
    assert (body["type"], body["format"]) == ("string", "binary")
    assert {one["name"] for one in post["parameters"]} == {
        "x-yj-station",
        "x-yj-nonce",
        "x-yj-signature",
    }


@pytest.mark.parametrize(
    "arguments",
    [[], ["dance"], ["serve", "--port", "99999"], ["plan"], ["report"], ["enrol-code"]],
)
def test_wrong_use_ends_with_2(tmp_path: Path, arguments: list[str]) -> None:
    assert run(tmp_path, *arguments).returncode == 2


@pytest.mark.parametrize(("language", "word"), [("zh_CN.UTF-8", "没有叫"), ("en_US", "no site")])
def test_a_refusal_is_one_sentence_in_the_language_of_the_machine(
    tmp_path: Path, language: str, word: str
) -> None:
    done = run(tmp_path, "enrol-code", "--site", "无此村", LC_ALL=language, YJ_LANGUAGE="")
    assert done.returncode == 1
    assert done.stdout == ""
    assert word in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_database_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    address = f"postgresql+psycopg://nobody@/none?host={tmp_path}"
    done = run(tmp_path / "c", "--database", address, "init", LC_ALL="C")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with running_centre(tmp_path / "a") as running:
        port = running.address.rsplit(":", 1)[1]
        done = run(tmp_path / "b", "serve", "--port", port, LC_ALL="C")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_init_can_be_said_twice(tmp_path: Path) -> None:
    centre_command(tmp_path, "init")
    centre_command(tmp_path, "init")
    assert "g-" in centre_command(tmp_path, "new-generation")


@pytest.mark.parametrize(
    "command",
    [
        ["report", "--json", "--session", "\udcff"],
        ["release", "\udcff"],
    ],
)
def test_bytes_that_are_no_text_are_refused_in_one_sentence(
    tmp_path: Path, command: list[str]
) -> None:
    assert run(tmp_path / "centre\udcff", "init").returncode == 0, "a folder may be called so"
    refused = run(tmp_path / "centre\udcff", *command)
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1, refused.stderr
    assert "nothing was changed" in refused.stderr or "没有改" in refused.stderr
