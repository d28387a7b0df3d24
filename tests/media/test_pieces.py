"""Nothing that came is thrown away: kills, torn side files, cuts inside a piece, single bad pieces."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import textwrap
import threading
import tracemalloc
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import pytest

from app.areas.courses.course import PIECE_BYTES, CourseFile
from app.domain.errors import LinkTrouble, MediaTrouble
from app.media.shelf import DiskShelf
from tests.media.test_shelf import ROOT, broken_line, chunks_of, film_of

SPOILS = {
    "lost": None,
    "empty": b"",
    "torn": b'{"pieces": 1e9',
    "zeros": bytes(40),
    "nonsense": b'["a", {}]',
    "too much": b'{"pieces": 999999999999999999999}',
    "other": b'{"pieces": "x", "runs": [[1]]}',
}


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return tmp_path / "media"


@pytest.fixture
def film(tmp_path: Path) -> tuple[bytes, CourseFile]:
    """Six whole pieces and a short one."""
    return film_of(tmp_path, 6 * PIECE_BYTES + 12_345)


def only(media: Path, suffix: str) -> Path:
    return next(media.glob(f"*{suffix}"))


@pytest.mark.parametrize("spoilt", SPOILS)
def test_a_side_file_that_is_lost_or_torn_costs_no_bytes(
    spoilt: str, media: Path, film: tuple[bytes, CourseFile]
) -> None:
    data, file = film
    with pytest.raises(LinkTrouble):
        DiskShelf(media).receive(file, broken_line(data[: 5 * PIECE_BYTES + 10]), 0)
    side, spoil = only(media, ".pieces"), SPOILS[spoilt]
    side.unlink() if spoil is None else side.write_bytes(spoil)
    shelf, seen = DiskShelf(media), list[int]()
    assert shelf.gap(file, seen=seen.append) == (5 * PIECE_BYTES, len(data))
    if spoilt != "too much":  # which the length of the part file holds down by itself
        assert seen[:2] == [PIECE_BYTES, 2 * PIECE_BYTES], "it is said how far the looking is"
    assert DiskShelf(media).have_bytes(file) == 5 * PIECE_BYTES, "and kept"
    shelf.receive(file, chunks_of(data[5 * PIECE_BYTES :]), 5 * PIECE_BYTES)
    path = shelf.whole(file)
    assert path is not None
    assert path.read_bytes() == data


def test_looking_through_can_be_stopped_and_goes_on(
    media: Path, film: tuple[bytes, CourseFile]
) -> None:
    data, file = film
    with pytest.raises(LinkTrouble):
        DiskShelf(media).receive(file, broken_line(data[: 5 * PIECE_BYTES]), 0)
    only(media, ".pieces").unlink()
    shelf, seen = DiskShelf(media), list[int]()
    shelf.gap(file, stop=lambda: len(seen) >= 2, seen=seen.append)
    assert shelf.have_bytes(file) == 2 * PIECE_BYTES
    assert shelf.gap(file) == (5 * PIECE_BYTES, len(data))


def test_the_side_file_is_never_half_written(media: Path, tmp_path: Path) -> None:
    """Whoever looks at it at any moment finds it whole."""
    data, file = film_of(tmp_path, 40 * PIECE_BYTES)
    shelf, over, said = DiskShelf(media), threading.Event(), list[int]()

    def look() -> None:
        while not over.is_set():
            for path in media.glob("*.pieces"):
                said.append(json.loads(path.read_bytes())["pieces"])

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        with pytest.raises(LinkTrouble):
            shelf.receive(file, broken_line(data[:-1]), 0)
    finally:
        over.set()
        watcher.join()
    said.append(json.loads(only(media, ".pieces").read_bytes())["pieces"])
    assert said == sorted(said)
    assert said[-1] == 39


def test_a_cut_goes_on_inside_the_piece(media: Path, film: tuple[bytes, CourseFile]) -> None:
    data, file = film
    shelf, asked = DiskShelf(media), list[int]()
    chance = random.Random(3)
    while (found := shelf.gap(file)) is not None:
        asked.append(found[0])
        cut = found[0] + chance.randrange(200_000, 900_000)
        with pytest.raises(LinkTrouble):
            shelf.receive(file, broken_line(data[found[0] : cut]), found[0])
    assert asked == sorted(set(asked)), "each try began where the last was cut"
    assert any(start % PIECE_BYTES for start in asked)
    path = shelf.whole(file)
    assert path is not None
    assert path.read_bytes() == data


def test_a_piece_that_was_cut_and_went_on_wrong_is_fetched_whole(
    media: Path, film: tuple[bytes, CourseFile]
) -> None:
    data, file = film
    shelf = DiskShelf(media)
    with pytest.raises(LinkTrouble):
        shelf.receive(file, broken_line(bytes(1_000)), 0)
    assert shelf.gap(file) == (1_000, len(data))
    with pytest.raises(MediaTrouble):
        shelf.receive(file, chunks_of(data[1_000:]), 1_000)
    assert shelf.gap(file) == (0, PIECE_BYTES)


def test_a_bad_piece_is_asked_for_alone(media: Path, film: tuple[bytes, CourseFile]) -> None:
    data, file = film
    wrong = bytearray(data)
    for place in (1, 4):
        wrong[place * PIECE_BYTES + 7] ^= 1
    shelf = DiskShelf(media)
    with pytest.raises(MediaTrouble) as refused:
        shelf.receive(file, chunks_of(bytes(wrong)), 0)
    assert (refused.value.key, refused.value.values["again"]) == ("media.broken", False)
    for place in (1, 4):
        start, end = place * PIECE_BYTES, (place + 1) * PIECE_BYTES
        assert shelf.gap(file) == (start, end)
        shelf.receive(file, chunks_of(data[start:end]), start)
    assert shelf.whole(file) is not None


def test_a_piece_that_always_comes_in_the_same_way_wrong_is_told_apart(
    media: Path, film: tuple[bytes, CourseFile]
) -> None:
    data, file = film
    shelf, chance = DiskShelf(media), random.Random(1)
    for _ in range(12):
        piece = bytearray(data[:PIECE_BYTES])
        piece[chance.randrange(PIECE_BYTES)] ^= 1
        with pytest.raises(MediaTrouble) as by_the_line:
            shelf.receive(file, chunks_of(bytes(piece)), 0)
        assert by_the_line.value.values["again"] is False
    rotten = bytes(PIECE_BYTES)
    said = []
    for _ in range(4):
        with pytest.raises(MediaTrouble) as refused:
            shelf.receive(file, chunks_of(rotten), 0)
        said.append(refused.value.values["again"])
    assert said == [False, False, False, True]


def test_what_is_not_this_file_is_given_up_soon(media: Path, tmp_path: Path) -> None:
    _data, file = film_of(tmp_path, 40 * PIECE_BYTES)
    taken = 0

    def nonsense() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(40):
            taken += 1
            yield bytes(PIECE_BYTES)

    with pytest.raises(MediaTrouble):
        DiskShelf(media).receive(file, nonsense(), 0)
    assert taken < 30


def test_what_was_set_aside_as_broken_gives_what_still_fits(
    media: Path, film: tuple[bytes, CourseFile]
) -> None:
    data, file = film
    shelf = DiskShelf(media)
    shelf.receive(file, chunks_of(data), 0)
    path = shelf.whole(file)
    assert path is not None
    with path.open("r+b") as opened:
        opened.seek(3 * PIECE_BYTES)
        opened.write(b"rotten")
    shelf.discard(file)
    assert shelf.have_bytes(file) == 0
    assert shelf.gap(file) == (3 * PIECE_BYTES, 4 * PIECE_BYTES)
    assert not tuple(media.glob("*.broken"))


CHILD = textwrap.dedent(
    """
    import json, sys
    from pathlib import Path
    from app.media.shelf import DiskShelf
    from app.areas.courses.course import CourseFile

    source, media = Path(sys.argv[1]), Path(sys.argv[2])
    sha256, size, pieces, suffix = json.loads(Path(sys.argv[3]).read_text())
    file, data, shelf = CourseFile(sha256, size, tuple(pieces), suffix), source.read_bytes(), DiskShelf(media)
    start = shelf.resume_at(file)
    def chunks():
        for at in range(start, len(data), 200_000):
            print(at, flush=True)
            yield data[at : at + 200_000]
    shelf.receive(file, chunks(), start)
    print("whole", flush=True)
    """
)


def test_kills_at_any_moment_cost_four_mebibytes_at_most(media: Path, tmp_path: Path) -> None:
    chance = random.Random(11)
    data, file = film_of(tmp_path, 24 * PIECE_BYTES + 99)
    said = tmp_path / "file.json"
    said.write_text(json.dumps(astuple(file)))
    reached = kills = 0
    while kills < 16:
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(tmp_path / "original.mp4"), str(media), str(said)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        lines = [child.stdout.readline()]
        begun = int(lines[0])
        assert begun >= reached - 4 * PIECE_BYTES, "more than 4 MiB were sent again"
        lines += [child.stdout.readline() for _ in range(chance.randrange(1, 20))]
        child.kill()
        lines += child.stdout.read().splitlines()
        child.stdout.close()
        child.wait()
        sent = [int(line) for line in lines if line.strip().isdecimal()]
        sure = _said_by_side(media)
        assert DiskShelf(media).have_bytes(file) == sure, "what was written down is believed"
        assert DiskShelf(media).resume_at(file) >= min(sure, len(data) - PIECE_BYTES)
        reached = sent[-1]
        kills += 1
        if any(media.glob("*.mp4")):
            reached = 0
            for path in media.iterdir():
                path.unlink()
    shelf = DiskShelf(media)
    start = shelf.resume_at(file)
    shelf.receive(file, chunks_of(data[start:]), start)
    whole = shelf.whole(file)
    assert whole is not None
    assert whole.read_bytes() == data


def _said_by_side(media: Path) -> int:
    """Bytes the side file vouches for; the whole file counts as all of it."""
    for path in media.glob("*.mp4"):
        return path.stat().st_size
    return sum(
        json.loads(path.read_bytes())["pieces"] * PIECE_BYTES for path in media.glob("*.pieces")
    )


def test_memory_stays_flat_however_long_the_file(media: Path, tmp_path: Path) -> None:
    _data, file = film_of(tmp_path, 48 * PIECE_BYTES)
    source = (tmp_path / "original.mp4").open("rb")
    place = memoryview(bytearray(PIECE_BYTES))

    def read() -> Iterator[memoryview]:
        while count := source.readinto(place):
            yield place[:count]

    tracemalloc.start()
    DiskShelf(media).receive(file, read(), 0)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    source.close()
    assert most < 8 * PIECE_BYTES


def test_only_files_of_ours_that_no_course_needs_are_swept(
    media: Path, film: tuple[bytes, CourseFile]
) -> None:
    data, file = film
    shelf = DiskShelf(media)
    shelf.receive(file, chunks_of(data), 0)
    dead = ["a" * 64 + end for end in (".mp4", ".part", ".pieces", ".broken", ".whole.draft")]
    kept = ["notes.txt", "a" * 63 + ".mp4", "a" * 64 + ".exe", "A" * 64 + ".mp4"]
    for name in (*dead, *kept, file.sha256 + ".broken"):
        (media / name).write_bytes(b"12345")
    (media / ("b" * 64 + ".mp4")).mkdir()
    needed = frozenset({file.sha256})
    assert shelf.dead(needed) == {"a" * 64: 25, file.sha256: 5}
    assert shelf.sweep(needed) == {"a" * 64: 25, file.sha256: 5}
    left = {path.name for path in media.iterdir()}
    assert left == {*kept, file.sha256 + ".mp4", file.sha256 + ".whole", "b" * 64 + ".mp4"}
    assert shelf.whole(file) is not None
    assert set(shelf.sweep(frozenset())) == {file.sha256}
    assert {path.name for path in media.iterdir()} == {*kept, "b" * 64 + ".mp4"}
