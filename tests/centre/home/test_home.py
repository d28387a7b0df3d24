"""A centre's home knows its store and its key; a lost one is never replaced without a word."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import BadInput, StoreTrouble
from centre import home as homes
from centre.opening import open_centre
from centre.settings import Settings
from tests.rules.looking import ROOT
from tests.support.centre_process import running_centre

SITE = "松岭村学习点"


def centre(home: Path, *arguments: str, database: str = "") -> subprocess.CompletedProcess[str]:
    """The centre's command line, as a person uses it."""
    named = ["--database", database] if database else []
    around = {name: value for name, value in os.environ.items() if name != "YJ_CENTRE_DATABASE"}
    return subprocess.run(
        [sys.executable, "-m", "centre", "--home", str(home), *named, *arguments],
        cwd=ROOT,
        env=around | {"YJ_LANGUAGE": "zh"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_home_remembers_its_postgresql_store(
    tmp_path: Path, new_postgres: Callable[[], str]
) -> None:
    home, address = tmp_path / "c", new_postgres()
    made = centre(home, "enrol-code", "--site", SITE, "--create", "--json", database=address)
    assert made.returncode == 0, made.stderr
    again = centre(home, "enrol-code", "--site", SITE, "--json")
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["site"] == json.loads(made.stdout)["site"]
    assert not (home / "centre.sqlite").exists()
    assert stat.S_IMODE((home / homes.CONFIG).stat().st_mode) == 0o600


def test_another_database_than_the_remembered_one_is_refused(
    tmp_path: Path, new_postgres: Callable[[], str]
) -> None:
    home = tmp_path / "c"
    open_centre(Settings(home)).close()
    refused = centre(home, "stations", database=new_postgres())
    assert refused.returncode == 1
    assert "什么都没有改" in refused.stderr
    with pytest.raises(BadInput, match="other_database"):
        open_centre(Settings(home, f"sqlite:///{(tmp_path / 'b.sqlite').as_posix()}"))
    assert not (tmp_path / "b.sqlite").exists()


def test_a_password_is_shown_nowhere_and_does_not_make_another_database(tmp_path: Path) -> None:
    home = tmp_path / "c"
    home.mkdir()
    known = "postgresql+psycopg://county:geheim@db/centre"
    homes.remember(home, homes.Remembered("c-1", known))
    newer = known.replace("geheim", "anders")
    assert homes.settled(Settings(home, newer)).database == newer
    with pytest.raises(BadInput) as refused:
        homes.settled(Settings(home, "postgresql+psycopg://county:x7y@db/other"))
    assert not {"geheim", "x7y"} & set(str(refused.value).replace("@", ":").split(":"))


def test_an_old_home_that_lost_its_address_gets_no_second_store(
    tmp_path: Path, new_postgres: Callable[[], str]
) -> None:
    home, address = tmp_path / "c", new_postgres()
    assert centre(home, "init", database=address).returncode == 0
    (home / homes.CONFIG).unlink()  # as homes were before there was one
    refused = centre(home, "stations")
    assert refused.returncode == 1
    assert "--database" in refused.stderr
    assert not (home / "centre.sqlite").exists()
    assert centre(home, "stations", database=address).returncode == 0
    assert centre(home, "stations").returncode == 0, "from now on it is remembered"


@pytest.mark.parametrize("left", ["nothing", "empty file"])
def test_a_store_that_is_gone_is_not_begun_anew(tmp_path: Path, left: str) -> None:
    home = tmp_path / "c"
    open_centre(Settings(home)).close()
    store = home / "centre.sqlite"
    store.unlink()
    if left == "empty file":
        store.touch()
    for verb in ("stations", "init"):
        done = centre(home, verb)
        assert (done.returncode, "restore" in done.stderr) == (1, True), done.stderr
    assert not store.exists() or store.stat().st_size == 0
    key = (home / "centre.key").read_bytes()
    assert centre(home, "init", "--new-store").returncode == 0
    assert centre(home, "stations").returncode == 0
    assert (home / "centre.key").read_bytes() == key
    again = centre(home, "init", "--new-store")
    assert (again.returncode, "没有另建" in again.stderr) == (1, True), "it is there now"


def test_a_key_that_is_gone_is_not_replaced_without_a_word(tmp_path: Path, database: str) -> None:
    settings = Settings(tmp_path / "c", database)
    open_centre(settings).close()
    settings.key_file.unlink()
    for verb in (["stations"], ["init"], ["serve", "--port", "0"]):
        done = centre(settings.home, *verb)
        assert (done.returncode, "init --new-key" in done.stderr) == (1, True), done.stderr
        assert not settings.key_file.exists()
    assert centre(settings.home, "init", "--new-key").returncode == 0
    assert centre(settings.home, "stations").returncode == 0
    again = centre(settings.home, "init", "--new-key")
    assert (again.returncode, "没有另造" in again.stderr) == (1, True)


def test_a_new_home_on_a_used_database_is_not_given_a_key_of_its_own(
    tmp_path: Path, new_postgres: Callable[[], str]
) -> None:
    address = new_postgres()
    open_centre(Settings(tmp_path / "one", address)).close()
    with pytest.raises(StoreTrouble, match="key_missing"):
        open_centre(Settings(tmp_path / "two", address))
    assert not (tmp_path / "two" / "centre.key").exists()


def test_the_key_of_another_centre_is_refused(tmp_path: Path) -> None:
    one, two = Settings(tmp_path / "one"), Settings(tmp_path / "two")
    open_centre(one).close()
    open_centre(two).close()
    shutil.copy(two.key_file, one.key_file)
    with pytest.raises(StoreTrouble, match="key_of_another"):
        open_centre(one)
    shutil.copy(two.home / "centre.sqlite", one.home / "centre.sqlite")
    with pytest.raises(StoreTrouble, match="store_of_another"):
        open_centre(one)


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 40, b"database = 3", b"centre = ", b"\xff\xfe", b"[" * 60_000]
)
def test_a_broken_configuration_is_said(tmp_path: Path, content: bytes) -> None:
    home = tmp_path / "c"
    open_centre(Settings(home)).close()
    (home / homes.CONFIG).write_bytes(content)
    done = centre(home, "stations")
    assert done.returncode == 1
    assert "centre.toml" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "address", ["postgres://x/y", "mysql://x/y", "localhost/centre", "sqlite", "x" * 300]
)
def test_what_is_no_address_is_said_plainly(tmp_path: Path, address: str) -> None:
    done = centre(tmp_path / "c", "init", database=address)
    assert done.returncode == 1
    assert "postgresql+psycopg://" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "c" / "centre.key").exists()


def test_a_home_is_served_by_one_process_only(tmp_path: Path) -> None:
    with running_centre(tmp_path / "c") as first:
        second = centre(first.home, "serve", "--port", "0")
        assert (second.returncode, "已经在运行" in second.stderr) == (1, True), second.stderr
        assert centre(first.home, "stations").returncode == 0, "commands work beside it"


def test_a_home_whose_first_start_was_cut_off_is_begun_by_init(tmp_path: Path) -> None:
    home = tmp_path / "c"
    open_centre(Settings(home)).close()
    for name in (homes.CONFIG, "centre.sqlite"):
        (home / name).unlink()
    assert centre(home, "stations").returncode == 1
    assert centre(home, "init").returncode == 0
    assert centre(home, "stations").returncode == 0
