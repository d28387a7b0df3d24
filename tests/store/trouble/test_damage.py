"""Damaged files: the station always opens, brings back what any copy has, and says the truth."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.bootstrap import OpenStation, open_station
from app.domain.errors import StoreTrouble
from app.store.engine import SQLITE
from tests.support.small_sessions import Confirmed, begin, facts_in, shown, sign_in
from tests.support.stations import SetClock, station_at

SEEDS = 20

pytestmark = pytest.mark.logs_warnings


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Confirmed]:
    """A folder with one home as a power cut leaves it (``cut``) and as a tidy end does (``tidy``).

    There is a backup, and more sign-ins after it.
    """
    folder = tmp_path_factory.mktemp("session")
    with station_at(folder / "tidy", people=30) as opened:
        session = begin(opened)
        first = sign_in(opened, session, *range(8))
        opened.station.tools.store.backup_today(again=True)
        second = sign_in(opened, session, *range(10, 18))
        opened.station.tools.store.sync_second_copy()
        shutil.copytree(folder / "tidy", folder / "cut")
    assert (folder / "cut" / "station.db-wal").stat().st_size > 0
    assert not (folder / "tidy" / "station.db-wal").exists()
    return folder, Confirmed(session, first.marks + second.marks)


def _flip_bits(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 3, 30))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _wipe_sector(data: bytearray, chance: random.Random) -> None:
    size = chance.choice((512, 4096, 3 * 4096))
    start = chance.randrange(len(data)) // 512 * 512
    end = min(start + size, len(data))
    data[start:end] = chance.randbytes(end - start) if chance.random() < 0.5 else bytes(end - start)


def _truncate(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


DAMAGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip_bits,
    _wipe_sector,
    _truncate,
)


def _damaged_copy(home: Path, target: Path, name: str, seed: int) -> Path:
    """A copy of ``home`` in which one file was damaged."""
    shutil.copytree(home, target)
    chance = random.Random(f"{name}{seed}")
    path = target / name
    data = bytearray(path.read_bytes())
    DAMAGES[seed % len(DAMAGES)](data, chance)
    path.write_bytes(data)
    return target


@pytest.mark.parametrize(
    ("left", "name"),
    [
        ("cut", "station.db"),
        ("cut", "station.db-wal"),
        ("cut", "station.db-shm"),
        ("cut", "journal"),
        ("tidy", "station.db"),
        ("tidy", "journal"),
    ],
)
def test_one_damaged_file_loses_nothing_that_was_confirmed(
    left: str, name: str, recorded: tuple[Path, Confirmed], tmp_path: Path
) -> None:
    folder, confirmed = recorded
    home = folder / left
    file = f"journal/{next((home / 'journal').iterdir()).name}" if name == "journal" else name
    truth = set(facts_in(folder / "tidy" / "station.db"))
    recovered = 0
    for seed in range(SEEDS):
        damaged = _damaged_copy(home, tmp_path / f"{seed}", file, seed)
        opened = open_station(damaged, clock=SetClock())
        try:
            assert shown(opened, confirmed.session) == set(confirmed.marks), (name, seed)
            assert opened.station.tools.store.verify().broken_at is None
            notices = opened.station.today.overview().notices
            recovered += _check_notice(notices, damaged)
        finally:
            opened.close()
        assert truth <= set(facts_in(damaged / "station.db"))
        shutil.rmtree(damaged)
    print(f"{left} {name}: {recovered} of {SEEDS} damages made a recovery")
    if name in ("station.db", "station.db-wal"):
        assert recovered > SEEDS // 4, "the damages were too small to prove anything"
    if name == "journal":
        assert recovered == 0, "the second copy alone is no reason to touch the store"


def _check_notice(notices: tuple[tuple[str, object], ...], home: Path) -> bool:
    """Whether a recovery is said; nothing may be set aside without a word."""
    keys = [key for key, _ in notices]
    if (home / "damaged").exists():
        assert keys[:1] == ["notice.recovered_all"]
    return "notice.recovered_all" in keys


def _open(home: Path, clock: SetClock | None = None) -> OpenStation:
    return open_station(home, clock=clock or SetClock())


def _notice(home: Path) -> tuple[str, dict[str, str]]:
    """Open and close the station; the first sentence it has for the operator."""
    opened = _open(home)
    try:
        key, values = opened.station.today.overview().notices[0]
        return key, dict(values)
    finally:
        opened.close()


@pytest.fixture
def tidy(recorded: tuple[Path, Confirmed], tmp_path: Path) -> Path:
    """A copy of the tidy home."""
    return shutil.copytree(recorded[0] / "tidy", tmp_path / "home")


def _ruin(home: Path) -> None:
    """Damage the store beyond reading."""
    path = home / "station.db"
    path.write_bytes(b"\x00" * path.stat().st_size)


@pytest.mark.parametrize("word", [b"present", "陈建国".encode(), b"name_wall", b"expected"])
def test_a_bit_that_flipped_inside_a_word_is_found(
    word: bytes, tidy: Path, recorded: tuple[Path, Confirmed]
) -> None:
    """The structure is sound, and no hash covers a projected row or the roster."""
    path = tidy / "station.db"
    data = bytearray(path.read_bytes())
    place = data.rindex(word)
    while place >= 0:
        data[place] ^= 1
        place = data.rfind(word, 0, place)
    path.write_bytes(data)
    opened = _open(tidy)
    try:
        assert shown(opened, recorded[1].session) == set(recorded[1].marks)
        assert "陈建国" in {person.name for person in opened.station.people.all()}
        assert opened.station.today.overview().notices[0][0] == "notice.recovered_all"
    finally:
        opened.close()


def test_without_second_copy_it_says_that_something_may_be_missing(tidy: Path) -> None:
    shutil.rmtree(tidy / "journal")
    _ruin(tidy)
    key, values = _notice(tidy)
    assert key == "notice.recovered_some"
    assert values["day"] == "2026-11-23"


def test_a_hole_in_the_second_copy_is_not_called_complete(tidy: Path) -> None:
    path = next((tidy / "journal").iterdir())
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-4] + lines[-3:]))
    _ruin(tidy)
    assert _notice(tidy)[0] == "notice.recovered_some"


def test_a_torn_last_line_is_not_called_complete(tidy: Path) -> None:
    path = next((tidy / "journal").iterdir())
    path.write_bytes(path.read_bytes()[:-40])
    _ruin(tidy)
    assert _notice(tidy)[0] == "notice.recovered_some"


def test_with_no_copy_at_all_it_begins_anew_and_says_so(tidy: Path) -> None:
    shutil.rmtree(tidy / "journal")
    shutil.rmtree(tidy / "backups")
    _ruin(tidy)
    assert _notice(tidy)[0] == "notice.recovered_none"
    assert [path.name for path in (tidy / "damaged").glob("*/*")] == ["station.db"]


def test_a_store_that_is_gone_comes_back_from_the_copies(
    tidy: Path, recorded: tuple[Path, Confirmed]
) -> None:
    (tidy / "station.db").unlink()
    assert _notice(tidy)[0] == "notice.recovered_all"
    opened = _open(tidy)
    try:
        assert shown(opened, recorded[1].session) == set(recorded[1].marks)
    finally:
        opened.close()


def test_facts_still_readable_in_the_damaged_store_are_kept(
    tidy: Path, recorded: tuple[Path, Confirmed]
) -> None:
    """No backup, no second copy, and a table that is only projected is broken."""
    shutil.rmtree(tidy / "journal")
    shutil.rmtree(tidy / "backups")
    path = tidy / "station.db"
    connection = SQLITE.connect(path)
    page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name='attendance'")
    start = (page.fetchone()[0] - 1) * 4096
    connection.close()
    data = bytearray(path.read_bytes())
    data[start : start + 4096] = b"\xff" * 4096
    path.write_bytes(data)
    opened = _open(tidy)
    try:
        assert shown(opened, recorded[1].session) == set(recorded[1].marks)
        assert opened.station.today.overview().notices[0][0] == "notice.recovered_some"
    finally:
        opened.close()


def test_the_segment_after_a_recovery_says_so_and_the_chain_goes_on(tidy: Path) -> None:
    _ruin(tidy)
    opened = _open(tidy)
    try:
        lines = opened.station.tools.store.newest_facts(2)
        assert [line.kind for line in lines] == ["segment.opened", "store.recovered"]
        assert opened.station.tools.store.verify().broken_at is None
    finally:
        opened.close()
    opened = _open(tidy)
    try:
        assert opened.station.today.overview().notices == (), "a recovery is said once"
    finally:
        opened.close()


def test_a_locked_database_is_not_taken_for_a_damaged_one(tidy: Path) -> None:
    connection = SQLITE.connect(tidy / "station.db", isolation_level=None)
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StoreTrouble) as refused:
            _open(tidy)
        assert refused.value.key == "trouble.store_failed"
    finally:
        connection.close()
    assert not (tidy / "damaged").exists()


@pytest.mark.parametrize("kind", ["BLOB", "TEXT"])
def test_a_changed_personal_payload_is_found(kind: str, tidy: Path) -> None:
    opened = _open(tidy)
    session = opened.station.sessions.running()
    assert session is not None
    opened.station.attendance.admit_visitor(session.session.id, "老王")
    opened.close()
    connection = SQLITE.connect(tidy / "station.db")
    found = connection.execute("SELECT CAST(personal AS TEXT) FROM facts WHERE personal NOT NULL")
    changed = found.fetchone()[0].replace("老王", "老李")
    connection.execute(
        "UPDATE facts SET personal = ? WHERE personal NOT NULL",
        (changed if kind == "TEXT" else changed.encode(),),
    )
    connection.commit()
    connection.close()
    (tidy / "station.db.seal").unlink()
    assert _notice(tidy)[0] == "notice.recovered_all"
    opened = _open(tidy)
    try:
        names = {card.name for card in opened.station.sessions.show(session.session.id).cards}
        assert "老王" in names
    finally:
        opened.close()


def test_an_unreadable_roster_row_hides_nobody(
    tidy: Path, recorded: tuple[Path, Confirmed]
) -> None:
    connection = SQLITE.connect(tidy / "station.db")
    connection.execute("UPDATE people SET body = x'7b' WHERE id = 'p1'")
    connection.commit()
    connection.close()
    (tidy / "station.db.seal").unlink()
    opened = _open(tidy)
    try:
        assert shown(opened, recorded[1].session) == set(recorded[1].marks)
    finally:
        opened.close()
