"""Courses: what is published, what is refused, and how their files are served."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import struct
import tempfile
from pathlib import Path

import pytest

from app.areas.courses.course import PIECE_BYTES, Course
from app.areas.sessions.session import PlanEntry
from app.domain.errors import BadInput, NotFound
from app.wire.codec import read_row
from centre.courses.publishing import CourseOffer, publish_course, withdraw_course
from centre.plans.planning import PlanWish, plan_session, withdraw_plan
from centre.reports.lists import list_courses, list_plans
from centre.words import say
from tests.centre.benches import Bench
from tests.support.films import Film, make_film


def box(kind: bytes, *content: bytes) -> bytes:
    inside = b"".join(content)
    return struct.pack(">I4s", len(inside) + 8, kind) + inside


@functools.cache
def _made() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return make_film(Path(folder) / "a.mp4", Film(sound_ms=1_000)).read_bytes()


def an_mp4(*, media_bytes: int = 0) -> bytes:
    """A real film of one second, made longer by a box that means nothing."""
    return _made() + (box(b"free", b"\xab" * media_bytes) if media_bytes else b"")


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_course_is_published_with_the_hash_of_every_piece(bench: Bench, tmp_path: Path) -> None:
    data = an_mp4(media_bytes=2 * PIECE_BYTES + 77)
    subtitle = b"1\n00:00:00,100 --> 00:00:00,900\n\xe6\x9e\x9c\n"
    offer = CourseOffer(
        video=write(tmp_path / "a.MP4", data),
        subtitle=write(tmp_path / "a.srt", subtitle),
        title="果树管理",
    )
    course = publish_course(bench.centre, offer)
    station = bench.station()
    told = station.exchange(station.request(cursors={"catalogue": 0}))
    row = told.answer.pages[0].rows[0]
    assert read_row(row.body or b"", Course) == course
    assert course.video.sha256 == hashlib.sha256(data).hexdigest()
    assert course.video.suffix == ".mp4"
    assert course.video.pieces == tuple(
        hashlib.sha256(data[at : at + PIECE_BYTES]).hexdigest()
        for at in range(0, len(data), PIECE_BYTES)
    )
    for file, content in zip(course.files, (data, subtitle), strict=True):
        assert station.fetch(file.sha256).content == content
    assert [one for one in bench.centre.media.iterdir() if one.is_file()] == []


def test_a_withdrawn_course_is_told_to_stations_and_cannot_be_planned(
    bench: Bench, tmp_path: Path
) -> None:
    station = bench.station()
    offer = CourseOffer(video=write(tmp_path / "a.mp4", an_mp4()), id="fruit-1")
    publish_course(bench.centre, offer)
    withdraw_course(bench.centre, "fruit-1")
    told = station.exchange(station.request(cursors={"catalogue": 1}))
    assert read_row(told.answer.pages[0].rows[0].body or b"", Course).withdrawn
    with pytest.raises(BadInput, match="course_withdrawn"):
        plan_session(
            bench.centre, PlanWish(station.me.site, "2026-11-20", "19:30", "x", ["fruit-1"])
        )
    with pytest.raises(NotFound):
        withdraw_course(bench.centre, "nothing")


def test_a_plan_reaches_its_site_and_can_be_taken_back(bench: Bench, tmp_path: Path) -> None:
    station = bench.station("石门村")
    publish_course(bench.centre, CourseOffer(write(tmp_path / "a.mp4", an_mp4()), id="k1"))
    wish = PlanWish("石门村", "2026-11-20", "19:30", "冬季果树管理", ["k1"])
    entry = plan_session(bench.centre, wish)
    scope = f"site:{station.me.site}"
    told = station.exchange(station.request(cursors={scope: 1}))
    assert read_row(told.answer.pages[0].rows[0].body or b"", PlanEntry) == entry
    withdraw_plan(bench.centre, entry.id)
    told = station.exchange(station.request(cursors={scope: 2}))
    assert read_row(told.answer.pages[0].rows[0].body or b"", PlanEntry).withdrawn


@pytest.mark.parametrize(
    ("date", "start"), [("20261120", "19:30"), ("2026-13-01", "19:30"), ("2026-11-20", "24:00")]
)
def test_a_date_or_time_that_is_none_is_refused(bench: Bench, date: str, start: str) -> None:
    site = bench.station().me.site
    with pytest.raises(BadInput, match="bad_when"):
        plan_session(bench.centre, PlanWish(site, date, start, "x"))


@pytest.mark.parametrize(
    ("date", "title", "key"),
    [
        ("2020-01-01", "x", "plan_past"),
        ("2026-11-17", "x", "plan_past"),
        ("9999-12-31", "x", "plan_far"),
        ("2026-11-18", " \u200b", "title_empty"),
        ("2026-11-18", "果" * 5_000, "title_long"),
    ],
)
def test_a_session_that_is_nonsense_is_refused(
    bench: Bench, date: str, title: str, key: str
) -> None:
    site = bench.station().me.site
    with pytest.raises(BadInput, match=key) as refused:
        plan_session(bench.centre, PlanWish(site, date, "19:30", title))
    assert say(refused.value.key, **refused.value.values)
    assert list_plans(bench.centre) == ()


def test_one_site_has_one_session_at_a_time(bench: Bench) -> None:
    bench.code("石门村")
    bench.code("乙村")
    wish = PlanWish("石门村", "2026-11-18", "19:30", "\u200b果树")
    first = plan_session(bench.centre, wish)
    assert first.title == "果树"
    with pytest.raises(BadInput, match="plan_twice") as refused:
        plan_session(bench.centre, dataclasses.replace(wish, title="另一个"))
    assert refused.value.values["id"] == first.id
    plan_session(bench.centre, dataclasses.replace(wish, start="20:30"))
    plan_session(bench.centre, dataclasses.replace(wish, site="乙村"))
    withdraw_plan(bench.centre, first.id)
    plan_session(bench.centre, wish)


def test_one_film_under_a_second_id_is_told_and_refused(bench: Bench, tmp_path: Path) -> None:
    film = write(tmp_path / "a.mp4", an_mp4())
    first = publish_course(bench.centre, CourseOffer(film, title="果树"))
    again = CourseOffer(write(tmp_path / "b.mp4", an_mp4()), title=" 果树\u200b")
    with pytest.raises(BadInput, match="course_same_file") as refused:
        publish_course(bench.centre, again)
    assert (refused.value.values["title"], refused.value.values["id"]) == ("果树", first.id)
    assert [one.id for one in list_courses(bench.centre)] == [first.id]
    publish_course(bench.centre, dataclasses.replace(again, id=first.id))
    (listed,) = list_courses(bench.centre)
    assert (listed.title, listed.bytes) == ("果树", film.stat().st_size)
    withdraw_course(bench.centre, first.id)
    publish_course(bench.centre, again)
    publish_course(bench.centre, dataclasses.replace(again, title="果树（下）"))
    with pytest.raises(BadInput, match="title_long"):
        publish_course(bench.centre, dataclasses.replace(again, title="果" * 201))


@pytest.fixture
def media(bench: Bench, tmp_path: Path) -> tuple[str, bytes]:
    data = an_mp4(media_bytes=700_000)
    course = publish_course(bench.centre, CourseOffer(write(tmp_path / "a.mp4", data)))
    return course.video.sha256, data


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=300000-", 300_000, None),
        ("bytes=5-600000", 5, 600_000),
        ("bytes=10-99999999", 10, None),
        ("bytes=-20", -20, None),
    ],
)
def test_a_range_is_served_exactly(
    bench: Bench, media: tuple[str, bytes], asked: str, first: int, last: int | None
) -> None:
    sha256, data = media
    got = bench.station().fetch(sha256, {"range": asked})
    wanted = data[first:] if last is None else data[first : last + 1]
    assert (got.status_code, got.content) == (206, wanted)
    start = first % len(data)
    assert got.headers["content-range"] == f"bytes {start}-{start + len(wanted) - 1}/{len(data)}"
    assert int(got.headers["content-length"]) == len(wanted)
    assert got.headers["etag"] == f'"{sha256}"'


@pytest.mark.parametrize("asked", ["bytes=9-3", "lines=1-2", "bytes=1-2,5-6", "bytes=-", "x"])
def test_a_range_that_makes_no_sense_gives_the_whole_file(
    bench: Bench, media: tuple[str, bytes], asked: str
) -> None:
    got = bench.station().fetch(media[0], {"range": asked})
    assert (got.status_code, got.content) == (200, media[1])


def test_a_range_behind_the_end_is_416(bench: Bench, media: tuple[str, bytes]) -> None:
    got = bench.station().fetch(media[0], {"range": f"bytes={len(media[1])}-"})
    assert got.status_code == 416
    assert got.headers["content-range"] == f"bytes */{len(media[1])}"


def test_a_range_of_another_version_gives_the_whole_file(
    bench: Bench, media: tuple[str, bytes]
) -> None:
    got = bench.station().fetch(media[0], {"range": "bytes=5-", "if-range": '"other"'})
    assert got.status_code == 200


@pytest.mark.parametrize(
    "name", ["0" * 64, "../../centre.key", "centre.key", "A" * 64, "..%2f..%2fcentre.key"]
)
def test_only_hashes_of_kept_files_are_served(bench: Bench, name: str) -> None:
    station = bench.station()
    got = station.fetch(name)
    assert got.status_code in (401, 404)
    assert bench.centre.key.hex().encode() not in got.content


def test_files_are_for_stations_only(bench: Bench, media: tuple[str, bytes]) -> None:
    assert bench.client.get(f"/v1/media/{media[0]}").status_code == 401
