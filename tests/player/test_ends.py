"""How a play ends: what there is was delivered, so it is full and the file stays; damage is found."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.areas.playback.plays import PlayOutcome
from app.bootstrap import OpenStation
from app.cli.headless_play import PlayedView, play_headless
from app.player.vlc_player import VlcPlayer
from app.ports.player import Clip
from tests.player.test_trouble import Watched
from tests.support.films import Film, make_film, turned, with_length
from tests.support.stations import SetClock, add_course, course_of, station_at

SMOOTH = tuple(range(0, 4_000, 40))
SOUND = 4_000


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenStation]:
    with station_at(tmp_path / "home", clock=SetClock()) as made:
        yield made


def play(
    opened: OpenStation, path: Path, duration_ms: int, *, rate: float = 4.0, from_ms: int = 0
) -> PlayedView:
    course = course_of(path, duration_ms=duration_ms)
    add_course(opened, course, path)
    return play_headless(opened.station, course.id, rate=rate, from_ms=from_ms)


@pytest.mark.parametrize(
    ("film", "duration_ms"),
    [
        pytest.param(
            Film(at_ms=(0, 5_000, 10_000, 15_000), last_ms=5_000, marks=True), 20_000, id="slides"
        ),
        pytest.param(Film(at_ms=(0, 4_000), last_ms=4_000, marks=True), 8_000, id="two slides"),
        pytest.param(Film(at_ms=(0,), last_ms=1_000, sound_ms=SOUND), SOUND, id="cover and sound"),
        pytest.param(Film(sound_ms=SOUND), SOUND, id="sound longer"),
        pytest.param(Film(at_ms=SMOOTH, sound_ms=1_000), 4_000, id="picture longer"),
        pytest.param(
            Film(at_ms=(*SMOOTH[:50], *range(2_000, 8_000, 800), 8_100), marks=True),
            6_920,
            id="variable rate",
        ),
        pytest.param(Film(at_ms=(0, 40)), 80, id="two pictures"),
        pytest.param(Film(at_ms=(0,)), 40, id="one picture"),
        pytest.param(Film(at_ms=(), sound_ms=SOUND), SOUND, id="sound alone"),
        pytest.param(Film(at_ms=(), sound_ms=200), 200, id="a tone"),
        pytest.param(Film(at_ms=SMOOTH), 4_000, id="plain"),
    ],
)
def test_a_film_played_to_what_there_is_is_full_and_stays(
    opened: OpenStation, tmp_path: Path, film: Film, duration_ms: int
) -> None:
    view = play(opened, make_film(tmp_path / "film.mp4", film), duration_ms)
    assert (view.outcome, view.trouble) == (PlayOutcome.FULL, "")
    if duration_ms != 8_000:  # of two slides without a sound libvlc shows the first for a moment
        assert view.coverage_percent >= 90
    (course,) = opened.station.courses.all()
    assert (course.ready, course.trouble) == (True, "")
    assert opened.station.playback.resume_offer(None, course.course.id) is None


@pytest.mark.parametrize("seconds", [1, 60])
def test_a_length_that_is_wrong_in_the_header_costs_nothing(
    opened: OpenStation, tmp_path: Path, seconds: int
) -> None:
    film = make_film(tmp_path / "plain.mp4", Film(at_ms=SMOOTH))
    path = with_length(film, tmp_path / "lie.mp4", seconds)
    view = play(opened, path, seconds * 1_000)
    assert view.outcome is PlayOutcome.FULL
    assert view.coverage_percent == pytest.approx(min(100, 400 / seconds), abs=3)
    assert opened.station.courses.all()[0].ready


def test_begun_in_the_middle_it_is_played_to_its_end_and_the_coverage_says_how_much(
    opened: OpenStation, tmp_path: Path
) -> None:
    view = play(
        opened, make_film(tmp_path / "a.mp4", Film(at_ms=SMOOTH)), 4_000, rate=2.0, from_ms=2_000
    )
    assert (view.outcome, view.trouble) == (PlayOutcome.FULL, "")
    assert 30 <= view.coverage_percent <= 60
    assert opened.station.courses.all()[0].ready


def test_what_cannot_be_decoded_here_stays_and_is_told_with_the_reason(
    opened: OpenStation, tmp_path: Path
) -> None:
    unknown = tmp_path / "unknown.mp4"
    film = make_film(tmp_path / "film.mp4", Film(at_ms=SMOOTH))
    unknown.write_bytes(film.read_bytes().replace(b"avc1", b"zzz1"))
    view = play(opened, unknown, 4_000)
    assert (view.outcome, view.coverage_percent) == (PlayOutcome.BROKEN, 0)
    assert view.trouble == "media.not_shown"
    (course,) = opened.station.courses.all()
    assert (course.ready, course.percent, course.trouble) == (True, 100, "media.not_shown")


def test_a_file_that_lost_its_end_behind_our_back_is_found_by_its_bytes(
    opened: OpenStation, tmp_path: Path
) -> None:
    film = make_film(
        tmp_path / "a.mp4", Film(at_ms=SMOOTH, marks=True, muxer=(("movflags", "faststart"),))
    )
    course = course_of(film, duration_ms=60_000)
    add_course(opened, course, film)
    kept = opened.station.playback.clip(course.id).path
    was, data = kept.stat(), kept.read_bytes()
    kept.write_bytes(data[: len(data) // 2] + bytes(len(data) - len(data) // 2))
    os.utime(kept, ns=(was.st_atime_ns, was.st_mtime_ns))
    view = play_headless(opened.station, course.id, rate=4.0, from_ms=0)
    assert (view.outcome, view.trouble) == (PlayOutcome.BROKEN, "media.broken")
    assert not opened.station.courses.all()[0].ready


@pytest.mark.parametrize(("degrees", "size"), [(0, (320, 180)), (90, (180, 320))])
def test_the_picture_is_told_as_it_is_shown(
    opened: OpenStation, tmp_path: Path, degrees: int, size: tuple[int, int]
) -> None:
    path = make_film(tmp_path / "a.mp4")
    if degrees:
        path = turned(path, tmp_path / "turned.mp4", degrees)
    picture = play(opened, path, 1_000).picture
    assert picture is not None
    assert (picture.width, picture.height) == size


def test_pictures_that_are_far_apart_are_all_shown(tmp_path: Path) -> None:
    """A decoder holds pictures back until later ones come; libvlc must have read so far ahead."""
    film = Film(at_ms=tuple(range(0, 12_000, 800)), last_ms=800, marks=True)
    path = make_film(tmp_path / "far.mp4", film)
    watched = Watched()
    different: set[int] = set()

    def look() -> bool:
        frame = watched.player.frames.take()
        if frame is not None:
            different.add(hash(bytes(memoryview(frame.buffer)[: frame.pitch * frame.height : 7])))
        return len(different) >= len(film.at_ms) - 2

    player: VlcPlayer = watched.player
    try:
        player.load(Clip(path, 12_000, 320, 180))
        watched.faster(2.0)
        watched.until(look)
    finally:
        player.close()
