"""The simulated theme day in small: what it counts is right, and it would see what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import delete, select, update

from bench.centre.swarm import Told
from bench.centre.swarms import Story, prepare
from bench.centre.tallies import tally, wait_until_understood
from bench.data.cast import Cast, let_in
from bench.data.places_in_time import Timetable
from bench.data.session import SESSION_S, attendances
from centre.interpretation.on_demand import interpret_waiting
from centre.opening import open_centre
from centre.service import Centre
from centre.settings import Settings
from centre.store.tables import facts
from tests.support.centre_process import running_centre
from tests.support.postgres import postgres_programs, throw_away_cluster

CAST = Cast(seed=5, stations=60, attendances=900)
FEW = Cast(seed=6, stations=12, attendances=180)
SESSION = Story(((0.0, 0.0), (4.0, SESSION_S)), give_up_s=90)
MARKS = Story(((0.0, 0.0),), give_up_s=60, facts_each=20)
HERD = Story(((0.0, SESSION_S),), spread_s=2.0, give_up_s=90)


@pytest.fixture(scope="module", params=["", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    if not request.param:
        yield ""
        return
    if postgres_programs() is None:
        pytest.skip("PostgreSQL's programs are not installed")
    with throw_away_cluster() as cluster:
        yield cluster.new_database()


@contextmanager
def lived(home: Path, database: str, cast: Cast, story: Story) -> Iterator[tuple[Centre, Told]]:
    """A centre with which a cast has lived through a story."""
    centre = open_centre(Settings(home, database))
    try:
        known = let_in(centre, cast)
        options = ("--processes", "2") if database else ()
        with running_centre(home, database=database, options=options) as served:
            ready = prepare(served, known, cast, story)
            try:
                ready.begin()
                told = ready.told()
                interpret_waiting(centre)  # somebody looks
                wait_until_understood(centre, give_up_s=60)
            finally:
                ready.close()
        yield centre, told
    finally:
        centre.close()


def test_after_a_session_the_centre_holds_and_understands_all_that_was_recorded(
    tmp_path: Path, database: str
) -> None:
    with lived(tmp_path, database, CAST, SESSION) as (centre, told):
        counted = tally(centre, told)
        assert (told.wrong, told.unfinished) == ([], 0)
        assert counted.is_right, counted
        assert (counted.attendances, counted.sessions) == (900, 60)
        assert len(told.confirmed_at) == counted.facts


def test_after_an_outage_all_come_back_and_a_tally_sees_one_lost_fact(tmp_path: Path) -> None:
    with lived(tmp_path, "", FEW, HERD) as (centre, told):
        assert tally(centre, told).is_right
        _forget_one(centre)
        counted = tally(centre, told)
        assert (counted.lost, counted.stations_that_differ) == (1, 1)
        assert not counted.is_right


def test_a_tally_sees_a_wrong_sum_and_a_fact_nobody_understood(tmp_path: Path) -> None:
    with lived(tmp_path, "", FEW, MARKS) as (centre, told):
        assert tally(centre, told).lost == 0
        spoilt = [(one[0], one[1], "00" * 16, one[3], one[4]) for one in told.stations[:1]]
        assert (
            tally(centre, msgspec.structs.replace(told, stations=spoilt)).stations_that_differ == 1
        )
        with centre.store.writing() as tx:
            tx.execute(update(facts).values(interpreted=False))
        with pytest.raises(RuntimeError):
            wait_until_understood(centre, give_up_s=0.1)


def test_so_many_come_as_were_asked_for() -> None:
    rooms = attendances(6_700, 200_000, seed=1)
    assert (len(rooms), sum(rooms), min(rooms) > 0) == (6_700, 200_000, True)


def test_time_passes_as_its_corners_say() -> None:
    table = Timetable(((10.0, 100.0), (20.0, 110.0), (21.0, 210.0)))
    assert table.run_s(105) == 15
    assert table.run_s(160) == 20.5
    assert table.run_s(90) < 0
    assert table.run_s(211) == float("inf")


def _forget_one(centre: Centre) -> None:
    with centre.store.writing() as tx:
        one = tx.scalar(select(facts.c.arrival).order_by(facts.c.arrival.desc()).limit(1))
        tx.execute(delete(facts).where(facts.c.arrival == one))
