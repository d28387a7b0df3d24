"""Killed in the middle of any deed, on both sides: nothing confirmed is lost, nothing is twice."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.durability.kills.centre_kills import kill_centre
from tests.durability.kills.scenes import SCENES, kill_at
from tests.support.centre_process import RunningCentre, running_centre
from tests.support.postgres import postgres_programs, throw_away_cluster

KILLS = 6
CENTRE_KILLS = 5

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="kills: needs a fork server"),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    """One real centre for all that need one."""
    with running_centre(tmp_path_factory.mktemp("centre")) as started:
        yield started


@pytest.mark.logs_warnings
@pytest.mark.parametrize("deed", [name for name in SCENES if not name.startswith("bug")])
def test_a_station_that_is_killed_in_a_deed_loses_and_doubles_nothing(
    deed: str, centre: RunningCentre, tmp_path: Path
) -> None:
    tally = kill_at(deed, tmp_path, kills=KILLS, seed=1, centre=centre)
    print(" | ".join(tally.cells()))
    assert tally.is_good, tally.first_failures
    assert tally.cuts == KILLS


def test_a_planted_bug_is_seen(tmp_path: Path) -> None:
    """A deed that is told before it is done: a kill in between takes it back."""
    assert kill_at("bug-early", tmp_path, kills=14, seed=1).lost > 0


@pytest.mark.logs_warnings
@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_a_centre_that_is_killed_while_it_takes_in_agrees_with_its_station_again(
    store: str, tmp_path: Path
) -> None:
    if store == "sqlite":
        tally = kill_centre(tmp_path, database="", kills=CENTRE_KILLS, seed=1, line=store)
    else:
        if postgres_programs() is None:
            pytest.skip("kills: PostgreSQL is not installed here")
        with throw_away_cluster() as cluster:
            database = cluster.new_database()
            tally = kill_centre(tmp_path, database=database, kills=CENTRE_KILLS, seed=1, line=store)
    print(" | ".join(tally.cells()))
    assert tally.is_good, tally.first_failures
