"""A file of choices that can't be right never keeps the window from coming up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.bootstrap import open_station
from tests.support.stations import SetClock
from ui.shell import unclean_exit
from ui.state.preferences import FILE_NAME, Choices, keep_choices, read_choices


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ('{"volume": 1e999}', Choices()),
        ('{"volume": NaN, "last_row_m": NaN, "tone_volume": -Infinity}', Choices()),
        ('{"volume": 1e400, "theme": "dark"}', Choices(theme="dark")),
        ('{"volume": 99999999999999999999999}', Choices(volume=100)),
        ('{"volume": -3, "language": "en"}', Choices(volume=0, language="en")),
        ('{"volume": "loud", "size": ["large"], "one_screen": "no"}', Choices()),
        ('{"audience_screen": "\\ud800", "voice": true}', Choices(voice=True)),
        ('{"language": null, "theme": {}, "picture_m": true}', Choices()),
        ("[" * 100_000, Choices()),
        ("[]", Choices()),
        ("null", Choices()),
        ("", Choices()),
        ('{"volume": ' + "9" * 5_000 + "}", Choices()),
    ],
)
def test_what_can_not_be_right_is_as_usual_and_the_rest_stays(
    kept: str, expected: Choices, tmp_path: Path
) -> None:
    (tmp_path / FILE_NAME).write_text(kept, encoding="utf-8")
    assert read_choices(tmp_path) == expected


def test_the_choices_that_can_be_kept_outlive_one_that_can_not(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"volume": 1e999, "language": "en"}', encoding="ascii")
    opened = open_station(tmp_path, clock=SetClock())
    try:
        assert [key for key, _ in opened.station.today().notices] == ["notice.choices_broken"]
    finally:
        opened.close()
    assert read_choices(tmp_path) == Choices(language="en")
    assert "1e999" in (tmp_path / f"{FILE_NAME}.broken").read_text(encoding="ascii")


@pytest.mark.skipif(os.name == "nt", reason="folders are replaced otherwise there")
def test_a_folder_in_place_of_a_small_file_is_set_aside_when_it_is_written(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    (tmp_path / f"{FILE_NAME}.draft").mkdir()
    (tmp_path / "running.mark").mkdir()
    keep_choices(tmp_path, Choices(volume=7))
    assert read_choices(tmp_path).volume == 7
    assert not unclean_exit.begin(tmp_path), "a folder is no mark of a run that was cut"
    unclean_exit.end(tmp_path)
    assert not unclean_exit.begin(tmp_path)


def test_choices_of_every_kind_come_back_as_they_were(tmp_path: Path) -> None:
    chosen = Choices("en", "largest", "投影 1", True, 33, True, 9.5, 1.25, "stark", False, True, 5)
    keep_choices(tmp_path, chosen)
    assert read_choices(tmp_path) == chosen
