"""A station alone reads its roster from a spreadsheet, with the centre's dry run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.areas.people.entry import PersonEntry
from app.areas.people.person import PersonKind, StandingKind
from app.bootstrap import OpenStation, open_station
from app.domain.errors import BadInput
from app.rosters.import_plan import Decided
from tests.rules.looking import ROOT
from tests.support.stations import SetClock

SAMPLE = ROOT / "resources" / "sample" / "roster.xlsx"
HEAD = "姓名,支部,党小组,手机,出生年月,类别,状态"


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[OpenStation]:
    opened = open_station(tmp_path / "home", clock=SetClock())
    yield opened
    opened.close()


def _sheet(folder: Path, *lines: str, head: str = HEAD) -> Path:
    path = folder / "roster.csv"
    path.write_text("\n".join((head, *lines)), encoding="utf-8")
    return path


def test_a_sheet_is_told_first_and_then_taken_in(alone: OpenStation, tmp_path: Path) -> None:
    people = alone.station.people
    sheet = _sheet(
        tmp_path,
        "陈桂英,石门村第一支部,第一组,13900000001,1958-03,正式党员,正常",
        "王建国,石门村第一支部,,13900000002,,预备党员,外出务工",
    )
    told = people.take_sheet(people.read_sheet(sheet))
    assert (told.added, told.applied, people.all()) == (("陈桂英", "王建国"), False, ())

    people.take_sheet(people.read_sheet(sheet), apply=True)

    view = people.roster()
    by_name = {one.name: one for one in view.people}
    chen, wang = by_name["陈桂英"], by_name["王建国"]
    assert (chen.phone_tail, chen.birth_year, chen.group) == ("0001", 1958, "第一组")
    assert [view.branches[unit] for unit in chen.units] == ["石门村第一支部"]
    assert (wang.kind, wang.standings[0].kind) == (PersonKind.PROBATIONARY, StandingKind.AWAY)
    for path in (alone.home / "station.db-wal", alone.home / "station.db"):
        assert b"13900000001" not in path.read_bytes(), "only the last four digits are kept"

    again = people.take_sheet(people.read_sheet(sheet))
    assert (again.added, again.changed, again.deactivated, again.unchanged) == ((), (), (), 2)


def test_a_newer_sheet_changes_stops_and_brings_back_the_same_people(
    alone: OpenStation, tmp_path: Path
) -> None:
    people = alone.station.people
    first = ("陈桂英,一支部,,13900000001,1958-03,,", "王建国,一支部,,13900000002,1960-01,,外出务工")
    people.take_sheet(people.read_sheet(_sheet(tmp_path, *first)), apply=True)
    ids = {one.name: one.id for one in people.all()}

    second = ("陈桂瑛,一支部,二组,13900000001,1958-03,,",)
    told = people.take_sheet(people.read_sheet(_sheet(tmp_path, *second)), apply=True)
    assert (told.changed, told.deactivated) == (("陈桂瑛",), ("王建国",))
    assert [(one.id, one.name, one.group) for one in people.all()] == [
        (ids["陈桂英"], "陈桂瑛", "二组")
    ]
    people.take_sheet(
        people.read_sheet(_sheet(tmp_path, *second, "王建国,一支部,,13900000002,1960-01,,正常")),
        apply=True,
    )
    back = next(one for one in people.all() if one.name == "王建国")
    assert (back.id, back.standings) == (ids["王建国"], ())
    alone.station.tools.store.rebuild()
    assert {one.id for one in people.all()} == set(ids.values())


def test_nothing_is_taken_in_while_a_row_is_in_question(alone: OpenStation, tmp_path: Path) -> None:
    people = alone.station.people
    sheet = _sheet(tmp_path, "陈桂英,一支部,,13900000001,1958-03,,", "王建国,一支部,,13,,,")
    with pytest.raises(BadInput, match="rows_wrong"):
        people.take_sheet(people.read_sheet(sheet), apply=True)
    assert people.all() == ()
    people.take_sheet(people.read_sheet(sheet), Decided(leave_out=True), apply=True)
    assert [one.name for one in people.all()] == ["陈桂英"]


def test_the_sample_roster_is_whole_and_stays_as_it_is(alone: OpenStation) -> None:
    people = alone.station.people
    done = people.take_sheet(people.read_sheet(SAMPLE), apply=True)
    assert len(people.all()) == len(done.added)
    again = people.take_sheet(people.read_sheet(SAMPLE))
    assert again.unchanged == len(done.added)


def test_a_post_in_the_sheet_makes_the_hours_goal_follow(
    alone: OpenStation, tmp_path: Path
) -> None:
    people, ledgers = alone.station.people, alone.station.ledgers
    head = f"{HEAD},党内职务"
    lines = (
        "陈桂英,石门村第一支部,,,1958-03,,,书记",
        "王建国,石门村第一支部,,,,,,副书记兼组织委员",
        "李秀兰,石门村第一支部,,,,,,党小组长",
        "张爱党,石门村第一支部,,,,,,原书记",
        "周淑芳,石门村第一支部,,,,,,",
    )
    sheet = people.read_sheet(_sheet(tmp_path, *lines, head=head))
    people.take_sheet(sheet, apply=True)
    found = {one.name: one for one in people.roster().people}
    assert {name: one.posts for name, one in found.items()} == {
        "陈桂英": ("secretary",),
        "王建国": ("deputy_secretary", "committee_member"),
        "李秀兰": (),
        "张爱党": (),
        "周淑芳": (),
    }
    year = int(ledgers.today()[:4])
    goals = {name: ledgers.hours(one.id, year).account.target // 60 for name, one in found.items()}
    assert (goals["陈桂英"], goals["王建国"], goals["周淑芳"]) == (56, 56, 32)
    # A sheet without the column says nothing of posts; one with it takes them back.
    silent = people.read_sheet(_sheet(tmp_path, *(one.rpartition(",")[0] for one in lines)))
    assert people.take_sheet(silent).changed == ()
    emptied = (lines[0].replace("书记", ""), *lines[1:])
    people.take_sheet(people.read_sheet(_sheet(tmp_path, *emptied, head=head)), apply=True)
    assert people.whole(found["陈桂英"].id).person.posts == ()


def test_a_post_that_is_none_is_refused(alone: OpenStation) -> None:
    with pytest.raises(BadInput) as refused:
        alone.station.people.add(PersonEntry("丙一", post="chairman"))
    assert refused.value.key == "refusal.bad_post"
