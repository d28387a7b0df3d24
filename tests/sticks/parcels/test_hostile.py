"""A stick filled by an enemy: nothing outside is read or written, and refusing it costs little."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.wire.messages import Parcel
from app.wire.sticks.folder import open_stick
from app.wire.sticks.layout import DOWN, TOP, UP
from app.wire.sticks.looking import Look
from app.wire.sticks.sealing import seal
from centre.opening import open_centre
from centre.seal_key import centre_recipient
from centre.settings import Settings
from centre.sticks import taking
from centre.sticks.taking import take_stick
from tests.rules.looking import ROOT
from tests.sticks.hostile import Sealer, crowd, fill_hostile
from tests.sticks.parts import STATION, Keys, lay
from tests.support.county import County, export, hold_session

MOST_MB = 200
MOST_SECONDS = 60

pytestmark = pytest.mark.skipif(
    not hasattr(os, "mkfifo"), reason="FIFOs and links are made with POSIX calls"
)


def look_in_child(side: str, home: Path, stick: Path, outside: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.sticks.looking_child", side, home, stick, outside],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=MOST_SECONDS * 2,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def snapshot(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Everything below a folder: kind, time of change, content; links are not followed."""
    found = {}
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        found[str(path)] = (about.st_mode, about.st_mtime_ns, content)
    return found


def check_cost(told: dict[str, Any]) -> None:
    assert told["seen"] == []
    assert told["seconds"] <= MOST_SECONDS
    assert told["mb"] <= MOST_MB


def answer_sealer(keys: Keys, tmp_path: Path) -> Sealer:
    """Makes answers that the station would take."""
    asked = keys.sent(tmp_path)
    count = iter(range(1_000))

    def sealed(_: bytes) -> tuple[str, bytes]:
        parcel = keys.answer(asked, centre_ms=100 + next(count))
        return seal(parcel, str(keys.station_age.to_public()))

    return sealed


@pytest.mark.parametrize("many", [0, 100_000])
def test_a_station_refuses_a_hostile_stick(many: int, tmp_path: Path) -> None:
    keys = Keys.make(tmp_path / "keys")
    stick, outside = tmp_path / "stick", tmp_path / "outside"
    good = answer_sealer(keys, tmp_path)
    fill_hostile(stick, outside, DOWN, STATION, good, many=many)
    name, sealed = good(b"")
    if not many:
        lay(stick, DOWN, STATION, sealed, name)
    lay(stick, DOWN, STATION, good(b"")[1], "0" * 8 + "f" * 56)
    before = snapshot(outside)
    told = look_in_child("station", tmp_path / "keys", stick, outside)
    check_cost(told)
    foreign, damaged, unseen = told["refused"]
    if many:
        assert foreign > 3_000
        assert unseen > 90_000
    else:
        assert told["took"] == [name], "the one good part, and none that lies outside"
        assert (foreign > 20, damaged > 10, unseen) == (True, True, 0)
    assert snapshot(outside) == before


def test_the_centre_refuses_a_hostile_stick_and_takes_in_the_other_stations(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "county"
    folder.mkdir()
    centre = open_centre(Settings(folder / "centre"))
    try:
        county = County(centre, folder)
        stick, outside = tmp_path / "stick", tmp_path / "outside"
        fill_hostile(stick, outside, UP, STATION, _request_sealer(county), many=0)
        crowd(stick / TOP / UP / "st-crowd", 100_000)
        home = county.enrolled_home("石门村")
        with county.at(home) as opened:
            hold_session(opened, 2)
            export(opened, stick)
    finally:
        centre.close()
    before = snapshot(outside)
    told = look_in_child("centre", folder / "centre", stick, outside)
    check_cost(told)
    assert [one[1:] for one in told["took"]] == [[1, 1]]
    assert told["took"][0][0] != STATION
    refused = told["refused"]
    assert refused["name"] >= 15
    assert refused["kind"] >= 5
    assert refused["hash"] == 2
    assert refused["unreadable"] >= 5
    assert refused["too_many"] > 90_000
    assert "signature" not in refused, "a part that lies outside was opened"
    assert snapshot(outside) == before


@pytest.mark.parametrize("spoilt", ["st-0000", "st-zzzz"], ids=["first", "last"])
@pytest.mark.parametrize("bad_bytes", [1, 20_000])
def test_a_spoilt_folder_leaves_the_other_stations_their_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoilt: str, bad_bytes: int
) -> None:
    """The look is given less than the spoilt folder alone would use up."""
    folder, stick = tmp_path / "county", tmp_path / "stick"
    folder.mkdir()
    stick.mkdir()
    centre = open_centre(Settings(folder / "centre"))
    try:
        county = County(centre, folder)
        for village in ("石门村", "松岭村"):
            with county.at(county.enrolled_home(village)) as opened:
                hold_session(opened, 2)
                export(opened, stick)
        for number in range(300):
            content = bytes(bad_bytes - 1) + bytes([number % 256])
            lay(stick, UP, spoilt, content, f"{number:064x}")
        monkeypatch.setattr(taking, "Look", lambda: Look(bytes_left=400_000, parts_left=250))
        taken = take_stick(centre, stick)
        assert [one.parts for one in taken.stations] == [1, 1]
        assert {one.station for one in taken.stations}.isdisjoint({spoilt})
        assert sum(taken.refused.values()) >= 10, "it is told"
    finally:
        centre.close()


def test_what_others_do_not_use_goes_to_a_station_that_brings_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        lay(tmp_path, UP, "st-0001", bytes([number]) * 1_000)
    lay(tmp_path, UP, "st-0002", b"x" * 1_000)
    lay(tmp_path, UP, "st-0003", b"y" * 1_000)
    folder = tmp_path / "centre"
    centre = open_centre(Settings(folder))
    try:
        monkeypatch.setattr(taking, "Look", lambda: Look(bytes_left=40_000))
        refused = take_stick(centre, tmp_path).refused
        assert refused == {"unreadable": 32} or refused == {"sealed": 32}
    finally:
        centre.close()


def _request_sealer(county: County) -> Sealer:
    recipient = centre_recipient(county.centre.settings)
    count = iter(range(1_000))

    def sealed(_: bytes) -> tuple[str, bytes]:
        parcel = Parcel("request", STATION, f"{next(count):032x}", bytes(64), b"body")
        return seal(parcel, recipient)

    return sealed


def test_a_budget_of_time_or_bytes_ends_the_look_and_is_told(tmp_path: Path) -> None:
    for number in range(10):
        lay(tmp_path, UP, STATION, bytes([number]) * 1_000)
    for look, most in ((Look(bytes_left=3_000), 3), (Look(seconds_left=0.0), 0)):
        with open_stick(tmp_path) as stick, look.station(stick, UP, STATION) as folder:
            assert folder is not None
            read = [look.read(folder, name) for name in look.parts(folder)]
        assert sum(one is not None for one in read) == most
        assert look.refused["time"] or look.refused["too_many"]


def test_stations_and_entries_beyond_the_limit_are_counted_not_looked_at(tmp_path: Path) -> None:
    for number in range(210):
        (tmp_path / TOP / UP / f"st-{number:03d}").mkdir(parents=True)
    look = Look()
    with open_stick(tmp_path) as stick:
        assert len(look.stations(stick, UP)) == 200
    assert look.refused == {"too_many": 10}
    few = Look(entries_left=5)
    with open_stick(tmp_path) as stick:
        assert len(few.stations(stick, UP)) == 5
    assert few.refused == {"too_many": 1}
