"""A home may have any name a folder can have: nothing of a path is read as an address."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.bootstrap import carry_of, open_station, restore_station
from app.domain.errors import StoreTrouble
from tests.support.county import open_county
from tests.support.small_sessions import begin, shown, sign_in
from tests.support.stations import SetClock, fill

NAMES = (
    "100%25 满",
    "%E8%BF%9C%E6%95%99",
    "a?mode=ro&x=b",
    "用户 #1 学习",
    'it\'s "home"',
    "50%",
    "a b+c&d;e=f",
    "学习点😀𬭊㛃",
    "file:x",
    ":memory:",
    "远" * 80,
    "[a]*{b}",
)


@pytest.mark.logs_warnings
@pytest.mark.parametrize("name", NAMES)
def test_a_station_and_a_centre_live_in_a_folder_of_any_name(name: str, tmp_path: Path) -> None:
    if os.name == "nt" and set(name) & set('?*":'):
        pytest.skip("not a name there")
    stick = tmp_path / "stick"
    stick.mkdir()
    with open_county(tmp_path / name) as county:
        home = county.enrolled_home(name if len(name) < 20 else "村")
        with county.at(home) as opened:
            own = f"site:{opened.station.tools.site}"
            fill(opened, people=5, day="2026-11-23", scope=own)
            session = begin(opened)
            done = sign_in(opened, session, 0, 1)
            assert opened.station.tools.store.backup_today(again=True) is not None
            after = sign_in(opened, session, 2)
            carried = carry_of(opened).export(stick, store_lane=lambda job: job())
            assert (carried.trouble, carried.parts) == (None, 1)
        (taken,) = county.take(stick).stations
        assert taken.facts == carried.held
        key, _ = restore_station(home, None)
        assert key == "notice.recovered_all"
        reopened = open_station(home, clock=SetClock())
        try:
            assert shown(reopened, session) == set(done.marks + after.marks)
            assert reopened.station.today.overview().notices == ()
        finally:
            reopened.close()
        assert (county.centre.settings.home / "centre.sqlite").is_file()
    homes = {one.name for one in tmp_path.iterdir()}
    assert homes == {name, "stick"}, "nothing was made beside it"
    assert {one.name for one in (tmp_path / name).iterdir()} == {home.name, "centre"}


def test_a_path_too_long_for_the_database_is_said_as_that(tmp_path: Path) -> None:
    home = tmp_path / ("远" * 80) / ("教" * 80)
    with pytest.raises(StoreTrouble) as refused:
        open_station(home, clock=SetClock())
    assert refused.value.key == "trouble.home_unusable"
    assert not home.exists()
