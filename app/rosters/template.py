"""The roster sheet that comes with the program: headings to fill in, and a page that explains them.

Examples stand only on the page of explanations, one heading a row, so the untouched file
holds nobody and its examples can never be imported as people.
"""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from app.domain.values import dataclass

_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class _TemplateColumn:
    """One column: its heading, how to fill it, two examples, the words allowed, its width."""

    heading: str
    how: str
    examples: tuple[str, str]
    words: tuple[str, ...] = ()
    width: int = 12


_COLUMNS = (
    _TemplateColumn(
        "姓名", "必填。只写姓名，不写职务、电话；一人一行。", ("陈桂英", "买买提·艾力")
    ),
    _TemplateColumn(
        "支部",
        "有几个支部就必须填，同一支部写法要一样。整个站点只有一个支部可以都不填。",
        ("石门村第一党支部", "石门村第二党支部"),
        width=20,
    ),
    _TemplateColumn("党小组", "可不填。", ("第一组", "")),
    _TemplateColumn(
        "手机", "可不填。一格只写一个号码；签到用后四位。", ("13900000001", ""), width=14
    ),
    _TemplateColumn(
        "出生年月",
        "可不填。写 1958-03、1958年3月 或 1958-03-02；只知道年份就写 1958。",
        ("1958-03", "1971-05-06"),
    ),
    _TemplateColumn("性别", "可不填。", ("女", "男"), ("男", "女"), 8),
    _TemplateColumn(
        "类别",
        "空着算正式党员。",
        ("正式党员", "预备党员"),
        ("正式党员", "预备党员", "入党积极分子", "群众"),
        14,
    ),
    _TemplateColumn(
        "状态",
        "空着算正常。外出、体弱、请假的人不算应到，人还在名册里；去世、转出、停止党籍的人不再列出。",
        ("正常", "外出务工"),
        ("正常", "外出务工", "年老体弱", "请假", "去世", "转出", "停止党籍"),
        12,
    ),
    _TemplateColumn("会员号", "可不填。每人固定不变的号码；不要写行号。", ("", "")),
    _TemplateColumn(
        "卡号", "可不填。考勤卡上的号码，前面的 0 也要写。", ("0012345678", ""), width=14
    ),
    _TemplateColumn("备注", "可不填。", ("党小组长", ""), width=20),
    _TemplateColumn(
        "党内职务",
        "可不填。书记、副书记、委员一年应学 56 学时，其他党员 32 学时。",
        ("书记", "组织委员"),
    ),
)


def write_template(path: Path) -> None:
    """Write the empty roster sheet with its page of explanations."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
        as_text = book.add_format({"num_format": "@"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("党员名册")
        for place, column in enumerate(_COLUMNS):
            sheet.set_column(place, place, column.width, as_text)
            sheet.write_string(0, place, column.heading, bold)
            if column.words:
                choice = {
                    "validate": "list",
                    "source": list(column.words),
                    "error_type": "warning",
                    "error_message": "、".join(column.words),
                }
                sheet.data_validation(1, place, _ROWS, place, choice)
        sheet.freeze_panes(1, 1)
        told = book.add_worksheet("说明")
        for place, (title, width) in enumerate(
            (("列", 12), ("怎么填", 60), ("可写的词", 40), ("例一", 20), ("例二", 20))
        ):
            told.set_column(place, place, width, wrapped)
            told.write_string(0, place, title, bold)
        for row, column in enumerate(_COLUMNS, start=1):
            words = "、".join(column.words)
            for place, text in enumerate((column.heading, column.how, words, *column.examples)):
                told.write_string(row, place, text, wrapped)
