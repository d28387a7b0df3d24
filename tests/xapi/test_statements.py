"""Statements pass the npm validator, are the same each time, and reach a record store once."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from centre.commands.main import main
from centre.settings import Settings
from tests.centre.benches import Bench, SetClock, quick_codes
from tests.centre.recorded_sessions import rich_session

HERE = Path(__file__).parent
PEOPLE = ("p1", "p2", "p3")
PERIOD = ["--from", "2026-11-01", "--to", "2026-12-31"]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A centre of its own."""
    made = Bench(Settings(tmp_path / "home"), SetClock())
    with quick_codes():
        made.start()
        yield made
        made.stop()


@pytest.fixture
def where(bench: Bench) -> list[str]:
    """A centre with one rich session: people, a visitor, and a film that was shown."""
    station = bench.station()
    for chain in rich_session(PEOPLE).chains:
        station.deliver(chain)
    return ["--home", str(bench.settings.home)]


def exported(where: list[str], path: Path) -> list[dict[str, Any]]:
    """The statements of a file."""
    assert main([*where, "xapi", "export", *PERIOD, "--out", str(path)]) == 0
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def warnings_of(statements: list[dict[str, Any]]) -> list[list[str]]:
    """What npm ``xapi-validation`` has against each."""
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules").is_dir():
        pytest.skip("node or its packages are not installed here (./dev test brings them)")
    lines = "".join(json.dumps(one) + "\n" for one in statements)
    ran = subprocess.run(
        [node, str(HERE / "check.js")], input=lines, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_every_statement_is_valid_and_a_broken_one_is_noticed(
    where: list[str], tmp_path: Path
) -> None:
    told = exported(where, tmp_path / "out.jsonl")
    assert len(told) >= 4
    assert warnings_of(told) == [[] for _ in told]
    broken = json.loads(json.dumps(told[0]))
    broken["actor"]["account"]["homePage"] = "no page"
    assert warnings_of([broken]) != [[]]
    del broken["verb"]["id"]
    assert len(warnings_of([broken])[0]) >= 2


def test_people_are_told_by_id_and_the_film_by_what_was_shown(
    where: list[str], tmp_path: Path
) -> None:
    told = exported(where, tmp_path / "out.jsonl")
    people = [one for one in told if one["verb"]["id"].endswith("/attended")]
    films = [one for one in told if one not in people]
    names = {one["actor"]["account"]["name"] for one in people}
    assert {"p1", "p2", "p3"} <= names
    assert "王过路" not in json.dumps(told, ensure_ascii=False), "no name leaves"
    (film,) = films
    extensions = film["result"]["extensions"]
    assert extensions["https://w3id.org/xapi/video/extensions/played-segments"] == "0[.]590"
    assert film["context"]["extensions"]["https://w3id.org/xapi/video/extensions/length"] == 600
    assert film["verb"]["id"].endswith("/completed")
    assert (
        film["actor"]["account"]["name"]
        == film["context"]["contextActivities"]["grouping"][0]["id"].rsplit("/", 1)[-1]
    ), "told by the site, not by somebody of the room"


def test_ids_are_the_same_each_time_and_no_two_are(where: list[str], tmp_path: Path) -> None:
    first = exported(where, tmp_path / "a.jsonl")
    assert exported(where, tmp_path / "b.jsonl") == first
    ids = [uuid.UUID(one["id"]) for one in first]
    assert len(set(ids)) == len(ids)
    assert {one.version for one in ids} == {5}
    assert stat.S_IMODE((tmp_path / "a.jsonl").stat().st_mode) == 0o600


def test_a_period_without_sessions_is_an_empty_file(where: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    span = ["--from", "2020-01-01", "--to", "2020-12-31"]
    assert main([*where, "xapi", "export", *span, "--out", str(out)]) == 0
    assert out.read_bytes() == b""


@dataclass(slots=True)
class StandIn:
    """A record store in a process of its own, and where it writes what it was told."""

    address: str
    kept: Path

    def statements(self) -> list[dict[str, Any]]:
        """All it took, in order."""
        lines = self.kept.read_text(encoding="utf-8").splitlines() if self.kept.exists() else []
        return [json.loads(line) for line in lines]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StandIn]:
    """A record store that lets in whoever has the token."""
    kept = tmp_path / "kept.jsonl"
    process = subprocess.Popen(
        [sys.executable, str(HERE / "record_store.py"), str(kept), "Bearer abc"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    yield StandIn(address, kept)
    process.terminate()
    process.wait(10)
    process.stdout.close()


def test_a_record_store_takes_each_statement_once(
    where: list[str], tmp_path: Path, store: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    told = exported(where, tmp_path / "out.jsonl")
    token = tmp_path / "token"
    token.write_text("abc\n", encoding="utf-8")
    send = [*where, "xapi", "export", *PERIOD, "--lrs", store.address, "--token", str(token)]
    assert main(send) == 0
    assert store.statements() == told
    capsys.readouterr()
    assert main(send) == 0
    assert store.statements() == told, "told twice it is there once"
    assert f"{len(told)} " in capsys.readouterr().out


def test_a_wrong_token_or_address_is_said_in_one_sentence(
    where: list[str], tmp_path: Path, store: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    export = [*where, "xapi", "export", *PERIOD, "--lrs"]
    assert main([*export, store.address]) == 1
    assert "401" in capsys.readouterr().err
    assert main([*export, "file:///etc/passwd"]) == 1
    assert "file:///etc/passwd" in capsys.readouterr().err
    assert main([*export, "http://127.0.0.1:1"]) == 1
    assert "127.0.0.1:1" in capsys.readouterr().err
    assert store.statements() == []
