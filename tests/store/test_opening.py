"""How the store is opened, and what it does when the machine says no."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from app.areas.attendance.marks import Lane
from app.bootstrap import OpenStation, open_station
from app.domain.errors import StoreTrouble
from app.domain.ids import PersonId, SessionId
from app.store.engine import PRAGMAS, SQLITE, open_engine, set_pragmas
from app.store.second_copy import read_second_copy
from tests.support.small_sessions import begin, facts_in, shown, sign_in
from tests.support.stations import SetClock, station_at

ASKED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "wal_autocheckpoint": 2_000,
    "journal_size_limit": 32_768_000,
    "temp_store": 2,
}


def test_the_real_connection_has_the_pragmas_that_keep_acknowledged_sign_ins(
    tmp_path: Path,
) -> None:
    with station_at(tmp_path / "home"):
        pass
    engine = open_engine(tmp_path / "home" / "station.db")
    with engine.connect() as conn:
        found = {name: conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ASKED}
        version = conn.execute(text("SELECT sqlite_version()")).scalar_one()
    engine.dispose()
    print(f"write connection: SQLite {version}")
    assert found == ASKED
    assert tuple(int(part) for part in version.split(".")) >= (3, 37)


@pytest.mark.parametrize(
    ("name", "value"), [("synchronous", 7), ("foreign_keys", 3), ("wal_autocheckpoint", -5)]
)
def test_a_pragma_that_does_not_take_is_trouble(name: str, value: object, tmp_path: Path) -> None:
    with (
        closing(SQLITE.connect(tmp_path / "some.db")) as connection,
        pytest.raises(StoreTrouble) as refused,
    ):
        set_pragmas(connection, {**PRAGMAS, name: value})
    assert refused.value.values == {"pragma": name}


def test_a_database_in_memory_is_refused_because_it_has_no_wal() -> None:
    with closing(SQLITE.connect(":memory:")) as connection, pytest.raises(StoreTrouble):
        set_pragmas(connection, PRAGMAS)


def test_a_second_program_on_one_home_is_told_that_it_is_in_use(tmp_path: Path) -> None:
    home = tmp_path / "home"
    other = (
        "import sys; from pathlib import Path; from app.cli.main import main;"
        "sys.exit(main(['--home', sys.argv[1], 'status'], {'LANG': 'en_GB'}))"
    )
    with station_at(home):
        with pytest.raises(StoreTrouble) as refused:
            open_station(home)
        done = subprocess.run(
            [sys.executable, "-c", other, str(home)], capture_output=True, text=True, check=False
        )
    assert refused.value.key == "trouble.store_locked"
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "K-104" in done.stderr
    open_station(home).close()


@contextmanager
def _no_growth_beyond(limit_bytes: int) -> Iterator[None]:
    """No file of this process may grow beyond the limit: writing there fails."""
    resource = pytest.importorskip("resource", reason="file size limits are POSIX's")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.logs_warnings
def test_a_write_that_fails_stores_nothing_and_loses_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with station_at(home) as opened:
        session = begin(opened)
        before = sign_in(opened, session, 0, 1, 2)
        wal = home / "station.db-wal"
        with _no_growth_beyond(wal.stat().st_size + 1):
            with pytest.raises(StoreTrouble) as refused:
                sign_in(opened, session, 3)
            assert refused.value.key == "trouble.store_failed"
            assert shown(opened, session) == set(before.marks)
        after = sign_in(opened, session, 3, 4)
        assert shown(opened, session) == set(before.marks + after.marks)
        assert opened.station.tools.store.verify().broken_at is None
    reopened = open_station(home, clock=SetClock())
    try:
        assert reopened.station.today.overview().notices == ()
        assert shown(reopened, session) == set(before.marks + after.marks)
    finally:
        reopened.close()


@pytest.mark.logs_warnings
def test_a_second_copy_that_fails_never_fails_a_sign_in_and_is_made_up_for(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    copy = home / "journal" / "2026-11.jsonl"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(b"\n" * (2 << 20))  # larger than the store, so that only it meets the limit
    with station_at(home) as opened:
        session = begin(opened)
        sign_in(opened, session, 0)
        with _no_growth_beyond(copy.stat().st_size + 100):
            during = sign_in(opened, session, 1, 2)
            assert shown(opened, session) >= set(during.marks)
        written = {fact.hash for fact in read_second_copy(copy.parent) if fact is not None}
        assert not {bytes.fromhex(mark) for *_, mark in during.marks} & written
        sign_in(opened, session, 3)
    written = {fact.hash for fact in read_second_copy(copy.parent) if fact is not None}
    assert {one.hex() for one in written} == set(facts_in(home / "station.db"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform != "linux":
        pytest.skip("a small disk is mounted on Linux only")
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"mounting is not allowed here: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.logs_warnings
def test_a_full_disk_refuses_plainly_and_goes_on_when_there_is_room(small_disk: Path) -> None:
    home = small_disk / "home"
    ballast = small_disk / "film.mp4"
    accepted: list[tuple[str, str, str]] = []
    with station_at(home) as opened:
        session = begin(opened)
        accepted += sign_in(opened, session, 0, 1).marks
        _fill(ballast)
        refusals = [one for one in range(2, 12) if _refused(opened, session, one, accepted)]
        assert refusals, "the disk was not full"
        assert shown(opened, session) == set(accepted)
        ballast.unlink()
        accepted += sign_in(opened, session, *refusals).marks
        assert shown(opened, session) == set(accepted)
        assert opened.station.tools.store.verify().broken_at is None
        lines = sum(len(p.read_bytes().splitlines()) for p in (home / "journal").iterdir())
    assert lines >= len(facts_in(home / "station.db")), "the second copy has a hole"
    reopened = open_station(home, clock=SetClock())
    try:
        assert shown(reopened, session) == set(accepted)
        assert reopened.station.today.overview().notices == ()
    finally:
        reopened.close()


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as opened:
        try:
            while True:
                opened.write(bytes(4096))
        except OSError:
            return


def _refused(
    opened: OpenStation, session: SessionId, person: int, accepted: list[tuple[str, str, str]]
) -> bool:
    """Try to sign someone in; what was confirmed is added to ``accepted``."""
    try:
        done = opened.station.attendance.sign_in(
            session, PersonId(f"p{person}"), Lane.PHONE_TAIL, "member"
        ).card
    except StoreTrouble as full:
        return full.key == "trouble.store_full"
    assert done.status is not None
    assert done.mark is not None
    accepted.append((done.id, done.status.value, done.mark))
    return False


def test_nothing_is_confirmed_into_a_store_whose_file_was_put_back(tmp_path: Path) -> None:
    home, clock = tmp_path / "home", SetClock()
    with station_at(home, clock=clock) as opened:
        session = begin(opened)
        first = sign_in(opened, session, 1)
    shutil.copytree(home, tmp_path / "before")
    with station_at(home, clock=clock) as opened:
        sign_in(opened, session, 2)
        for kept in (tmp_path / "before").rglob("*"):
            if kept.is_file():
                shutil.copy2(kept, tmp_path / "one")
                os.replace(tmp_path / "one", home / kept.relative_to(tmp_path / "before"))
        with pytest.raises(StoreTrouble, match="store_replaced"):
            sign_in(opened, session, 3)
    with station_at(home, clock=clock) as again:
        assert shown(again, session) == set(first.marks)
        assert again.station.tools.store.verify().broken_at is None
        told = sign_in(again, session, 3)
        assert set(told.marks) < shown(again, session)
