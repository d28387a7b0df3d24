"""Subtitles in every usual encoding and form become UTF-8 SRT; nonsense is refused with its line."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from app.domain.errors import BadInput
from centre.courses.subtitles import MOST_BYTES, read_subtitle
from centre.words import say

FILM_MS = 60_000
SIMPLE = "1\n00:00:01,000 --> 00:00:02,500\n接到诈骗电话先挂断\n\n2\n00:00:03,000 --> 00:00:04,000\n果树冬季管理\n"
COMPLEX = SIMPLE.replace("接到诈骗电话先挂断", "接到詐騙電話先掛斷").replace(
    "果树冬季管理", "果樹冬季管理與農藥"
)
SHORT = "1\n00:00:01,000 --> 00:00:02,000\n好\n"


def read(tmp_path: Path, data: bytes | str) -> tuple[str, str, str, int]:
    path = tmp_path / "a.srt"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    subtitle = read_subtitle(path, FILM_MS)
    return subtitle.data.decode("utf-8"), subtitle.encoding, subtitle.kind, subtitle.cues


def refused(tmp_path: Path, data: bytes | str) -> BadInput:
    with pytest.raises(BadInput) as said:
        read(tmp_path, data)
    assert "a.srt" in say(said.value.key, **said.value.values)
    return said.value


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SIMPLE.encode("gb18030"), "GB18030"),
        (SHORT.encode("gb18030"), "GB18030"),
        (SIMPLE.replace("\n", "\r\n").encode("gbk"), "GB18030"),
        (COMPLEX.encode("big5"), "Big5"),
        (SIMPLE.encode("utf-16"), "UTF-16"),
        (SIMPLE.encode("utf-16-le"), "UTF-16"),
        (SIMPLE.encode("utf-16-be"), "UTF-16"),
        (codecs.BOM_UTF16_BE + SIMPLE.encode("utf-16-be"), "UTF-16"),
        (codecs.BOM_UTF8 + SIMPLE.encode(), "UTF-8"),
        (SIMPLE.encode(), "UTF-8"),
    ],
)
def test_every_usual_encoding_is_told_and_becomes_utf_8(
    tmp_path: Path, data: bytes, encoding: str
) -> None:
    text, called, kind, cues = read(tmp_path, data)
    assert (called, kind) == (encoding, "SRT")
    wanted = COMPLEX if encoding == "Big5" else SHORT if cues == 1 else SIMPLE
    assert text.split() == wanted.split()


def test_what_is_right_already_is_taken_byte_for_byte(tmp_path: Path) -> None:
    data = SIMPLE.replace("接到", "<i>接到</i>").encode()
    assert read(tmp_path, data)[0].encode() == data


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (
            "WEBVTT\n\nNOTE 只给编辑看\n\n00:01.000 --> 00:02.000 line:0\n<b>果树</b>\n",
            "VTT",
            "果树",
        ),
        (
            "[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Layer, Start, End, Style, Name, "
            "MarginL, MarginR, MarginV, Effect, Text\n"
            "Comment: 0,0:00:00.00,0:00:09.00,Default,,0,0,0,,不显示\n"
            "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\an8}果树\\N冬季\n",
            "ASS",
            "果树\n冬季",
        ),
        ("1\r00:00:01.5 --> 00:00:02.0\r果树\r", "SRT", "果树"),
        ("00:00:01,000 --> 00:00:02,000\n果树\n", "SRT", "果树"),
    ],
)
def test_other_forms_are_read(tmp_path: Path, text: str, kind: str, words: str) -> None:
    converted, _encoding, called, cues = read(tmp_path, text)
    assert (called, cues) == (kind, 1)
    assert words in converted
    assert "编辑" not in converted
    assert "不显示" not in converted


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("hello --> x\n", 1),
        (SIMPLE.replace("00:00:04,000", "00:99:04,000"), 6),
        (SIMPLE.replace("00:00:03,000 -->", "3 秒 -->"), 6),
        (SIMPLE.replace("00:00:04,000", ""), 6),
        (SIMPLE.replace("00:00:04,000", "00:00:04"), 6),
        ("WEBVTT\n\n1:2.5 --> 00:03.000\nx\n", 3),
        (SIMPLE.replace("00:00:01,000 -->", "00:00:61,000 -->"), 2),
    ],
)
def test_a_line_that_makes_no_sense_is_named(tmp_path: Path, text: str, line: int) -> None:
    said = refused(tmp_path, text)
    assert (said.key, said.values["line"]) == ("centre.subtitle_bad_line", line)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "centre.subtitle_"),
        (b"just words\n", "centre.subtitle_"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "centre.subtitle_"),
        ("1\n00:00:01,000 --> 00:00:02,000\n\n", "centre.subtitle_empty"),
        (SIMPLE.replace("00:00:0", "02:00:0"), "centre.subtitle_beyond"),
        (b"1" * (MOST_BYTES + 1), "centre.subtitle_too_large"),
        (SIMPLE.encode("utf-16")[:-1], "centre.subtitle_unreadable"),
    ],
)
def test_what_is_no_subtitle_of_this_film_is_refused(
    tmp_path: Path, data: bytes | str, key: str
) -> None:
    assert refused(tmp_path, data).key.startswith(key)


def test_lines_beyond_the_end_and_backwards_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    path.write_text(
        SIMPLE.replace("00:00:03,000 --> 00:00:04", "00:02:03,000 --> 00:02:02"), encoding="utf-8"
    )
    remarks = read_subtitle(path, FILM_MS).remarks
    assert [(key, values["count"]) for key, values in remarks] == [
        ("centre.subtitle_some_beyond", 1),
        ("centre.subtitle_backwards", 1),
    ]
    assert all(say(key, **values) for key, values in remarks)
