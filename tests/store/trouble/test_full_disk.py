"""A start on a full disk, or one that may only be read: said as what it is, nothing is repaired."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.bootstrap import open_station
from app.domain.errors import StoreTrouble
from tests.durability.lab.kernel import why_no_mounts
from tests.support.centre_process import ROOT
from tests.support.small_sessions import Confirmed, begin, shown, sign_in
from tests.support.stations import SetClock, station_at

_NO_MOUNTS = why_no_mounts()
pytestmark = [
    pytest.mark.skipif(_NO_MOUNTS is not None, reason=f"small disks: {_NO_MOUNTS}"),
    pytest.mark.logs_warnings,
]


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A disk of its own at ``place``, and the file somebody else fills it with."""

    place: Path

    def leave_kib(self, free: int) -> None:
        """Somebody's film takes everything but so much."""
        with (self.place / "film.mp4").open("wb", buffering=0) as film:
            try:
                while True:
                    film.write(bytes(1024))
            except OSError:
                film.truncate(max(0, film.tell() - free * 1024))
        os.sync()

    def make_room(self) -> None:
        """The film is deleted."""
        (self.place / "film.mp4").unlink()

    def remount(self, options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", str(self.place)], check=True)


@pytest.fixture(params=["tmpfs", "4096", "1024"])
def disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[SmallDisk]:
    """A disk of 6 MiB: in memory, and ext4 with large and with small blocks."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)]
    if request.param != "tmpfs":
        image = tmp_path / "image"
        image.write_bytes(b"")
        os.truncate(image, 8 << 20)
        if shutil.which("mkfs.ext4") is None:
            pytest.skip("needs e2fsprogs")
        subprocess.run(["mkfs.ext4", "-q", "-b", request.param, "-m", "0", str(image)], check=True)
        command = ["mount", "-o", "loop", str(image), str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"mounting is not allowed here: {done.stderr.strip()}")
    yield SmallDisk(place)
    subprocess.run(["umount", str(place)], check=True)


def _session(home: Path) -> Confirmed:
    with station_at(home) as opened:
        done = sign_in(opened, begin(opened), 0, 1, 2)
        opened.station.tools.store.backup_today(again=True)
    return done


def _command(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own: a disk without room may end it without a word."""
    return subprocess.run(
        [sys.executable, "-m", "app", "--home", str(home), *words],
        cwd=ROOT,
        env=os.environ | {"LANG": "en_GB", "LC_ALL": "", "LC_MESSAGES": "", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_full_disk_at_the_start_is_said_and_harms_nothing_and_ends_with_its_cause(
    disk: SmallDisk,
) -> None:
    home = disk.place / "home"
    confirmed = _session(home)
    for free in (0, 8, 24):
        disk.leave_kib(free)
        done = _command(home, "status")
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), (free, done.stderr)
        assert "K-101" in done.stderr
        assert not (home / "damaged").exists(), "a sound store is not taken for a damaged one"
    disk.make_room()
    opened = open_station(home, clock=SetClock())
    try:
        assert opened.station.today.overview().notices == ()
        assert shown(opened, confirmed.session) == set(confirmed.marks)
        sign_in(opened, confirmed.session, 3)
    finally:
        opened.close()


def _trouble(home: Path) -> str:
    """The key of what keeps a home from opening; empty when it opens."""
    try:
        open_station(home, clock=SetClock()).close()
    except StoreTrouble as trouble:
        return trouble.key
    return ""


def test_a_new_home_on_a_full_disk_is_not_called_an_upgrade_that_failed(disk: SmallDisk) -> None:
    for free in (0, 8, 60, 90):
        disk.leave_kib(free)
        home = disk.place / f"home {free}"
        allowed = {"trouble.store_full"} if free < 60 else {"trouble.store_full", ""}
        assert _trouble(home) in allowed
        assert not (home / "damaged").exists()
        disk.make_room()
        assert _trouble(home) == ""


def test_a_store_that_may_only_be_read_is_not_repaired_when_it_can_be_written_again(
    disk: SmallDisk,
) -> None:
    home = disk.place / "home"
    confirmed = _session(home)
    frozen = subprocess.run(
        ["chattr", "+i", str(home / "station.db")], capture_output=True, check=False
    )
    if frozen.returncode != 0:
        pytest.skip("this disk can't make a file read-only for root")
    try:
        assert _trouble(home) == "trouble.store_read_only"
        assert _trouble(home) == "trouble.store_read_only"
    finally:
        subprocess.run(["chattr", "-i", str(home / "station.db")], check=True)
    opened = open_station(home, clock=SetClock())
    try:
        assert opened.station.today.overview().notices == ()
        assert shown(opened, confirmed.session) == set(confirmed.marks)
    finally:
        opened.close()
    assert not (home / "damaged").exists()


def test_a_disk_that_may_only_be_read_has_its_own_sentence_and_nothing_is_repaired(
    disk: SmallDisk,
) -> None:
    home = disk.place / "home"
    confirmed = _session(home)
    disk.remount("ro")
    try:
        done = _command(home, "status")
    finally:
        disk.remount("rw")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "K-118" in done.stderr
    opened = open_station(home, clock=SetClock())
    try:
        assert opened.station.today.overview().notices == ()
        assert shown(opened, confirmed.session) == set(confirmed.marks)
    finally:
        opened.close()
    assert not (home / "damaged").exists()
