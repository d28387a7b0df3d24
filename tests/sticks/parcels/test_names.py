"""Every name that is ever put on a stick is one that FAT32, exFAT and Windows keep as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.wire.sticks.folder import Folder
from app.wire.sticks.layout import FAT_FILE_BYTES, TOP, is_station_name
from centre.courses.publishing import CourseOffer, publish_course
from centre.sticks.courses import copy_courses
from tests.rules.looking import ROOT
from tests.support.county import County, bring_home, export, hold_session, open_county, station_of

CLIP = ROOT / "tests" / "player" / "clips" / "short.mp4"
PLAIN = re.compile(r"YJ|[0-9a-z][0-9a-z-]{0,99}")
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with open_county(tmp_path / "county") as opened:
        yield opened


def fits_fat(name: str) -> bool:
    return bool(PLAIN.fullmatch(name)) and not DEVICES.fullmatch(name)


def test_a_whole_journey_puts_only_plain_names_on_the_stick(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, opened_new = tmp_path / "stick", Folder.open_new
    stick.mkdir()
    drafts: list[str] = []

    def seen(folder: Folder, name: str) -> int:
        drafts.append(name)
        return opened_new(folder, name)

    monkeypatch.setattr(Folder, "open_new", seen)
    publish_course(county.centre, CourseOffer(CLIP, title="短片", id="k2"))
    homes = [county.enrolled_home(name) for name in ("石门村", "CON", "aux.mp4 村")]
    for home in homes:
        assert is_station_name(station_of(home))
        with county.at(home) as opened:
            hold_session(opened, 2)
            export(opened, stick)
    county.take(stick)
    copy_courses(county.centre, stick)
    for home in homes:
        with county.at(home) as opened:
            bring_home(opened, stick)
    names = [path.name for path in stick.rglob("*")]
    assert len(names) > 10
    assert drafts
    assert [one for one in (*names, *drafts) if not fits_fat(one)] == []
    together = [str(path.relative_to(stick)).casefold() for path in stick.rglob("*")]
    assert len(set(together)) == len(together), "no two differ by case alone"
    assert all(path.stat().st_size <= FAT_FILE_BYTES for path in stick.rglob("*"))
    assert [path.name for path in stick.iterdir()] == [TOP]
