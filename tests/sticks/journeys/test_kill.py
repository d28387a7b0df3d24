"""Either side of a journey is killed at any moment: no half part is ever trusted, nothing is lost."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import sys
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from pyrage.x25519 import Identity

from app.machine.enrolment import load_or_make_identity
from app.wire.sticks.layout import DOWN, DRAFT_NAME, TOP, UP, is_part_name
from app.wire.sticks.sealing import unseal
from centre.seal_key import centre_identity
from tests.sticks.killed_child import (
    export_until_killed,
    import_until_killed,
    put_until_killed,
    take_until_killed,
)
from tests.support.county import (
    County,
    bring_home,
    confirmed_in,
    export,
    open_county,
    station_of,
)
from tests.support.small_sessions import facts_in

_WINDOWS = sys.platform == "win32"
KILLS = int(os.environ.get("YJ_STICK_KILLS", "9" if _WINDOWS else "51"))
"""Kills in all, a third of them each: export, the centre, import."""
MOST_TURNS = 4

_context = multiprocessing.get_context("spawn" if _WINDOWS else "forkserver")
Side = Callable[[str, str, Connection], None]


@pytest.fixture(scope="module", autouse=True)
def prepared_server() -> None:
    """Children are forked from a process that has loaded the program once."""
    if not _WINDOWS:
        _context.set_forkserver_preload(["__main__", "tests.sticks.killed_child"])


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with open_county(tmp_path / "county") as opened:
        yield opened


def kill_inside(side: Side, home: Path, stick: Path, chance: random.Random) -> None:
    """Start one side and kill it somewhere inside one of its turns (or in its start)."""
    mine, theirs = _context.Pipe(duplex=False)
    child = _context.Process(  # type: ignore[attr-defined]  # typeshed's context is too narrow
        target=side, args=(str(home), str(stick), theirs), daemon=True
    )
    child.start()
    theirs.close()
    for _ in range(chance.randrange(MOST_TURNS + 1)):
        if mine.poll(60):
            mine.recv()
    mine.poll(chance.random() * 0.03)
    assert child.is_alive(), "it ended by itself"
    child.kill()
    child.join()
    mine.close()


def check_parts(stick: Path, way: str, reader: Identity) -> int:
    """Every file with a part's name is whole and opens; all others are drafts."""
    count = 0
    for path in stick.glob(f"{TOP}/{way}/*/*"):
        if not is_part_name(path.name):
            assert DRAFT_NAME.fullmatch(path.name), path.name
            continue
        content = path.read_bytes()
        assert hashlib.sha256(content).hexdigest() == path.name
        assert unseal(content, reader).station == path.parent.name
        count += 1
    return count


@pytest.mark.timeout(300)
def test_a_writer_killed_in_the_middle_of_a_file_leaves_a_draft_and_never_a_part(
    tmp_path: Path,
) -> None:
    chance = random.Random(3)
    drafts = whole = 0
    for _ in range(max(KILLS // 2, 6)):
        kill_inside(put_until_killed, tmp_path, tmp_path, chance)
        for path in tmp_path.glob(f"{TOP}/{UP}/*/*"):
            if is_part_name(path.name):
                assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
                whole += 1
            else:
                assert DRAFT_NAME.fullmatch(path.name), path.name
                drafts += 1
    assert min(drafts, whole) > 0, "no kill came in the middle of a file"


@pytest.mark.timeout(900)
@pytest.mark.logs_warnings  # a killed centre had the clock of this machine, the next has the county's
def test_kills_at_random_moments_leave_nothing_half_trusted(county: County, tmp_path: Path) -> None:
    chance = random.Random(7)
    stick = tmp_path / "stick"
    stick.mkdir()
    home = county.enrolled_home("石门村")
    county.clock.wall_ms += 1
    with county.at(home) as opened:
        session = opened.station.sessions.prepare_extra("学习", ())
        opened.station.sessions.open_sign_in(session.session.id)
    centre_home = county.centre.settings.home
    mine = Identity.from_str(load_or_make_identity(home))
    theirs = centre_identity(county.centre.settings)
    parts = 0
    for _ in range(KILLS // 3):
        kill_inside(export_until_killed, home, stick, chance)
        parts = check_parts(stick, UP, theirs)
        kill_inside(take_until_killed, centre_home, stick, chance)
        check_parts(stick, DOWN, mine)
        kill_inside(import_until_killed, home, stick, chance)
        held = {one.hex() for one in county.held(station_of(home))}
        assert confirmed_in(home / "station.db") <= held
    assert parts > KILLS // 6, "too few parts between the kills to prove anything"
    for _ in range(2):
        with county.at(home) as opened:
            told = [key for key, _ in opened.station.tools.notices]
            assert not any(key.startswith("notice.recovered") for key in told)
            export(opened, stick)
        assert county.take(stick).refused.keys() <= {"name"}
        with county.at(home) as opened:
            bring_home(opened, stick)
    own = set(facts_in(home / "station.db"))
    assert confirmed_in(home / "station.db") == own
    assert {one.hex() for one in county.held(station_of(home))} == own
    drafts = [path.name for path in stick.glob(f"{TOP}/*/*/*") if not is_part_name(path.name)]
    assert drafts == []
