"""When the write-ahead log is copied into the store's file: while nobody waits, and by a bound."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.bootstrap import OpenStation
from app.domain.errors import StoreTrouble
from app.store import station_store
from app.store.engine import MOST_LOG_PAGES, PAGE_BYTES, SqliteError
from app.store.station_store import StationStore
from tests.support.small_sessions import begin, facts_in, shown, sign_in
from tests.support.stations import station_at


def store_of(opened: OpenStation) -> StationStore:
    """The real one."""
    store = opened.station.tools.store
    assert isinstance(store, StationStore)
    return store


def in_file_alone(home: Path) -> int:
    """How many facts the file has without its log."""
    alone = home / "alone.db"
    shutil.copyfile(home / "station.db", alone)
    return len(facts_in(alone))


def test_a_hundred_sign_ins_without_a_pause_wait_for_no_checkpoint(tmp_path: Path) -> None:
    with station_at(tmp_path, people=100) as opened:
        session = begin(opened)
        opened.station.tools.store.checkpoint()
        before = in_file_alone(tmp_path)
        sign_in(opened, session, *range(100))
        assert in_file_alone(tmp_path) == before


def test_a_checkpoint_copies_all_that_was_confirmed(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        session = begin(opened)
        confirmed = sign_in(opened, session, 0, 1, 2)
        store_of(opened).checkpoint()
        assert in_file_alone(tmp_path) == store_of(opened).held().facts
        after = sign_in(opened, session, 3)
        assert shown(opened, session) == set(confirmed.marks) | set(after.marks)
    assert len(facts_in(tmp_path / "station.db")) == in_file_alone(tmp_path)


def test_the_log_is_bounded_where_nobody_ever_pauses(tmp_path: Path) -> None:
    log = tmp_path / "station.db-wal"
    with station_at(tmp_path) as opened:
        longest = 0
        for number in range(150):
            with store_of(opened).begin() as work:
                work.keep_setting(f"some {number % 10}", f"{number:06d}" * 15_000)
            longest = max(longest, log.stat().st_size)
        assert MOST_LOG_PAGES * PAGE_BYTES < longest < 1.2 * MOST_LOG_PAGES * PAGE_BYTES
        with store_of(opened).begin() as work:
            for number in range(100):
                work.keep_setting(f"large {number}", f"{number:06d}" * 80_000)
        assert log.stat().st_size > 5 * MOST_LOG_PAGES * PAGE_BYTES
        with store_of(opened).begin() as work:
            work.keep_setting("some", "word")
        assert log.stat().st_size <= 4 * MOST_LOG_PAGES * PAGE_BYTES, "and a long one is cut"


@pytest.mark.logs_warnings
def test_a_disk_that_fails_in_a_checkpoint_is_believed_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise SqliteError("disk I/O error")

    with station_at(tmp_path) as opened:
        session = begin(opened)
        confirmed = sign_in(opened, session, 0, 1)
        segment = store_of(opened).newest_facts(1)[0].segment
        with monkeypatch.context() as broken:
            broken.setattr(station_store, "run_alone", fails)
            with pytest.raises(StoreTrouble):
                store_of(opened).checkpoint()
        after = sign_in(opened, session, 2)
        assert store_of(opened).newest_facts(1)[0].segment != segment
        assert shown(opened, session) == set(confirmed.marks) | set(after.marks)
