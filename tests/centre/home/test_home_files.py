"""The files of a centre's home: damaged, of another kind, at odd paths – told, or made anew."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text, update

from app.cli.main import main as station
from centre.commands.main import main
from centre.erasing.erasing import erase_person
from centre.opening import open_centre
from centre.settings import Settings
from centre.store.engine import SQLITE
from centre.store.tables import people
from centre.tls import first_certificate, make_certificate
from centre.words import say
from tests.centre.benches import Bench
from tests.centre.decisions.test_people_decide import add_person
from tests.support.centre_process import running_centre

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links and pipes are made here")


def _zeros(path: Path) -> None:
    path.write_bytes(bytes(64))


def _zero_digits(path: Path) -> None:
    path.write_text("0" * 64, encoding="ascii")


def _a_folder(path: Path) -> None:
    path.mkdir()


def _nowhere(path: Path) -> None:
    path.symlink_to("/nowhere/at/all")


def _bad_sector(path: Path) -> None:
    path.symlink_to("/proc/self/mem")


def _huge(path: Path) -> None:
    path.write_bytes(b"")
    os.truncate(path, 1 << 30)


DAMAGES = (_zeros, _zero_digits, _a_folder, _nowhere, _bad_sector, _huge)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", ["centre.key", "centre.age"])
def test_a_damaged_key_is_one_sentence_with_its_file_and_is_never_replaced(
    name: str, damage: Callable[[Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "centre"
    assert main(["--home", str(home), "enrol-code", "--site", "石门村", "--create"]) == 0
    open_centre(Settings(home)).close()
    (home / name).unlink(missing_ok=True)
    damage(home / name)
    capsys.readouterr()
    words = ["--home", str(home)]
    stick = tmp_path / "stick"
    stick.mkdir()
    words += ["init"] if name == "centre.key" else ["stick", str(stick)]
    assert main(words) == 1
    err = capsys.readouterr().err
    assert err == say("centre.key_broken", path=str(home / name)) + "\n"
    assert os.path.lexists(home / name)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_certificate_is_set_aside_and_made_anew(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / "centre.tls.pem"
    damage(path)
    make_certificate(path, 1_795_392_000_000)
    first = first_certificate(path)
    make_certificate(path, 1_795_392_000_000)
    assert first_certificate(path) == first, "a sound one stays"
    assert os.path.lexists(tmp_path / "centre.tls.pem.broken")


@pytest.mark.parametrize("damage", [_zeros, _nowhere, _bad_sector])
def test_what_lies_in_place_of_the_course_files_is_set_aside(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    damage(tmp_path / "media")
    open_centre(Settings(tmp_path)).close()
    assert (tmp_path / "media").is_dir()
    assert os.path.lexists(tmp_path / "media.broken")


def test_a_home_or_a_database_that_can_not_be_used_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a file"
    file.write_text("x", encoding="ascii")
    assert main(["--home", str(file), "init"]) == 1
    home = tmp_path / "centre"
    home.mkdir()
    (home / "centre.sqlite").write_bytes(b"no database at all" * 300)
    assert main(["--home", str(home), "init"]) == 1
    unusable, damaged = capsys.readouterr().err.splitlines()
    assert str(file) in unusable
    assert damaged == say("centre.store_damaged")
    assert (home / "centre.sqlite").read_bytes().startswith(b"no database")


def test_an_address_given_by_hand_still_goes_by_the_librarys_rules(tmp_path: Path) -> None:
    home = tmp_path / "c?x=1"
    assert main(["--home", str(home), "init"]) == 0
    assert (home / "centre.sqlite").is_file()
    assert not (tmp_path / "c").exists()
    other = f"sqlite:///{(tmp_path / 'other.sqlite').as_posix()}"
    open_centre(Settings(tmp_path / "second", database=other)).close()
    assert (tmp_path / "other.sqlite").is_file()


def test_an_erased_person_is_in_no_file_of_the_home_and_no_copy_made_before_an_upgrade(
    bench: Bench,
) -> None:
    if not bench.centre.store.is_sqlite:
        pytest.skip("a server's files are not in the centre's home")
    station = bench.station()
    add_person(bench, station, "x1", "欧阳旧名")
    with bench.centre.store.writing() as tx:
        tx.execute(update(people).where(people.c.id == "x1").values(name="欧阳新名"))
    home = bench.centre.settings.home
    copy = home / "centre.sqlite.before-0001"
    with bench.centre.store.reading() as tx:
        tx.execute(text("SELECT 1"))
    source, target = SQLITE.connect(home / "centre.sqlite"), SQLITE.connect(copy)
    source.backup(target)
    source.close()
    target.close()
    assert "欧阳新名".encode() in copy.read_bytes()
    erase_person(bench.centre, "x1", by="本人", reason="要求删除")
    left = [
        path.name
        for path in home.rglob("*")
        if path.is_file()
        and any(word.encode() in path.read_bytes() for word in ("欧阳旧名", "欧阳新名"))
    ]
    assert left == []


@pytest.mark.logs_warnings
def test_a_station_with_a_damaged_key_is_cured_by_the_command_that_was_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole way, with a real centre: damaged, told, enrolled anew, all facts confirmed."""
    home = tmp_path / "station"

    def run(*words: str) -> int:
        return station(["--home", str(home), *words], {"LANG": "en_GB"})

    with running_centre(tmp_path / "centre") as centre:
        assert run("enrol", centre.address, centre.enrol_code("石门村")) == 0
        assert run("session", "open", "--title", "one") == 0
        assert run("session", "mark", "--visitor", "老王") == 0
        assert run("sync", "--once") == 0
        (home / "keys" / "station.key").write_bytes(bytes(64))
        assert run("session", "mark", "--visitor", "老李") == 0
        capsys.readouterr()
        stick = tmp_path / "stick"
        stick.mkdir()
        assert run("sync", "--once") == 1
        assert run("stick", "export", str(stick)) == 1
        said = capsys.readouterr()
        assert said.err.count("K-591") == 2
        assert said.out == ""
        assert list(stick.iterdir()) == []
        assert run("doctor") == 0
        assert "✗ This PC's key or enrolment is damaged" in capsys.readouterr().out
        assert run("session", "close") == 0
        mine = json.loads((home / "keys" / "enrolment.json").read_text(encoding="utf-8"))
        told = json.loads(centre.command("enrol-code", "--station", mine["station"], "--json"))
        assert run("enrol", centre.address, told["code"]) == 0
        assert run("sync", "--once") == 0
        capsys.readouterr()
        assert run("status", "--json") == 0
        status = json.loads(capsys.readouterr().out)
        assert status["sync"]["facts"] == status["sync"]["confirmed"]
        assert status["notices"] == []
    assert (home / "keys" / "station.key.broken").read_bytes() == bytes(64)
