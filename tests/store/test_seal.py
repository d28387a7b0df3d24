"""The seal of a closed store, and the checksum that is read beside the loading of the program."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.store import seal
from app.store.seal import Checksum, put_seal, seal_is_broken
from tests.support.stations import station_at


def sealed(folder: Path) -> Path:
    """A file as a tidy end leaves it."""
    store = folder / "station.db"
    store.write_bytes(b"a record" * 1000)
    put_seal(store)
    return store


def rot(store: Path) -> None:
    """One byte changes, and nothing of what the system knows of the file but its moment."""
    whole = bytearray(store.read_bytes())
    whole[100] ^= 1
    store.write_bytes(bytes(whole))


def test_a_checksum_read_before_judges_the_file_as_one_read_now(tmp_path: Path) -> None:
    store = sealed(tmp_path)
    assert not seal_is_broken(store, Checksum(store))
    rot(store)
    assert seal_is_broken(store, Checksum(store))


def test_what_changed_after_it_was_read_is_read_again(tmp_path: Path) -> None:
    store = sealed(tmp_path)
    checksum = Checksum(store)
    checksum.now()
    rot(store)
    assert seal_is_broken(store, checksum)


def test_another_file_in_its_place_is_read_again(tmp_path: Path) -> None:
    store = sealed(tmp_path)
    checksum = Checksum(store)
    checksum.now()
    found = store.stat()
    other = tmp_path / "other.db"
    other.write_bytes(b"b record" * 1000)
    os.utime(other, ns=(found.st_atime_ns, found.st_mtime_ns))
    os.replace(other, store)
    assert seal_is_broken(store, checksum)


def test_it_is_read_on_a_thread_of_its_own_and_not_again_at_a_close_without_a_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = sealed(tmp_path)
    checksum = Checksum(store)
    checksum.now()
    monkeypatch.setattr(seal, "_stamp", None)  # reading it once more would fail
    assert not seal_is_broken(store, checksum)
    put_seal(store, checksum)


@pytest.mark.parametrize("lies_there", ["nothing", "a folder", "a pipe", "no seal"])
def test_without_a_file_to_judge_nothing_is_read(lies_there: str, tmp_path: Path) -> None:
    store = tmp_path / "station.db"
    if lies_there == "a folder":
        store.mkdir()
    elif lies_there == "a pipe":
        os.mkfifo(store)
    elif lies_there == "no seal":
        store.write_bytes(b"a record")
    assert not seal_is_broken(store, Checksum(store))


def test_a_station_that_wrote_is_sealed_by_what_it_wrote(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with station_at(home):
        pass
    store = home / "station.db"
    with station_at(home) as opened, opened.station.tools.store.begin() as work:
        work.keep_setting("some", "word")
    assert not seal_is_broken(store)
    rot(store)
    assert seal_is_broken(store)
