"""A picture out of a film, for its course's card: the right moment, made once, and kept privately."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.areas.courses.views import CourseView
from app.domain.ids import CourseId
from app.media.shelf import DiskShelf
from app.player.still import still_of
from tests.support.films import Film, make_film
from tests.support.stations import course_of
from tests.ui.inline_jobs import InlineJobs
from ui.video.film_pictures import FilmPictures, kept_or_made


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Ten seconds, every picture marked with its number."""
    every = tuple(range(0, 10_000, 200))
    return make_film(tmp_path / "film.mp4", Film(at_ms=every, last_ms=200, marks=True))


def test_the_picture_is_the_one_of_that_moment(film: Path) -> None:
    first, later = still_of(film, 0), still_of(film, 5_000)
    assert first is not None
    assert later is not None
    assert (first.width, first.height) == (320, 180)
    assert len(first.pixels) == first.pitch * first.height
    assert first.pixels != later.pixels


def test_what_is_no_film_gives_no_picture_and_no_trouble(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no film at all" * 999)
    assert still_of(broken, 1_000) is None
    assert kept_or_made(tmp_path / "pictures", broken, 1_000).isNull()
    assert list((tmp_path / "pictures").glob("*")) == []


def test_a_course_gets_its_picture_once_in_a_private_file(
    film: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    course = course_of(film, duration_ms=10_000)
    shelf = DiskShelf(tmp_path / "home" / "media")
    shelf.import_file(course.video, film)
    view, playing = CourseView(course, ready=True, percent=100), [True]
    parent = QObject()
    pictures = FilmPictures(
        tmp_path / "home", shelf, InlineJobs(), busy=lambda: playing[0], parent=parent
    )
    assert pictures.picture(view) is None, "the start comes first"
    pictures.begin()
    assert pictures.picture(view) is None
    side = tmp_path / "home" / "pictures" / f"{course.video.sha256}.jpg"
    assert not side.exists(), "nothing is decoded beside a course that plays"
    playing[0] = False
    with qtbot.waitSignal(pictures.made, timeout=20_000):
        assert pictures.picture(view) is None
    made = pictures.picture(view)
    assert made is not None
    assert (made.width(), made.height()) == (480, 270)
    if os.name == "posix":
        assert stat.S_IMODE(side.stat().st_mode) == 0o600
    again = kept_or_made(side.parent, tmp_path / f"{course.video.sha256}.gone", 0)
    assert isinstance(again, QImage)
    assert again.width() == 480, "it came from the side file: there is no film any more"
    pictures.close()
    assert course.id == CourseId("c1")


def test_what_lies_in_the_way_of_the_pictures_is_set_aside(film: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.write_bytes(b"no folder")
    assert kept_or_made(folder, film, 0).width() == 480
    side = folder / f"{film.stem}.jpg"
    assert side.is_file()
    assert (tmp_path / "pictures.broken").read_bytes() == b"no folder"
    for wrong in (b"\xff\xd8 garbage", side.read_bytes()[:900]):
        side.write_bytes(wrong)
        assert kept_or_made(folder, film, 0).width() == 480
    side.unlink()
    side.mkdir()
    assert kept_or_made(folder, film, 0).width() == 480
    assert side.is_file()


def test_a_picture_of_another_size_is_made_anew(film: Path, tmp_path: Path) -> None:
    side = tmp_path / f"{film.stem}.jpg"
    huge = QImage(9_000, 6_000, QImage.Format.Format_Grayscale8)
    huge.fill(0)
    assert huge.save(str(side), quality=10)
    assert side.stat().st_size < 1 << 20
    assert kept_or_made(tmp_path, film, 0).width() == 480
