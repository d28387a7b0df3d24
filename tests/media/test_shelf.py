"""Course files: received piece by piece, whole only when verified, whatever happens in between."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from app.areas.courses.course import PIECE_BYTES, CourseFile
from app.domain.errors import LinkTrouble, MediaTrouble
from app.media.shelf import DiskShelf
from tests.support.stations import file_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def film(tmp_path: Path) -> tuple[bytes, CourseFile]:
    """Three whole pieces and a short one."""
    return film_of(tmp_path, 3 * PIECE_BYTES + 12_345)


def film_of(tmp_path: Path, size: int) -> tuple[bytes, CourseFile]:
    """Random bytes and their identity."""
    data = random.Random(size).randbytes(size)
    path = tmp_path / "original.mp4"
    path.write_bytes(data)
    return data, file_of(path)


def chunks_of(data: bytes, size: int = 100_000) -> Iterator[bytes]:
    """The bytes as a line brings them."""
    for at in range(0, len(data), size):
        yield data[at : at + size]


def broken_line(data: bytes) -> Iterator[bytes]:
    """A line that breaks after ``data``."""
    yield from chunks_of(data)
    raise LinkTrouble("link.offline")


def test_a_file_received_at_once_is_whole(tmp_path: Path, film: tuple[bytes, CourseFile]) -> None:
    data, file = film
    shelf = DiskShelf(tmp_path / "media")
    assert (shelf.whole(file), shelf.have_bytes(file), shelf.resume_at(file)) == (None, 0, 0)
    shelf.receive(file, chunks_of(data), 0)
    path = shelf.whole(file)
    assert path is not None
    assert path.read_bytes() == data
    assert path.suffix == ".mp4"
    assert shelf.have_bytes(file) == len(data)
    assert sorted(one.suffix for one in (tmp_path / "media").iterdir()) == [".mp4", ".whole"]


@pytest.mark.parametrize("cut", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, 2 * PIECE_BYTES + 7])
def test_a_broken_line_goes_on_at_a_piece(
    cut: int, tmp_path: Path, film: tuple[bytes, CourseFile]
) -> None:
    data, file = film
    with pytest.raises(LinkTrouble):
        DiskShelf(tmp_path / "media").receive(file, broken_line(data[:cut]), 0)
    shelf = DiskShelf(tmp_path / "media")
    start = shelf.resume_at(file)
    assert start == cut // PIECE_BYTES * PIECE_BYTES == shelf.have_bytes(file)
    assert shelf.whole(file) is None
    shelf.receive(file, chunks_of(data[start:]), start)
    path = shelf.whole(file)
    assert path is not None
    assert path.read_bytes() == data


@pytest.mark.parametrize("size", [2 * PIECE_BYTES, 2 * PIECE_BYTES + 5, PIECE_BYTES, 7])
def test_a_line_that_breaks_after_the_last_byte_leaves_something_to_ask_for(
    size: int, tmp_path: Path
) -> None:
    """No centre can answer a question for the bytes after the end."""
    data, file = film_of(tmp_path, size)
    with pytest.raises(LinkTrouble):
        DiskShelf(tmp_path / "media").receive(file, broken_line(data), 0)
    shelf = DiskShelf(tmp_path / "media")
    start = shelf.resume_at(file)
    assert start < size
    shelf.receive(file, chunks_of(data[start:]), start)
    assert shelf.whole(file) is not None


def test_a_wrong_piece_is_refused_and_the_good_ones_stay(
    tmp_path: Path, film: tuple[bytes, CourseFile]
) -> None:
    data, file = film
    wrong = bytearray(data)
    wrong[2 * PIECE_BYTES + 100] ^= 1
    shelf = DiskShelf(tmp_path / "media")
    with pytest.raises(MediaTrouble) as refused:
        shelf.receive(file, chunks_of(bytes(wrong)), 0)
    assert refused.value.key == "media.broken"
    assert shelf.resume_at(file) == 2 * PIECE_BYTES
    shelf.receive(file, chunks_of(data[2 * PIECE_BYTES :]), 2 * PIECE_BYTES)
    assert shelf.whole(file) is not None


def test_more_bytes_than_the_file_has_are_refused(
    tmp_path: Path, film: tuple[bytes, CourseFile]
) -> None:
    data, file = film
    shelf = DiskShelf(tmp_path / "media")
    with pytest.raises(MediaTrouble):
        shelf.receive(file, chunks_of(data + bytes(PIECE_BYTES)), 0)
    assert shelf.whole(file) is None


def received(tmp_path: Path, film: tuple[bytes, CourseFile]) -> Path:
    """A whole file on a shelf."""
    data, file = film
    shelf = DiskShelf(tmp_path / "media")
    shelf.receive(file, chunks_of(data), 0)
    path = shelf.whole(file)
    assert path is not None
    return path


@pytest.mark.parametrize("again", [True, False], ids=["same run", "next run"])
def test_a_changed_or_truncated_file_is_found_and_fetched_again(
    again: bool, tmp_path: Path, film: tuple[bytes, CourseFile]
) -> None:
    data, file = film
    path = received(tmp_path, film)
    shelf = DiskShelf(tmp_path / "media")
    if again:
        assert shelf.whole(file) == path
    changed = bytearray(data)
    changed[500] ^= 0xFF
    path.write_bytes(changed)
    os.utime(path, ns=(1, 1))
    assert shelf.whole(file) is None
    assert shelf.have_bytes(file) == len(data) - PIECE_BYTES, "what still fits stays"
    assert shelf.gap(file) == (0, PIECE_BYTES), "only the changed piece is asked for"
    shelf.receive(file, chunks_of(data[:PIECE_BYTES]), 0)
    assert shelf.whole(file) == path
    path.write_bytes(data[:-1])
    assert shelf.whole(file) is None
    assert shelf.have_bytes(file) < len(data), "a cut file must be fetched again"
    start = shelf.resume_at(file)
    assert start == 3 * PIECE_BYTES
    shelf.receive(file, chunks_of(data[start:]), start)
    path_again = shelf.whole(file)
    assert path_again == path
    assert path.read_bytes() == data


def test_a_touched_but_unchanged_file_stays(tmp_path: Path, film: tuple[bytes, CourseFile]) -> None:
    path = received(tmp_path, film)
    os.utime(path, ns=(1, 1))
    assert DiskShelf(tmp_path / "media").whole(film[1]) == path


def test_a_part_file_that_lost_its_end_counts_for_less(
    tmp_path: Path, film: tuple[bytes, CourseFile]
) -> None:
    data, file = film
    shelf = DiskShelf(tmp_path / "media")
    with pytest.raises(LinkTrouble):
        shelf.receive(file, broken_line(data[: 3 * PIECE_BYTES]), 0)
    part = next((tmp_path / "media").glob("*.part"))
    os.truncate(part, 2 * PIECE_BYTES - 1)
    assert shelf.resume_at(file) == PIECE_BYTES
    shelf.receive(file, chunks_of(data[PIECE_BYTES:]), PIECE_BYTES)
    assert shelf.whole(file) is not None


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..", "a" * 63, "A" * 64, "a" * 63 + "/", "a" * 65, "", "CON"]
)
def test_names_from_outside_never_become_paths(
    name: str, tmp_path: Path, film: tuple[bytes, CourseFile]
) -> None:
    hostile = replace(film[1], sha256=name)
    shelf = DiskShelf(tmp_path / "media")
    before = set(tmp_path.rglob("*"))
    for act in (
        lambda: shelf.whole(hostile),
        lambda: shelf.have_bytes(hostile),
        lambda: shelf.resume_at(hostile),
        lambda: shelf.receive(hostile, iter((b"x",)), 0),
        lambda: shelf.discard(hostile),
    ):
        with pytest.raises(MediaTrouble):
            act()
    assert set(tmp_path.rglob("*")) == before


def test_a_strange_suffix_is_not_taken_over(tmp_path: Path, film: tuple[bytes, CourseFile]) -> None:
    data, file = film
    hostile = replace(file, suffix="/../../x.exe")
    shelf = DiskShelf(tmp_path / "media")
    shelf.receive(hostile, chunks_of(data), 0)
    path = shelf.whole(hostile)
    assert path is not None
    assert (path.parent, path.suffix) == (tmp_path / "media", ".bin")


@contextmanager
def _no_growth_beyond(limit_bytes: int) -> Iterator[None]:
    resource = pytest.importorskip("resource", reason="file size limits are POSIX's")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_is_full_in_the_middle_of_a_piece_keeps_the_whole_ones(
    tmp_path: Path, film: tuple[bytes, CourseFile]
) -> None:
    data, file = film
    shelf = DiskShelf(tmp_path / "media")
    with _no_growth_beyond(2 * PIECE_BYTES + 4_096), pytest.raises(MediaTrouble) as refused:
        shelf.receive(file, chunks_of(data), 0)
    assert refused.value.key == "media.disk_full"
    start = shelf.resume_at(file)
    assert start == 2 * PIECE_BYTES
    shelf.receive(file, chunks_of(data[start:]), start)
    assert shelf.whole(file) is not None


def test_a_short_write_at_the_end_of_the_disk_is_not_taken_for_a_piece(
    tmp_path: Path, film: tuple[bytes, CourseFile]
) -> None:
    """The disk takes half of the last piece, and the line ends before the next write fails."""
    data, file = film_of(tmp_path, 2 * PIECE_BYTES)
    shelf = DiskShelf(tmp_path / "media")
    with _no_growth_beyond(PIECE_BYTES + 4_096), pytest.raises(MediaTrouble) as refused:
        shelf.receive(file, chunks_of(data), 0)
    assert refused.value.key == "media.disk_full"
    assert shelf.resume_at(file) == PIECE_BYTES


CHILD = textwrap.dedent(
    """
    import random, sys
    from pathlib import Path
    from app.areas.courses.course import PIECE_BYTES
    from app.media.shelf import DiskShelf
    from tests.support.stations import file_of

    source, media = Path(sys.argv[1]), Path(sys.argv[2])
    data, file, shelf = source.read_bytes(), file_of(source), DiskShelf(media)
    start = shelf.resume_at(file)
    def chunks():
        for at in range(start, len(data), 50_000):
            print(at, flush=True)
            yield data[at : at + 50_000]
    shelf.receive(file, chunks(), start)
    print("whole", flush=True)
    """
)


def test_kills_between_pieces_only_cost_the_piece_in_flight(tmp_path: Path) -> None:
    chance = random.Random(7)
    data, file = film_of(tmp_path, 3 * PIECE_BYTES + 99)
    media = tmp_path / "media"
    reached = 0
    for _ in range(30):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(tmp_path / "original.mp4"), str(media)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        first = child.stdout.readline()
        if first.startswith("whole"):  # all of it had come before the kill
            child.communicate()
            break
        begun = int(first)
        assert begun >= reached - PIECE_BYTES, "verified pieces were fetched again"
        assert begun % PIECE_BYTES == 0
        lines = [child.stdout.readline() for _ in range(chance.randrange(10, 45))]
        child.kill()
        lines += child.stdout.read().splitlines()
        child.stdout.close()
        child.wait()
        reached = DiskShelf(media).resume_at(file)
        if any(line.startswith("whole") for line in lines):
            break
    path = DiskShelf(media).whole(file)
    assert path is not None
    assert path.read_bytes() == data


def test_a_file_from_elsewhere_on_the_pc_is_verified_like_any_other(
    tmp_path: Path, film: tuple[bytes, CourseFile]
) -> None:
    shelf = DiskShelf(tmp_path / "media")
    shelf.import_file(film[1], tmp_path / "original.mp4")
    assert shelf.whole(film[1]) is not None
    (tmp_path / "other.mp4").write_bytes(b"something else")
    other = DiskShelf(tmp_path / "elsewhere")
    with pytest.raises(MediaTrouble):
        other.import_file(film[1], tmp_path / "other.mp4")
    assert other.whole(film[1]) is None
    assert shelf.free_bytes() > 0
