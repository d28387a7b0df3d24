"""Courses by stick: whole files only, checked piece by piece where they arrive."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.areas.courses.course import Course, CourseFile
from app.bootstrap import carry_of
from app.domain.ids import CourseId
from app.wire.codec import write_row
from app.wire.sticks.layout import MEDIA, TOP
from centre.courses.publishing import CourseOffer, publish_course, withdraw_course
from centre.sticks.courses import copy_courses
from centre.store.tables import courses as course_rows
from tests.rules.looking import ROOT
from tests.support.county import County, bring_home, export, hold_session, open_county

LESSON = ROOT / "media" / "sample" / "fire-extinguisher.mp4"
CLIP = ROOT / "tests" / "player" / "clips" / "short.mp4"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with open_county(tmp_path / "county") as opened:
        yield opened


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def publish(county: County) -> tuple[Course, Course]:
    """Two courses that are played, and one that was withdrawn."""
    lesson = publish_course(county.centre, CourseOffer(LESSON, title="灭火器", id="k1"))
    clip = publish_course(county.centre, CourseOffer(CLIP, title="短片", id="k2"))
    return lesson, clip


def journey(county: County, home: Path, stick: Path) -> None:
    with county.at(home) as opened:
        hold_session(opened, 1)
        export(opened, stick)
    county.take(stick)


def test_courses_come_whole_by_stick_and_are_copied_once(county: County, stick: Path) -> None:
    lesson, clip = publish(county)
    home = county.enrolled_home("石门村")
    journey(county, home, stick)
    first = copy_courses(county.centre, stick)
    assert (first.written, first.there, first.too_large, first.missing) == (2, 0, (), ())
    again = copy_courses(county.centre, stick)
    assert (again.written, again.there) == (0, 2)
    with county.at(home) as opened:
        assert bring_home(opened, stick).files == 2
        shelf = opened.station.tools.shelf
        for course in (lesson, clip):
            path = shelf.whole(course.video)
            assert path is not None
            assert hashlib.sha256(path.read_bytes()).hexdigest() == course.video.sha256
        assert bring_home(opened, stick).files == 0


def test_how_far_it_is_is_told_in_bytes_both_ways(county: County, stick: Path) -> None:
    lesson, clip = publish(county)
    home = county.enrolled_home("石门村")
    out: list[tuple[int, int]] = []
    with county.at(home) as opened:
        hold_session(opened, 1)
        carry_of(opened).export(
            stick, store_lane=lambda job: job(), told=lambda done, of: out.append((done, of))
        )
    assert out, "at least after each part"
    assert out[-1][0] == out[-1][1] > 0
    county.take(stick)
    copy_courses(county.centre, stick)
    told: list[tuple[int, int]] = []
    with county.at(home) as opened:
        carry_of(opened).take(
            stick, store_lane=lambda job: job(), told=lambda done, of: told.append((done, of))
        )
    files = sum(file.size_bytes for one in (lesson, clip) for file in one.files)
    assert {of for _done, of in told} == {files}
    assert [done for done, _of in told] == sorted(done for done, _of in told)
    assert told[-1][0] == files
    assert len(told) > 3


def test_a_withdrawn_course_is_neither_copied_nor_taken(county: County, stick: Path) -> None:
    publish(county)
    withdraw_course(county.centre, "k1")
    assert copy_courses(county.centre, stick).written == 1


def test_a_course_file_that_is_broken_on_the_stick_is_refused_and_the_others_come(
    county: County, stick: Path
) -> None:
    lesson, clip = publish(county)
    home = county.enrolled_home("石门村")
    journey(county, home, stick)
    copy_courses(county.centre, stick)
    broken = stick / TOP / MEDIA / lesson.video.sha256
    content = bytearray(broken.read_bytes())
    content[len(content) // 2] ^= 1
    broken.write_bytes(content)
    with county.at(home) as opened:
        done = carry_of(opened).take(stick, store_lane=lambda job: job())
        assert done.files == 1
        assert done.trouble is not None
        assert done.trouble.key == "media.broken"
        assert opened.station.tools.shelf.whole(lesson.video) is None
        assert opened.station.tools.shelf.whole(clip.video) is not None
    assert copy_courses(county.centre, stick).written == 1, "the broken one is written anew"
    with county.at(home) as opened:
        assert bring_home(opened, stick).files == 1


def test_a_link_with_a_courses_name_is_not_followed(
    county: County, stick: Path, tmp_path: Path
) -> None:
    lesson, _ = publish(county)
    home = county.enrolled_home("石门村")
    journey(county, home, stick)
    outside = tmp_path / "outside.mp4"
    outside.write_bytes(LESSON.read_bytes())
    (stick / TOP / MEDIA).mkdir()
    (stick / TOP / MEDIA / lesson.video.sha256).symlink_to(outside)
    with county.at(home) as opened:
        assert bring_home(opened, stick).files == 0


def test_a_file_fat_can_not_hold_and_one_that_is_missing_are_left_out_and_told(
    county: County, stick: Path
) -> None:
    large = Course(
        id=CourseId("k9"),
        title="大课",
        topic="",
        summary="",
        duration_ms=1,
        width=1,
        height=1,
        video=CourseFile("a" * 64, 4 << 30, (), ".mp4"),
        subtitle=CourseFile("b" * 64, 100, (), ".srt"),
    )
    with county.centre.store.writing() as tx:
        row = {"id": "k9", "title": "大课", "withdrawn": False, "body": write_row(large)}
        tx.execute(course_rows.insert().values(row))
    copied = copy_courses(county.centre, stick)
    assert (copied.written, copied.too_large, copied.missing) == (0, ("大课",), ("大课",))
