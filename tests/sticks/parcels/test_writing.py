"""Writing onto a stick: whole and read back or not there, and sticks that lie are found out."""

from __future__ import annotations

import errno
import hashlib
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.wire.sticks.folder import HAS_HANDLES, Folder, open_stick
from app.wire.sticks.layout import TOP, UP
from app.wire.sticks.looking import Look, Unfit, read_part, stream
from app.wire.sticks.troubles import StickTrouble
from app.wire.sticks.writing import holds, place_on, put
from tests.sticks.parts import STATION, lay

CONTENT = random.Random(1).randbytes(300_000)
NAME = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(params=[True, False] if HAS_HANDLES else [False], ids=lambda one: f"handles-{one}")
def stick(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Folder]:
    """A stick, by directory handles and as on systems that have none."""
    with open_stick(tmp_path, by_handle=request.param) as opened:
        yield opened


def there(stick: Folder) -> list[str]:
    return sorted(one.name for one in (stick.path / TOP / UP / STATION).iterdir())


def test_a_file_is_whole_under_its_name_and_is_not_written_twice(stick: Folder) -> None:
    with place_on(stick, UP, STATION) as folder:
        assert put(folder, NAME, (CONTENT[:7], CONTENT[7:]))
        written = folder.stat(NAME)
        assert not put(folder, NAME, (CONTENT,))
        assert folder.stat(NAME) == written
        assert read_part(folder, NAME) == CONTENT
    assert there(stick) == [NAME]


def test_what_lies_there_broken_under_a_name_is_replaced(stick: Folder) -> None:
    lay(stick.path, UP, STATION, CONTENT[:100], NAME)
    with place_on(stick, UP, STATION) as folder:
        assert put(folder, NAME, (CONTENT,))
        assert holds(folder, NAME)


def test_drafts_of_a_killed_writer_are_removed_and_nothing_else(stick: Folder) -> None:
    lay(stick.path, UP, STATION, b"half", "tmp-0123456789abcdef")
    lay(stick.path, UP, STATION, b"not ours", "tmp-notours")
    with place_on(stick, UP, STATION):
        assert there(stick) == ["tmp-notours"]


@pytest.mark.parametrize(
    "lie",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content[: len(content) // 2] + bytes(len(content) - len(content) // 2),
        lambda content: content[len(content) // 2 :] * 2,
    ],
    ids=["cut off", "zeroes", "wrapped around"],
)
def test_a_stick_of_false_capacity_is_found_out_and_leaves_no_part(
    lie: Callable[[bytes], bytes], stick: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def lying(old: str, new: str, **where: int | None) -> None:
        real(old, new, **where)
        target = stick.path / TOP / UP / STATION / Path(new).name
        target.write_bytes(lie(target.read_bytes()))

    monkeypatch.setattr(os, "replace", lying)
    with place_on(stick, UP, STATION) as folder:
        with pytest.raises(StickTrouble, match="false_capacity"):
            put(folder, NAME, (CONTENT,))
        assert there(stick) == []


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "stick.full"),
        (errno.EROFS, "stick.read_only"),
        (errno.EIO, "stick.gone"),
        (errno.ENODEV, "stick.gone"),
    ],
)
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_what_the_system_says_becomes_one_plain_trouble(
    number: int, key: str, call: str, stick: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place_on(stick, UP, STATION) as folder:

        def failing(*_: object, **__: object) -> None:
            raise OSError(number, "no")

        monkeypatch.setattr(os, call, failing)
        with pytest.raises(StickTrouble) as told:
            put(folder, NAME, (CONTENT,))
        assert told.value.key == key
    assert there(stick) == []


@pytest.mark.parametrize("place", [TOP, f"{TOP}/{UP}", f"{TOP}/{UP}/{STATION}"])
@pytest.mark.parametrize("lead", ["link", "file"])
def test_nothing_is_written_through_a_link_or_a_file_that_has_a_folders_name(
    place: str, lead: str, stick: Folder
) -> None:
    outside = stick.path / "outside"
    outside.mkdir()
    target = stick.path / place
    target.parent.mkdir(parents=True, exist_ok=True)
    if lead == "link":
        target.symlink_to(outside, target_is_directory=True)
    else:
        target.write_text("x")
    with pytest.raises(StickTrouble, match="strange_folder"), place_on(stick, UP, STATION):
        pass
    assert list(outside.iterdir()) == []


def test_a_stick_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for name in ("nothing", "file", "a\0b"):
        for by_handle in {HAS_HANDLES, False}:
            with pytest.raises(StickTrouble, match="not_there"):
                open_stick(tmp_path / name, by_handle=by_handle)


def test_a_file_that_changes_while_it_is_read_is_refused(stick: Folder) -> None:
    content = b"a" * (1 << 20)
    name = lay(stick.path, UP, STATION, content)
    path = stick.path / TOP / UP / STATION / name

    def grow() -> None:
        path.write_bytes(content + b"b")

    def shrink() -> None:
        path.write_bytes(content[: 300 * 1024])

    def rewrite() -> None:
        path.write_bytes(b"c" * len(content))
        os.utime(path, ns=(0, 0))

    for change in (grow, shrink, rewrite):
        path.write_bytes(content)
        with stick.into(TOP, UP, STATION) as folder:
            assert folder is not None
            chunks = stream(folder, name, 2 << 20)
            assert next(chunks)
            change()
            with pytest.raises(Unfit, match="changed"):
                list(chunks)


def test_a_link_to_a_stations_folder_is_not_followed(stick: Folder) -> None:
    real = stick.path / "elsewhere"
    real.mkdir()
    (real / NAME).write_bytes(CONTENT)
    ways = stick.path / TOP / UP
    ways.mkdir(parents=True)
    (ways / STATION).symlink_to(real, target_is_directory=True)
    look = Look()
    assert look.stations(stick, UP) == (STATION,)
    with look.station(stick, UP, STATION) as folder:
        assert folder is None
    assert look.refused == {"kind": 1}
