"""Everything in a workbook is read, or named with its sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.areas.people.person import StandingKind
from app.domain.errors import BadInput
from app.rosters.files.opening import Cell
from app.rosters.sheets.cells import text_of
from app.rosters.sheets.sheet_rows import ReadRoster, read_roster
from app.rosters.sheets.sheet_words import is_generic_tab
from centre.words import say, say_error
from tests.support.sheets import every_sentence, left_out, one_sheet, read_one, said, wrong

HEADING = ["姓名", "支部", "手机"]


def who(roster: ReadRoster) -> list[tuple[str, str]]:
    return [(one.name, one.branch) for one in roster.rows]


def meanings(roster: ReadRoster) -> dict[str, str]:
    return {one.heading: one.meaning for one in roster.columns}


def refused(*rows: Sequence[Cell]) -> BadInput:
    with pytest.raises(BadInput) as bad:
        read_one(*rows)
    assert say(bad.value.key, **bad.value.values)
    return bad.value


def test_every_sheet_with_a_heading_is_read_and_the_others_are_named() -> None:
    roster = read_roster(
        [
            one_sheet(["填写说明"], ["姓名：必填"], name="说明"),
            one_sheet(HEADING, ["甲一", "一支部", ""], name="一支部"),
            replace(one_sheet(HEADING, ["旧人", "一支部", ""], name="去年"), visible=False),
            one_sheet(["标题"], HEADING, ["乙一", "二支部", ""], name="Sheet2"),
            replace(one_sheet(name="图"), is_table=False),
            one_sheet(name="Sheet9"),
        ],
        "r.xlsx",
    )
    assert [(one.sheet, one.row, one.name) for one in roster.rows] == [
        ("一支部", 2, "甲一"),
        ("Sheet2", 3, "乙一"),
    ]
    assert left_out(roster) == [
        ("说明", "", "sheet_left_no_header"),
        ("去年", "", "sheet_left_hidden"),
        ("图", "", "sheet_left_chart"),
        ("Sheet2", "A1", "sheet_line_unused"),
    ]
    assert len(every_sentence(roster)) == 4


def test_a_hidden_sheet_is_read_when_there_is_no_other() -> None:
    hidden = replace(one_sheet(HEADING, ["甲一", "一支部", ""]), visible=False)
    assert who(read_roster([hidden, one_sheet(["说明"], name="说明")], "r")) == [("甲一", "一支部")]


def test_the_tab_names_the_branch_when_no_column_does() -> None:
    tabs = ["一支部", "松岭村党员名册", "03、三支部"]
    sheets = [one_sheet(["姓名", "手机"], [f"人{name[0]}", ""], name=name) for name in tabs]
    roster = read_roster(sheets, "r")
    assert [one.branch for one in roster.rows] == ["一支部", "松岭村", "三支部"]
    assert [one.heading for one in roster.columns if one.meaning == "branch"] == [
        "一支部",
        "松岭村",
        "三支部",
    ]


@pytest.mark.parametrize(
    "tab",
    ["Sheet1", "名册", "花名册", "党员名册", "2026年党员花名册", "党员信息（3）", "名单-副本"],
)
def test_a_tab_that_any_sheet_may_have_is_no_branch(tab: str) -> None:
    assert is_generic_tab(tab)
    sheets = [one_sheet(["姓名", "手机"], ["张三", ""], name=tab), one_sheet(HEADING[:1], name="2")]
    assert who(read_roster(sheets, "r")) == [("张三", "")]


def test_a_single_sheet_named_after_a_branch_speaks_for_that_branch_only() -> None:
    assert who(read_one(["姓名", "手机"], ["张三", ""], name="一支部")) == [("张三", "一支部")]
    assert who(read_one(["姓名", "手机"], ["张三", ""], name="松岭村")) == [("张三", "")]


def test_a_sheet_without_branch_beside_sheets_with_one_is_asked_for_it() -> None:
    sheets = [
        one_sheet(HEADING, ["甲一", "一支部", ""], name="Sheet1"),
        one_sheet(["姓名", "手机"], ["乙一", ""], name="Sheet2"),
    ]
    roster = read_roster(sheets, "r")
    assert [(one.sheet, one.row, one.key) for one in roster.troubles] == [
        ("Sheet2", 2, "roster.row_no_branch")
    ]


def test_a_tab_named_after_a_kind_or_a_standing_counts() -> None:
    sheets = [
        one_sheet(HEADING, ["甲一", "一支部", ""], name="正式党员"),
        one_sheet(HEADING, ["乙一", "一支部", ""], name="预备党员"),
        one_sheet(HEADING, ["丙一", "一支部", ""], name="流动党员名册"),
    ]
    roster = read_roster(sheets, "r")
    assert [(one.kind.value, one.standing) for one in roster.rows] == [
        ("member", None),
        ("probationary_member", None),
        ("member", StandingKind.AWAY),
    ]


def test_titles_and_lines_between_people_name_their_branch() -> None:
    roster = read_one(
        ["石门村党员名册"],
        ["序号", "姓名", "手机"],
        ["一支部"],
        [1, "张三", ""],
        ["二、第二党支部（3人）"],
        [1, "李四", ""],
    )
    assert who(roster) == [("张三", "一支部"), ("李四", "第二党支部")]
    titled = read_one(["石门村第一党支部党员花名册"], ["姓名", "手机"], ["张三", ""])
    assert who(titled) == [("张三", "石门村第一党支部")]
    labelled = read_one(["党支部：石门支部  填表日期：2026年"], ["姓名", "手机"], ["张三", ""])
    assert who(labelled) == [("张三", "石门支部")]


def test_lines_between_people_name_their_kind_or_standing() -> None:
    roster = read_one(
        HEADING,
        ["一、正式党员（1人）"],
        ["张三", "一支部", ""],
        ["二、预备党员"],
        ["李四", "一支部", ""],
        ["第一党小组"],
        ["三、流动党员"],
        ["王五", "一支部", ""],
        ["预备党员", "一支部", "13800138000"],
    )
    assert [(one.name, one.kind.value, one.standing) for one in roster.rows] == [
        ("张三", "member", None),
        ("李四", "probationary_member", None),
        ("王五", "member", StandingKind.AWAY),
    ]
    assert wrong(roster) == [(9, "A9", "row_name_odd")]
    assert [one.group for one in roster.rows] == ["", "", "第一党小组"]
    assert left_out(roster) == []


def test_a_tab_named_after_a_group_is_no_branch() -> None:
    tabs = ["第一党小组", "第二党小组"]
    roster = read_roster([one_sheet(["姓名", "手机"], ["张三", ""], name=one) for one in tabs], "r")
    assert [(one.branch, one.group) for one in roster.rows] == [("", tabs[0]), ("", tabs[1])]


def test_hints_under_the_heading_are_no_people() -> None:
    roster = read_one(
        HEADING, ["（必填）", "必填", "11位"], ["示例：张三", "", ""], ["李四", "一支部"]
    )
    assert [one.name for one in roster.rows] == ["李四"]
    assert [cell for _, cell, _ in left_out(roster)] == ["A2", "A3"]


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "手机", "支部", "姓名", "手机", "支部"], ["左", "", "一", "右", "", "一"]],
        [["姓名", "手机", "手 机"], ["张三", "1", "2"]],
        [["姓名", "党员姓名", "手机"], ["张三", "李四", ""]],
        [["姓名", "手机", None, "姓名"], ["张三", "", None, "李四"]],
        [["姓名", "手机"], ["张三", "", None, "姓名", "手机"], ["李四", "", None, "王五", ""]],
    ],
)
def test_a_heading_that_stands_twice_is_refused_with_both_cells(rows: list[list[Cell]]) -> None:
    bad = refused(*rows)
    assert bad.key == "roster.sheet_heading_twice"
    assert bad.values["first"] != bad.values["second"]


def test_the_cells_of_side_by_side_tables_are_named() -> None:
    bad = refused(["", "姓名", "手机", "姓名", "手机"], ["", "左一", "", "右一", ""])
    assert (bad.values["first"], bad.values["second"]) == ("B1", "D1")


def test_tables_below_each_other_are_each_read_by_their_own_heading() -> None:
    roster = read_one(
        ["姓名", "手机"],
        ["张三", "13800138000"],
        [],
        ["性别", "姓名", "支部"],
        ["女", "李四", "一支部"],
    )
    assert [(one.row, one.name, one.gender, one.branch) for one in roster.rows] == [
        (2, "张三", "", ""),
        (5, "李四", "female", "一支部"),
    ]


def test_headings_far_down_and_in_two_rows() -> None:
    deep = [[f"第 {number} 行说明"] for number in range(1, 12)]
    roster = read_one(*deep, HEADING, ["张三", "一支部", ""])
    assert [(one.row, one.name) for one in roster.rows] == [(13, "张三")]
    assert len(left_out(roster)) == 11
    two = read_one(
        ["序号", "姓名", "性别", "联系方式", None, "备注"],
        [None, None, None, "手机", "固话", None],
        [1, "张三", "男", "13800138000", "0571-88888888", "外出"],
    )
    assert [(one.phone, one.gender, one.standing) for one in two.rows] == [
        ("13800138000", "male", StandingKind.AWAY)
    ]
    grouped = read_one(
        [None, "基本情况", None, "联系方式"],
        ["序号", "姓名", "性别", "手机号码"],
        [1, "张三", "男", "13800138000"],
    )
    assert [(one.row, one.phone) for one in grouped.rows] == [(3, "13800138000")]
    below = read_one(
        ["姓名", "基本情况", None], [None, "性别", "出生年月"], ["张三", "男", "1958.3"]
    )
    assert [(one.gender, one.birth) for one in below.rows] == [("male", "1958-03")]


def test_a_name_in_two_columns() -> None:
    roster = read_one(["姓", "名", "手机"], ["张", "三", ""], ["Smith", "John", ""])
    assert [one.name for one in roster.rows] == ["张三", "Smith John"]
    assert meanings(roster) == {"姓": "name", "名": "name", "手机": "phone"}


def test_the_national_export_keeps_its_mobile_members_out_of_the_expected() -> None:
    heading = ["姓名", "人员类别", "所在党支部", "党籍状态", "是否为失联党员", "是否为流动党员"]
    roster = read_one(
        [*heading, "外出流向"],
        ["张三", "正式党员", "一支部", "正常", "否", "是", "广东"],
        ["李四", "正式党员", "一支部", "停止党籍", "否", "否", ""],
        ["王五", "正式党员", "一支部", "正常", "是", "否", ""],
        ["赵六", "预备党员", "一支部", "正常", "否", "否", "广东"],
        ["钱七", "正式党员", "一支部", "出党", "", "", ""],
        ["孙八", "正式党员", "一支部", "", "", True, ""],
        ["周九", "正式党员", "一支部", "正常", "", "", "县外"],
        ["吴十", "正式党员", "一支部", "正常", "", "大概", "无"],
        ["郑一", "正式党员", "一支部", "正常", "", "是（广东）", ""],
    )
    assert [(one.standing, one.active) for one in roster.rows] == [
        (StandingKind.AWAY, True),
        (None, False),
        (StandingKind.AWAY, True),
        (None, True),
        (None, False),
        (StandingKind.AWAY, True),
        (StandingKind.AWAY, True),
        (None, True),
        (StandingKind.AWAY, True),
    ]
    assert said(roster) == [
        ("G5", "cell_away_both"),
        ("F9", "cell_word"),
        ("G9", "cell_empty_word"),
    ]
    assert meanings(roster)["是否为流动党员"] == "status"


def test_sums_footers_titles_and_empty_rows_are_no_people() -> None:
    roster = read_one(
        ["序号", "姓名", "支部", "手机"],
        [1, "张三", "一支部", ""],
        [],
        ["序号", "姓名", "支部", "手机"],
        [2, "李四", "一支部", ""],
        ["合计", 2],
        [None, "小计", None, "2人"],
        [None, "共 25 人"],
        [3, None, "一支部"],
        [4],
        ["填表人：王五", None, None, "2026年3月5日"],
        ["注：本表一式两份"],
        [None, "制表人：赵六"],
        [None, "无", "一支部"],
        [None, None, None, "日期：2026-03-05"],
    )
    assert [(one.row, one.name) for one in roster.rows] == [(2, "张三"), (5, "李四")]
    assert wrong(roster) == []
    assert [(cell, key) for _, cell, key in left_out(roster)] == [
        ("A4", "sheet_header_again"),
        ("A6", "sheet_line_unused"),
        ("B7", "sheet_line_unused"),
        ("B8", "sheet_line_unused"),
        ("A11", "sheet_line_unused"),
        ("A12", "sheet_line_unused"),
        ("B13", "sheet_line_unused"),
        ("D15", "sheet_line_unused"),
        ("A9", "sheet_rows_empty"),
    ]
    assert every_sentence(roster)


def test_a_name_merged_over_two_rows_is_one_person_and_the_rest_is_said() -> None:
    sheet = one_sheet(HEADING, ["张三", "一支部", "13800138000"], ["张三", "一支部", "13900139000"])
    roster = read_roster([replace(sheet, filled=frozenset({(2, 0), (2, 1)}))], "r")
    assert who(roster) == [("张三", "一支部")]
    assert wrong(roster) == [(3, "A3", "row_no_name")]
    twice = replace(sheet, filled=frozenset({(2, 0), (2, 1), (2, 2)}))
    assert (who(read_roster([twice], "r")), wrong(read_roster([twice], "r"))) == (
        [("张三", "一支部")],
        [],
    )


def test_without_merges_an_empty_branch_is_the_one_above_and_said() -> None:
    sheet = one_sheet(HEADING, ["张三", "一支部", ""], ["李四", "", ""])
    roster = read_roster([replace(sheet, merges_known=False)], "r")
    assert (who(roster)[1], said(roster)) == (("李四", "一支部"), [("B3", "cell_as_above")])
    assert wrong(read_roster([sheet], "r")) == [(3, "B3", "row_no_branch")]


def test_columns_too_far_and_formats_that_hide_errors_are_said() -> None:
    sheet = one_sheet(HEADING, ["张三", "一支部", ""])
    roster = read_roster([replace(sheet, cut_at="GS2", errors_known=False)], "r")
    assert left_out(roster) == [("名册", "", "sheet_errors_unseen"), ("名册", "GS2", "sheet_cut")]
    assert len(every_sentence(roster)) == 2


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名"], ["张三"]],
        [["列名", "说明"], ["姓名", "必填"]],
        [["填写姓名、手机", "请不要改动"]],
        [],
    ],
)
def test_without_a_heading_nothing_is_guessed(rows: list[list[Cell]]) -> None:
    assert refused(*rows).key == "roster.sheet_no_header"


def test_a_heading_without_people_is_told() -> None:
    assert refused(HEADING).key == "roster.sheet_empty"


CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "张三",
            "一支部",
            "无",
            "合计",
            "#N/A",
            "=A1",
            "13800138000",
            "同上",
            "预备党员",
            "是",
            " ",
        ]
    ),
    st.sampled_from(["姓名", "手机", "填表人：李四", "二支部（3人）", "1958.13", "58.3", "第一组"]),
    st.text(max_size=6),
    st.integers(-1, 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=8))
@settings(max_examples=300, deadline=None)
def test_no_row_goes_without_a_word(rows: list[list[Cell]]) -> None:
    heading: list[Cell] = ["姓名", "支部", "手机", "备注", "出生日期"]
    try:
        roster = read_one(heading, *rows)
    except BadInput as bad:
        say_error(bad)
        return
    assert every_sentence(roster) is not None
    told = {one.row for one in roster.rows} | {one.row for one in roster.troubles}
    cells = [one.cell for one in roster.left_out] + [one.cell for one in roster.columns]
    told |= {int(re.sub(r"\D", "", cell) or 0) for cell in cells}
    empty = [one for one in roster.left_out if one.key == "roster.sheet_rows_empty"]
    counted = sum(int(str(dict(one.values)["count"])) - 1 for one in empty)
    written = {place for place, row in enumerate(rows, start=2) if any(text_of(one) for one in row)}
    assert len(written - told) <= counted
