"""Where a backup may lie and what stands in its way: each is a sentence, and nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app.domain.errors import BadInput, StoreTrouble
from centre import home as homes
from centre.backups.acts import back_up
from centre.backups.folder import LOCK, MANIFEST, prove
from centre.backups.restoring import restore
from centre.home import CONFIG, held, is_same_database, settled, shown_address
from centre.opening import open_centre
from centre.settings import Settings
from centre.store.engine import open_migration_engine
from centre.store.upgrade import revision_of
from tests.centre.home.test_home import centre

SITE = "石门村"


def made(home: Path) -> None:
    assert centre(home, "enrol-code", "--site", SITE, "--create").returncode == 0


@pytest.mark.parametrize("where", ["c", "c/bk", "c/media", "c/media/x", "."])
def test_a_backup_never_lies_in_or_around_the_home(tmp_path: Path, where: str) -> None:
    home = tmp_path / "c"
    opened = open_centre(Settings(home))
    before = sorted(path for path in tmp_path.rglob("*"))
    with pytest.raises(BadInput, match="backup_folder_own"):
        back_up(opened, tmp_path / where)
    assert sorted(path for path in tmp_path.rglob("*")) == before
    opened.close()


@pytest.mark.skipif(os.name == "nt", reason="names and links are otherwise there")
def test_odd_places_are_used_or_refused_in_a_sentence(tmp_path: Path) -> None:
    home = tmp_path / os.fsdecode(b"h%41?\xff \xe4\xb8\xad")
    made(home)
    good = tmp_path / os.fsdecode(b"b%41?#\xff \xe4\xb8\xad")
    assert centre(home, "backup", str(good)).returncode == 0
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "nowhere").symlink_to(tmp_path / "not" / "there")
    for bad in ("file", "file/x", "nowhere"):
        done = centre(home, "backup", str(tmp_path / bad))
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
        assert done.stderr.count("\n") == 1
        for folder, target in ((good, tmp_path / bad), (tmp_path / bad, tmp_path / "n")):
            done = centre(target, "restore", str(folder))
            assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert (tmp_path / "file").read_bytes() == b"mine"
    again = tmp_path / os.fsdecode(b"r%41?\xff")
    assert centre(again, "restore", str(good)).returncode == 0
    assert SITE in centre(again, "enrol-code", "--site", SITE).stdout


def test_nothing_is_written_where_a_backup_is_read(tmp_path: Path) -> None:
    made(tmp_path / "c")
    folder = tmp_path / "bk"
    assert centre(tmp_path / "c", "backup", str(folder)).returncode == 0
    looked = {path: path.stat() for path in [folder, *folder.rglob("*")]}
    prove(folder)
    restore(Settings(tmp_path / "d"), folder, set_aside=False)
    assert {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]} == {
        path: was.st_mtime_ns for path, was in looked.items()
    }


def test_a_second_backup_into_the_folder_waits_its_turn_and_leftovers_hinder_nobody(
    tmp_path: Path,
) -> None:
    opened = open_centre(Settings(tmp_path / "c"))
    folder = tmp_path / "bk"
    back_up(opened, folder)
    first = prove(folder)[0]
    with (
        held(folder / LOCK, StoreTrouble("mine")),
        pytest.raises(StoreTrouble, match="backup_running"),
    ):
        back_up(opened, folder)
    assert prove(folder)[0] == first
    for name in ("centre.sqlite.draft-journal", "centre.sqlite.draft-wal", "centre.key.draft"):
        (folder / name).write_bytes(b"a kill left it")
    back_up(opened, folder)
    opened.close()
    assert {path.name for path in folder.iterdir()} == {
        "centre.sqlite", "centre.key", MANIFEST, LOCK, "media"
    } - (set() if (folder / "media").exists() else {"media"})  # fmt: skip


@pytest.mark.parametrize("verb", ["check", "backup"])
def test_a_home_without_a_centre_is_neither_made_nor_found_well(tmp_path: Path, verb: str) -> None:
    folder = [str(tmp_path / "bk")] if verb == "backup" else []
    done = centre(tmp_path / "typo", verb, *folder)
    assert (done.returncode, "init" in done.stderr) == (1, True), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_one_time_codes_of_before_are_closed_by_a_restore(tmp_path: Path) -> None:
    """One of them may have been used after the backup: it must not let a second PC in."""
    home = tmp_path / "c"
    made(home)
    assert centre(home, "backup", str(tmp_path / "bk")).returncode == 0
    assert centre(tmp_path / "d", "restore", str(tmp_path / "bk")).returncode == 0
    with closing(sqlite3.connect(tmp_path / "d" / "centre.sqlite")) as plain:
        expires, made_ms = plain.execute("SELECT expires_ms, made_ms FROM enrol_codes").fetchone()
    assert expires - made_ms < 3_600_000, "closed now, not in some days"
    told = json.loads(centre(tmp_path / "d", "decide-again", "--json").stdout)
    assert {one["what"] for one in told["signs"]} == {"said", "codes"}


def older(folder: Path, revision: str) -> None:
    """Let a backup be one that an older program made."""
    from alembic import command
    from alembic.config import Config

    store = folder / "centre.sqlite"
    store.unlink()
    engine = open_migration_engine(f"sqlite:///{store}")
    config = Config()
    config.set_main_option("script_location", str(Path(homes.__file__).parent / "store/migrations"))
    with engine.begin() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, revision)
        told = json.loads((folder / MANIFEST).read_bytes())
        tx.exec_driver_sql(
            "INSERT INTO centre_state (name, value) VALUES ('centre', ?), ('generation', 'g-1')",
            (told["centre"],),
        )
        tx.exec_driver_sql("INSERT INTO sites (id, name, tier) VALUES ('s-1', ?, '')", (SITE,))
    with engine.connect() as plain:
        assert revision_of(plain) == revision
        names = set(told["rows"])
        there = {row[0] for row in plain.exec_driver_sql("SELECT name FROM sqlite_master")}
        told["rows"] = {
            name: plain.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar()  # noqa: S608
            for name in names & there
        }
    engine.dispose()
    with closing(sqlite3.connect(store)) as plain:
        plain.execute("PRAGMA journal_mode=delete")
    import hashlib

    data = store.read_bytes()
    told["files"]["centre.sqlite"] = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
    }
    told["revision"] = revision
    (folder / MANIFEST).write_text(json.dumps(told))


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_a_backup_of_an_older_program_is_brought_up_to_date(
    tmp_path: Path, database: str, revision: str
) -> None:
    folder = tmp_path / "bk"
    opened = open_centre(Settings(tmp_path / "c"))
    back_up(opened, folder)
    opened.close()
    older(folder, revision)
    settings = Settings(tmp_path / "d", database)
    assert restore(settings, folder, set_aside=False).revision == revision
    done = centre(tmp_path / "d", "check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert SITE in centre(tmp_path / "d", "enrol-code", "--site", SITE).stdout
    left = {path.name for path in (tmp_path / "d").iterdir()} - {"centre.sqlite.before-" + revision}
    mine = {"centre.key", CONFIG, "media", "serve.lock"}
    assert left == mine | (set() if database else {"centre.sqlite"})
    newer = json.loads((folder / MANIFEST).read_bytes())
    with closing(sqlite3.connect(folder / "centre.sqlite")) as plain, plain:
        plain.execute("UPDATE alembic_version SET version_num = '0999'")
    import hashlib

    data = (folder / "centre.sqlite").read_bytes()
    newer["files"]["centre.sqlite"]["sha256"] = hashlib.sha256(data).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(newer))
    with pytest.raises(StoreTrouble, match="store_newer"):
        restore(Settings(tmp_path / "e"), folder, set_aside=False)
    assert not (tmp_path / "e").exists()


@pytest.mark.parametrize(
    "spell",
    [
        lambda centre: f'# by hand\r\ncentre = "{centre}"\r\ndatabase = ""\r\n'.encode(),
        lambda centre: b"\xef\xbb\xbf" + f"centre = '{centre}'\ndatabase = ''".encode(),
        lambda centre: f"database=''\n\ncentre='''{centre}'''#x\nmore=1".encode(),
    ],
    ids=["crlf", "mark of utf-8", "other quotes"],
)
def test_files_edited_by_hand_are_read(tmp_path: Path, spell: Callable[[str], bytes]) -> None:
    home = tmp_path / "c"
    opened = open_centre(Settings(home))
    opened.close()
    (home / CONFIG).write_bytes(spell(opened.id))
    key = (home / "centre.key").read_bytes()
    (home / "centre.key").write_bytes(b"\xef\xbb\xbf" + key + b"\r\n")
    again = open_centre(Settings(home))
    again.close()
    assert (again.id, again.public_key) == (opened.id, opened.public_key)


def test_a_configuration_of_other_kinds_is_broken(tmp_path: Path) -> None:
    opened = open_centre(Settings(tmp_path / "c"))
    opened.close()
    (tmp_path / "c" / CONFIG).write_text(f"centre = '{opened.id}'\ndatabase = 3\n")
    with pytest.raises(StoreTrouble, match="config_broken"):
        open_centre(Settings(tmp_path / "c"))


def test_one_database_is_known_however_it_is_spelled(new_postgres: Callable[[], str]) -> None:
    address, other = new_postgres(), new_postgres()
    folder = address.split("host=")[1]
    name = address.split("/")[3].split("?")[0]
    same = (
        f"postgresql://postgres@/{name}?host={folder}/.",
        f"postgresql+psycopg://postgres:any@/{name}?host={folder}&port=5432",
        f"postgresql+psycopg://postgres@/postgres?host={folder}&dbname={name}",
    )
    for one in same:
        assert is_same_database(one, address), one
    assert not is_same_database(other, address)
    assert not is_same_database(other, same[1])
    gone = f"postgresql://postgres@/{name}?host=/nowhere"
    assert not is_same_database(gone, address), "the same words on another server"
    assert is_same_database(gone.replace("postgres@", "postgres:x@"), gone)


def test_a_sqlite_store_is_the_same_from_every_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "link").symlink_to(tmp_path / "c")
    monkeypatch.chdir(tmp_path)
    apart = open_centre(Settings(tmp_path / "c", "sqlite:///apart.sqlite"))
    apart.close()
    monkeypatch.chdir(tmp_path / "d")
    again = open_centre(Settings(tmp_path / "c"))
    again.close()
    assert again.id == apart.id
    assert settled(Settings(tmp_path / "c", "sqlite:///link/../apart.sqlite")).database
    assert list((tmp_path / "d").glob("*.sqlite")) == []
    own = open_centre(Settings(tmp_path / "d", "sqlite:///centre.sqlite"))
    own.close()
    (tmp_path / "d").rename(tmp_path / "moved")
    moved = open_centre(Settings(tmp_path / "moved"))
    moved.close()
    assert moved.id == own.id


@pytest.mark.parametrize(
    "address", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x?uri=true"]
)
def test_a_store_that_is_no_file_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(BadInput, match="database_address"):
        open_centre(Settings(tmp_path / "c", address))
    assert not (tmp_path / "c").exists()


def test_a_password_in_any_place_is_hidden() -> None:
    for address in (
        "postgresql+psycopg://county:geheim@db/centre",
        "postgresql+psycopg://county@db/centre?password=geheim&sslpassword=geheim",
    ):
        assert "geheim" not in shown_address(address)


@contextmanager
def small_disk(where: Path, kilobytes: int) -> Iterator[None]:
    """A disk of its own that is soon full."""
    where.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(where)]
    if os.name == "nt" or os.geteuid() != 0 or subprocess.run(mount, check=False).returncode:  # noqa: S603
        pytest.skip("no disk can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(where)], check=True)  # noqa: S603, S607


@pytest.mark.parametrize("kilobytes", [64, 320, 560])
def test_a_full_disk_is_said_and_leaves_what_was_there(tmp_path: Path, kilobytes: int) -> None:
    home = tmp_path / "c"
    made(home)
    good = tmp_path / "bk"
    assert centre(home, "backup", str(good)).returncode == 0
    size = (good / "centre.sqlite").stat().st_size // 1024
    with small_disk(tmp_path / "disk", kilobytes):
        kept = tmp_path / "disk" / "bk"
        if kilobytes > size + 50:  # the first copy fits, the second does not
            assert centre(home, "backup", str(kept)).returncode == 0
            before = prove(kept)[0]
        done = centre(home, "backup", str(kept))
        assert (done.returncode, "满" in done.stderr) == (1, True), done.stdout + done.stderr
        assert done.stderr.count("\n") == 1
        if kilobytes > size + 50:
            assert prove(kept)[0] == before
        shutil.rmtree(kept)
        if kilobytes <= size:
            done = centre(tmp_path / "disk" / "r", "restore", str(good))
            assert (done.returncode, "满" in done.stderr) == (1, True), done.stdout + done.stderr
            assert centre(tmp_path / "disk" / "r", "check").returncode == 1


@pytest.mark.skipif(os.name == "nt", reason="rights are kept otherwise there")
@pytest.mark.parametrize("mask", [0, 0o077])
def test_what_is_restored_is_its_owners_only(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        made(tmp_path / "c")
        assert centre(tmp_path / "c", "backup", str(tmp_path / "bk")).returncode == 0
        restore(Settings(tmp_path / "d"), tmp_path / "bk", set_aside=False)
    finally:
        os.umask(before)
    for home in ("c", "d", "bk"):
        for path in [tmp_path / home, *(tmp_path / home).iterdir()]:
            wanted = 0o700 if path.is_dir() else 0o600
            assert stat.S_IMODE(path.stat().st_mode) == wanted, path
