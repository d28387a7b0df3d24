"""The same tests on both databases: a real SQLite file, and a real PostgreSQL cluster."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from centre.settings import Settings
from centre.store.upgrade import ensure_schema
from tests.centre.benches import Bench, SetClock, quick_codes
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


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in a file with all its tables and nothing in them."""
    settings = Settings(tmp_path_factory.mktemp("tables"))
    ensure_schema(settings.database_address)
    return Path(make_url(settings.database_address).database or "")


@pytest.fixture(scope="session")
def postgres_tables(cluster: Cluster) -> str:
    """The address of a database with all the centre's tables and nothing in them."""
    address = cluster.new_database()
    ensure_schema(address)
    return address


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """A home whose store, on each kind of database, has its tables and was never opened.

    Tests of how tables are made begin at ``database`` instead.
    """
    home = tmp_path / "centre"
    if request.param == "sqlite":
        made = Settings(home)
        home.mkdir(mode=0o700)
        shutil.copy(request.getfixturevalue("sqlite_tables"), home)
        yield made
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    address = cluster.new_database(like=request.getfixturevalue("postgres_tables"))
    yield Settings(home, address)
    cluster.drop_database(address)


@pytest.fixture
def bench(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """A running centre that speaks Chinese, whatever this machine's locale is."""
    monkeypatch.setenv("YJ_LANGUAGE", "zh")
    made = Bench(settings, SetClock())
    made.start()
    with quick_codes():
        yield made
    made.stop()
