"""Courses are about equally loud: measured at the centre once, heard at the station by its player."""

from __future__ import annotations

import array
import json
import math
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import pytest

from app.areas.courses.course import MOST_LOUDER_DB, MOST_SOFTER_DB, Course
from app.player.vlc_player import VlcPlayer
from app.ports.player import Clip, PlayerEvent
from app.wire.codec import read_row, write_row
from centre.courses.film import Film, look_at_film
from centre.courses.publishing import CourseOffer, publish_course
from tests.centre.benches import Bench
from tests.player.test_trouble import Watched
from tests.support.films import Film as SilentFilm
from tests.support.films import make_film
from tests.support.stations import course_of

RATE, SAMPLES, SOUND_MS = 48_000, 1_024, 3_000
HEADER = 44


def lecture(path: Path, share: float) -> Path:
    """A film whose voice fills such a share of the full scale."""
    with av.open(str(path), "w") as out:
        picture = out.add_stream("libx264", rate=25)
        assert isinstance(picture, av.VideoStream)
        picture.width, picture.height, picture.pix_fmt = 64, 36, "yuv420p"
        sound = out.add_stream("aac", rate=RATE)
        sound.layout = "mono"
        frames = [av.VideoFrame(64, 36, "yuv420p") for _ in range(SOUND_MS // 40)]
        for at, frame in enumerate(frames):
            frame.pts, frame.time_base = at, Fraction(1, 25)
            out.mux(picture.encode(frame))
        out.mux(picture.encode(None))
        for at in range(0, RATE * SOUND_MS // 1_000, SAMPLES):
            heard = av.AudioFrame(format="fltp", layout="mono", samples=SAMPLES)
            wave = [math.sin(2 * math.pi * 440 * (at + one) / RATE) for one in range(SAMPLES)]
            heard.planes[0].update(array.array("f", [share * one for one in wave]).tobytes())
            heard.sample_rate, heard.pts, heard.time_base = RATE, at, Fraction(1, RATE)
            out.mux(sound.encode(heard))
        out.mux(sound.encode(None))
    return path


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Watched]:
    """The player, with its sound written into a file instead of to a sound card."""
    made = Watched()
    made.player.close()
    made.player = VlcPlayer(made._wake, audio=True)
    into = tmp_path / "heard.wav"
    made.player._libvlc._arguments += ["--aout=afile", f"--audiofile-file={into}"]
    made.player.listen(made._hear)
    yield made
    made.player.close()


def heard_db(recorder: Watched, folder: Path, film: Path, gain_db: float) -> float:
    """What the player gives of a film, in dB below full (root of the mean square)."""
    recorder.seen.clear()
    recorder.player.load(Clip(film, SOUND_MS, 64, 36, gain_db=gain_db))
    recorder.until(lambda: PlayerEvent.ENDED in recorder.events())
    recorder.player.stop()
    recorder.player._lane.ask(recorder.woken.set)
    data = (folder / "heard.wav").read_bytes()[HEADER:]
    samples = array.array("h", data[: len(data) // 2 * 2])
    return 20 * math.log10((sum(one * one for one in samples) / len(samples)) ** 0.5 / 32_768)


def test_a_loud_course_comes_down_to_a_soft_one(recorder: Watched, tmp_path: Path) -> None:
    loud, soft = (lecture(tmp_path / f"{one}.mp4", one) for one in (0.7, 0.07))
    as_recorded = [heard_db(recorder, tmp_path, one, 0) for one in (loud, soft)]
    assert as_recorded[0] - as_recorded[1] > 18, "one would run to the loudspeaker"
    gains = [look_at_film(one).gain_db for one in (loud, soft)]
    assert gains[0] < -6 < 0 < gains[1]
    evened = [
        heard_db(recorder, tmp_path, one, gain)
        for one, gain in zip((loud, soft), gains, strict=True)
    ]
    assert abs(evened[0] - evened[1]) < 3
    assert evened[0] == pytest.approx(as_recorded[0] + gains[0], abs=0.5)


@pytest.mark.parametrize(
    ("lufs", "peak_db", "gain_db"),
    [
        (None, 0.0, 0.0),
        (-18.0, -3.0, 0.0),
        (-12.5, -0.1, -5.5),
        (-3.0, 0.0, MOST_SOFTER_DB),
        (-23.0, -9.0, 5.0),
        (-23.0, -3.0, 2.0),
        (-23.0, -0.5, 0.0),
        (-40.0, -20.0, MOST_LOUDER_DB),
    ],
)
def test_the_gain_is_bounded_and_cuts_no_peak(
    lufs: float | None, peak_db: float, gain_db: float
) -> None:
    plain = ("H.264", "", 8, "4:2:0", 64, 36, 25.0, 1, "AAC", 1, True, 0, 0)
    assert Film(*plain, lufs=lufs, peak_db=peak_db).gain_db == gain_db


def test_it_is_measured_when_a_course_is_published(bench: Bench, tmp_path: Path) -> None:
    course = publish_course(bench.centre, CourseOffer(video=lecture(tmp_path / "a.mp4", 0.7)))
    station = bench.station()
    (row,) = station.exchange(station.request(cursors={"catalogue": 0})).answer.pages[0].rows
    told = read_row(row.body or b"", Course)
    assert told.gain_db == course.gain_db
    assert -12 <= told.gain_db < -6
    silent = make_film(tmp_path / "silent.mp4", SilentFilm(sound_ms=1_000))
    assert publish_course(bench.centre, CourseOffer(video=silent)).gain_db == 0


def test_what_a_centre_says_is_kept_within_bounds(tmp_path: Path) -> None:
    course = course_of(lecture(tmp_path / "a.mp4", 0.5), duration_ms=SOUND_MS)
    assert course.evened_db == 0, "nobody measured it: it plays as it is"
    told = [replace(course, gain_db=one).evened_db for one in (-90.0, -5.5, 1e300)]
    assert told == [MOST_SOFTER_DB, -5.5, MOST_LOUDER_DB]
    row = json.loads(write_row(course))
    del row["gain_db"]
    assert read_row(json.dumps(row).encode(), Course) == course, "as centres before wrote it"
