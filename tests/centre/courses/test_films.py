"""Films are looked at before they are published: what they are, whether they play, what is told."""

from __future__ import annotations

import json
import os
import struct
from fractions import Fraction
from pathlib import Path

import pytest

from app.domain.errors import BadInput
from centre.commands.main import main
from centre.courses.film import look_at_film
from centre.courses.publishing import CourseOffer, look_and_publish, publish_course
from centre.words import say
from tests.centre.benches import Bench
from tests.support.films import Film, make_film, turned, with_length

TWO_SECONDS = tuple(range(0, 2_000, 40))
QUIET = (("x265-params", "log-level=none"),)


def box(kind: bytes, *content: bytes) -> bytes:
    inside = b"".join(content)
    return struct.pack(">I4s", len(inside) + 8, kind) + inside


def keys(path: Path) -> list[str]:
    return [key.removeprefix("centre.film_") for key, _ in look_at_film(path).remarks()]


def sentences(path: Path) -> str:
    return "\n".join(say(key, **values) for key, values in look_at_film(path).remarks())


def refused(path: Path) -> str:
    with pytest.raises(BadInput) as said:
        look_at_film(path)
    assert say(said.value.key, **said.value.values)
    return said.value.key


def plain(folder: Path, **other: object) -> Path:
    return make_film(folder / "plain.mp4", Film(at_ms=TWO_SECONDS, sound_ms=2_000, **other))  # type: ignore[arg-type]  # a film's own names


def test_a_plain_film_is_told_as_what_it_is_and_without_a_warning(tmp_path: Path) -> None:
    film = look_at_film(plain(tmp_path))
    assert (film.codec, film.profile, film.bits, film.chroma) == ("H.264", "High", 8, "4:2:0")
    assert (film.width, film.height, film.pictures_a_second) == (320, 180, 25.0)
    assert film.sound == "AAC"
    assert 2_000 <= film.duration_ms < 2_050
    assert film.remarks() == ()
    assert not film.index_first
    assert look_at_film(plain(tmp_path, muxer=(("movflags", "faststart"),))).index_first


