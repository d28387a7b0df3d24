"""Makes the sample roster: 136 invented people in four branches, as an office would send it.

    python -m resources.make_roster

The sheet has a merged title row and phones as text. Among the people are a clan of one surname,
same names inside a branch and across branches, surnames with an unexpected reading, compound
surnames, names with a middle dot, rare signs, couples with one phone, people with none, and a
good many elders. Numbers begin with 199 0000: they belong to nobody. ``plan.json`` holds sample
sessions, days counted from today.
"""

from __future__ import annotations

import json
import random
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).resolve().parent / "sample"
SITE = "松岭村学习点"
COLUMNS = ("姓名", "性别", "出生年月", "手机", "支部", "小组", "类别", "状态", "会员号")
WIDTHS = (24, 6, 12, 15, 18, 12, 14, 8, 10)
BRANCHES = ("松岭村党支部", "柳溪村党支部", "石门村党支部", "青竹村党支部")
GROUPS = (
    ("上坪组", "岭脚组", "松林组"),
    ("溪口组", "陈家湾组", "老街组"),
    ("石门组", "桥头组", "大田组"),
    ("竹坪组", "青山组", "河边组"),
)
BRANCH_SIZES = (40, 40, 28, 28)
CLAN_BRANCH, CLAN_NAME, CLAN_SIZE = 1, "陈", 28
MALE = (
    "建国 志强 明德 福生 长顺 金山 国平 文华 庆林 永贵 宝成 大勇 红卫 有才 根生 德明 学文 水生 春来 "
    "立新 家旺 运来 富贵 守田 光明 正武 万里 兴业 全胜 志华 新民 友谊"
)
FEMALE = (
    "桂英 秀兰 玉珍 春梅 凤霞 淑芳 小红 丽红 喜梅 玉兰 菊香 翠花 冬梅 美华 秋菊 素珍 巧云 银花 月娥 "
    "爱莲 金凤 腊梅 桂花 雪琴 彩霞 慧敏 素芬 兰香"
)
SURNAMES = (
    "王 李 张 刘 杨 黄 赵 周 吴 徐 孙 胡 朱 高 林 何 郭 罗 谢 唐 梁 宋 韩 邓 冯 彭 潘 田 董 袁"
)
# Name, gender, branch; readings that a plain table gets wrong, long names, signs outside GB 2312.
SPECIAL = (
    ("单小平", "男", 0), ("仇国强", "男", 1), ("曾玉梅", "女", 2), ("解长河", "男", 3),
    ("翟玉珍", "女", 0), ("覃大勇", "男", 1), ("区伟明", "男", 2), ("盖文华", "男", 3),
    ("查春梅", "女", 0), ("任学文", "男", 1), ("华桂英", "女", 2), ("朴金山", "男", 3),
    ("尉迟德明", "男", 0), ("乐小红", "女", 1), ("缪福生", "男", 2), ("冼秋菊", "女", 3),
    ("欧阳春梅", "女", 0), ("上官志强", "男", 2), ("诸葛长顺", "男", 3),
    ("买买提·吐尔逊", "男", 0), ("阿依古丽·阿不都热合曼", "女", 3),
    ("王䶮", "男", 0), ("刘㛃", "女", 1), ("李喆", "男", 2), ("张𬭛", "男", 3),
)  # fmt: skip
SAME_NAMES = (
    ("王建国", "男", 0), ("王建国", "男", 0), ("王建国", "男", 2),
    ("李秀兰", "女", 0), ("李秀兰", "女", 3), ("陈平", "男", 1), ("陈平", "男", 1), ("陈平", "女", 1),
)  # fmt: skip
SEED = 20261123
FIRST_YEAR, LAST_YEAR, ELDER_YEAR = 1938, 2004, 1944


@dataclass(frozen=True, slots=True)
class Invented:
    """One row of the sheet, in the order of ``COLUMNS``."""

    name: str
    gender: str
    birth: str
    phone: str
    branch: str
    group: str
    kind: str
    standing: str
    number: str


def people() -> tuple[Invented, ...]:
    """All invented people, branch by branch; the same at every call."""
    chance = random.Random(SEED)  # noqa: S311 - invented people, not secrets
    named = [*SAME_NAMES, *SPECIAL, *_clan(chance)]
    taken = {name for name, _, _ in named}
    for branch, size in enumerate(BRANCH_SIZES):
        while sum(one[2] == branch for one in named) < size:
            given, gender = _given(chance)
            name = chance.choice(SURNAMES.split()) + given
            if name not in taken:
                taken.add(name)
                named.append((name, gender, branch))
    named.sort(key=lambda one: one[2])
    invented = [_invent(chance, place, *one) for place, one in enumerate(named)]
    return tuple(_share_phones(invented))


