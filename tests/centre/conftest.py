"""The same tests on both databases: a real SQLite file, and a real PostgreSQL cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from centre.settings import Settings
from tests.centre.benches import Bench, SetClock
from tests.support.postgres import Cluster, postgres_programs, throw_away_cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One PostgreSQL cluster for the whole run."""
    if postgres_programs() is None:
        pytest.skip("PostgreSQL is not installed here")
    with throw_away_cluster() as started:
        yield started


@pytest.fixture
def new_postgres(cluster: Cluster) -> Iterator[Callable[[], str]]:
    """Makes empty PostgreSQL databases, removed after the test."""
    made: list[str] = []

    def make() -> str:
        made.append(cluster.new_database())
        return made[-1]

    yield make
    for address in made:
        cluster.drop_database(address)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The address of an empty database of each kind; empty is SQLite in the home folder."""
    if request.param == "sqlite":
        return ""
    make: Callable[[], str] = request.getfixturevalue("new_postgres")
    return make()


@pytest.fixture
def bench(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """A running centre that speaks Chinese, whatever this machine's locale is."""
    monkeypatch.setenv("YJ_LANGUAGE", "zh")
    made = Bench(Settings(tmp_path / "centre", database), SetClock())
    made.start()
    yield made
    made.stop()
