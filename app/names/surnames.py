"""Family names: the compound ones, and readings as a surname that dictionaries lack.

This module and its neighbours hold data of the language, so Han signs stand in
them; they say nothing to people.
"""

from __future__ import annotations

from app.domain.written_forms import shown_form

COMPOUND = frozenset(
    [
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "宇文",
        "长孙",
        "夏侯",
        "端木",
        "独孤",
        "南宫",
        "鲜于",
        "闻人",
        "司徒",
        "司空",
        "太史",
        "申屠",
        "轩辕",
        "钟离",
        "濮阳",
        "淳于",
        "单于",
        "澹台",
        "公冶",
        "宗政",
        "呼延",
        "万俟",
        "百里",
        "东郭",
        "西门",
        "第五",
    ]
)

EXTRA_READINGS: dict[str, tuple[str, ...]] = {
    "黑": ("he",),
    "万俟": ("mo qi",),
    "尉迟": ("yu chi",),
    "单于": ("chan yu",),
    "澹台": ("tan tai",),
    "乐": ("yue", "le"),
    "员": ("yun",),
    "缪": ("miao",),
    "种": ("chong",),
    "逄": ("pang",),
    "繁": ("po",),
    "洗": ("xian",),
    "冼": ("xian",),
    "秘": ("bi",),
    "牟": ("mu", "mou"),
    "谌": ("chen", "shen"),
    "费": ("fei", "bi"),
}
"""Readings a name has as a surname (syllables apart), whatever a dictionary says first."""

_SOUNDS = dict(
    one.split(":")
    for one in (
        "单:shan 仇:qiu 曾:zeng 解:xie 翟:zhai 覃:qin 区:ou 盖:ge 查:zha 朴:piao 折:she 召:shao "
        "隗:wei 郗:xi 祭:zhai 能:nai 都:du 宿:su 莘:shen 重:chong 句:gou 尉:wei"
    ).split()
)
"""What a surname mostly sounds like where a dictionary has another reading first."""


def surname_of(name: str) -> str:
    """The family name: compound surnames whole, a name with a middle dot up to it, else one sign."""
    name = shown_form(name).strip("·. ")
    for dot in "·.":
        if dot in name:
            return name.split(dot, 1)[0]
    if name[:2] in COMPOUND and len(name) > 2:
        return name[:2]
    return name[:1]


def sound_of(name: str) -> str:
    """What the surname of ``name`` mostly sounds like, in letters; empty where any dictionary
    has it first."""
    surname = surname_of(name)
    extra = EXTRA_READINGS.get(surname)
    return extra[0].replace(" ", "") if extra else _SOUNDS.get(surname, "")
