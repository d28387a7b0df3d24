"""A backup is the whole centre, proven by opening; a restore gives it back, on either database."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from app.domain.errors import BadInput, StoreTrouble, UserError
from centre.backups.acts import back_up, check
from centre.backups.folder import MANIFEST, prove
from centre.backups.restoring import restore
from centre.courses.publishing import CourseOffer, publish_course
from centre.home import CONFIG
from centre.interpretation import reader
from centre.interpretation.pending import interpret_all
from centre.opening import open_centre
from centre.seal_key import centre_recipient
from centre.service import generation_of
from centre.settings import Settings
from centre.store.tables import facts
from tests.centre.benches import Bench, SetClock
from tests.centre.home.test_home import centre
from tests.centre.recorded_sessions import rich_session
from tests.rules.looking import ROOT
from tests.support.talking_station import TalkingStation

LESSON = ROOT / "media" / "sample" / "fire-extinguisher.mp4"


def fill(bench: Bench) -> TalkingStation:
    """A session that has arrived, and a course."""
    station = bench.station()
    station.deliver(*rich_session().chains)
    publish_course(bench.centre, CourseOffer(LESSON, id="k1", title="灭火器"))
    interpret_all(bench.centre)
    return station


def elsewhere(bench: Bench, settings: Settings) -> Bench:
    """A centre of other settings at the same time of day."""
    made = Bench(settings, bench.clock)
    made.start()
    return made


def test_what_is_restored_reports_the_same_and_stations_go_on(bench: Bench, tmp_path: Path) -> None:
    station = fill(bench)
    before = bench.report()
    was = generation_of_bench(bench)
    made = back_up(bench.centre, tmp_path / "bk")
    assert made.rows["facts"] == len(bench_hashes(bench)) > 10
    bench.stop()

    settings = Settings(tmp_path / "again")
    restore(settings, tmp_path / "bk", set_aside=False)
    again = elsewhere(bench, settings)
    try:
        assert again.report() == before
        assert generation_of_bench(again) != was, "stations must offer everything anew"
        station.client = again.client
        told = station.deliver(*rich_session().chains)
        assert {one.status for one in told.receipts.values()} == {"ok"}
        assert check(again.centre).faults == ()
    finally:
        again.stop()


def test_what_was_sealed_for_the_centre_can_be_read_after_a_restore(
    bench: Bench, tmp_path: Path
) -> None:
    """Sticks that were on their way when the centre was lost."""
    before = centre_recipient(bench.settings)
    back_up(bench.centre, tmp_path / "bk")
    bench.stop()
    settings = Settings(tmp_path / "again")
    restore(settings, tmp_path / "bk", set_aside=False)
    assert centre_recipient(settings) == before


def test_a_copy_moves_to_the_other_kind_of_database_and_new_facts_are_numbered_on(
    bench: Bench, tmp_path: Path, new_postgres: Callable[[], str]
) -> None:
    station = fill(bench)
    before, hashes = bench.report(), bench_hashes(bench)
    back_up(bench.centre, tmp_path / "bk")
    bench.stop()
    other = "" if bench.settings.database else new_postgres()
    settings = Settings(tmp_path / "again", other)
    restore(settings, tmp_path / "bk", set_aside=False)
    again = elsewhere(bench, replace(settings, database=""))
    try:
        assert (again.centre.store.is_sqlite) is (other == ""), "the home remembers which"
        assert again.report() == before
        station.client = again.client
        more = rich_session()
        station.deliver(*more.chains)
        assert bench_hashes(again)[: len(hashes)] == hashes
        assert len(bench_hashes(again)) == len(hashes) + sum(len(one.facts) for one in more.chains)
    finally:
        again.stop()


def bench_hashes(bench: Bench) -> list[bytes]:
    with bench.centre.store.reading() as tx:
        return [row.hash for row in tx.execute(select(facts.c.hash).order_by(facts.c.arrival))]


def generation_of_bench(bench: Bench) -> str:
    with bench.centre.store.reading() as tx:
        return generation_of(tx)


def test_a_second_backup_takes_the_place_of_the_first_and_copies_only_new_courses(
    bench: Bench, tmp_path: Path
) -> None:
    station = fill(bench)
    folder = tmp_path / "bk"
    first = back_up(bench.centre, folder)
    (film,) = (path for path in (folder / "media").rglob("*") if path.is_file())
    film_was = film.stat().st_ino
    (folder / "centre.sqlite.draft").write_bytes(b"a backup that was cut off")
    station.deliver(*rich_session().chains)
    second = back_up(bench.centre, folder)
    assert second.rows["facts"] > first.rows["facts"]
    assert film.stat().st_ino == film_was
    assert prove(folder)[0] == second


@pytest.mark.skipif(os.name == "nt", reason="rights are kept otherwise there")
def test_a_backup_is_its_owners_only(bench: Bench, tmp_path: Path) -> None:
    fill(bench)
    before = os.umask(0)
    try:
        back_up(bench.centre, tmp_path / "bk")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "bk").stat().st_mode) == 0o700
    small = [path for path in (tmp_path / "bk").iterdir() if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in small} == {0o600}
    assert {"centre.sqlite", "centre.key", MANIFEST} <= {path.name for path in small}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / MANIFEST).unlink(),
        lambda folder: (folder / MANIFEST).write_bytes(b"\0" * 50),
        lambda folder: (folder / "centre.key").unlink(),
        lambda folder: (folder / "centre.key").write_text("00" * 32),
        lambda folder: os.truncate(folder / "centre.sqlite", 8192),
        lambda folder: flip(folder / "centre.sqlite", 5_000),
        lambda folder: shutil.rmtree(folder / "media"),
    ],
    ids=["no manifest", "zeros", "no key", "other key", "cut short", "flipped", "no courses"],
)
def test_a_backup_that_is_not_whole_is_refused_and_touches_nothing(
    bench: Bench, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    fill(bench)
    folder = tmp_path / "bk"
    back_up(bench.centre, folder)
    spoil(folder)
    with pytest.raises(UserError, match="backup"):
        restore(Settings(tmp_path / "again"), folder, set_aside=True)
    assert not (tmp_path / "again").exists()


def flip(path: Path, at: int) -> None:
    with path.open("r+b") as opened:
        opened.seek(at)
        byte = opened.read(1)
        opened.seek(at)
        opened.write(bytes([byte[0] ^ 1]))


def test_a_home_in_use_is_not_overwritten_and_what_is_replaced_is_set_aside(
    tmp_path: Path,
) -> None:
    home, other, folder = tmp_path / "c", tmp_path / "d", tmp_path / "bk"
    assert centre(home, "enrol-code", "--site", "石门村", "--create").returncode == 0
    assert centre(home, "backup", str(folder)).returncode == 0
    assert centre(other, "init").returncode == 0
    key = (other / "centre.key").read_bytes()
    for arguments in (["restore", str(folder)], ["backup", str(folder)], ["backup", str(home)]):
        done = centre(other, *arguments)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert (other / "centre.key").read_bytes() == key
    done = centre(other, "restore", str(folder), "--replace")
    assert done.returncode == 0, done.stderr
    assert "石门村" in centre(other, "enrol-code", "--site", "石门村").stdout
    (aside,) = other.glob("before-restore-*")
    assert (aside / "centre.key").read_bytes() == key


def test_a_restore_mends_a_home_whose_files_are_all_spoilt(tmp_path: Path) -> None:
    home, folder = tmp_path / "c", tmp_path / "bk"
    assert centre(home, "enrol-code", "--site", "石门村", "--create").returncode == 0
    assert centre(home, "backup", str(folder)).returncode == 0
    for name in ("centre.sqlite", "centre.key", CONFIG):
        (home / name).write_bytes(b"\0" * 4_096)
    assert centre(home, "stations").returncode == 1
    assert centre(home, "restore", str(folder), "--replace").returncode == 0
    checked = centre(home, "check", "--json")
    assert (checked.returncode, json.loads(checked.stdout)["faults"]) == (0, [])


def test_a_database_in_use_is_not_filled(tmp_path: Path, new_postgres: Callable[[], str]) -> None:
    home, folder, address = tmp_path / "c", tmp_path / "bk", new_postgres()
    assert centre(home, "init", database=address).returncode == 0
    assert centre(home, "backup", str(folder)).returncode == 0
    refused = centre(tmp_path / "d", "restore", str(folder), database=address)
    assert (refused.returncode, "空数据库" in refused.stderr) == (1, True), refused.stderr
    again = centre(home, "restore", str(folder), "--replace")
    assert again.returncode == 1, "the home's own database is not empty either"
    assert centre(home, "stations").returncode == 0, "and nothing was moved"


def test_check_names_what_is_lost_and_what_is_rotten(bench: Bench, tmp_path: Path) -> None:
    fill(bench)
    second = tmp_path / "b.mp4"
    shutil.copy(ROOT / "media" / "sample" / "citrus-pruning.mp4", second)
    publish_course(bench.centre, CourseOffer(second, id="k2", title="柑橘"))
    assert check(bench.centre).faults == ()
    lost, rotten = sorted(path for path in bench.centre.media.rglob("*") if path.is_file())
    lost.unlink()
    flip(rotten, 1_000)
    found = check(bench.centre)
    assert sorted(one.key for one in found.faults) == [
        "centre.course_damaged",
        "centre.course_lost",
    ]
    made = back_up(bench.centre, tmp_path / "bk")
    assert len(made.missing) == 2, "the rest is worth having, and it is said"
    assert prove(tmp_path / "bk")[0] == made


def test_check_finds_a_damaged_store(tmp_path: Path) -> None:
    home = tmp_path / "c"
    assert centre(home, "enrol-code", "--site", "石门村", "--create").returncode == 0
    with sqlite3.connect(home / "centre.sqlite") as plain:
        plain.execute("PRAGMA foreign_keys=0")
        plain.execute("UPDATE enrol_codes SET site = 'nobody'")
    plain.close()
    done = centre(home, "check")
    assert (done.returncode, "restore" in done.stdout) == (1, True), done.stdout
    opened = open_centre(Settings(home))
    with pytest.raises(StoreTrouble, match="copy_broken"):
        back_up(opened, tmp_path / "bk")
    opened.close()
    assert not (tmp_path / "bk" / MANIFEST).exists()


def test_a_folder_with_other_things_in_it_is_left_alone(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "bk").mkdir()
    (tmp_path / "bk" / "家里照片.jpg").write_bytes(b"x")
    with pytest.raises(BadInput, match="backup_folder_used"):
        back_up(bench.centre, tmp_path / "bk")
    assert [path.name for path in (tmp_path / "bk").iterdir()] == ["家里照片.jpg"]


def test_a_plain_copy_of_the_file_has_what_came_when_it_was_quiet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """People copy ``centre.sqlite`` alone; what is only in the log beside it would be lost."""
    monkeypatch.setattr(reader, "_SETTLE_EVERY_S", 0.0)
    monkeypatch.setattr(reader, "_GATHER_S", 0.0)
    bench = Bench(Settings(tmp_path / "c"), SetClock())
    bench.start()
    try:
        station = bench.station()
        station.deliver(*rich_session().chains)
        copy = tmp_path / "copy.sqlite"

        def copied() -> int:
            shutil.copy(bench.settings.home / "centre.sqlite", copy)
            with sqlite3.connect(copy) as plain:
                return int(plain.execute("SELECT count(*) FROM facts").fetchone()[0])

        bench.centre.arrivals.ring()
        wait_until(lambda: copied() == len(bench_hashes(bench)))
    finally:
        bench.stop()


def wait_until(true: Callable[[], bool]) -> None:
    """Ask again until it is so; the test's own limit ends a wait that never does."""
    while not true():
        pass


def test_every_table_is_copied(bench: Bench) -> None:
    with bench.centre.store.reading() as tx:
        kind = "sqlite_master" if bench.centre.store.is_sqlite else "pg_tables"
        column = "name" if bench.centre.store.is_sqlite else "tablename"
        where = (
            "type = 'table' AND name NOT LIKE 'sqlite_%'"
            if bench.centre.store.is_sqlite
            else "schemaname = 'public'"
        )
        there = {row[0] for row in tx.execute(text(f"SELECT {column} FROM {kind} WHERE {where}"))}  # noqa: S608 - our own words
    assert there - {"alembic_version"} == set(check(bench.centre).rows)