def _clan(chance: random.Random) -> list[tuple[str, str, int]]:
    givens = [(given, "男") for given in MALE.split()] + [(given, "女") for given in FEMALE.split()]
    return [
        (CLAN_NAME + given, gender, CLAN_BRANCH)
        for given, gender in chance.sample(givens, CLAN_SIZE)
    ]


def _given(chance: random.Random) -> tuple[str, str]:
    if chance.random() < 0.45:
        return chance.choice(FEMALE.split()), "女"
    return chance.choice(MALE.split()), "男"


def _invent(chance: random.Random, place: int, name: str, gender: str, branch: int) -> Invented:
    year = round(chance.triangular(FIRST_YEAR, LAST_YEAR, 1962))
    standing = {11: "外出", 17: "外出", 31: "请假"}.get(place % 36, "")
    if year <= ELDER_YEAR:
        standing = "体弱"
    return Invented(
        name=name,
        gender=gender,
        birth=f"{year}-{chance.randrange(1, 13):02}",
        phone="" if place % 19 == 7 else f"1990000{(place * 73 + 217) % 10_000:04}",
        branch=BRANCHES[branch],
        group=GROUPS[branch][chance.randrange(3)],
        kind={13: "预备党员", 26: "入党积极分子", 30: "群众"}.get(place % 34, "党员"),
        standing=standing,
        number=f"SL{place + 1:04}",
    )


def _share_phones(invented: list[Invented]) -> list[Invented]:
    """Let six couples, a man and a woman of one group and nearly one age, have one phone."""
    shared: dict[str, Invented] = {}
    for man in invented:
        if man.gender == "女" or not man.phone or len(shared) >= 6:
            continue
        for woman in invented:
            years = abs(int(woman.birth[:4]) - int(man.birth[:4]))
            near = woman.gender == "女" and woman.group == man.group and years <= 3
            if near and woman.name[0] != man.name[0] and woman.number not in shared:
                shared[woman.number] = man
                break
    return [
        one
        if one.number not in shared
        else Invented(*(*astuple(one)[:3], shared[one.number].phone, *astuple(one)[4:]))
        for one in invented
    ]


def main() -> None:
    """Write the spreadsheet, the same people as JSON, and the plan."""
    HERE.mkdir(parents=True, exist_ok=True)
    rows = [astuple(one) for one in people()]
    _write_sheet(rows)
    listed = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    _write("roster.json", {"site": SITE, "people": listed})
    sessions = (
        (0, "十一月集中学习", ["fraud-calls", "fire-extinguisher"]),
        (7, "柑橘冬管夜校", ["citrus-pruning"]),
        (14, "主题党日", ["fire-extinguisher", "fraud-calls"]),
    )
    plan = [
        {"in_days": days, "start": "19:30", "title": title, "courses": courses}
        for days, title, courses in sessions
    ]
    _write("plan.json", {"site": SITE, "plan": plan})
    print(f"{len(rows)} people, {sum(row[2] < '1966-11' for row in rows)} of them 60 and over")


def _write_sheet(rows: list[tuple[str, ...]]) -> None:
    book = xlsxwriter.Workbook(str(HERE / "roster.xlsx"), {"strings_to_formulas": False})
    # A fixed day, so that the same people give the same bytes.
    book.set_properties(
        {"title": f"{SITE}学员花名册", "created": datetime(2026, 11, 1, tzinfo=UTC)}
    )
    sheet = book.add_worksheet("花名册")
    head = book.add_format(
        {"bold": True, "align": "center", "valign": "vcenter", "font_size": 18, "border": 1}
    )
    column_head = book.add_format(
        {"bold": True, "align": "center", "border": 1, "bg_color": "#DDEBE3"}
    )
    text = book.add_format({"num_format": "@", "border": 1})
    sheet.set_row(0, 36)
    sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, f"{SITE}学员花名册", head)
    sheet.write_row(1, 0, COLUMNS, column_head)
    for line, row in enumerate(rows, start=2):
        for column, cell in enumerate(row):
            sheet.write_string(line, column, cell, text)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(2, 1)
    sheet.repeat_rows(0, 1)
    book.close()


def _write(name: str, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    (HERE / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
