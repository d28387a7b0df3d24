"""A crash loop, and no network: one journey with a stick still brings all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.wire.messages import MAX_TIPS
from tests.support.county import County, bring_home, export, hold_session, open_county, station_of
from tests.support.crash_loops import crash_loop
from tests.support.small_sessions import facts_in

STARTS = 2 * MAX_TIPS + 50


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with open_county(tmp_path / "county") as opened:
        yield opened


def test_one_journey_brings_and_confirms_more_segments_than_one_request_may_name(
    county: County, tmp_path: Path
) -> None:
    home, stick = county.enrolled_home("石门村"), tmp_path / "stick"
    stick.mkdir()
    with county.at(home) as opened:
        crash_loop(opened, STARTS)
    with county.at(home) as opened:
        hold_session(opened, 2)
        left = export(opened, stick)
        assert (left.facts, left.parts) == (left.held, 3)
        assert export(opened, stick).parts == 0, "unchanged"
        hold_session(opened, 1)
        more = export(opened, stick)
        assert more.facts + left.facts == more.held, "only what is new"
    county.take(stick)
    with county.at(home) as opened:
        done = bring_home(opened, stick)
        assert done.confirmed == done.held
        assert opened.station.today.sync_view().agreed
    assert {one.hex() for one in county.held(station_of(home))} == set(
        facts_in(home / "station.db")
    )


def test_what_is_remembered_of_a_stick_ends_when_it_is_confirmed(
    county: County, tmp_path: Path
) -> None:
    home, stick = county.enrolled_home("石门村"), tmp_path / "stick"
    stick.mkdir()
    with county.at(home) as opened:
        crash_loop(opened, STARTS)
    with county.at(home) as opened:
        export(opened, stick)
        county.take(stick)
        bring_home(opened, stick)
        hold_session(opened, 1)
        export(opened, stick)
        with opened.station.tools.store.read() as reading:
            remembered = reading.setting("stick_left") or ""
    assert 0 < len(remembered) < 2_000
