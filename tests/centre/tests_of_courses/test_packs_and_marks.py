"""Packs at the centre: errors by row, sealed in the feed, opened in time; marks listed by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.areas.sessions.facts import SessionOpened, SessionPrepared
from app.areas.tests_of_courses.facts import CourseTestTaken
from app.areas.tests_of_courses.question_pack import (
    PackContent,
    PackKey,
    QuestionKind,
    QuestionPack,
)
from app.domain.ids import PersonId, SessionId
from app.domain.personal import Personal
from app.wire.codec import read_row
from app.wire.sealed_packs import open_pack
from centre.feeds.scopes import CATALOGUE
from tests.centre.benches import Bench
from tests.centre.offices import HEADER, SITE, commanded, load, roster
from tests.support.sheets import write_sheet
from tests.support.talking_station import TalkingStation, opened_segment

HEADINGS = ("题型", "题目", "答案", "A", "B", "C", "D")
GOOD = (
    ("单选题", "党的根本宗旨是什么？", "A", "为人民服务", "发展经济"),
    ("多选题", "哪些是会？", "ba", "党员大会", "支委会", "党课"),
    ("判断题", "预备党员有表决权。", "错"),
    ("排序题", "按先后排：", "BAC", "积极分子", "申请入党", "预备党员"),
)
BAD = (
    ("填空题", "？", "A", "甲", "乙"),
    ("单选题", "", "A", "甲", "乙"),
    ("单选题", "？", "AB", "甲", "乙"),
    ("多选题", "？", "D", "甲", "乙"),
    ("单选题", "？", "A", "甲", "甲"),
    ("排序题", "？", "AB", "甲", "乙", "丙"),
)
IMPORT = ("tests", "import", "--name", "党章知识", "--opens", "2026-11-26 19:30", "--json")


def rows_at(station: TalkingStation, kind: str) -> list[bytes]:
    """Rows of a kind as a station's feed has them."""
    answer = station.exchange(station.request(cursors={CATALOGUE: 0})).answer
    return [row.body or b"" for page in answer.pages for row in page.rows if row.kind == kind]


def test_errors_are_told_by_row_and_nothing_is_published(
    bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_sheet(tmp_path / "t.xlsx", [HEADINGS, *GOOD, *BAD])
    code, out, _ = commanded(bench, capsys, *IMPORT, "--apply", str(path))
    told = json.loads(out)
    assert (code, told["pack"]) == (1, "")
    assert [(one["row"], one["why"]) for one in told["troubles"]] == [
        (6, "kind"),
        (7, "no_text"),
        (8, "right"),
        (9, "right"),
        (10, "options"),
        (11, "right"),
    ]
    assert rows_at(bench.station(), "question_pack") == []


def test_a_pack_travels_sealed_and_its_key_comes_at_the_opening(
    bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    station = bench.station()
    path = write_sheet(tmp_path / "t.xlsx", [HEADINGS, *GOOD])
    code, out, err = commanded(bench, capsys, *IMPORT, "--apply", str(path))
    assert code == 0, err
    pack = json.loads(out)["pack"]
    (body,) = rows_at(station, "question_pack")
    row = read_row(body, QuestionPack)
    assert (row.id, row.count, row.opens) == (pack, 4, "2026-11-26 19:30")
    assert "宗旨".encode() not in body
    assert rows_at(station, "pack_key") == []
    code, out, err = commanded(bench, capsys, "tests", "open", pack, "--early", "--json")
    assert code == 0, err
    (key,) = (read_row(one, PackKey) for one in rows_at(station, "pack_key"))
    assert key.key == json.loads(out)["key"]
    content = read_row(open_pack(pack, key.key, row.sealed), PackContent)
    assert [one.kind for one in content.questions] == [*QuestionKind]
    assert [one.right for one in content.questions] == [(0,), (0, 1), (1,), (1, 0, 2)]


def test_marks_are_listed_by_name_and_answers_go_with_the_person(
    bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    station = bench.station(SITE)
    rows = [[name, "一支部", "", f"A{n}"] for n, name in enumerate(("陈桂英", "王建国"))]
    load(bench, tmp_path, [HEADER, *rows])
    people = {name: one.id for name, one in roster(bench).items()}
    chain, of = opened_segment(), SessionId("s1")
    chain.record(SessionPrepared(of, None, "talk", "宣讲", (), (), None, 15))
    chain.record(SessionOpened(of, (), ()))
    for name, right in (("王建国", 4), ("陈桂英", 2)):
        chain.record(
            CourseTestTaken(of, "t-1", PersonId(people[name]), right, 4),
            personal=Personal(more=(("1", "3 1 2"),)),
        )
    station.deliver(chain)
    station.deliver(chain)
    code, out, err = commanded(bench, capsys, "tests", "results", "--session", "s1", "--json")
    assert code == 0, err
    told = json.loads(out)
    assert [(one["name"], one["right"]) for one in told] == [("王建国", 4), ("陈桂英", 2)] or [
        (one["name"], one["right"]) for one in told
    ] == [("陈桂英", 2), ("王建国", 4)]
    code, _, err = commanded(
        bench, capsys, "erase-person", people["王建国"], "--by", "本人", "--reason", "要求"
    )
    assert code == 0, err
    bench.report()
    with bench.centre.store.reading() as tx:
        kept = tx.exec_driver_sql(
            "SELECT person, answers FROM area_test_results ORDER BY person"
        ).all()
    answers = {str(person): str(one) for person, one in kept}
    assert answers[people["王建国"]] == "[]"
    assert answers[people["陈桂英"]] == "[[3, 1, 2]]"
