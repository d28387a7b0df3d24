"""Two PCs with one copied disk are told apart from one PC that was put back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from app.bootstrap import enrol_station
from app.machine.enrolment import load_enrolment
from centre.intake.segments.machines import COPIED, PUT_BACK, what_befell
from tests.moving.two_villages import FIRST, SECOND, Pc, listed_station, stands, told_by
from tests.support.centre_process import RunningCentre

TWO, BACK = "notice.copied", "notice.put_back"


@pytest.mark.parametrize(
    ("here", "unknown", "befell"),
    [
        ("x", ["x"], PUT_BACK),
        ("x", ["x", "x"], PUT_BACK),
        ("x", ["y"], COPIED),
        ("x", ["x", "y"], COPIED),
        ("", ["y"], PUT_BACK),
        ("x", [""], PUT_BACK),
        ("x", ["", "y"], COPIED),
        ("", [""], PUT_BACK),
    ],
)
def test_what_a_pc_does_not_know_tells_what_befell_it(
    here: str, unknown: list[str], befell: str
) -> None:
    assert what_befell(here, unknown) == befell


def pc_with_a_past(centre: RunningCentre, home: Path) -> Pc:
    pc = Pc(home)
    pc.enrol(centre, FIRST)
    pc.sync()
    pc.hold_session(2)
    pc.sync()
    return pc


def copied(pc: Pc, name: str) -> Pc:
    home = pc.home.with_name(name)
    shutil.copytree(pc.home, home)
    return Pc(home)


def of_two(pc: Pc) -> set[str]:
    return {TWO, BACK} & pc.told().keys()


@pytest.mark.parametrize("first_sync", [True, False], ids=["online first", "offline first"])
def test_copies_of_one_disk_used_in_turns_are_two_from_the_second_ones_first_sync(
    centre: RunningCentre, tmp_path: Path, first_sync: bool
) -> None:
    pcs = [pc_with_a_past(centre, tmp_path / "one")]
    pcs.append(copied(pcs[0], "other"))
    sessions = []
    for turn in range(2):
        for number, pc in enumerate(pcs):
            if first_sync:
                pc.sync()
            sessions.append(pc.hold_session(3).session)
            pc.sync()
            is_alone = turn == 0 and number == 0
            assert of_two(pc) == (set() if is_alone else {TWO}), (turn, number)
    listed = listed_station(centre, FIRST)
    assert listed["copied_ms"] is not None
    assert listed["put_back_ms"] is None
    found = stands(centre)
    assert [found[one] for one in sessions] == [[(FIRST, 3, 1)]] * 4


def test_copies_that_only_send_at_the_very_end_are_two(
    centre: RunningCentre, tmp_path: Path
) -> None:
    one = pc_with_a_past(centre, tmp_path / "one")
    other = copied(one, "other")
    for pc in (one, other, one, other):
        pc.hold_session(1)
    for pc in (one, other, one):
        pc.sync()
    assert [of_two(one), of_two(other)] == [{TWO}, {TWO}]


def test_a_freeze_card_every_session_stays_one_pc(centre: RunningCentre, tmp_path: Path) -> None:
    pc = pc_with_a_past(centre, tmp_path / "one")
    image = copied(pc, "image")
    for number in range(3):
        if number != 1:
            pc.sync()
        pc.hold_session(1)
        pc.sync()
        shutil.rmtree(pc.home)
        shutil.copytree(image.home, pc.home)
    pc.sync()
    assert TWO not in pc.told()
    pc.hold_session(1)
    pc.sync()
    assert of_two(pc) == {BACK}
    assert listed_station(centre, FIRST)["copied_ms"] is None


def test_a_disk_that_goes_on_in_another_pc_is_neither(
    centre: RunningCentre, tmp_path: Path
) -> None:
    one = pc_with_a_past(centre, tmp_path / "one")
    other = copied(one, "other")
    shutil.rmtree(one.home)
    for _ in range(2):
        other.hold_session(1)
        other.sync()
    assert of_two(other) == set()
    assert listed_station(centre, FIRST)["copied_ms"] is None


def test_a_copy_that_gets_its_own_code_is_quiet_from_then_on(
    centre: RunningCentre, tmp_path: Path
) -> None:
    one = pc_with_a_past(centre, tmp_path / "one")
    other = copied(one, "other")
    for pc in (one, other):
        pc.hold_session(1)
        pc.sync()
    other.enrol(centre, FIRST)
    for pc in (other, one, other):
        pc.sync()
        pc.hold_session(1)
        pc.sync()
    assert of_two(other) == set()
    third = copied(one, "third")
    third.enrol(centre, SECOND)
    third.sync()
    assert of_two(third) == set()


def test_a_new_pc_in_the_place_of_a_broken_one_is_no_second_one(
    centre: RunningCentre, tmp_path: Path
) -> None:
    one = pc_with_a_past(centre, tmp_path / "one")
    kept = load_enrolment(one.home)
    assert kept is not None
    told = told_by(centre, "enrol-code", "--station", kept.station, "--json")
    new = Pc(tmp_path / "new")
    enrol_station(new.home, centre.address, json.loads(told)["code"])
    new.hold_session(0)
    new.sync()
    one.hold_session(1)
    one.sync()  # what the old one still has comes late
    new.hold_session(1)
    new.sync()
    assert TWO not in new.told()
    assert listed_station(centre, FIRST)["copied_ms"] is None


def test_a_home_that_was_moved_to_another_folder_is_one_pc(
    centre: RunningCentre, tmp_path: Path
) -> None:
    pc = pc_with_a_past(centre, tmp_path / "one")
    for name in ("two", "one", "two"):
        moved = pc.home.rename(tmp_path / name)
        pc = Pc(moved)
        pc.hold_session(1)
        pc.sync()
    assert of_two(pc) == set()
