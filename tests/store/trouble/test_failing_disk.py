"""A full disk, a disk that fails once, and torn pages: sign-ins go on and nothing is invented."""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path

import pytest

from app.areas.attendance.marks import Lane
from app.bootstrap import open_station
from app.domain.errors import StoreTrouble
from app.domain.ids import PersonId
from app.store import disk_reserve
from app.store.disk_reserve import DiskReserve
from app.store.engine import SQLITE
from app.store.station_store import StationStore
from tests.support.small_sessions import begin, facts_in, shown, sign_in
from tests.support.stations import SetClock, station_at

_TABLE_LEAF = 13

pytestmark = pytest.mark.logs_warnings


def test_the_reserve_file_is_written_once_and_deleted_when_hardly_any_room_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reserve = DiskReserve(tmp_path, size_bytes=2 << 20)
    reserve.keep()
    written = (tmp_path / "ballast").stat()
    assert written.st_size == 2 << 20
    reserve.keep()
    assert (tmp_path / "ballast").stat().st_mtime_ns == written.st_mtime_ns
    reserve.give_way_when_full()
    assert (tmp_path / "ballast").exists(), "there is room"
    monkeypatch.setattr(disk_reserve, "_FULL_BYTES", 1 << 60)
    reserve.give_way_when_full()
    assert not (tmp_path / "ballast").exists()
    monkeypatch.setattr(disk_reserve, "_ROOMY_BYTES", 1 << 60)
    DiskReserve(tmp_path, size_bytes=2 << 20).keep()
    assert not (tmp_path / "ballast").exists(), "not while the disk is short of room"


def test_after_the_disk_failed_once_nothing_is_believed_but_what_is_in_the_file(
    tmp_path: Path,
) -> None:
    with station_at(tmp_path) as opened:
        session = begin(opened)
        confirmed = sign_in(opened, session, 0, 1, 2)
        store = opened.station.tools.store
        assert isinstance(store, StationStore)
        segment = store.newest_facts(1)[0].segment
        fails = SQLITE.OperationalError("disk I/O error")
        with pytest.raises(StoreTrouble), store.begin():
            raise fails
        after = sign_in(opened, session, 5)
        assert store.newest_facts(1)[0].segment != segment, "the next fact begins a segment"
        assert shown(opened, session) == set(confirmed.marks) | set(after.marks)
        assert store.verify().broken_at is None


def test_a_torn_page_costs_only_the_facts_on_it_and_the_gap_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = tmp_path / "home"
    with station_at(home, people=30) as opened:
        session = begin(opened)
        for person in range(30):
            sign_in(opened, session, person)
            if person % 3 == 0:
                opened.station.attendance.undo(session)
    before = facts_in(home / "station.db")
    for path in (home / "journal").glob("*"):
        path.unlink()
    torn = _tear_facts(home / "station.db")
    assert 0 < torn < len(before)
    caplog.set_level(logging.INFO)
    opened = open_station(home, clock=SetClock())
    try:
        store = opened.station.tools.store
        held = store.held().facts
        assert store.verify().broken_at is None
        with store.read() as reading:
            lost = reading.gaps()
        assert 0 < lost <= torn
        here = facts_in(home / "station.db")
        assert len(set(before) & set(here)) == len(before) - lost, "prefix and suffix are here"
        kinds = [line.kind for line in store.newest_facts(5)]
        assert "journal.gap" in kinds
        assert ("notice.gap", (("facts", str(lost)),)) in opened.station.today.overview().notices
        view = opened.station.sessions.show(session)
        present = next(card for card in view.cards if card.status is None)
        opened.station.attendance.sign_in(session, PersonId(present.id), Lane.NAME_WALL, "member")
        assert store.held().facts == held + 1, "sign-ins go on"
    finally:
        opened.close()
    again = open_station(home, clock=SetClock())
    assert [line.kind for line in again.station.tools.store.newest_facts(3)].count(
        "journal.gap"
    ) <= 1, "a gap is named once"
    again.close()


def _tear_facts(path: Path) -> int:
    """Destroy one leaf page of the facts' table in the middle; how many facts were on it."""
    with closing(SQLITE.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(path.read_bytes())
    leaves = [
        at
        for at in range(size, len(data), size)
        if data[at] == _TABLE_LEAF and b'"k":"attendance.' in data[at : at + size]
    ]
    torn = leaves[len(leaves) // 2]
    cells = int.from_bytes(data[torn + 3 : torn + 5], "big")
    data[torn : torn + size] = b"\xa5" * size
    path.write_bytes(data)
    return cells


def test_a_commit_that_was_done_though_it_reported_an_error_stops_no_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with station_at(tmp_path) as opened:
        session = begin(opened)
        store = opened.station.tools.store
        assert isinstance(store, StationStore)

        def fail_after(conn: object) -> None:
            monkeypatch.undo()
            raw = store._conn.connection.driver_connection
            assert raw is not None
            raw.execute("COMMIT")
            raise SQLITE.OperationalError("database or disk is full")

        monkeypatch.setattr(store._engine.dialect, "do_commit", fail_after)
        with pytest.raises(StoreTrouble):
            sign_in(opened, session, 0)
        after = sign_in(opened, session, 1, 2)
        assert set(after.marks) < shown(opened, session)
        assert store.verify().broken_at is None
