"""Rosters and lists by command."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from app.domain.time import local_date
from centre.rosters.acts import stop_person
from tests.centre.benches import Bench
from tests.centre.offices import HEADER, SITE, commanded, load, roster
from tests.support.sheets import write_sheet


@pytest.fixture
def site(bench: Bench) -> str:
    bench.code(SITE)
    return SITE


def test_the_commands_say_all_this_and_nothing_changes_on_a_refusal(
    bench: Bench, site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = write_sheet(tmp_path / "a.xlsx", [HEADER, ["辰一", "一支部", "13900000121", "A1"]])
    second = write_sheet(tmp_path / "b.xlsx", [HEADER, ["巳新", "一支部", "13900000129", "A1"]])
    code, told, _ = commanded(
        bench, capsys, "import-roster", str(first), "--site", SITE, "--apply", "--json"
    )
    assert (code, json.loads(told)["import_id"]) == (0, 1)
    ident = roster(bench)["辰一"].id
    ask = ("import-roster", str(second), "--site", SITE)
    code, told, _ = commanded(bench, capsys, *ask)
    assert code == 1
    assert f"--same 2={ident}" in told
    code, _, said = commanded(bench, capsys, *ask, "--apply")
    assert (code, "--leave-out-faulty" in said) == (1, True)
    code, _, said = commanded(bench, capsys, *ask, "--apply", "--same", "x")
    assert (code, "--same 2=" in said) == (1, True)
    code, _, said = commanded(bench, capsys, *ask, "--apply", "--new", "9")
    assert (code, "第 9 行" in said) == (1, True)
    code, told, _ = commanded(bench, capsys, *ask, "--apply", "--leave-out-faulty")
    assert (code, list(roster(bench))) == (0, ["辰一"])
    code, told, _ = commanded(bench, capsys, *ask, "--apply", "--same", f"2={ident}")
    assert (code, list(roster(bench))) == (0, ["巳新"])
    code, told, _ = commanded(bench, capsys, "undo-import", "--site", SITE)
    assert (code, list(roster(bench))) == (0, ["辰一"])
    assert "第 2 号" in told
    code, told, _ = commanded(
        bench, capsys, "stop-person", ident, "--by", "老陈", "--reason", "重复"
    )
    assert (code, roster(bench)["辰一"].active) == (0, False)


def test_what_there_is_can_be_listed(
    bench: Bench, site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = [*HEADER, "状态"]
    load(
        bench,
        tmp_path,
        [
            header,
            ["张三", "一支部", "13800138001", "A1", "体弱"],
            ["李四", "一支部", "13800138002", "A2", ""],
        ],
    )
    bench.station("乙村")
    stop_person(bench.centre, roster(bench)["李四"].id, by="老陈", reason="转走")
    today = local_date(time.time_ns() // 1_000_000).isoformat()
    plan = ("plan", "--site", SITE, "--date", today, "--start", "19:30", "--title", "果树")
    assert commanded(bench, capsys, *plan)[0] == 0
    listed = json.loads(commanded(bench, capsys, "people", "--site", SITE, "--json")[1])
    assert [(one["name"], one["active"], one["branch"], one["phone"]) for one in listed] == [
        ("张三", True, "一支部", "138****8001"),
        ("李四", False, "一支部", "138****8002"),
    ]
    assert (listed[0]["member_no"], listed[0]["standings"]) == ("A1", ["frail"])
    sites = json.loads(commanded(bench, capsys, "sites", "--json")[1])
    assert {one["name"]: (one["people"], one["stations"]) for one in sites} == {
        SITE: (1, 0),
        "乙村": (0, 1),
    }
    (planned,) = json.loads(commanded(bench, capsys, "plans", "--json")[1])
    assert (planned["date"], planned["title"], planned["withdrawn"]) == (today, "果树", False)
    assert json.loads(commanded(bench, capsys, "courses", "--json")[1]) == []
    table = commanded(bench, capsys, "people")[1].splitlines()
    assert "13800138001" not in "".join(table)
    # A Chinese sign is two letters wide: the state stands under its heading.
    wide = [
        sum(2 if ord(sign) > 255 else 1 for sign in line.split(word)[0])
        for line, word in zip(table, ("状态", "正常", "停用"), strict=True)
    ]
    assert len(set(wide)) == 1
    assert commanded(bench, capsys, "plans", "--site", "乙村")[1] == "没有可列的。\n"
    assert commanded(bench, capsys, "people", "--site", "别处")[0] == 1