@pytest.mark.parametrize(
    ("film", "ending", "said"),
    [
        (Film(codec="libx265", pixels="yuv420p10le", options=QUIET), "mp4", "HEVC 10 bit 4:2:0"),
        (Film(codec="libx265", options=QUIET), "mov", "HEVC 8 bit 4:2:0"),
        (Film(pixels="yuv444p"), "mp4", "H.264 8 bit 4:4:4"),
        (Film(pixels="yuv422p10le"), "mp4", "H.264 10 bit 4:2:2"),
        (Film(codec="mpeg4"), "mp4", "MPEG-4 part 2 8 bit 4:2:0"),
        (Film(codec="prores_ks", pixels="yuv422p10le"), "mov", "ProRes 10 bit 4:2:2"),
        (Film(codec="mjpeg", pixels="yuvj420p"), "mp4", "MJPEG 8 bit 4:2:0"),
    ],
)
def test_what_old_pcs_cannot_show_is_told_in_words(
    tmp_path: Path, film: Film, ending: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YJ_LANGUAGE", "en")
    assert said in sentences(make_film(tmp_path / f"a.{ending}", film))


@pytest.mark.parametrize(
    ("film", "key"),
    [
        (Film(2_048, 64), "large"),
        (Film(at_ms=tuple(range(0, 600, 10))), "fast"),
        (Film(), "silent"),
        (Film(at_ms=(0, 9_000, 18_000), last_ms=9_000), "slides"),
        (Film(at_ms=(0,), sound_ms=9_000), "slides"),
    ],
)
def test_what_else_makes_trouble_is_told(tmp_path: Path, film: Film, key: str) -> None:
    assert key in keys(make_film(tmp_path / "a.mp4", film))


@pytest.mark.parametrize(
    ("sar", "degrees", "shown"),
    [
        (Fraction(1), 90, (180, 320)),
        (Fraction(1), 180, (320, 180)),
        (Fraction(1), 270, (180, 320)),
        (Fraction(4, 3), 0, (427, 180)),
        (Fraction(4, 3), 90, (180, 427)),
    ],
)
def test_the_size_is_told_as_it_is_shown(
    tmp_path: Path, sar: Fraction, degrees: int, shown: tuple[int, int]
) -> None:
    path = make_film(tmp_path / "a.mp4", Film(sar=sar))
    if degrees:
        path = turned(path, tmp_path / "turned.mp4", degrees)
    film = look_at_film(path)
    assert (film.width, film.height) == shown


@pytest.mark.parametrize("seconds", [1, 60])
def test_the_length_is_what_the_packets_say_and_not_a_header(tmp_path: Path, seconds: int) -> None:
    film = make_film(tmp_path / "a.mp4", Film(at_ms=TWO_SECONDS))
    lie = with_length(film, tmp_path / "lie.mp4", seconds)
    assert look_at_film(lie).duration_ms == 2_000


@pytest.mark.parametrize("holes", [b"\0", b"\x5a"])
def test_a_hole_in_the_middle_is_found_and_told(tmp_path: Path, holes: bytes) -> None:
    film = Film(640, 360, at_ms=tuple(range(0, 4_000, 40)), marks=True)
    data = bytearray(make_film(tmp_path / "a.mp4", film).read_bytes())
    half = data.index(b"mdat") + len(data) // 3
    data[half : half + 800] = holes * 800
    path = tmp_path / "hole.mp4"
    path.write_bytes(data)
    assert "damaged" in keys(path)


def _nested(depth: int) -> bytes:
    """Boxes in boxes, each kind a parent."""
    kinds = (b"trak", b"mdia", b"minf", b"stbl")
    lengths = range(8 * depth, 0, -8)
    return b"".join(
        struct.pack(">I4s", length, kinds[place % 4]) for place, length in enumerate(lengths)
    )


HEAD = box(b"ftyp", b"isom\0\0\0\0isom")


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "centre.video_not_mp4"),
        (b"RIFF....AVI LIST", "centre.video_not_mp4"),
        (b"\x1a\x45\xdf\xa3" + bytes(100), "centre.video_not_mp4"),
        (HEAD + box(b"mdat", b"x"), "centre.video_no_index"),
        (HEAD + box(b"moov", b"\0\0\xff\xfftrak") + box(b"mdat"), "centre.video_broken"),
        (HEAD + b"\0\0\0\4moov", "centre.video_broken"),
        (HEAD + b"\0\0\0\1moov" + b"\xff" * 8, "centre.video_cut_off"),
        (HEAD + box(b"moov", _nested(60_000)) + box(b"mdat", b"x"), "centre.video_broken"),
    ],
)
def test_what_is_no_whole_video_is_refused_with_a_sentence(
    tmp_path: Path, data: bytes, key: str
) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(data)
    assert refused(path) in (key, "centre.video_no_picture")


