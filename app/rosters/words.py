"""Sentences about roster files: what can't be read, what was left out, what was cleaned."""

from __future__ import annotations

import locale
import os

from app.rosters import import_words

WORDS: dict[str, tuple[str, str]] = {
    "roster.sheet_not_excel": (
        "{file} 不是能读的表格，没有导入。请用表格软件另存为 .xlsx 后再试。",
        "{file} is no sheet that can be read; nothing imported. Save it as .xlsx first.",
    ),
    "roster.sheet_is_pdf": (
        "{file} 其实是 PDF，没有导入。请找到原来的表格，存成 .xlsx 后再试。",
        "{file} is a PDF; nothing imported. Find the sheet it was made from and save it as .xlsx.",
    ),
    "roster.sheet_is_picture": (
        "{file} 其实是图片，没有导入。请把名单填进模板（.xlsx）后再试。",
        "{file} is a picture; nothing imported. Enter the list into the template (.xlsx).",
    ),
    "roster.sheet_is_document": (
        "{file} 其实是 Word 文档或幻灯片，没有导入。请把里面的表格复制到 .xlsx 后再试。",
        "{file} is a letter or slides; nothing imported. Copy its table into an .xlsx.",
    ),
    "roster.sheet_is_archive": (
        "{file} 是压缩包，没有导入。请先解压，再导入里面的表格。",
        "{file} is an archive; nothing imported. Unpack it and import the sheet inside.",
    ),
    "roster.sheet_is_xml": (
        "{file} 是网页或 XML 格式的表格，没有导入。请用表格软件打开，另存为 .xlsx 后再试。",
        "{file} is a sheet saved as XML or web archive; nothing imported. Save it as .xlsx first.",
    ),
    "roster.sheet_locked": (
        "{file} 有打开密码，没有导入。请用表格软件打开，去掉密码另存为 .xlsx 后再试。",
        "{file} is locked with a password; nothing imported. Save it without one as .xlsx.",
    ),
    "roster.sheet_broken": (
        "{file} 已损坏或读不下去，没有导入。请用表格软件重新另存为 .xlsx 后再试。",
        "{file} is broken or can't be read to its end; nothing imported. Save it anew as .xlsx.",
    ),
    "roster.sheet_slow": (
        "{file} 读了 {seconds} 秒还没有读完，没有导入。请删去多余的内容或分成几个文件。",
        (
            "{file} was not read within {seconds} seconds; nothing imported. Remove what is not "
            "needed or split it."
        ),
    ),
    "roster.sheet_too_large": (
        "{file} 太大（最多 {megabytes} MB），没有导入。请删去图片等多余的内容或分成几个文件。",
        (
            "{file} is too large (at most {megabytes} MB); nothing imported. Remove what is not "
            "needed, such as pictures, or split it."
        ),
    ),
    "roster.sheet_bomb": (
        "{file} 解开后太大（最多 {megabytes} MB），没有导入。请删去多余的内容或分成几个文件。",
        (
            "{file} is too large when unpacked (at most {megabytes} MB); nothing imported. Remove "
            "what is not needed or split it."
        ),
    ),
    "roster.sheet_too_many_rows": (
        "{file} 有内容的行太多（一个文件最多 {rows} 行，到“{sheet}”已超过），没有导入。请分成几个文件。",
        (
            "{file} has too many rows (at most {rows} in a file, passed in “{sheet}”); nothing "
            "imported. Split it."
        ),
    ),
    "roster.sheet_too_many_sheets": (
        "{file} 有 {count} 个工作表（最多 {most} 个），没有导入。请分成几个文件。",
        "{file} has {count} sheets (at most {most}); nothing imported. Split it.",
    ),
    "roster.sheet_too_much_text": (
        "{file} 的文字太多（到“{sheet}”已超过），没有导入。请删去多余的内容或分成几个文件。",
        (
            "{file} holds too much text (passed in “{sheet}”); nothing imported. Remove what is not "
            "needed or split it."
        ),
    ),
    "roster.sheet_far_cell": (
        "{file} 的“{sheet}”在很远的 {cell} 还有内容，没有导入。请删去那一格和多余的行列再试。",
        (
            "{file}: “{sheet}” has something as far away as {cell}; nothing imported. Delete that "
            "cell and what is not needed around it."
        ),
    ),
    "roster.sheet_no_header": (
        "{file} 里找不到表头，没有导入。请保留“姓名”和“支部”这样的列名，或用模板填写。",
        (
            "{file} has no header; nothing imported. Keep column names such as “姓名” and “支部”, "
            "or use the template."
        ),
    ),
    "roster.sheet_heading_twice": (
        "“{sheet}”的 {first} 和 {second} 都是“{heading}”，分不清用哪一列，没有导入。"
        "请删去一列；并排的两张表请上下放。",
        (
            "“{sheet}”: {first} and {second} are both “{heading}”; nothing imported. Remove one; "
            "put tables that stand side by side below each other."
        ),
    ),
    "roster.sheet_empty": (
        "表里没有人员，没有导入。请检查是不是选错了文件。",
        "The sheet holds nobody; nothing imported. Check that it is the right file.",
    ),
    "roster.row_no_name": ("第 {row} 行：姓名空着。", "Row {row}: the name is empty."),
    "roster.row_no_branch": ("第 {row} 行：支部空着。", "Row {row}: the branch is empty."),
    "roster.row_cell_error": (
        "第 {row} 行：{heading}是 {value}。公式出错了，请改成文字。",
        "Row {row}: {heading} is {value}. Its formula gives nothing; enter the text itself.",
    ),
    "roster.row_cell_formula": (
        "第 {row} 行：{heading}是没有算出结果的公式 {value}。请用表格软件打开后重新保存。",
        (
            "Row {row}: {heading} is the formula {value} without a result. Open the file in a "
            "spreadsheet program and save it again."
        ),
    ),
    "roster.row_name_odd": (
        "第 {row} 行：{heading}是“{value}”，不是人的姓名。",
        "Row {row}: {heading} is “{value}”, which is nobody's name.",
    ),
    "roster.row_name_several": (
        "第 {row} 行：{heading}“{value}”里有几个人。请一人写一行。",
        "Row {row}: {heading} “{value}” names several people. Give each a row.",
    ),
    "roster.row_too_long": (
        "第 {row} 行：{heading}“{value}…”太长，最多 {most} 个字。",
        "Row {row}: {heading} “{value}…” is too long; at most {most} characters.",
    ),
    "roster.row_phone": (
        "第 {row} 行：{heading}“{value}”不对，应是 11 位手机号或固定电话。",
        "Row {row}: {heading} “{value}” is no telephone number.",
    ),
    "roster.row_number_broken": (
        "第 {row} 行：{heading}变成了“{value}”，被表格软件改坏了。请把这一列设成“文本”后重新填。",
        (
            "Row {row}: {heading} has become “{value}”; the spreadsheet broke it. Format the "
            "column as text and enter it again."
        ),
    ),
    "roster.row_birth": (
        "第 {row} 行：{heading}“{value}”看不懂，请写成 1958-03-02 或 1958年3月。",
        "Row {row}: {heading} “{value}” can't be read; write 1958-03-02.",
    ),
    "roster.row_word": (
        "第 {row} 行：{heading}“{value}”看不懂，请写正式党员、预备党员、入党积极分子或群众。",
        (
            "Row {row}: {heading} “{value}” is not understood; write 正式党员, 预备党员, "
            "入党积极分子 or 群众."
        ),
    ),
    "roster.sheet_left_chart": (
        "“{sheet}”是图表，没有人员，没有读。",
        "“{sheet}” is a chart without people; it was not read.",
    ),
    "roster.sheet_left_hidden": (
        "工作表“{sheet}”是隐藏的，没有读。要用就先取消隐藏。",
        "The sheet “{sheet}” is hidden and was not read. Show it if it is needed.",
    ),
    "roster.sheet_left_no_header": (
        "工作表“{sheet}”没有“姓名”等表头，没有读。",
        "The sheet “{sheet}” has no header such as “姓名” and was not read.",
    ),
    "roster.sheet_errors_unseen": (
        "“{sheet}”：这种格式看不出哪些格子是公式出错，出错的格子当作空着。另存为 .xlsx 就能看出。",
        (
            "“{sheet}”: this format does not tell which formulas give nothing; they count as empty. "
            "Save it as .xlsx."
        ),
    ),
    "roster.sheet_cut": (
        "“{sheet}”{cell}：从这一格往右的内容没有读（最多 200 列）。",
        "“{sheet}” {cell}: what stands from this cell to the right was not read (at most 200 columns).",
    ),
    "roster.sheet_column_unheaded": (
        "“{sheet}”{cell}：这一列没有列名，没有用。",
        "“{sheet}” {cell}: this column has no heading and was not used.",
    ),
    "roster.sheet_header_again": (
        "“{sheet}”{cell}：这一行又是表头，跳过了。",
        "“{sheet}” {cell}: the header stands again in this row; it was passed over.",
    ),
    "roster.sheet_line_unused": (
        "“{sheet}”{cell}：这一行不是人员，没有用：{value}",
        "“{sheet}” {cell}: this line is no person and was not used: {value}",
    ),
    "roster.sheet_rows_empty": (
        "“{sheet}”{cell}：从这一行到第 {last} 行，有 {count} 行只有序号、支部或空白的格子，没有人员。",
        "“{sheet}” {cell}: from here to row {last}, {count} rows hold a number or a branch but nobody.",
    ),
    "roster.cell_empty_word": (
        "“{sheet}”{cell}：{heading}写的是“{value}”，当作空着。",
        "“{sheet}” {cell}: {heading} is “{value}”; it counts as empty.",
    ),
    "roster.cell_as_above": (
        "“{sheet}”{cell}：{heading}写的是“{value}”，按上一行当作“{taken}”。",
        "“{sheet}” {cell}: {heading} is “{value}”; taken as “{taken}” from the row above.",
    ),
    "roster.cell_word": (
        "“{sheet}”{cell}：{heading}“{value}”看不懂，当作空着。",
        "“{sheet}” {cell}: {heading} “{value}” is not understood; it counts as empty.",
    ),
    "roster.cell_unseen": (
        "“{sheet}”{cell}：{heading}里有看不见的字符或偏旁字，按“{value}”读。",
        "“{sheet}” {cell}: {heading} holds signs nobody sees or parts of signs; read as “{value}”.",
    ),
    "roster.cell_note": (
        "“{sheet}”{cell}：{heading}后面的“{note}”当作备注，姓名按“{name}”读。",
        "“{sheet}” {cell}: {heading}: “{note}” is taken as a note, the name as “{name}”.",
    ),
    "roster.cell_joined": (
        "“{sheet}”{cell}：{heading}里的空格去掉了，按“{name}”读。",
        "“{sheet}” {cell}: {heading}: the blank was taken out; read as “{name}”.",
    ),
    "roster.cell_no_number": (
        "“{sheet}”{cell}：{heading}“{value}”里没有号码，当作空着。",
        "“{sheet}” {cell}: {heading} “{value}” holds no number; it counts as empty.",
    ),
    "roster.cell_masked": (
        "“{sheet}”{cell}：{heading}“{value}”打了星号，没有用它。",
        "“{sheet}” {cell}: {heading} “{value}” is masked; it is not used.",
    ),
    "roster.cell_phones": (
        "“{sheet}”{cell}：{heading}有几个号码，用了 {taken}，没有用 {rest}。",
        "“{sheet}” {cell}: {heading} holds several numbers; {taken} is used, {rest} is not.",
    ),
    "roster.cell_phone_read": (
        "“{sheet}”{cell}：{heading}“{value}”按 {taken} 读。",
        "“{sheet}” {cell}: {heading} “{value}” is read as {taken}.",
    ),
    "roster.cell_birth_vague": (
        "“{sheet}”{cell}：{heading}“{value}”可能是 1 月也可能是 10 月，只用了 {year} 年。",
        "“{sheet}” {cell}: {heading} “{value}” may be January or October; only the year {year} is used.",
    ),
    "roster.cell_birth_read": (
        "“{sheet}”{cell}：{heading}“{value}”按 {birth} 读。",
        "“{sheet}” {cell}: {heading} “{value}” is read as {birth}.",
    ),
    "roster.cell_identity": (
        "“{sheet}”{cell}：{heading}的位数、日期或校验位不对，没有用它。",
        "“{sheet}” {cell}: {heading}: its digits or check digit are wrong; it is not used.",
    ),
    "roster.cell_error": (
        "“{sheet}”{cell}：{heading}是 {value}，没有用它。",
        "“{sheet}” {cell}: {heading} is {value}; it is not used.",
    ),
    "roster.cell_identity_scientific": (
        "“{sheet}”{cell}：{heading}变成了“{value}”，被表格软件改坏了，没有用它。",
        "“{sheet}” {cell}: {heading} has become “{value}”; the spreadsheet broke it and it is not used.",
    ),
    "roster.cell_identity_zeroes": (
        "“{sheet}”{cell}：{heading}后几位是 0，可能被表格软件改坏了，没有用它。",
        "“{sheet}” {cell}: {heading} ends in zeroes; the spreadsheet may have broken it and it is not used.",
    ),
    "roster.cell_identity_birth": (
        "“{sheet}”{cell}：{heading}里的出生日期和表里写的 {birth} 不一样，用了表里写的。",
        "“{sheet}” {cell}: {heading} tells another birth than {birth} in the sheet; the sheet's is used.",
    ),
    "roster.cell_identity_gender": (
        "“{sheet}”{cell}：{heading}里的性别和表里写的不一样，用了表里写的。",
        "“{sheet}” {cell}: {heading} tells another gender than the sheet; the sheet's is used.",
    ),
    "roster.cell_away_both": (
        "“{sheet}”{cell}：写着不是流动党员，但{heading}是“{value}”；按没有外出算。",
        "“{sheet}” {cell}: Not marked as away, but {heading} is “{value}”; counted as here.",
    ),
    "roster.cell_status_read": (
        "“{sheet}”{cell}：{heading}“{value}”按其中的意思用了，请核对。",
        "“{sheet}” {cell}: {heading} “{value}” was used by its sense; please check.",
    ),
    "roster.cell_note_unused": (
        "“{sheet}”{cell}：{heading}“{value}”没有用来改状态。要改就写进“状态”一列。",
        "“{sheet}” {cell}: {heading} “{value}” did not change the standing. Write it into the column 状态 to do so.",
    ),
    **import_words.WORDS,
}

_spoken: list[str] = []


def machine_language() -> str:
    """``zh`` or ``en``, as this machine is set."""
    named = os.environ.get("YJ_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG")
    chosen = named or locale.getlocale()[0] or "en"
    return "zh" if chosen.lower().startswith(("zh", "chinese")) else "en"


def speak(language: str) -> None:
    """Tell imports in this language, ``zh`` or ``en``; before, in the machine's."""
    _spoken[:] = [language]


def say(key: str, **values: object) -> str:
    """The sentence for ``key`` with its values filled in."""
    chosen = _spoken[0] if _spoken else machine_language()
    return WORDS[key][0 if chosen == "zh" else 1].format(**values)


def said_or(key: str, otherwise: str) -> str:
    """The sentence for ``key`` if there is one."""
    return say(key) if key in WORDS else otherwise
