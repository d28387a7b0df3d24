"""A class: its people, its five checks, who attended how much, who has been through no batch."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from app.areas.sessions.facts import SessionOpened
from app.domain.ids import PersonId
from centre.catalogue.acts import add_row
from centre.sites import find_site
from centre.store.tables import org_units, people
from tests.centre.benches import Bench
from tests.centre.catalogue.test_catalogue_acts import command
from tests.centre.decisions.test_people_decide import add_person
from tests.centre.recorded_sessions import closed, mark, new_session, prepared
from tests.support.talking_station import START_MS, TalkingStation, opened_segment

DAYS = "2026-12-01 19:30；2026-12-03 19:30"
_DAY_MS = 86_400_000


def lesson(station: TalkingStation, key: str, *came: str, after_days: int = 0) -> str:
    """One lesson of a class, as a station records it."""
    session, chain = new_session(), opened_segment()
    told = replace(
        prepared(session), training_class=key, planned_start_ms=START_MS + after_days * _DAY_MS
    )
    chain.record(told)
    chain.record(SessionOpened(session, tuple(PersonId(one) for one in came), ()))
    for one in came:
        chain.record(mark(session, one))
    chain.record(closed(session))
    station.deliver(chain)
    return session


def said(bench: Bench, capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    assert command(bench, *arguments, "--json") == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def test_who_attended_enough_and_who_has_been_through_no_batch(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    station, other = bench.station(), bench.station("松岭村")
    for n in (1, 2, 3):
        add_person(bench, station, f"p{n}", f"丙{n}")
    add_person(bench, other, "p4", "丙4")
    add_row(bench.centre, "audience", {"name": "正式党员", "kinds": "正式党员"})
    written = {"name": "书记班", "lessons": DAYS, "audience": "正式党员"}
    first = add_row(
        bench.centre, "training_class", written | {"batch": "第一期", "people": "丙1、丙2"}
    )
    second = add_row(bench.centre, "training_class", written | {"batch": "第二期", "people": "丙3"})
    one = lesson(station, first.id, "p1", "p2")
    two = lesson(station, first.id, "p1", after_days=2)
    three = lesson(other, second.id, "p3")
    told = said(bench, capsys, "classes", "progress", "书记班 第一期")
    assert [
        (line["person"], line["planned"], sorted(line["sessions"]), line["is_complete"])
        for line in told
    ] == [
        ("p1", 2, sorted([one, two]), True),
        ("p2", 2, [one], False),
    ]
    told = said(bench, capsys, "classes", "missing", first.id)
    assert [(line["person"], line["batches"], line["sessions"]) for line in told] == [
        ("p2", ["第一期"], [one]),
        ("p3", ["第二期"], [three]),
        ("p4", [], []),
    ]
    told = said(bench, capsys, "classes", "missing", first.id, "--site", "松岭村")
    assert [line["person"] for line in told] == ["p4"]
    assert command(bench, "classes", "progress", first.id) == 0
    assert "2 人中已结业 1 人" in capsys.readouterr().out
    assert command(bench, "classes", "progress", "书记班") == 1
    assert "不止一个" in capsys.readouterr().err


def test_people_are_chosen_by_branch_audience_and_name(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    station = bench.station()
    for n in (1, 2, 3):
        add_person(bench, station, f"p{n}", f"丙{n}")
    with bench.centre.store.writing() as tx:
        site = find_site(tx, "石门村").id
        tx.execute(org_units.insert().values(id="u1", site=site, name="第一支部", body=b"{}"))
        tx.execute(people.update().where(people.c.id != "p3").values(unit="u1"))
    add_row(bench.centre, "venue", {"name": "小屋", "seats": "2"})
    add_row(bench.centre, "training_class", {"name": "书记班", "venue": "小屋"})
    assert command(bench, "classes", "roster", "书记班", "--branch", "第一 支部") == 0
    out = capsys.readouterr().out
    assert "学员 2 人" in out
    assert "提醒" not in out
    assert command(bench, "classes", "roster", "书记班", "--person", "丙3") == 0
    assert "要来 3 人，小屋 只有 2 座" in capsys.readouterr().out
    told = said(bench, capsys, "classes", "roster", "书记班", "--person", "丙1", "--remove")
    assert [one["person"] for one in told] == ["p2", "p3"]
    assert command(bench, "classes", "roster", "书记班", "--branch", "没有的支部") == 1
    assert "没有找到这样的人" in capsys.readouterr().err
    assert command(bench, "classes", "change", "书记班", "人数=80") == 0
    assert "要来 80 人" in capsys.readouterr().out


def test_a_restricted_class_shows_nobody_to_whoever_is_not_entitled(
    bench: Bench, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    station = bench.station()
    add_person(bench, station, "p1", "丙1")
    written = {"name": "初心回归班", "people": "丙1", "is_restricted": "是"}
    add_row(bench.centre, "training_class", written)
    for asked in (
        ("list", "--json"),
        ("show", "初心回归班"),
        ("show", "初心回归班", "--json"),
        ("change", "初心回归班", "人数=3"),
        ("list",),
    ):
        assert command(bench, "classes", *asked) == 0
        out = capsys.readouterr().out
        assert "初心回归班" in out
        assert "丙1" not in out
        assert "p1" not in out
    for asked in (("roster",), ("progress",), ("missing",), ("roster", "--person", "丙1")):
        assert command(bench, "classes", asked[0], "初心回归班", *asked[1:]) == 1
        assert "只给有权的人看" in capsys.readouterr().err
    form = ("form", "class_file", "--class", "初心回归班", "--json")
    assert command(bench, *form) == 1
    assert "只给有权的人看" in capsys.readouterr().err
    assert command(bench, *form, "--restricted") == 0
    assert "丙1" in capsys.readouterr().out
    told = said(bench, capsys, "classes", "roster", "初心回归班", "--restricted")
    assert [one["name"] for one in told] == ["丙1"]
    path = tmp_path_factory.mktemp("out") / "班次.xlsx"
    assert said(bench, capsys, "classes", "export", str(path))["rows"] == 0


def test_the_five_checks_are_ticked_with_who_and_when(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    add_row(bench.centre, "training_class", {"name": "书记班"})
    assert (
        command(
            bench, "classes", "check", "书记班", "师资选配", "--by", "王主任", "--day", "2026-3-1"
        )
        == 0
    )
    assert "五统一还差：课程审核、教学管理、经费负担、考核评估" in capsys.readouterr().out
    told = said(bench, capsys, "classes", "check", "书记班", "courses", "--by", "李")
    assert [one["check"] for one in told["checks"]] == ["courses", "lecturers"]
    assert told["checks"][1] == {"check": "lecturers", "by": "王主任", "day": "2026-03-01"}
    assert command(bench, "classes", "check", "书记班", "食堂", "--by", "李") == 1
    assert "课程审核" in capsys.readouterr().err
