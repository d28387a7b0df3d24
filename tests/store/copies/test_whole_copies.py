"""The second copy is made whole or told; a recovery says who is missing; the erased are gone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from app.areas.people.person import Person
from app.bootstrap import open_station
from app.store import copies, copy_check
from app.store.second_copy import read_second_copy
from app.store.station_store import StationStore
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.support.small_sessions import begin, facts_in, shown, sign_in
from tests.support.stations import SCOPE, SetClock, sample_people, station_at

pytestmark = pytest.mark.logs_warnings
PEOPLE = 30
DAY_MINUTES = 24 * 60


def _long_record(home: Path, clock: SetClock, sessions: int = 25) -> None:
    """Many more facts than each start looks at, over two months."""
    with station_at(home, people=PEOPLE, clock=clock) as opened:
        for number in range(sessions):
            session = begin(opened)
            sign_in(opened, session, *range(PEOPLE - 3))
            opened.station.sessions.close(session)
            if number == sessions // 3:
                clock.pass_minutes(20 * DAY_MINUTES)
        opened.station.tools.store.backup_today(again=True)


def _copied(home: Path) -> list[str]:
    return [one.hash.hex() for one in read_second_copy(home / "journal") if one is not None]


def _notices(home: Path, clock: SetClock) -> dict[str, dict[str, str]]:
    opened = open_station(home, clock=clock)
    try:
        return {key: dict(values) for key, values in opened.station.today.overview().notices}
    finally:
        opened.close()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SetClock]:
    home, clock = tmp_path_factory.mktemp("long") / "home", SetClock()
    _long_record(home, clock)
    assert len(facts_in(home / "station.db")) > 700
    return home, clock


def test_a_copy_that_lost_all_its_files_is_made_up_whole_and_told(
    record: tuple[Path, SetClock], tmp_path: Path
) -> None:
    home = shutil.copytree(record[0], tmp_path / "home")
    shutil.rmtree(home / "journal")
    facts = facts_in(home / "station.db")
    assert _notices(home, record[1]) == {"notice.copy_mended": {"facts": str(len(facts))}}
    assert sorted(_copied(home)) == sorted(facts), "each fact stands in the copy, and once"
    assert _notices(home, record[1]) == {}
    for path in [*home.glob("station.db*"), *home.glob("backups/*")]:
        path.unlink()
    _notices(home, record[1])
    assert set(facts) <= set(facts_in(home / "station.db"))


def test_a_month_that_is_spoilt_far_behind_the_end_is_found_and_made_up(
    record: tuple[Path, SetClock], tmp_path: Path
) -> None:
    home = shutil.copytree(record[0], tmp_path / "home")
    oldest, newest = sorted((home / "journal").iterdir())
    assert newest.stat().st_size > 0
    lines = oldest.read_bytes().splitlines(keepends=True)
    oldest.write_bytes(b"".join(lines[: len(lines) // 2]))
    assert "notice.copy_mended" in _notices(home, record[1])
    assert sorted(_copied(home)) == sorted(facts_in(home / "station.db"))


def test_one_flipped_bit_in_the_copy_is_made_up_with_the_next_backup(
    record: tuple[Path, SetClock], tmp_path: Path
) -> None:
    home = shutil.copytree(record[0], tmp_path / "home")
    oldest = min((home / "journal").iterdir())
    data = bytearray(oldest.read_bytes())
    place = data.index(b"attendance.marked")
    data[place + 3] ^= 1
    oldest.write_bytes(data)
    opened = open_station(home, clock=record[1])
    try:
        store = opened.station.tools.store
        assert isinstance(store, StationStore)
        assert store.backup_today(again=True) is not None
        assert (store.copy_state.lacked, store.copy_state.left) == (1, 0)
    finally:
        opened.close()
    lines = [line for path in (home / "journal").iterdir() for line in path.open("rb")]
    assert len(lines) == len(facts_in(home / "station.db")) + 1


def test_what_a_start_has_no_time_for_is_told_and_goes_on_in_a_quiet_time(
    record: tuple[Path, SetClock], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = shutil.copytree(record[0], tmp_path / "home")
    shutil.rmtree(home / "journal")
    facts = facts_in(home / "station.db")
    monkeypatch.setattr(copies, "AT_A_START", 200)
    monkeypatch.setattr(copy_check, "PORTION", 100)
    left = len(facts) - 200
    opened = open_station(home, clock=record[1])
    try:
        notices = opened.station.today.overview().notices
        assert notices == (("notice.copy_lacks", (("facts", str(left)),)),)
        assert len(_copied(home)) == 200
    finally:
        opened.close()
    assert _notices(home, record[1]) == {"notice.copy_lacks": {"facts": str(left - 200)}}
    opened = open_station(home, clock=record[1])
    try:
        record[1].pass_minutes(2 * DAY_MINUTES)
        assert opened.station.daily_backup()
    finally:
        opened.close()
    assert sorted(_copied(home)) == sorted(facts)
    assert _notices(home, record[1]) == {}


@pytest.mark.skipif(os.name == "nt", reason="links are made here")
def test_a_file_of_the_copy_that_the_disk_does_not_give_costs_nothing(tmp_path: Path) -> None:
    home, clock = tmp_path / "home", SetClock()
    _long_record(home, clock, sessions=2)
    (month,) = sorted((home / "journal").iterdir())[-1:]
    month.unlink()
    month.symlink_to("/proc/self/mem")
    assert "notice.copy_mended" in _notices(home, clock)
    assert set(facts_in(home / "station.db")) == set(_copied(home))


def test_a_recovery_counts_the_people_and_says_when_nobody_is_in_the_roster(
    record: tuple[Path, SetClock], tmp_path: Path
) -> None:
    home = shutil.copytree(record[0], tmp_path / "home")
    for path in home.glob("station.db*"):
        path.unlink()
    told = _notices(home, record[1])
    assert list(told) == ["notice.recovered_all", "notice.roster_back"]
    assert told["notice.roster_back"] == {"people": str(PEOPLE)}
    shutil.rmtree(home / "backups")
    for path in home.glob("station.db*"):
        path.unlink()
    assert list(_notices(home, record[1])) == ["notice.recovered_all", "notice.no_roster"]
    opened = open_station(home, clock=record[1])
    try:
        checks = {one.key: one.good for one in opened.station.today.checks()}
        assert checks["check.roster"] is False
    finally:
        opened.close()


def _somebody(name: str) -> Person:
    first = sample_people(1)[0]
    return Person(
        id=first.id,
        name=name,
        units=first.units,
        birth_year=1951,
        phone_tail="7391",
        card_no="YJ9-77777",
    )


def _page(opened_rev: int, *rows: tuple[str, str, bytes | None]) -> FeedPage:
    made = tuple(
        FeedRow(kind, key, opened_rev + place, body)
        for place, (kind, key, body) in enumerate(rows, start=1)
    )
    return FeedPage(SCOPE, opened_rev + len(rows), made)


def _holding(home: Path, *words: str) -> set[str]:
    found = set()
    for path in home.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            if any(word.encode() in data for word in words):
                found.add(str(path.relative_to(home)))
    return found


def test_a_person_of_the_roster_is_erased_from_every_file_of_the_home(tmp_path: Path) -> None:
    """No payload was ever written about them: only the roster's row, and an older name of it."""
    home, clock = tmp_path / "home", SetClock()
    older, name = "翟玉珍旧名", "翟玉珍新名"
    with station_at(home, people=PEOPLE, clock=clock) as opened:
        store = opened.station.tools.store
        rev = store.cursors((SCOPE,))[SCOPE]
        store.apply_page(_page(rev, ("person", "p0", write_row(_somebody(older)))))
        store.backup_today(again=True)
        clock.pass_minutes(DAY_MINUTES)
        store.apply_page(_page(rev + 1, ("person", "p0", write_row(_somebody(name)))))
        session = begin(opened)
        sign_in(opened, session, 0, 1)
        marks = shown(opened, session)
        store.backup_today(again=True)
        for left in ("station.db.rebuilt", "backups/station-2026-11-01.draft"):
            shutil.copyfile(home / "backups" / "station-2026-11-24.db", home / left)
        shutil.copytree(home / "backups", home / "damaged" / "before")
        assert len(_holding(home, older, name)) > 4
        store.apply_page(_page(rev + 2, ("person", "p0", None), ("erasure", "p0", b"{}")))
        assert shown(opened, session) == marks, "that somebody was there stays"
    with station_at(home, people=0, clock=clock) as opened:
        assert opened.station.tools.store.verify().broken_at is None
    assert _holding(home, older, name, "7391", "YJ9-77777") == set()
    assert len(list((home / "backups").iterdir())) == 2, "backups stay, without the person"


def test_an_erasure_that_is_told_again_rewrites_no_backup(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with station_at(home) as opened:
        store = opened.station.tools.store
        rev = store.cursors((SCOPE,))[SCOPE]
        store.apply_page(_page(rev, ("person", "p0", None), ("erasure", "p0", b"{}")))
        made = store.backup_today(again=True)
        assert made is not None
        before = made.stat().st_mtime_ns
        store.apply_page(_page(rev + 2, ("erasure", "p0", b"{}")))
        assert made.stat().st_mtime_ns == before
