"""Importing what offices send month after month: nobody is mistaken, and all is told by name."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.areas.people.person import PersonKind, StandingKind
from app.domain.errors import BadInput
from app.rosters.sheets.sheet_rows import ReadColumn, ReadRoster, RosterRow, SheetRemark
from app.rosters.telling import as_json, as_lines
from centre.rosters.identity import identity_mark
from centre.rosters.importing import Decided, ReadFile, import_read
from centre.store.tables import people
from tests.centre.benches import Bench
from tests.centre.offices import HEADER, SITE, kept, load, roster

IDENTITY = "11010519491231002X"


@pytest.fixture
def site(bench: Bench) -> str:
    bench.code(SITE)
    return SITE


def test_the_dry_run_names_everybody_and_what_changes(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    header = ["姓名", "支部", "手机", "出生日期"]
    born = "1958-03-02"
    load(
        bench,
        tmp_path,
        [
            header,
            ["王建国", "一支部", "13800138001", born],
            ["李秀英", "一支部", "13800138002", born],
            ["赵大山", "一支部", "13800138003", born],
            ["孙长顺", "一支部", "13800138004", born],
        ],
    )
    ids = {name: one.id for name, one in roster(bench).items()}
    later = [
        header,
        ["王建国", "二支部", "13800138001", born],
        ["李秀瑛", "一支部", "13800138002", born],
        ["孙长顺", "一支部", "13700000004", born],
        ["周新来", "一支部", "13800138005", born],
    ]
    before = kept(bench)
    told = as_json(load(bench, tmp_path, later, apply=False))
    assert kept(bench) == before
    assert {key: told[key] for key in ("added", "changed", "deactivated", "unchanged")} == {
        "added": 1,
        "changed": 3,
        "deactivated": 1,
        "unchanged": 0,
    }
    who = told["people"]
    assert [(one["name"], one["branch"], one["phone"]) for one in who["added"]] == [
        ("周新来", "一支部", "138****8005")
    ]
    assert {one["name"]: (one["id"], one["changes"]) for one in who["changed"]} == {
        "李秀瑛": (ids["李秀英"], [{"field": "name", "from": "李秀英", "to": "李秀瑛"}]),
        "孙长顺": (
            ids["孙长顺"],
            [{"field": "phone", "from": "138****8004", "to": "137****0004"}],
        ),
    }
    assert who["moved"] == [
        {"name": "王建国", "id": ids["王建国"], "from": "一支部", "to": "二支部"}
    ]
    assert [one["name"] for one in who["stopped"]] == ["赵大山"]
    lines = "\n".join(as_lines(load(bench, tmp_path, later, apply=False), left_out=False))
    for words in (
        "李秀瑛 (一支部) 姓名 李秀英 → 李秀瑛",
        "王建国 一支部 → 二支部",
        "赵大山 (一支部, 138****8003)",
        "电话 138****8004 → 137****0004",
    ):
        assert words in lines
    assert "13800138" not in lines + json.dumps(told)
    applied = load(bench, tmp_path, later)
    assert as_json(applied)["people"]["moved"] == who["moved"]
    assert [one.id for one in applied.people.added] == [roster(bench)["周新来"].id]
    again = load(bench, tmp_path, later)
    assert (again.added, again.changed, again.deactivated, again.import_id) == ((), (), (), None)


def test_a_long_list_is_cut_for_people_and_whole_for_programs(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    rows = [HEADER, *([f"丙{n}", "一支部", f"139000{n:05d}", ""] for n in range(60))]
    outcome = load(bench, tmp_path, rows, apply=False)
    lines = as_lines(outcome, left_out=False)
    assert len(lines) < 50
    assert "  … 还有 20 条，用 --json 看全部" in lines
    assert len(as_json(outcome)["people"]["added"]) == 60


def test_a_file_without_branches_speaks_for_all_and_says_so(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    load(bench, tmp_path, [HEADER, ["张三", "一支部", "13800138001", "A1"]])
    load(bench, tmp_path, [HEADER, ["李四", "二支部", "13800138002", "A2"]])
    plain = [["姓名", "手机"], ["张三", "13800138001"]]
    outcome = load(bench, tmp_path, plain, apply=False)
    assert outcome.deactivated == ("李四",)
    assert "表里没有支部" in "\n".join(as_lines(outcome, left_out=False))
    # What the file has no branch for stays in its branch.
    before = roster(bench)["张三"]
    load(bench, tmp_path, plain)
    assert roster(bench)["张三"] == before


def test_a_number_given_to_somebody_else_is_asked_and_answered(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    first = [
        HEADER,
        ["辰一", "一支部", "13900000121", "A1"],
        ["辰二", "一支部", "13900000122", "A2"],
    ]
    load(bench, tmp_path, first)
    reused = [HEADER, ["巳新", "一支部", "13900000129", "A1"], first[2]]
    outcome = load(bench, tmp_path, reused, apply=False)
    (asked,) = as_json(outcome)["questions"]
    assert "编号 A1 原来是辰一" in asked["words"]
    assert "巳新" in asked["words"]
    assert (outcome.added, outcome.changed, outcome.deactivated) == ((), (), ())
    before = kept(bench)
    with pytest.raises(BadInput, match="rows_wrong"):
        load(bench, tmp_path, reused)
    assert kept(bench) == before
    answered = load(bench, tmp_path, reused, new=["2"])
    assert (answered.added, answered.deactivated) == (("巳新",), ("辰一",))
    new, old = roster(bench)["巳新"], roster(bench)["辰一"]
    assert (new.card_no, old.card_no, old.active) == ("A1", "", False)
    assert new.id != old.id
    quiet = load(bench, tmp_path, reused, apply=False)
    assert (quiet.questions, quiet.unchanged) == ((), 2)


def test_the_same_question_can_be_a_corrected_name(bench: Bench, site: str, tmp_path: Path) -> None:
    load(bench, tmp_path, [HEADER, ["辰一", "一支部", "13900000121", "A1"]])
    ident = roster(bench)["辰一"].id
    corrected = [HEADER, ["巳新", "一支部", "13900000129", "A1"]]
    load(bench, tmp_path, corrected, same={"2": ident})
    assert roster(bench)["巳新"].id == ident
    assert [one.name for one in roster(bench)["巳新"].formerly] == ["辰一"]


def test_row_numbers_are_neither_identity_nor_card(bench: Bench, site: str, tmp_path: Path) -> None:
    header: list[object] = ["编号", "姓名", "支部", "手机"]
    first = [header, [1, "丙一", "一支部", "13900000021"], [2, "丙二", "一支部", "13900000022"]]
    outcome = load(bench, tmp_path, first)
    assert "编号像是行号" in "\n".join(as_lines(outcome, left_out=False))
    assert [one.card_no for one in roster(bench).values()] == ["", ""]
    before = roster(bench)
    later = [
        header,
        [1, "新来的", "一支部", "13900000023"],
        [2, "丙一", "一支部", "13900000021"],
        [3, "丙二", "一支部", "13900000022"],
    ]
    assert load(bench, tmp_path, later).added == ("新来的",)
    after = roster(bench)
    assert {name: after[name] for name in before} == before
    left = [header, [1, "丙二", "一支部", "13900000022"]]
    assert load(bench, tmp_path, left).deactivated == ("丙一", "新来的")
    assert roster(bench)["丙二"] == before["丙二"]


def test_lost_zeros_double_nobody_and_are_not_kept(bench: Bench, site: str, tmp_path: Path) -> None:
    load(bench, tmp_path, [HEADER, ["卯一", "一支部", "", "0107"], ["卯二", "一支部", "", "0108"]])
    before = kept(bench)
    lost: list[list[object]] = [[*HEADER], ["卯一", "一支部", "", 107], ["卯二", "一支部", "", 108]]
    assert load(bench, tmp_path, lost).unchanged == 2
    assert kept(bench) == before


def test_somebody_is_known_by_their_identity_number_which_is_not_kept(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    header = ["姓名", "支部", "手机", "身份证号"]
    load(bench, tmp_path, [header, ["王建国", "一支部", "13800138001", IDENTITY]])
    ident = roster(bench)["王建国"].id
    outcome = load(bench, tmp_path, [header, ["王健国", "二支部", "13700000001", IDENTITY]])
    # The branch that stands in the file is the second; nobody of it was there before.
    assert (outcome.added, outcome.deactivated) == ((), ())
    assert roster(bench)["王健国"].id == ident
    with bench.centre.store.reading() as tx:
        row = tx.execute(select(people)).one()
    assert row.identity == identity_mark(bench.centre.key, IDENTITY)
    assert len(row.identity) == 64
    assert IDENTITY[:17] not in str(kept(bench))
    assert identity_mark(b"\0" * 32, IDENTITY) != row.identity


def test_an_old_and_a_new_identity_number_of_one_person_have_one_mark() -> None:
    assert identity_mark(b"k", "110105491231002") == identity_mark(b"k", IDENTITY)
    assert identity_mark(b"k", IDENTITY.lower()) == identity_mark(b"k", IDENTITY)
    assert identity_mark(b"k", "") == ""


def test_who_is_active_elsewhere_too_is_remarked_and_not_refused(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    bench.code("乙村")
    header = ["姓名", "支部", "手机", "身份证号"]
    rows = [
        header,
        ["王建国", "一支部", "13800138001", ""],
        ["李秀英", "一支部", "", IDENTITY],
        ["赵大山", "一支部", "13800138003", ""],
    ]
    load(bench, tmp_path, rows)
    there = [
        header,
        ["王建国", "三支部", "13800138001", ""],
        ["李秀瑛", "三支部", "", IDENTITY],
        ["钱大山", "三支部", "13800138003", ""],
    ]
    told = as_json(load(bench, tmp_path, there, site="乙村"))
    assert told["remarks"] == [
        "第 2 行：“王建国”在“石门村”也在册。",
        "第 3 行：“李秀瑛”在“石门村”也在册。",
    ]


def test_rows_with_faults_are_left_out_and_nobody_is_stopped_for_that(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    first = [
        HEADER,
        *([name, "一支部", "", f"A{n}"] for n, name in enumerate("甲一 甲二 甲三".split())),
    ]
    load(bench, tmp_path, first)
    faulty = [HEADER, ["甲一", "一支部", "", "A0"], ["甲二（组长）", "一支部", "123", ""]]
    with pytest.raises(BadInput, match="rows_wrong"):
        load(bench, tmp_path, faulty)
    outcome = load(bench, tmp_path, faulty, leave_out=True)
    assert outcome.deactivated == ("甲三",)
    assert [one.row for one in outcome.troubles] == [3]
    assert {name: one.active for name, one in roster(bench).items()} == {
        "甲一": True,
        "甲二": True,
        "甲三": False,
    }


def test_when_nobody_can_tell_whose_a_faulty_row_is_nobody_is_stopped(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    load(bench, tmp_path, [HEADER, ["甲一", "一支部", "", "A1"], ["甲二", "一支部", "", "A2"]])
    faulty = [HEADER, ["甲一", "一支部", "", "A1"], ["", "一支部", "", "Z9"]]
    outcome = load(bench, tmp_path, faulty, leave_out=True)
    assert outcome.deactivated == ()
    assert "这次不停用任何人" in "\n".join(as_lines(outcome, left_out=True))


def test_rows_in_question_are_left_out_with_everybody_they_may_mean(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    load(bench, tmp_path, [HEADER, ["李秀英", "一支部", "13800138002", ""]])
    before = kept(bench)
    outcome = load(
        bench, tmp_path, [HEADER, ["李秀瑛", "一支部", "13800138002", ""]], leave_out=True
    )
    assert (outcome.added, outcome.changed, outcome.deactivated) == ((), (), ())
    assert [one.row.name for one in outcome.questions] == ["李秀瑛"]
    assert kept(bench) == before


# --- files as they are read: several sheets, columns that are there or not --------------------


def a_row(sheet: str, name: str, **told: Any) -> RosterRow:
    """Row 2 of a sheet."""
    plain = RosterRow(2, name, "", sheet, "", "", "", "", PersonKind.MEMBER, "", None, active=True)
    return replace(plain, sheet=sheet, **told)


def test_rows_of_several_sheets_are_named_with_their_sheet(bench: Bench, site: str) -> None:
    first = ReadRoster(
        (a_row("一支部", "甲一", member_no="A1"), a_row("二支部", "乙一", member_no="A2")), ()
    )
    import_read(bench.centre, SITE, ReadFile("a.xlsx", first), Decided(), apply=True)
    ident = roster(bench)["乙一"].id
    later = ReadRoster(
        (a_row("一支部", "甲一", member_no="A1"), a_row("二支部", "乙新", member_no="A2")),
        (),
        columns=(
            ReadColumn("一支部", "A1", "姓名", "name"),
            ReadColumn("一支部", "B1", "籍贯", ""),
        ),
        left_out=(SheetRemark("说明", "A1", "roster.sheet_empty"),),
        cleaned=(SheetRemark("一支部", "A2", "roster.row_no_name", (("row", 2),)),),
    )
    file = ReadFile("b.xlsx", later)
    outcome = import_read(bench.centre, SITE, file, Decided(), apply=False)
    lines = "\n".join(as_lines(outcome, left_out=False))
    assert f"--same 二支部!2={ident}" in lines
    assert "工作表“二支部”第 2 行：编号 A2 原来是乙一" in lines
    assert "看懂的列：姓名\n" in lines
    assert "没有用到的列：籍贯" in lines
    told = as_json(outcome)
    assert [one["heading"] for one in told["columns"]] == ["姓名", "籍贯"]
    assert [one["sheet"] for one in told["left_out"] + told["cleaned"]] == ["说明", "一支部"]
    with pytest.raises(BadInput, match="answer_which_sheet"):
        import_read(bench.centre, SITE, file, Decided(new=["2"]), apply=True)
    same = Decided(same={"二支部!2": ident})
    import_read(bench.centre, SITE, file, same, apply=True)
    assert roster(bench)["乙新"].id == ident


def test_what_a_sheet_has_no_column_for_stays_as_it_is(bench: Bench, site: str) -> None:
    full = a_row(
        "一支部",
        "甲一",
        group="岭脚组",
        kind=PersonKind.PROBATIONARY,
        standing=StandingKind.FRAIL,
        gender="male",
        birth="1958-03-02",
        phone="13800138001",
    )
    file = ReadFile("a.xlsx", ReadRoster((full,), ()))
    import_read(bench.centre, SITE, file, Decided(), apply=True)
    before = roster(bench)["甲一"]
    columns = tuple(ReadColumn("一支部", "", name, name) for name in ("name", "branch"))
    bare = ReadRoster((a_row("一支部", "甲一"),), (), columns=columns)
    outcome = import_read(bench.centre, SITE, ReadFile("b.xlsx", bare), Decided(), apply=True)
    assert (outcome.unchanged, roster(bench)["甲一"]) == (1, before)
    told = (
        *columns,
        *(ReadColumn("一支部", "", name, name) for name in ("group", "kind", "status")),
    )
    emptied = ReadRoster((a_row("一支部", "甲一"),), (), columns=told)
    import_read(bench.centre, SITE, ReadFile("c.xlsx", emptied), Decided(), apply=True)
    after = roster(bench)["甲一"]
    assert (after.group, after.kind, after.standings) == ("", PersonKind.MEMBER, ())


def test_a_few_people_of_a_small_site_are_not_stopped_without_a_word(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    four: list[list[object]] = [list(HEADER)]
    four += [[f"丙{n}", "一支部", f"1390000000{n}", ""] for n in range(4)]
    load(bench, tmp_path, four)
    other = [["姓名", "手机"], ["丁一", "13800000001"]]
    told = load(bench, tmp_path, other, apply=False)
    assert "请加 --confirm 4" in "\n".join(as_lines(told, left_out=False))
    before = kept(bench)
    with pytest.raises(BadInput, match="roster_many"):
        load(bench, tmp_path, other)
    assert kept(bench) == before
    assert len(load(bench, tmp_path, other, confirm=4).deactivated) == 4


def test_a_card_that_goes_to_somebody_else_is_taken_from_who_had_it(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    header = ["姓名", "支部", "卡号"]
    load(bench, tmp_path, [header, ["甲甲", "一支部", "0012345678"], ["乙乙", "一支部", "009"]])
    later = [header, ["甲甲", "一支部", ""], ["乙乙", "一支部", "0012345678"]]
    told = "\n".join(as_lines(load(bench, tmp_path, later, apply=False), left_out=False))
    assert "甲甲 (一支部) 卡号 0012345678 → （空）" in told
    load(bench, tmp_path, later)
    cards = {name: one.card_no for name, one in roster(bench).items()}
    assert cards == {"甲甲": "", "乙乙": "0012345678"}
    assert load(bench, tmp_path, later).import_id is None


def test_a_question_tells_what_is_the_same_and_what_is_not(
    bench: Bench, site: str, tmp_path: Path
) -> None:
    load(bench, tmp_path, [HEADER, ["张建国", "一支部", "13900001111", ""]])
    later = [HEADER, ["张小军", "一支部", "13900001111", ""]]
    told = "\n".join(as_lines(load(bench, tmp_path, later, apply=False), left_out=False))
    assert "电话和支部相同，姓名不同。是同一个人吗？" in told
    assert "看懂的列：姓名, 支部, 手机=电话" in told


def test_another_sites_file_is_told_in_one_line(bench: Bench, site: str, tmp_path: Path) -> None:
    bench.code("松岭村")
    rows: list[list[object]] = [list(HEADER)]
    rows += [[f"丙{n}", "一支部", f"1390000{n:04d}", ""] for n in range(30)]
    load(bench, tmp_path, rows)
    told = load(bench, tmp_path, rows, apply=False, site="松岭村")
    assert [key for key, _ in told.remarks] == ["roster.many_elsewhere"]
    assert "表里有 30 人在“石门村”也在册（第 2 行“丙0”等）" in "\n".join(
        as_lines(told, left_out=False)
    )
