"""Backups that were proven, and the second copy beside the store."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from app.areas.sessions.session import Step
from app.bootstrap import open_station, restore_station
from app.domain.errors import StoreTrouble
from app.domain.time import ClockGrade
from app.store.backup import KEPT_DAYS, backups, prove
from app.store.engine import SQLITE
from app.store.recovery import best_of
from app.store.second_copy import read_second_copy
from tests.support.small_sessions import begin, facts_in, shown, sign_in
from tests.support.stations import SetClock, station_at

DAY_MINUTES = 24 * 60


def test_a_backup_is_made_once_a_day_proven_and_kept_for_fourteen_days(tmp_path: Path) -> None:
    clock = SetClock()
    with station_at(tmp_path / "home", clock=clock) as opened:
        store = opened.station.tools.store
        sign_in(opened, begin(opened), 0)
        assert store.backup_today() is not None
        assert store.backup_today() is None
        for _ in range(KEPT_DAYS + 3):
            clock.pass_minutes(DAY_MINUTES)
            assert store.backup_today() is not None
    kept = backups(tmp_path / "home" / "backups")
    assert len(kept) == 14
    assert kept[0].name == "station-2026-12-10.db"
    for path in kept:
        proof = prove(path)
        assert (proof.sound, proof.facts) == (True, 4)
    assert not list((tmp_path / "home" / "backups").glob("*.draft*"))


def test_with_a_clock_stuck_in_the_past_backups_go_on_and_the_best_one_is_taken(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    clock = SetClock()
    with station_at(home, clock=clock) as opened:
        store = opened.station.tools.store
        session = begin(opened)
        for person in range(KEPT_DAYS + 1):
            sign_in(opened, session, person)
            store.backup_today()
            clock.pass_minutes(DAY_MINUTES)
        clock.wall_ms, clock.grade = 3_600_000, ClockGrade.BAD
        sign_in(opened, session, 20)
        made = store.backup_today()
        sign_in(opened, session, 21)
        assert made is not None
        assert made.name == "station-1970-01-01.db"
        assert store.backup_today() == made, "a day that is no day needs a new backup"
        assert made.exists()
    best = best_of(backups(home / "backups"))
    assert best == made
    assert prove(best).facts == len(facts_in(home / "station.db"))


@pytest.mark.logs_warnings
def test_a_backup_that_can_not_be_proven_does_not_count_and_older_ones_stay(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    with station_at(home) as opened:
        sign_in(opened, begin(opened), 0)
        store = opened.station.tools.store
        good = store.backup_today()
        assert good is not None
        before = good.read_bytes()
        with closing(SQLITE.connect(home / "station.db")) as connection:
            connection.execute("UPDATE facts SET bytes = replace(bytes, 'p0', 'p9') WHERE n = 4")
            connection.commit()
        with pytest.raises(StoreTrouble) as refused:
            store.backup_today(again=True)
        assert refused.value.key == "trouble.backup_failed"
        assert good.read_bytes() == before
    assert [path.name for path in good.parent.iterdir()] == [good.name]


@pytest.mark.logs_warnings
def test_a_bad_backup_is_refused_and_nothing_is_touched(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with station_at(home) as opened:
        sign_in(opened, begin(opened), 0, 1)
        made = opened.station.tools.store.backup_today()
    assert made is not None
    data = bytearray(made.read_bytes())
    place = data.index(b'"k":"attendance.marked"')
    data[place + 6] ^= 1
    bad = tmp_path / "bad.db"
    bad.write_bytes(data)
    before = (home / "station.db").read_bytes()
    for wrong in (bad, tmp_path / "nothing.db", home / "station.lock"):
        with pytest.raises(StoreTrouble) as refused:
            restore_station(home, wrong)
        assert refused.value.key == "trouble.backup_bad"
    assert (home / "station.db").read_bytes() == before
    assert not prove(bad).sound


@pytest.mark.logs_warnings
def test_restoring_a_backup_adds_what_the_second_copy_has_beyond_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with station_at(home) as opened:
        session = begin(opened)
        first = sign_in(opened, session, 0, 1)
        opened.station.tools.store.backup_today()
        second = sign_in(opened, session, 2, 3)
    key, values = restore_station(home, None)
    assert key == "notice.recovered_all"
    assert int(dict(values)["facts"]) == 3 + 4
    assert len(list((home / "damaged").glob("*/station.db"))) == 1
    reopened = open_station(home, clock=SetClock())
    try:
        assert shown(reopened, session) == set(first.marks + second.marks)
        assert reopened.station.tools.store.verify().broken_at is None
    finally:
        reopened.close()


def test_the_second_copy_has_every_fact_in_order_and_its_payload(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with station_at(home) as opened:
        session = begin(opened)
        sign_in(opened, session, 0, 1)
        opened.station.attendance.admit_visitor(session, "老王", "1234")
    with station_at(home) as opened:
        sign_in(opened, session, 2)
    lines = [line for line in read_second_copy(home / "journal") if line is not None]
    assert {one.hash.hex(): one.data for one in lines} == facts_in(home / "station.db")
    assert [one.n for one in lines] == [1, 2, 3, 4, 5, 6, 7, 1, 2]
    payloads = [one.personal for one in lines if one.personal is not None]
    assert len(payloads) == 1
    assert "老王" in payloads[0].decode()


def test_a_torn_last_line_is_no_fact_and_the_next_line_begins_afresh(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with station_at(home) as opened:
        session = begin(opened)
        sign_in(opened, session, 0, 1)
    path = next((home / "journal").iterdir())
    path.write_bytes(path.read_bytes()[:-20])
    with station_at(home) as opened:
        after = sign_in(opened, session, 2)
    lines = list(read_second_copy(home / "journal"))
    assert lines.count(None) == 1
    assert after.marks[0][2] in {line.hash.hex() for line in lines if line is not None}


@pytest.mark.logs_warnings
@pytest.mark.parametrize("left", ["sealed", "unsealed"])
def test_a_clock_that_jumps_back_does_not_reorder_the_second_copy(
    left: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    clock = SetClock()
    with station_at(home, clock=clock) as opened:
        session = begin(opened)
        clock.wall_ms = 4_102_444_800_000
        sign_in(opened, session, 0)
        clock.wall_ms = 0
        sign_in(opened, session, 1)
    with station_at(home, clock=clock) as opened:
        sign_in(opened, session, 2)
        opened.station.sessions.close(session)
    truth = facts_in(home / "station.db")
    (home / "station.db").write_bytes(b"")
    if left == "unsealed":
        (home / "station.db.seal").unlink()
    reopened = open_station(home, clock=clock)
    try:
        view = reopened.station.sessions.show(session)
        assert (view.session.step, view.turnout.arrived) == (Step.CLOSED, 3)
    finally:
        reopened.close()
    assert set(truth) <= set(facts_in(home / "station.db"))


@pytest.mark.logs_warnings
def test_what_an_unclean_end_kept_from_the_second_copy_is_made_up_for_at_the_next_start(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    with station_at(home) as opened:
        sign_in(opened, begin(opened), 0, 1, 2, 3)
    all_facts = set(facts_in(home / "station.db"))
    copy = home / "journal" / "2026-11.jsonl"
    lines = copy.read_bytes().splitlines(keepends=True)
    # One line in the middle never came, the last ones were torn off by the current.
    copy.write_bytes(b"".join([*lines[:3], *lines[4:-2], lines[-2][:40]]))
    with station_at(home):
        pass
    with station_at(home):
        pass
    found = [one.hash.hex() for one in read_second_copy(home / "journal") if one is not None]
    assert sorted(found) == sorted(all_facts), "each fact stands in the copy, and once"
    for path in [*home.glob("station.db*"), *home.glob("backups/*")]:
        path.unlink()
    with station_at(home):
        pass
    assert all_facts < set(facts_in(home / "station.db"))
