"""Course files that are lost or rotten at the centre: noticed, logged, listed, and not sent out."""

from __future__ import annotations

import json
import logging
import os
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from app.areas.courses.course import Course
from app.wire.codec import unpack
from app.wire.errors import ErrorNumber, word_key
from app.wire.messages import ErrorAnswer
from centre.commands.main import main
from centre.courses.publishing import CourseOffer, publish_course, withdraw_course
from centre.courses.watching import Watch
from centre.sticks.courses import copy_courses
from tests.centre.benches import Bench
from tests.centre.courses.test_courses import an_mp4, write
from tests.support.talking_station import TalkingStation


def published(bench: Bench, folder: Path, name: str, size: int = 9_000) -> Course:
    path = write(folder / f"{name}{size}.mp4", an_mp4(media_bytes=size))
    return publish_course(bench.centre, CourseOffer(path, title=name, id=name))


def lies(bench: Bench, course: Course) -> Path:
    return bench.centre.media / course.video.sha256[:2] / course.video.sha256


def rot(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(1, 1))


def refused(station: TalkingStation, course: Course) -> int:
    got = station.fetch(course.video.sha256)
    assert got.status_code == 404
    return unpack(got.content, ErrorAnswer).number


def looked(bench: Bench) -> None:
    """Wait until the watch has looked at what it was given."""
    watch: Watch = bench.state.course_watch
    watch._thread.submit(lambda: None).result()


@pytest.mark.logs_warnings
def test_a_lost_file_is_refused_as_that_and_logged_once(
    bench: Bench, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    course = published(bench, tmp_path, "k1")
    station = bench.station()
    lies(bench, course).unlink()
    assert [refused(station, course) for _ in range(3)] == [ErrorNumber.NOT_FOUND] * 3
    told = [one for one in caplog.records if course.video.sha256[:8] in one.getMessage()]
    assert len(told) == 1
    published(bench, tmp_path, "k1")
    assert station.fetch(course.video.sha256).status_code == 200


@pytest.mark.logs_warnings
@pytest.mark.parametrize("how", ["rotten", "cut"])
def test_a_rotten_file_is_found_when_it_is_asked_for_and_not_sent_again(
    how: str, bench: Bench, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    course = published(bench, tmp_path, "k1")
    station = bench.station()
    if how == "rotten":
        rot(lies(bench, course))
    else:
        os.truncate(lies(bench, course), 100)
    station.fetch(course.video.sha256)
    looked(bench)
    assert refused(station, course) == ErrorNumber.DAMAGED
    assert word_key(ErrorNumber.DAMAGED) == "link.data", "what an older station makes of it"
    assert f"{course.video.sha256[:8]} is not as it was published" in caplog.text
    published(bench, tmp_path, "k1")
    assert station.fetch(course.video.sha256).status_code == 200
    looked(bench)
    assert station.fetch(course.video.sha256).status_code == 200


@pytest.mark.logs_warnings
def test_at_the_start_it_is_seen_what_is_not_there(
    bench: Bench, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lost, cut, sound = (
        published(bench, tmp_path, name, size) for name, size in (("k1", 1), ("k2", 2), ("k3", 3))
    )
    lies(bench, lost).unlink()
    os.truncate(lies(bench, cut), 100)
    bench.stop()
    bench.start()
    looked(bench)
    told = [one.getMessage() for one in caplog.records if "its file is" in one.getMessage()]
    assert told == ["course k1: its file is lost", "course k2: its file is damaged"]
    assert sound.id not in caplog.text


def listed(bench: Bench, *options: str) -> tuple[int, str]:
    settings = bench.settings
    where = ["--home", str(settings.home)]
    where += ["--database", settings.database] if settings.database else []
    out = StringIO()
    with redirect_stdout(out):
        code = main([*where, "check-courses", *options])
    return code, out.getvalue()


def test_the_list_tells_lost_damaged_and_dead_files(bench: Bench, tmp_path: Path) -> None:
    assert listed(bench)[0] == 0
    for name, size in (("k1", 1_000), ("k2", 2_000), ("k3", 3_000), ("k4", 4_000)):
        published(bench, tmp_path, name, size)
    assert json.loads(listed(bench, "--json")[1])["dead_files"] == 0
    found = {
        one: published(bench, tmp_path, one, size) for one, size in (("k1", 1_000), ("k2", 2_000))
    }
    lies(bench, found["k1"]).unlink()
    rot(lies(bench, found["k2"]))
    withdraw_course(bench.centre, "k4")
    published(bench, tmp_path, "k3", 3_500)
    code, told = listed(bench, "--json")
    states = {one["id"]: one["state"] for one in json.loads(told)["courses"]}
    assert (code, states) == (1, {"k1": "lost", "k2": "damaged", "k3": "sound"})
    assert json.loads(told)["dead_files"] == 0, "they came a moment ago"
    for path in bench.centre.media.glob("??/*"):
        os.utime(path, ns=(1, 1))
    (bench.centre.media / "draft-0011").write_bytes(b"killed")
    os.utime(bench.centre.media / "draft-0011", ns=(1, 1))
    code, told = listed(bench)
    assert code == 1
    assert "3 个文件" in told
    assert "--free" in told
    before = {path.name for path in bench.centre.media.glob("??/*")}
    listed(bench, "--free")
    left = {path.name for path in bench.centre.media.glob("??/*")}
    assert len(before - left) == 2
    assert found["k2"].video.sha256 in left
    assert not (bench.centre.media / "draft-0011").exists()


@pytest.mark.logs_warnings
def test_a_rotten_file_never_goes_onto_a_stick_and_the_others_do(
    bench: Bench, tmp_path: Path
) -> None:
    bad, good = published(bench, tmp_path, "k1", 1_000), published(bench, tmp_path, "k2", 2_000)
    rot(lies(bench, bad))
    stick = tmp_path / "stick"
    stick.mkdir()
    copied = copy_courses(bench.centre, stick)
    assert (copied.written, copied.damaged, copied.missing) == (1, ("k1",), ())
    names = {path.name for path in (stick / "YJ" / "media").iterdir()}
    assert names == {good.video.sha256}


@pytest.mark.logs_warnings
def test_the_watch_says_nothing_of_names_no_course_has(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    station = bench.station()
    for name in ("0" * 64, "1" * 64):
        assert station.fetch(name).status_code == 404
    assert "is asked for" not in caplog.text
