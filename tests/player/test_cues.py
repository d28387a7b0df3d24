"""Subtitle files as they lie on a station, read line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.player.cues import read_cues

TWO = (
    "1\n00:00:00,300 --> 00:00:02,187\n各位乡亲，<i>大家好</i>。\n\n"
    "2\n00:00:02.240 --> 00:00:05,934 X1:40\n{\\an8}今天我们来学习，\n接到诈骗电话怎么办。\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_line_stands_from_its_beginning_to_its_end(
    tmp_path: Path, encoding: str, end: str
) -> None:
    file = tmp_path / "a.srt"
    file.write_bytes(TWO.replace("\n", end).encode(encoding))
    cues = read_cues(file)
    assert cues is not None
    assert [cues.at(ms) for ms in (0, 299, 2_187, 2_239, 5_934, 9_999)] == [""] * 6
    assert cues.at(300) == cues.at(2_186) == "各位乡亲，大家好。"
    assert cues.at(2_240) == "今天我们来学习，\n接到诈骗电话怎么办。"


def test_what_is_no_srt_or_too_large_is_left_to_the_player(tmp_path: Path) -> None:
    for name, content in (
        ("a.ass", b"[Script Info]\nTitle: x\n"),
        ("b.srt", b""),
        ("c.srt", b"1\n00:00:05,000 --> 00:00:02,000\nbackwards\n"),
        ("d.srt", TWO.encode() + b"\n" * (4 << 20)),
    ):
        (tmp_path / name).write_bytes(content)
        assert read_cues(tmp_path / name) is None, name
    assert read_cues(tmp_path / "nowhere.srt") is None
    assert read_cues(None) is None


def test_the_sample_courses_are_read_whole() -> None:
    media = Path(__file__).resolve().parents[2] / "media" / "sample"
    for file in sorted(media.glob("*.srt")):
        cues = read_cues(file)
        assert cues is not None
        assert len(cues.cues) == file.read_text(encoding="utf-8").count("-->")
