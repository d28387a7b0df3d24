"""A new PC takes the place of a broken one by files alone, and gets the station's record back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import open_station, take_enrol_answer, write_enrol_request
from app.machine.enrolment import KeptEnrolment, load_enrolment
from tests.support.centre_process import ROOT, RunningCentre, centre_command, running_centre
from tests.support.county import bring_home, export, hold_session
from tests.support.small_sessions import facts_in
from tests.support.stations import SetClock

SITE = "石门村"


def let_in(centre: Path, home: Path, *more: str) -> KeptEnrolment:
    """Carry a request to the centre and its answer back, with what the centre is told beside."""
    request, answer = home.with_suffix(".request"), home.with_suffix(".answer")
    write_enrol_request(home, request)
    said = centre_command(centre, "enrol-file", str(request), "--out", str(answer), *more)
    return take_enrol_answer(home, answer, said.strip()[-14:])


def journey(centre: Path, home: Path, stick: Path) -> None:
    """To the centre and back."""
    opened = open_station(home, clock=SetClock())
    export(opened, stick)
    opened.close()
    centre_command(centre, "stick", str(stick))
    opened = open_station(home, clock=SetClock())
    bring_home(opened, stick)
    opened.close()


def held_session(home: Path, people: int) -> None:
    opened = open_station(home, clock=SetClock())
    hold_session(opened, people)
    opened.close()


def test_a_pc_that_is_replaced_by_a_file_gets_the_stations_record_by_stick(tmp_path: Path) -> None:
    centre, old, new = tmp_path / "centre", tmp_path / "old", tmp_path / "new"
    stick = tmp_path / "stick"
    stick.mkdir()
    centre_command(centre, "enrol-code", "--site", SITE, "--create")
    was = let_in(centre, old, "--site", SITE)
    held_session(old, 4)
    journey(centre, old, stick)
    everything = set(facts_in(old / "station.db"))
    now = let_in(centre, new, "--station", was.station)
    assert (now.station, now.site, now.address) == (was.station, was.site, "")
    assert now.credential != was.credential
    held_session(new, 1)
    for _ in range(3):
        journey(centre, new, stick)
    assert everything < set(facts_in(new / "station.db"))
    opened = open_station(new, clock=SetClock())
    view = opened.station.today.sync_view()
    assert (view.waiting, view.agreed) == (0, True)
    opened.close()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningCentre]:
    with running_centre(tmp_path / "centre") as started:
        yield started


def test_a_pc_that_is_replaced_by_a_file_gets_the_stations_record_by_network_and_the_old_one_no_more(
    running: RunningCentre, tmp_path: Path
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    running.command("enrol-code", "--site", SITE, "--create")
    where = ("--address", running.address)
    was = let_in(running.home, old, "--site", SITE, *where)
    held_session(old, 3)
    synced(old)
    everything = set(facts_in(old / "station.db"))
    now = let_in(running.home, new, "--station", was.station, *where)
    assert now.station == was.station
    for _ in range(3):
        synced(new)
    assert everything <= set(facts_in(new / "station.db"))
    # Its session was begun before: it counts. What it would write from now on is cared for.
    told = synced(old)
    assert "NEEDS_CARE" in told
    assert "apart=0" in told
    assert "NEEDS_CARE" not in synced(new)


def synced(home: Path) -> str:
    """One round; what people are told after it."""
    opened = open_station(home, clock=SetClock())
    try:
        outcome = opened.station.sync.run(store_lane=lambda job: job())
        assert outcome.trouble is None
        return repr(opened.station.today.sync_view())
    finally:
        opened.close()


def test_a_station_nobody_knows_gets_no_answer_file(tmp_path: Path) -> None:
    home, answer = tmp_path / "home", tmp_path / "answer"
    request = tmp_path / "request"
    write_enrol_request(home, request)
    chosen = ("enrol-file", str(request), "--station", "st-nobody", "--out", str(answer))
    done = subprocess.run(
        [sys.executable, "-m", "centre", "--home", str(tmp_path / "centre"), *chosen],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "st-nobody" in done.stderr
    assert "Traceback" not in done.stderr
    assert not answer.exists()
    assert load_enrolment(home) is None
