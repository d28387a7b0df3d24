"""Headings of county sheets and of the national export: what each stands for."""

from __future__ import annotations

import pytest

from app.rosters.sheets.sheet_words import column_meaning
from tests.support.sheets import every_sentence, left_out, read_one


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("党员姓名\n（必填）", "name"),
        ("*姓 名：", "name"),
        ("1.姓名", "name"),
        ("所在支部名称", "branch"),
        ("所在党组织", "branch"),
        ("组织关系所在党支部", "branch"),
        ("党支部（党小组）", "branch"),
        ("现所在基层党组织", "branch"),
        ("党员所在支部", "branch"),
        ("移动电话", "phone"),
        ("手机号码(11位)", "phone"),
        ("联系电话1", "phone"),
        ("本人联系电话", "phone"),
        ("ＰＨＯＮＥ", "phone"),
        ("身份证件号码", "identity"),
        ("公民身份号码", "identity"),
        ("党员类型", "kind"),
        ("人员类别", "kind"),
        ("党小组名称", "group"),
        ("是否为流动党员", "away"),
        ("是否失联党员", "lost"),
        ("外出流向", "away_where"),
        ("党籍状态", "status"),
        ("失联情况", "lost"),
        ("流动状态", "away"),
        ("联系电话（家属）", None),
        ("出生日期", "birth"),
        ("入党时间", ""),
        ("转正时间", ""),
        ("民族", ""),
        ("学历", ""),
        ("联系人姓名", ""),
        ("紧急联系人电话", None),
        ("介绍人姓名", None),
        ("原所在党支部", None),
        ("转入党支部名称", None),
        ("支部书记", None),
        ("一支部", None),
    ],
)
def test_headings_and_their_meanings(heading: str, meaning: str | None) -> None:
    assert column_meaning(heading) == meaning


def test_what_is_not_used_is_listed() -> None:
    roster = read_one(
        ["姓名", "支部", "民族", "爱好", None, "手机", "固定电话", "联系电话"],
        ["张三", "一支部", "汉", "下棋", "多余", "", "0571-88888888", "13800138000"],
    )
    assert {one.heading: one.meaning for one in roster.columns} == {
        "姓名": "name",
        "支部": "branch",
        "民族": "",
        "爱好": "",
        "手机": "phone",
        "固定电话": "phone",
        "联系电话": "phone",
    }
    assert roster.rows[0].phone == "13800138000"
    assert left_out(roster) == [("名册", "E2", "sheet_column_unheaded")]
    assert len(every_sentence(roster)) == 1
