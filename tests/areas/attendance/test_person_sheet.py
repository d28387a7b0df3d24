"""What a person's sheet shows: every mark with its lane, and the last sessions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.areas.attendance.marks import Lane, Status
from app.areas.attendance.person_rows import _LATELY, _TRAIL
from app.bootstrap import OpenStation
from app.domain.errors import NotFound
from app.domain.ids import PersonId, SessionId
from app.domain.personal import LeaveKind
from app.names.order import group_order, spelled_of
from app.names.readings import search_keys
from app.store.reading import StoreReading
from tests.support.stations import SetClock, station_at


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def opened(tmp_path: Path, clock: SetClock) -> Iterator[OpenStation]:
    with station_at(tmp_path / "home", clock=clock) as station:
        yield station


def begin(opened: OpenStation, title: str = "夜校") -> SessionId:
    session = opened.station.sessions.prepare_extra(title, ()).session.id
    opened.station.sessions.open_sign_in(session)
    return session


def test_a_sheet_lists_every_mark_also_the_one_taken_back(
    opened: OpenStation, clock: SetClock
) -> None:
    station, session, who = opened.station, begin(opened), PersonId("p8")
    first = station.attendance.sign_in(session, who, Lane.PHONE_TAIL, "member").card.mark
    other = station.attendance.sign_in(session, PersonId("p1"), Lane.SCANNER, "member").card
    clock.pass_minutes(3)
    station.attendance.undo(session, first)
    station.attendance.mark(session, who, Status.ON_LEAVE, leave=LeaveKind.SICK)

    sheet = station.attendance.sheet(session, who)

    assert [(one.status, one.lane, one.by, one.taken_back) for one in sheet.marks] == [
        (Status.PRESENT, Lane.PHONE_TAIL, "member", True),
        (Status.ON_LEAVE, Lane.ROLL_CALL, "operator", False),
    ]
    assert sheet.marks[1].leave is LeaveKind.SICK
    assert sheet.marks[1].at_ms - sheet.marks[0].at_ms == 180_000
    assert (sheet.card.name, sheet.card.status) == ("王福生", Status.ON_LEAVE)
    assert station.attendance.sheet(session, other.id).card.status is Status.PRESENT


def test_a_sheet_shows_the_last_six_closed_sessions_oldest_first(
    opened: OpenStation, clock: SetClock
) -> None:
    station, who = opened.station, PersonId("p8")
    for number in range(8):
        session = begin(opened, f"第{number}场")
        if number % 2:
            station.attendance.sign_in(session, who, Lane.ROLL_CALL, "operator")
        station.sessions.close(session)
        clock.pass_minutes(24 * 60)
    running = begin(opened, "这一场")

    sheet = station.attendance.sheet(running, who)

    assert [one.title for one in sheet.lately] == [f"第{number}场" for number in range(2, 8)]
    assert [one.status for one in sheet.lately] == [Status.ABSENT, Status.PRESENT] * 3
    assert station.attendance.sheet(None, who).lately == sheet.lately
    assert station.attendance.sheet(None, who).marks == ()
    away = station.attendance.sheet(running, PersonId("p9"))
    assert {one.status for one in away.lately} == {None}, "nobody away was absent"
    with pytest.raises(NotFound):
        station.attendance.sheet(running, PersonId("nobody"))


def test_a_sheet_reads_no_table_through(opened: OpenStation) -> None:
    """On a station of 35,000 people it costs what it costs on one of 30."""
    looked: list[str] = []
    with opened.station.tools.store.read() as reading:
        assert isinstance(reading, StoreReading)
        connection: Any = reading.conn.connection.driver_connection
        for asked in (_TRAIL, _LATELY):
            values = {"of": "s", "who": "p8", "most": 6}
            asked.run(reading.conn, values)
            plan = connection.execute(
                f"EXPLAIN QUERY PLAN {asked._text}", {**asked._fixed, **values}
            )
            looked += [str(row[3]) for row in plan]
    assert [one for one in looked if "SCAN" in one] == ["SCAN sessions"], looked


def test_people_stand_by_group_and_sound(opened: OpenStation) -> None:
    cards = opened.station.sessions.show(begin(opened)).cards
    assert [one.name for one in cards if one.group == "1组"] == [
        "陈桂英", "陈明德", "陈平", "李秀兰", "区伟明",
        "欧阳春梅", "单小平", "解放军", "张爱党", "周淑芳",
    ]  # fmt: skip
    assert [one.group for one in cards] == ["1组"] * 10 + ["2组"] * 10 + ["3组"] * 10


@pytest.mark.parametrize(
    ("name", "sounds"),
    [("仇国强", "qiuguoqiang"), ("单小平", "shanxiaoping"), ("尉迟恭敬", "yuchigongjing")],
)
def test_a_surname_sounds_as_it_is_said(name: str, sounds: str) -> None:
    assert spelled_of(name, search_keys(name)) == sounds


def test_groups_stand_by_their_number_then_by_sound() -> None:
    named = ["", "十组", "上坪组", "二组", "第3组", "大田组", "一组"]
    assert sorted(named, key=group_order) == [
        "一组", "二组", "第3组", "十组", "大田组", "上坪组", "",
    ]  # fmt: skip
