"""Words that offices write in their sheets, and what each of them means here.

Not sentences but data: column names by their usual synonyms, and the values of columns
that hold one of a few words.
"""

from __future__ import annotations


def _meanings(*groups: tuple[str, str]) -> dict[str, str]:
    return {word: meaning for meaning, words in groups for word in words.split()}


COLUMN_WORDS = _meanings(
    ("name", "姓名 名字 党员姓名 学员姓名 人员姓名 name"),
    ("member_no", "会员号 会员编号 党员编号 学员编号 人员编号 编号"),
    ("identity", "身份证号 身份证号码 身份证 公民身份号码 公民身份证号 证件号码"),
    ("phone", "手机 手机号 手机号码 电话 电话号码 联系电话 联系方式 phone"),
    (
        "branch",
        "支部 党支部 所在支部 所属支部 所在党支部 所属党支部 支部名称 党支部名称 党组织 branch",
    ),
    ("group", "小组 党小组 所在小组 组别 村民小组 group"),
    ("birth", "出生日期 出生年月 出生年月日 出生年份 出生年 生日 birth"),
    ("gender", "性别 gender"),
    ("kind", "类别 人员类别 人员类型 党员类别 政治面貌 身份"),
    ("card_no", "卡号 学员卡号 学习卡号 ic卡号 card"),
    ("status", "状态 人员状态 当前状态 情况"),
    ("note", "备注 说明"),
)

KIND_WORDS = _meanings(
    ("member", "正式党员 中共党员 党员 正式"),
    ("probationary_member", "预备党员 中共预备党员 预备"),
    ("activist", "入党积极分子 积极分子 发展对象"),
    ("villager", "群众 村民 共青团员"),
)

GENDER_WORDS = _meanings(("male", "男"), ("female", "女"))

STATUS_WORDS = _meanings(
    ("frail", "体弱 年老体弱 年老 行动不便 生病"),
    ("away", "外出 外出务工 流动 流动党员 在外 务工"),
    ("on_leave", "请假 长期请假"),
    ("gone", "停用 去世 死亡 转出 已转出 退党 离世"),
)
STATUS_WORDS.update(dict.fromkeys(("正常", "在村", "在职", "在家"), ""))
