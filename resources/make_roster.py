"""Makes the sample roster: 128 invented people in four branches, as an office would send it.

    python -m resources.make_roster

The sheet has a merged title row, phones as text, a clan that shares one surname, same names,
polyphonic and compound surnames, names with a middle dot and one rare sign. Numbers begin
with 199 0000: they belong to nobody.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).resolve().parent / "sample"
SITE = "松岭村学习点"
COLUMNS = ("姓名", "性别", "出生年月", "手机", "支部", "小组", "类别", "状态", "会员号")
BRANCHES = ("松岭村党支部", "柳溪村党支部", "石门村党支部", "青竹村党支部")
GROUPS = ("一组", "二组", "三组")
MALE = "建国 志强 明德 福生 长顺 金山 国平 文华 庆林 永贵 宝成 大勇 红卫 爱党 有才 根生 德明 学文 水生 春来".split()
FEMALE = "桂英 秀兰 玉珍 春梅 凤霞 淑芳 小红 丽红 喜梅 玉兰 菊香 翠花 冬梅 美华 秋菊 素珍 巧云 银花".split()
SURNAMES = "王 李 张 刘 杨 黄 赵 周 吴 徐 孙 胡 朱 高 林 何 郭 罗 谢 唐".split()
SPECIAL = (
    ("单小平", "男"), ("仇国强", "男"), ("曾庆红", "女"), ("解长河", "男"), ("翟玉珍", "女"),
    ("覃大勇", "男"), ("区伟明", "男"), ("盖文华", "男"), ("查春梅", "女"), ("任学文", "男"),
    ("华桂英", "女"), ("朴金山", "男"), ("尉迟德明", "男"), ("欧阳春梅", "女"), ("上官志强", "男"),
    ("买买提·吐尔逊", "男"), ("阿依古丽·阿不都热合曼", "女"), ("王䶮", "男"), ("乐小红", "女"), ("缪福生", "男"),
)  # fmt: skip
TWINS = (
    ("王建国", "男"),
    ("王建国", "男"),
    ("李秀兰", "女"),
    ("李秀兰", "女"),
    ("陈平", "男"),
    ("陈平", "男"),
)
SEED = 20261123
CLAN = 32


@dataclass(frozen=True, slots=True)
class Invented:
    """One row of the sheet."""

    name: str
    gender: str
    birth: str
    phone: str
    branch: str
    group: str
    kind: str
    standing: str
    number: str

    def cells(self) -> tuple[str, ...]:
        """In the order of ``COLUMNS``."""
        return (
            self.name, self.gender, self.birth, self.phone, self.branch,
            self.group, self.kind, self.standing, self.number,
        )  # fmt: skip


def people() -> tuple[Invented, ...]:
    """All invented people; the same at every call."""
    chance = random.Random(SEED)  # noqa: S311 - invented people, not secrets
    names: list[tuple[str, str, int]] = [(name, gender, 0) for name, gender in TWINS]
    names += [(name, gender, chance.randrange(4)) for name, gender in SPECIAL]
    for place in range(CLAN):
        given, gender = _given(chance, place)
        names.append((f"陈{given}", gender, 1))
    place = 0
    while len(names) < 128:
        given, gender = _given(chance, place)
        names.append((chance.choice(SURNAMES) + given, gender, (2, 3, 0)[place % 3]))
        place += 1
    return tuple(_invent(chance, place, *one) for place, one in enumerate(names))


def _given(chance: random.Random, place: int) -> tuple[str, str]:
    if place % 2:
        return chance.choice(FEMALE), "女"
    return chance.choice(MALE), "男"


def _invent(chance: random.Random, place: int, name: str, gender: str, branch: int) -> Invented:
    year = chance.choice((*range(1940, 1966), *range(1945, 1966), *range(1966, 2002)))
    phone = "" if place % 17 == 5 else f"1990000{(place * 73 + 217) % 10_000:04}"
    if place % 29 == 7:
        phone = f"1990000{((place - 1) * 73 + 217) % 10_000:04}"
    standing = "体弱" if year < 1944 else {11: "外出", 23: "外出", 31: "请假"}.get(place % 40, "")
    kind = {13: "预备党员", 37: "入党积极分子", 61: "群众"}.get(place % 64, "党员")
    return Invented(
        name=name,
        gender=gender,
        birth=f"{year}-{chance.randrange(1, 13):02}",
        phone=phone,
        branch=BRANCHES[branch],
        group=GROUPS[chance.randrange(3)],
        kind=kind,
        standing=standing,
        number=f"SL{place + 1:04}",
    )


def main() -> None:
    """Write the spreadsheet, the same people as JSON, and the plan."""
    HERE.mkdir(parents=True, exist_ok=True)
    rows = people()
    book = xlsxwriter.Workbook(str(HERE / "roster.xlsx"), {"strings_to_formulas": False})
    sheet = book.add_worksheet("花名册")
    head = book.add_format({"bold": True, "align": "center", "font_size": 16})
    text = book.add_format({"num_format": "@"})
    sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, f"{SITE}学员花名册", head)
    sheet.write_row(1, 0, COLUMNS, book.add_format({"bold": True}))
    for line, one in enumerate(rows, start=2):
        for column, cell in enumerate(one.cells()):
            sheet.write_string(line, column, cell, text)
    sheet.set_column(0, len(COLUMNS) - 1, 16)
    sheet.freeze_panes(2, 1)
    book.close()
    listed = [dict(zip(COLUMNS, one.cells(), strict=True)) for one in rows]
    _write("roster.json", {"site": SITE, "people": listed})
    evenings = [
        {
            "in_days": 0,
            "start": "19:30",
            "title": "十一月集中学习",
            "courses": ["fraud-calls", "fire-extinguisher"],
        },
        {"in_days": 7, "start": "19:30", "title": "柑橘冬管夜校", "courses": ["citrus-pruning"]},
        {"in_days": 14, "start": "19:30", "title": "主题党日", "courses": ["fire-extinguisher"]},
    ]
    _write("plan.json", {"site": SITE, "plan": evenings})


def _write(name: str, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    (HERE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
