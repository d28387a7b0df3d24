"""What holds people's data is its owner's alone, at both sides and in homes made before."""

from __future__ import annotations

import faulthandler
import logging
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.bootstrap import open_station
from app.machine.enrolment_state import clear_the_way
from centre.opening import open_centre
from centre.settings import Settings
from tests.support.county import open_county
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SetClock, fill
from ui.shell import log_files, unclean_exit
from ui.state.preferences import Preferences, save_preferences

pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights are kept otherwise there")


@contextmanager
def _umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def _too_open(home: Path) -> dict[str, str]:
    """Files and folders that others may read or change, but for the course files."""
    found = {}
    for path in (home, *home.rglob("*")):
        if (home / "media") in (path, *path.parents):
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode != (0o700 if path.is_dir() else 0o600):
            found[str(path.relative_to(home.parent))] = oct(mode)
    return found


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_all_that_a_session_leaves_is_private_under_every_umask(mask: int, tmp_path: Path) -> None:
    with _umask(mask), open_county(tmp_path / "county") as county:
        home = county.enrolled_home("石门村")
        save_preferences(home, Preferences())
        unclean_exit.begin(home)
        with county.at(home) as opened:
            fill(opened, people=5, day="2026-11-23")
            session = begin(opened)
            sign_in(opened, session, 0, 1)
            opened.station.tools.store.backup_today(again=True)
            opened.station.export_record(tmp_path / "out", with_personal=True)
            assert (home / "station.db-wal").exists()
            assert _too_open(home) == {}
            assert _too_open(county.centre.settings.home) == {}
        assert _too_open(home) == {}
    for path in (tmp_path / "out").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    assert _too_open(tmp_path / "county" / "centre") == {}


def test_the_log_and_what_is_made_first_are_private_too(tmp_path: Path) -> None:
    home = tmp_path / "new home"
    root = logging.getLogger()
    before = list(root.handlers), root.level
    with _umask(0o000):
        log_files.start_log(home)
        logging.getLogger("ui").info("said")
    for handler in [one for one in root.handlers if one not in before[0]]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(before[1])
    faulthandler.enable()
    log_files._kept_open.pop().close()  # noqa: SLF001 - a program keeps it open to its end
    assert {one.name for one in (home / "logs").iterdir()} == {"station.log", "crash.log"}
    for path in (home / "logs").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_homes_made_before_are_tightened_at_the_next_start(tmp_path: Path) -> None:
    with open_county(tmp_path / "county") as county:
        home = county.enrolled_home("石门村")
        with county.at(home) as opened:
            sign_in_nobody = begin(opened)
            opened.station.tools.store.backup_today(again=True)
            assert sign_in_nobody
    centre = tmp_path / "county" / "centre"
    for place in (home, centre):
        for path in (place, *place.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
    open_station(home, clock=SetClock()).close()
    assert _too_open(home) == {}
    open_centre(Settings(centre)).close()
    assert _too_open(centre) == {}


def test_a_folder_that_is_shared_by_design_is_left_alone(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    (shared / "somebody's").write_text("x", encoding="ascii")
    (shared / "somebody's").chmod(0o644)
    clear_the_way(shared)
    assert stat.S_IMODE(shared.stat().st_mode) == 0o1777
    assert stat.S_IMODE((shared / "somebody's").stat().st_mode) == 0o644
