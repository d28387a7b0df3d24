"""The move is killed at each of its steps: the next start makes it whole, and no fact is lost."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.bootstrap import open_station
from app.bootstrap.file_record import FileRecord
from app.machine.clock import SystemClock
from app.machine.enrolment import (
    KeptEnrolment,
    keep_enrolment,
    load_enrolment,
    load_or_make_key,
)
from app.machine.entropy import SystemEntropy
from app.machine.moving import former_homes, noted_move, take_over
from tests.support.county import hold_session
from tests.support.small_sessions import facts_in

_KILLED = 9
BEFORE = KeptEnrolment(
    "http://127.0.0.1:1", "st-old", "s-old", "松岭村学习点", "c-1", bytes(32), ("site:s-old",)
)
AFTER = replace(BEFORE, station="st-new", site="s-new", site_name="石门村学习点")


@pytest.mark.skipif(sys.platform == "win32", reason="no fork there")
def test_killed_at_any_step_nothing_is_lost_or_mixed(tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.mkdir()
    load_or_make_key(made, SystemEntropy())
    keep_enrolment(made, BEFORE)
    opened = open_station(made)
    hold_session(opened, 3)
    opened.station.pin.set_pin("2580")
    opened.station.tools.store.backup_today()
    opened.close()
    everything = set(facts_in(made / "station.db"))
    moved, steps = 0, 0
    while True:
        steps += 1
        home = tmp_path / f"killed-{steps}"
        shutil.copytree(made, home)
        was_killed = killed_at(steps, home)
        opened = open_station(home)
        new = opened.station.tools.store.held().facts
        assert opened.station.pin.view().has_pin
        opened.close()
        former = former_homes(home)
        if not former:
            assert load_enrolment(home) == BEFORE
            assert set(facts_in(home / "station.db")) == everything
        else:
            moved += 1
            assert (load_enrolment(home), noted_move(home), new) == (AFTER, None, 0)
            assert load_enrolment(former[0]) == BEFORE
            assert set(facts_in(former[0] / "station.db")) == everything
            assert sorted(one.name for one in (former[0] / "keys").glob("*.key")) == ["station.key"]
            assert list((former[0] / "backups").iterdir())
            assert not list((home / "backups").glob("*"))
        if not was_killed:
            break
    assert moved > 8


def killed_at(step: int, home: Path) -> bool:
    """Move in a child that ends at once before so many things were put in their places."""
    child = os.fork()
    if child == 0:
        put, left = os.replace, step

        def replacing(*where: Path) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os._exit(_KILLED)
            put(*where)

        setattr(os, "replace", replacing)  # noqa: B010 - only in this child
        code = 1
        try:
            take_over(home, AFTER, FileRecord(SystemClock(), SystemEntropy()), same_village=False)
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, _KILLED)
    return code == _KILLED
