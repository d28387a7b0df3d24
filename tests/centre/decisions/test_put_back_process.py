"""A real centre process and stations by their commands: copied, decided, put back."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.main import main
from tests.support.centre_process import ROOT, RunningCentre, centre_command, running_centre


def station(home: Path, *arguments: str) -> None:
    """One command of a station; it must succeed."""
    assert main(["--home", str(home), *arguments], {"LANG": "zh_CN"}) == 0


def a_session(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A session with one visitor, sent."""
    capsys.readouterr()
    station(home, "session", "open", "--title", "学习", "--json")
    session = json.loads(capsys.readouterr().out)["session"]["id"]
    station(home, "session", "mark", "--session", session, "--visitor", "王过路")
    station(home, "session", "close", "--session", session)
    station(home, "sync", "--once", "--no-courses")


def states(centre: RunningCentre) -> dict[str, tuple[str, int]]:
    """Machine of a site → how its station stands, and how much of it is set apart."""
    listed = json.loads(centre.command("stations", "--json"))
    return {one["site_name"]: (one["state"], one["quarantined"]) for one in listed}


def test_a_stolen_pc_stays_shut_out_after_the_centre_was_put_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, honest, stolen = tmp_path / "c", tmp_path / "a", tmp_path / "b"
    with running_centre(home) as centre:
        port = int(centre.address.rpartition(":")[2])
        station(honest, "enrol", centre.address, centre.enrol_code("石门村"))
        centre.enrol_code("松岭村")
        station(honest, "sync", "--once", "--no-courses")
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in home.glob("centre.sqlite*"):
        shutil.copyfile(path, copy / path.name)
    with running_centre(home, port=port) as centre:
        station(stolen, "enrol", centre.address, centre.enrol_code("松岭村"))
        (name,) = (
            one["station"]
            for one in json.loads(centre.command("stations", "--json"))
            if one["site_name"] == "松岭村"
        )
        centre.command("shut-out", name)
        a_session(stolen, capsys)
        assert states(centre)["松岭村"][0] == "revoked"
        assert centre.report("--site", "松岭村")["sessions"] == []
    for path in home.glob("centre.sqlite*"):
        path.unlink()
    for path in copy.iterdir():
        shutil.copyfile(path, home / path.name)
    with running_centre(home, port=port) as centre:
        a_session(stolen, capsys)
        capsys.readouterr()
        station(stolen, "status")
        assert f"放行站点 {name}" in capsys.readouterr().out
        state, apart = states(centre)["松岭村"]
        assert (state, apart > 0) == ("revoked", True)
        assert centre.report("--site", "松岭村")["sessions"] == []
    told = subprocess.run(
        [sys.executable, "-m", "centre", "--home", str(home), "stations"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert "decide-again" in told.stderr
    assert name in centre_command(home, "decide-again")
