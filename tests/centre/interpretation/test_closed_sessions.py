"""No import changes what a session says that is over: at the centre, and at its real station."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.areas.attendance.marks import Lane
from app.bootstrap import OpenStation, enrol_station, open_station
from app.domain.ids import PersonId, SessionId
from centre.rosters.acts import undo_act
from centre.rosters.importing import Decided, import_roster
from tests.centre.benches import Bench
from tests.centre.recorded_sessions import rich_session
from tests.support.centre_process import RunningCentre, running_centre
from tests.support.sheets import write_sheet

SITE = "石门村"


@dataclass(slots=True)
class County:
    """A real centre in its own process, and the real store of a station of it."""

    centre: RunningCentre
    opened: OpenStation
    folder: Path

    def load(self, rows: list[list[object]], *answers: str) -> dict[str, Any]:
        """Import a sheet and let the station hear of it."""
        sheet = str(write_sheet(self.folder / "r.xlsx", rows))
        words = ("import-roster", sheet, "--site", SITE, "--apply", "--json", *answers)
        told: dict[str, Any] = json.loads(self.centre.command(*words))
        self.sync()
        return told

    def sync(self) -> None:
        """One round with the centre."""
        outcome = self.opened.station.sync.run(store_lane=lambda job: job(), courses=False)
        assert outcome.trouble is None

    def person(self, name: str) -> PersonId:
        """The id of somebody active."""
        (found,) = [one.id for one in self.opened.station.people.all() if one.name == name]
        return found

    def hold_session(self, *present: str) -> SessionId:
        """A session from its opening to the centre's receipt for its end."""
        station = self.opened.station
        session = station.sessions.prepare_extra("学习", ()).session.id
        station.sessions.open_sign_in(session)
        for name in present:
            station.attendance.sign_in(session, self.person(name), Lane.ROLL_CALL, "operator")
        station.sessions.close(session)
        self.sync()
        return session

    def said(self, session: SessionId) -> tuple[Any, Any]:
        """What the station and the centre say of a session: all that can be read and printed."""
        view = self.opened.station.sessions.show(session)
        (told,) = self.centre.report("--session", session)["sessions"]
        here = [
            (one.id, one.name, one.kind, one.group, one.branch, one.standpoint, one.status)
            for one in view.cards
        ]
        assert {one.id: one.name for one in view.cards} == {
            one["person"]: one["name"] for one in told["people"]
        }
        return (here, view.turnout, view.code, view.undoable), told


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with running_centre(tmp_path / "centre") as running:
        enrol_station(tmp_path / "station", running.address, running.enrol_code(SITE))
        opened = open_station(tmp_path / "station")
        try:
            yield County(running, opened, tmp_path)
        finally:
            opened.close()


def names(said: tuple[Any, Any]) -> dict[str, str]:
    return {one["name"]: one["status"] for one in said[1]["people"]}


def test_row_numbers_that_moved_leave_a_session_as_it_was(county: County) -> None:
    header: list[object] = ["编号", "姓名", "支部", "手机"]
    one, two = ["丙一", "一支部", "13900000021"], ["丙二", "一支部", "13900000022"]
    county.load([header, [1, *one], [2, *two]])
    session = county.hold_session("丙一")
    before = county.said(session)
    assert names(before) == {"丙一": "present", "丙二": "absent"}
    told = county.load([header, [1, "新来的", "一支部", "13900000023"], [2, *one], [3, *two]])
    assert (told["added"], told["changed"], told["deactivated"]) == (1, 0, 0)
    assert county.said(session) == before
    told = county.load([header, [1, *two]])
    assert told["deactivated"] == 2
    assert county.said(session) == before


def test_corrections_moves_and_taking_back_leave_sessions_as_they_were(county: County) -> None:
    header: list[object] = ["姓名", "支部", "手机", "会员号", "小组", "出生日期"]
    first: list[list[object]] = [
        header,
        ["李秀英", "一支部", "13900000121", "A1", "岭脚组", "1960-01-02"],
        ["王建国", "一支部", "13900000122", "A2", "岭脚组", "1958-03-02"],
        ["赵大山", "一支部", "13900000123", "A3", "上坪组", "1971-05-06"],
        ["孙长顺", "一支部", "13900000124", "A4", "上坪组", "1966-07-08"],
    ]
    county.load(first)
    taken = county.person("孙长顺")
    session = county.hold_session("李秀英", "王建国", "孙长顺")
    before = county.said(session)
    told = county.load(
        [
            header,
            ["李秀瑛", "一支部", "13900000121", "A1", "岭脚组", "1960-01-02"],
            ["王建国", "二支部", "13900000122", "A2", "河边组", "1958-03-02"],
            ["孙常顺", "一支部", "13700000129", "A4", "上坪组", ""],
        ],
        "--same",
        f"4={taken}",
    )
    assert [one["name"] for one in told["people"]["stopped"]] == ["赵大山"]
    assert county.said(session) == before
    # A session after the correction has the new names, and the stopped one is not expected.
    later = county.hold_session("李秀瑛")
    after = county.said(later)
    assert names(after) == {"李秀瑛": "present", "王建国": "absent", "孙常顺": "absent"}
    branches = {one[1]: one[4] for one in after[0][0]}
    assert branches["王建国"] == "二支部"
    # Taking it back changes the roster, and neither session.
    county.centre.command("undo-import", str(told["import_id"]), "--site", SITE)
    county.sync()
    assert {one.name for one in county.opened.station.people.all()} == {
        str(one[0]) for one in first[1:]
    }
    assert county.said(session) == before
    assert county.said(later) == after
    assert names(county.said(county.hold_session("赵大山")))["赵大山"] == "present"


def test_the_report_of_either_database_names_people_as_they_were(
    bench: Bench, tmp_path: Path
) -> None:
    station = bench.station(SITE)
    header = ["姓名", "支部", "手机", "出生日期"]

    def load(name: str) -> None:
        rows = [header, [name, "一支部", "13800138001", "1960-01-02"]]
        path = write_sheet(tmp_path / "r.xlsx", rows)
        import_roster(bench.centre, path, SITE, apply=True, decided=Decided())

    load("李秀英")
    with bench.centre.store.reading() as tx:
        (ident,) = tx.exec_driver_sql("SELECT id FROM people").one()
    recorded = rich_session((ident,))
    ahead = recorded.chains[-1]
    station.deliver(*recorded.chains)
    bench.clock.ms = ahead.wall_ms - 3 * 3_600_000  # the station's clock is three hours ahead

    def named() -> list[str]:
        (told,) = bench.report(session=recorded.session).sessions
        return [one.name for one in told.people if one.person == ident]

    assert named() == ["李秀英"]
    load("李秀瑛")
    assert named() == ["李秀英"]
    undo_act(bench.centre, SITE)
    assert named() == ["李秀英"]
    assert bench.report(site=SITE).sessions[0].people[0].name == "李秀英"
