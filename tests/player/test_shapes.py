"""The picture's shape: a disc stays a disc on the wall and in the mirror, whatever headers say."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ports.player import Clip
from tests.player.conftest import Room
from tests.support.films import Film, disc_on, make_changing_film, make_film, turned, with_size
from ui.video.surface import VideoSurface

WAIT_MS = 15_000
SECONDS = tuple(range(0, 3_000, 40))
SQUARE = Fraction(1)


def disc_shape(surface: VideoSurface) -> float:
    """Width by height of the disc on a surface."""
    shot = surface.grab().toImage()
    bright = [
        shot.pixelColor(x, y).lightness() > 128
        for y in range(shot.height())
        for x in range(shot.width())
    ]
    wide, high = disc_on(bright, shot.width())
    assert high > 20
    return wide / high


def assert_round(room: Room, shown: tuple[int, int]) -> None:
    assert room.hub.shape == shown
    for surface in (room.audience, room.mirror):
        assert disc_shape(surface) == pytest.approx(1.0, abs=0.03)


def play(room: Room, qtbot: QtBot, path: Path, said: tuple[int, int]) -> None:
    room.player.load(Clip(path, 3_000, *said))
    qtbot.waitUntil(lambda: room.hub.taken > 3, timeout=WAIT_MS)


@pytest.mark.parametrize(
    ("film", "degrees", "shown"),
    [
        (Film(640, 360), 90, (360, 640)),
        (Film(640, 360), 180, (640, 360)),
        (Film(640, 360), 270, (360, 640)),
        (Film(480, 360, Fraction(4, 3)), 0, (640, 360)),
        (Film(640, 360, Fraction(3, 4)), 0, (480, 360)),
        (Film(720, 576, Fraction(64, 45)), 0, (1024, 576)),
        (Film(480, 360, Fraction(4, 3)), 90, (360, 640)),
        (Film(321, 181, pixels="yuv444p"), 0, (321, 181)),
        (Film(298, 166), 0, (298, 166)),
        (Film(200, 640), 0, (200, 640)),
    ],
)
def test_a_disc_stays_a_disc(
    room: Room, qtbot: QtBot, tmp_path: Path, film: Film, degrees: int, shown: tuple[int, int]
) -> None:
    path = make_film(tmp_path / "disc.mp4", film)
    if degrees:
        path = turned(path, tmp_path / "turned.mp4", degrees)
    play(room, qtbot, path, (film.width, film.height))
    assert_round(room, shown)


@pytest.mark.parametrize("said", [(0, 0), (640, 1000), (1280, 720), (360, 640), (1, 9999)])
def test_what_a_header_or_an_old_course_says_of_the_size_changes_no_shape(
    room: Room, qtbot: QtBot, tmp_path: Path, said: tuple[int, int]
) -> None:
    path = make_film(tmp_path / "disc.mp4", Film(640, 360))
    path = with_size(path, tmp_path / "lie.mp4", *(said if min(said) > 0 else (64, 64)))
    play(room, qtbot, path, said)
    assert_round(room, (640, 360))


@pytest.mark.parametrize("ending", ["mp4", "ts"])
def test_a_size_that_changes_on_the_way_keeps_the_disc_round(
    room: Room, qtbot: QtBot, tmp_path: Path, ending: str
) -> None:
    path = make_changing_film(
        tmp_path / f"changing.{ending}",
        [
            Film(640, 360, at_ms=SECONDS[:50]),
            Film(360, 640, at_ms=SECONDS[:50]),
            Film(320, 180, at_ms=SECONDS[:50]),
        ],
    )
    room.player.load(Clip(path, 6_000, 640, 360))
    for shown in ((640, 360), (360, 640), (320, 180)):
        qtbot.waitUntil(lambda shown=shown: room.hub.shape == shown, timeout=WAIT_MS)  # type: ignore[misc]  # bound at once
        assert_round(room, shown)


def test_a_picture_that_stands_gets_its_shape_also_when_that_comes_after_it(
    room: Room, qtbot: QtBot, tmp_path: Path
) -> None:
    still = Film(480, 360, Fraction(4, 3), at_ms=(0, 3_000, 6_000, 9_000), last_ms=3_000)
    path = make_film(tmp_path / "slides.mp4", still)
    room.player.load(Clip(path, 12_000, 480, 360))
    qtbot.waitUntil(lambda: room.hub.shape == (640, 360), timeout=WAIT_MS)
    assert_round(room, (640, 360))