@pytest.mark.parametrize("first", [True, False])
def test_a_copy_that_is_cut_short_is_refused(tmp_path: Path, first: bool) -> None:
    muxer = (("movflags", "faststart"),) if first else ()
    data = plain(tmp_path, muxer=muxer).read_bytes()
    path = tmp_path / "cut.mp4"
    for kept in (len(data) - 1, len(data) * 2 // 3):
        path.write_bytes(data[:kept])
        assert refused(path) in ("centre.video_cut_off", "centre.video_no_index")


def test_what_cannot_be_decoded_or_has_no_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "unknown.mp4"
    path.write_bytes(plain(tmp_path).read_bytes().replace(b"avc1", b"zzz1"))
    assert refused(path) == "centre.video_undecodable"
    sound = make_film(tmp_path / "sound.mp4", Film(at_ms=(), sound_ms=1_000))
    assert refused(sound) == "centre.video_no_picture"


@pytest.mark.skipif(os.name == "nt", reason="no pipes as files")
def test_what_is_no_file_is_refused_at_once(bench: Bench, tmp_path: Path) -> None:
    pipe, folder, device = tmp_path / "pipe", tmp_path / "folder", tmp_path / "device"
    os.mkfifo(pipe)
    folder.mkdir()
    device.symlink_to("/dev/zero")
    film = plain(tmp_path)
    for strange in (pipe, folder, device):
        assert refused(strange) == "centre.no_plain_file"
        with pytest.raises(BadInput, match="no_plain_file"):
            publish_course(bench.centre, CourseOffer(film, subtitle=strange))
    assert not list(bench.centre.media.rglob("*"))


def test_a_title_that_is_none_is_one_sentence(bench: Bench, tmp_path: Path) -> None:
    film = plain(tmp_path)
    for title, key in (
        ("果\udce6树", "centre.words_no_text"),
        ("果树\n管理", "centre.words_lines"),
        ("果树\u2028管理", "centre.words_lines"),
        ("果" * 201, "centre.title_long"),
        ("果" * 100_000, "centre.title_long"),
    ):
        with pytest.raises(BadInput) as said:
            publish_course(bench.centre, CourseOffer(film, title=title))
        assert said.value.key == key
        say(key, **said.value.values).encode("utf-8")
    assert not list(bench.centre.media.rglob("*"))


def test_a_title_is_kept_without_signs_nobody_sees(bench: Bench, tmp_path: Path) -> None:
    offer = CourseOffer(plain(tmp_path), title="\ufeff 果树\u200b管理 ", summary="一\n二")
    course = publish_course(bench.centre, offer)
    assert (course.title, course.summary) == ("果树管理", "一\n二")


@pytest.mark.skipif(os.name == "nt", reason="names there are text")
def test_a_name_in_an_old_encoding_gives_the_title(bench: Bench, tmp_path: Path) -> None:
    strange = os.fsencode(tmp_path) + b"/" + "课程".encode("gb18030") + b".mp4"
    path = Path(os.fsdecode(strange))
    plain(tmp_path).rename(path)
    assert publish_course(bench.centre, CourseOffer(path)).title == "课程"
    path.write_bytes(b"nothing")
    with pytest.raises(BadInput) as said:
        publish_course(bench.centre, CourseOffer(path))
    assert "课程.mp4" in say(said.value.key, **said.value.values)


def test_the_command_tells_what_it_saw(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YJ_LANGUAGE", "zh")
    home = str(tmp_path / "home")
    film = make_film(
        tmp_path / "a.mp4", Film(codec="libx265", pixels="yuv420p10le", options=QUIET, sound_ms=900)
    )
    subtitle = tmp_path / "a.srt"
    subtitle.write_bytes("1\n00:00:00,000 --> 00:00:00,500\n果树\n".encode("gb18030"))
    command = ["--home", home, "publish-course", str(film), "--subtitle", str(subtitle)]
    command += ["--id", "fruit"]
    assert main(command) == 0
    told = capsys.readouterr().out
    assert "HEVC 10 位 4:2:0，旧电脑放不动，建议转成 H.264 8 位 4:2:0" in told
    assert "字幕按 GB18030 的 SRT 读，已转成 UTF-8 的 SRT，共 1 条" in told
    assert main([*command, "--json"]) == 0
    course = json.loads(capsys.readouterr().out)
    assert course["video"]["codec"] == "HEVC"
    assert course["video"]["profile"] == "Main 10"
    assert len(course["video"]["sha256"]) == 64
    assert course["subtitle"]["encoding"] == "GB18030"
    assert any("HEVC" in one for one in course["warnings"])


def test_what_was_published_is_what_was_seen(bench: Bench, tmp_path: Path) -> None:
    film = turned(plain(tmp_path), tmp_path / "phone.mp4", 90)
    published = look_and_publish(bench.centre, CourseOffer(film))
    course = published.course
    assert (course.width, course.height) == (180, 320)
    assert course.duration_ms == published.film.duration_ms


@pytest.mark.parametrize("inside", [b"moov", b"trak", b"mdia", b"free"])
def test_boxes_nested_without_end_are_refused_in_words(tmp_path: Path, inside: bytes) -> None:
    nested = b""
    for _ in range(3_000):
        nested = box(inside, nested)
    head = box(b"mvhd", bytes(12) + struct.pack(">II", 1_000, 5_000) + bytes(80))
    path = tmp_path / "deep.mp4"
    path.write_bytes(
        box(b"ftyp", b"isom") + box(b"moov", head + box(b"trak", nested)) + box(b"mdat", b"1234")
    )
    assert refused(path).startswith("centre.video_")
