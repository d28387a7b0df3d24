"""What the network heals, a stick heals too, only with journeys in between."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.county import (
    County,
    bring_home,
    confirmed_in,
    export,
    hold_session,
    open_county,
    station_of,
)
from tests.support.small_sessions import facts_in


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with open_county(tmp_path / "county") as opened:
        yield opened


def journey(county: County, home: Path, stick: Path) -> None:
    """There and back again."""
    stick.mkdir(exist_ok=True)
    with county.at(home) as opened:
        export(opened, stick)
    county.take(stick)
    with county.at(home) as opened:
        bring_home(opened, stick)


def agree(county: County, home: Path) -> bool:
    own = set(facts_in(home / "station.db"))
    held = {one.hex() for one in county.held(station_of(home))}
    return confirmed_in(home / "station.db") == own == held


def put_back(home: Path, kept: Path) -> None:
    """The station's files are as they were when they were kept; its keys too."""
    shutil.rmtree(home)
    shutil.copytree(kept, home)


@pytest.mark.logs_warnings
def test_a_station_put_back_gets_its_own_facts_by_stick(county: County, tmp_path: Path) -> None:
    home, stick, kept = county.enrolled_home("石门村"), tmp_path / "stick", tmp_path / "kept"
    with county.at(home) as opened:
        hold_session(opened, 2)
    shutil.copytree(home, kept)
    with county.at(home) as opened:
        hold_session(opened, 4)
    journey(county, home, stick)
    everything = set(facts_in(home / "station.db"))
    put_back(home, kept)
    with county.at(home) as opened:
        hold_session(opened, 1)
    assert not everything <= set(facts_in(home / "station.db"))
    for _ in range(3):
        journey(county, home, stick)
    assert everything <= set(facts_in(home / "station.db"))
    assert agree(county, home)


@pytest.mark.logs_warnings
def test_a_station_whose_store_was_deleted_gets_it_all_by_stick(
    county: County, tmp_path: Path
) -> None:
    home, stick = county.enrolled_home("石门村"), tmp_path / "stick"
    for _ in range(3):
        with county.at(home) as opened:
            hold_session(opened, 3)
    journey(county, home, stick)
    everything = set(facts_in(home / "station.db"))
    for path in (*home.glob("station.db*"), home / "journal", home / "backups"):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    with county.at(home) as opened:
        hold_session(opened, 1)
    for _ in range(3):
        journey(county, home, stick)
    assert everything <= set(facts_in(home / "station.db"))
    assert agree(county, home)


@pytest.mark.logs_warnings
def test_two_pcs_of_one_station_both_bring_theirs(county: County, tmp_path: Path) -> None:
    home, twin, stick = county.enrolled_home("石门村"), tmp_path / "twin", tmp_path / "stick"
    with county.at(home) as opened:
        hold_session(opened, 2)
    shutil.copytree(home, twin)
    for one in (home, twin):
        with county.at(one) as opened:
            hold_session(opened, 2)
    for _ in range(3):
        journey(county, home, stick)
        journey(county, twin, stick)
    journey(county, home, stick)
    held = {one.hex() for one in county.held(station_of(home))}
    assert held >= set(facts_in(home / "station.db")) | set(facts_in(twin / "station.db"))
    for one in (home, twin):
        assert confirmed_in(one / "station.db") == set(facts_in(one / "station.db"))
