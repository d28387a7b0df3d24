"""Sticks of a PC whose clock is wrong: what seems the newest request need not be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from centre.service import begin_new_generation
from tests.support.county import (
    CentreClock,
    County,
    bring_home,
    export,
    hold_session,
    open_county,
    station_of,
)
from tests.support.small_sessions import facts_in

YEAR_2099_MS = 4_070_908_800_000


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with open_county(tmp_path / "county") as opened:
        yield opened


@pytest.mark.parametrize("wrong_ms", [0, YEAR_2099_MS])
def test_after_a_wrong_clock_both_still_agree_and_nothing_is_written_again(
    county: County, tmp_path: Path, wrong_ms: int
) -> None:
    home, stick = county.enrolled_home("石门村"), tmp_path / "stick"
    stick.mkdir()
    right_ms = county.clock.wall_ms
    county.clock.wall_ms = wrong_ms
    for people in (1, 2):
        with county.at(home) as opened:
            hold_session(opened, people)
            export(opened, stick)
        county.take(stick)
        county.clock.wall_ms = right_ms
    for _ in range(2):
        with county.at(home) as opened:
            bring_home(opened, stick)
            export(opened, stick)
        county.take(stick)
    with county.at(home) as opened:
        bring_home(opened, stick)
        view = opened.station.today.sync_view()
        assert (view.waiting, view.agreed) == (0, True)
        assert export(opened, stick).parts == 0


def test_in_whatever_order_the_answers_were_made_the_station_sees_that_both_agree(
    county: County, tmp_path: Path
) -> None:
    """The centre answers what holds most and what seems newest; either may come last."""
    home = county.enrolled_home("石门村")
    right_ms = county.clock.wall_ms
    seen = set()
    for turn in range(6):
        stick = tmp_path / f"stick{turn}"
        stick.mkdir()
        county.clock.wall_ms = YEAR_2099_MS + turn
        with county.at(home) as opened:
            hold_session(opened, 1)
            export(opened, stick)
        county.clock.wall_ms = right_ms
        county.clock.pass_minutes(turn + 1)
        right_ms = county.clock.wall_ms
        with county.at(home) as opened:
            hold_session(opened, 1)
            export(opened, stick)
        county.take(stick)
        with county.at(home) as opened:
            bring_home(opened, stick)
            view = opened.station.today.sync_view()
            seen.add((view.waiting, view.agreed))
    assert seen == {(0, True)}


@pytest.mark.parametrize("restored", [False, True])
def test_a_centre_whose_clock_was_wrong_once_is_believed_again_when_it_is_right(
    county: County, tmp_path: Path, restored: bool
) -> None:
    home, stick = county.enrolled_home("石门村"), tmp_path / "stick"
    stick.mkdir()
    kept = county.keep_centre()
    county.clock.wall_ms = right_ms = clock_of(county).ms
    clock_of(county).ms = YEAR_2099_MS - 2 * 366 * 24 * 3_600_000
    county.clock.pass_minutes(1)
    with county.at(home) as opened:
        hold_session(opened, 2)
        export(opened, stick)
    county.take(stick)
    with county.at(home) as opened:
        assert bring_home(opened, stick).answers == 1
    clock_of(county).ms = right_ms
    if restored:
        county.put_centre_back(kept)
        begin_new_generation(county.centre)
    for people in (1, 0, 0):
        with county.at(home) as opened:
            if people:
                hold_session(opened, people)
            export(opened, stick)
        county.take(stick)
        with county.at(home) as opened:
            done = bring_home(opened, stick)
    with county.at(home) as opened:
        assert (done.confirmed, opened.station.today.sync_view().agreed) == (done.held, True)
    assert {one.hex() for one in county.held(station_of(home))} == set(
        facts_in(home / "station.db")
    )


def clock_of(county: County) -> CentreClock:
    """The centre's."""
    assert isinstance(county.centre.now_ms, CentreClock)
    return county.centre.now_ms
