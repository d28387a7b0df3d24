"""A file of choices that can't be right never keeps the window from coming up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.bootstrap import open_station
from tests.support.stations import SetClock
from ui.shell import unclean_exit
from ui.state.preferences import FILE_NAME, Preferences, read_preferences, save_preferences


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ('{"volume": 1e999}', Preferences()),
        ('{"volume": NaN, "last_row_m": NaN, "tone_volume": -Infinity}', Preferences()),
        ('{"volume": 1e400, "theme": "dark"}', Preferences(theme="dark")),
        ('{"volume": 99999999999999999999999}', Preferences(volume=100)),
        ('{"volume": -3, "language": "en"}', Preferences(volume=0, language="en")),
        ('{"volume": "loud", "size": ["large"], "one_screen": "no"}', Preferences()),
        ('{"audience_screen": "\\ud800", "voice": true}', Preferences(voice=True)),
        ('{"language": null, "theme": {}, "picture_m": true}', Preferences()),
        ("[" * 100_000, Preferences()),
        ("[]", Preferences()),
        ("null", Preferences()),
        ("", Preferences()),
        ('{"volume": ' + "9" * 5_000 + "}", Preferences()),
    ],
)
def test_what_can_not_be_right_is_as_usual_and_the_rest_stays(
    kept: str, expected: Preferences, tmp_path: Path
) -> None:
    (tmp_path / FILE_NAME).write_text(kept, encoding="utf-8")
    assert read_preferences(tmp_path) == expected


def test_the_choices_that_can_be_kept_outlive_one_that_can_not(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"volume": 1e999, "language": "en"}', encoding="ascii")
    opened = open_station(tmp_path, clock=SetClock())
    try:
        assert [key for key, _ in opened.station.today.overview().notices] == [
            "notice.choices_broken"
        ]
    finally:
        opened.close()
    assert read_preferences(tmp_path) == Preferences(language="en")
    assert "1e999" in (tmp_path / f"{FILE_NAME}.broken").read_text(encoding="ascii")


@pytest.mark.skipif(os.name == "nt", reason="folders are replaced otherwise there")
def test_a_folder_in_place_of_a_small_file_is_set_aside_when_it_is_written(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    (tmp_path / f"{FILE_NAME}.draft").mkdir()
    (tmp_path / "running.mark").mkdir()
    save_preferences(tmp_path, Preferences(volume=7))
    assert read_preferences(tmp_path).volume == 7
    assert not unclean_exit.begin(tmp_path), "a folder is no mark of a run that was cut"
    unclean_exit.end(tmp_path)
    assert not unclean_exit.begin(tmp_path)


def test_choices_of_every_kind_come_back_as_they_were(tmp_path: Path) -> None:
    chosen = Preferences(
        "en", "largest", "投影 1", True, 33, False, True, 9.5, 1.25, "stark", False, True, 5
    )
    save_preferences(tmp_path, chosen)
    assert read_preferences(tmp_path) == chosen
