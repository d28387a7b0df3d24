"""Sentences about what an import changes, and about rows somebody has to decide about."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "roster.roster_would": (
        "将新增 {added} 人，修改 {changed} 人，停用 {deactivated} 人，不变 {unchanged} 人。",
        "Would add {added}, change {changed}, deactivate {deactivated}; {unchanged} stay as they are.",
    ),
    "roster.roster_done": (
        "已新增 {added} 人，修改 {changed} 人，停用 {deactivated} 人，不变 {unchanged} 人。",
        "Added {added}, changed {changed}, deactivated {deactivated}; {unchanged} as before.",
    ),
    "roster.list_added": ("新增（{count} 人）：", "Added ({count}):"),
    "roster.list_changed": ("修改（{count} 人）：", "Changed ({count}):"),
    "roster.list_moved": ("换支部（{count} 人）：", "To another branch ({count}):"),
    "roster.list_stopped": ("停用（{count} 人）：", "Deactivated ({count}):"),
    "roster.list_returned": ("恢复（{count} 人）：", "Active again ({count}):"),
    "roster.list_columns": ("看懂的列：{columns}", "Columns understood: {columns}"),
    "roster.list_ignored": ("没有用到的列：{columns}", "Columns not used: {columns}"),
    "roster.list_left_out": ("没有读进来的（{count} 处）：", "Left out ({count}):"),
    "roster.list_cleaned": ("用前整理过的（{count} 处）：", "Cleaned before use ({count}):"),
    "roster.list_rows_left_out": ("这些行没有导入（{count} 行）：", "Rows not imported ({count}):"),
    "roster.list_faults": ("要改的（{count} 行）：", "To be mended ({count} rows):"),
    "roster.list_questions": ("要回答的（{count} 行）：", "To be answered ({count} rows):"),
    "roster.list_more": (
        "  … 还有 {count} 条，用 --json 看全部",
        "  … {count} more; --json has them all",
    ),
    "roster.told_birth": ("{birth} 生", "born {birth}"),
    "roster.nothing": ("（空）", "(empty)"),
    "roster.answer_same": (
        "    就是{person}：加 --same {row}={id}",
        "    it is {person}: add --same {row}={id}",
    ),
    "roster.answer_new": (
        "    是新来的人：加 --new {row}；这一行先不管：加 --leave-out-faulty",
        "    it is somebody new: add --new {row}; to leave such rows out: --leave-out-faulty",
    ),
    "roster.field_name": ("姓名", "name"),
    "roster.field_member_no": ("编号", "member number"),
    "roster.field_phone": ("电话", "telephone"),
    "roster.field_birth": ("出生日期", "birth"),
    "roster.field_gender": ("性别", "gender"),
    "roster.field_post": ("党内职务", "post in the branch"),
    "roster.field_group": ("小组", "group"),
    "roster.field_kind": ("类别", "kind"),
    "roster.field_card_no": ("卡号", "card"),
    "roster.field_standing": ("状态", "standing"),
    "roster.field_identity": ("身份证号", "identity number"),
    "roster.field_branch": ("支部", "branch"),
    "roster.value_member": ("正式党员", "member"),
    "roster.value_probationary_member": ("预备党员", "probationary member"),
    "roster.value_activist": ("入党积极分子", "activist"),
    "roster.value_villager": ("群众", "villager"),
    "roster.value_male": ("男", "male"),
    "roster.value_female": ("女", "female"),
    "roster.value_frail": ("体弱", "frail"),
    "roster.value_away": ("外出", "away"),
    "roster.value_on_leave": ("长期请假", "on leave"),
    "roster.value_secretary": ("书记", "secretary"),
    "roster.value_deputy_secretary": ("副书记", "deputy secretary"),
    "roster.value_committee_member": ("委员", "committee member"),
    "roster.value_known": ("已登记", "known"),
    "roster.in_sheet": ("工作表“{sheet}”{sentence}", "Sheet “{sheet}”, {sentence}"),
    "roster.row_number_of": (
        "第 {row} 行：编号 {number} 原来是{old}，这一行是{name}。是同一个人改了名字，还是号码给了别人？",
        "Row {row}: the number {number} was {old}, this row is {name}. The same person under another name, or was the number given away?",
    ),
    "roster.row_number_between": (
        "第 {row} 行：{name}的编号 {number} 原来是{old}的，其他资料却像{chosen}。是谁？",
        "Row {row}: the number {number} of {name} was that of {old}, all else is as of {chosen}. Who is it?",
    ),
    "roster.row_identity_of": (
        "第 {row} 行：身份证号是{old}的，这一行是{name}，姓名、电话、出生日期都不同。是同一个人吗？",
        "Row {row}: the identity number is of {old}; this row is {name}, with another name, telephone and birth. The same person?",
    ),
    "roster.row_identity_between": (
        "第 {row} 行：{name}的身份证号是{old}的，其他资料却像{chosen}。是谁？",
        "Row {row}: all else of {name} is {chosen}, but the identity number is of {old}. Who is it?",
    ),
    "roster.row_name_of": (
        "第 {row} 行：照号码和电话像{chosen}，名字“{name}”却是{old}的。是谁？",
        "Row {row}: by numbers and telephone it is {chosen}, but “{name}” is what {old} is called. Who is it?",
    ),
    "roster.row_perhaps": (
        "第 {row} 行：{name}有几样和{old}一样，也有不一样的。是同一个人吗？",
        "Row {row}: some of {name} is as of {old}, some is not. The same person?",
    ),
    "roster.and": ("{first}和{last}", "{first} and {last}"),
    "roster.row_differs": (
        "第 {row} 行：{name}和名册里的{old}，{alike}相同，{unlike}不同。是同一个人吗？",
        "Row {row}: {name} and {old} of the roster: same {alike}, different {unlike}. The same person?",
    ),
    "roster.row_beside": (
        "第 {row} 行：“{name}”与第 {other} 行的姓名和另一项相同，出生日期不同。是一个人，就删去一行；是两个人，就回答这一行是谁。",
        "Row {row}: “{name}” has the name and more of row {other}, but another birth. If they are one person, remove a row; if two, answer who this is.",
    ),
    "roster.row_card_twice": (
        "第 {row} 行：“{name}”和第 {other} 行的“{other_name}”卡号相同。请改正其中一行。",
        "Row {row}: “{name}” has the same card number as “{other_name}” in row {other}. Correct one.",
    ),
    "roster.row_number_twice": (
        "第 {row} 行：“{name}”和第 {other} 行的“{other_name}”编号相同。请改正其中一行。",
        "Row {row}: “{name}” has the same member number as “{other_name}” in row {other}. Correct one.",
    ),
    "roster.row_identity_twice": (
        "第 {row} 行：“{name}”和第 {other} 行的“{other_name}”身份证号相同。请改正其中一行。",
        "Row {row}: “{name}” has the same identity number as “{other_name}” in row {other}. Correct one.",
    ),
    "roster.rows_wrong": (
        "有 {count} 行要改或要回答，名册没有导入，原来的没有变。不加 --apply 可以看是哪几行；先不管这些行，加 --leave-out-faulty。",
        "{count} rows need mending or an answer; nothing was imported and the old roster stands. Run without --apply to see which, or leave them out with --leave-out-faulty.",
    ),
    "roster.roster_many": (
        "这次会停用 {stopped} 人、改名 {renamed} 人，一共 {count} 人（本站点在册 {active} 人），名册没有导入，原来的没有变。请先不加 --apply 核对名单；确实如此，请加 --confirm {count}。",
        "This would deactivate {stopped} and rename {renamed}, {count} people in all (of {active} active here); nothing was imported and the old roster stands. Check the names without --apply; if it is right, add --confirm {count}.",
    ),
    "roster.roster_asks": (
        "停用和改名的一共 {count} 人，比平常多（本站点在册 {active} 人）。核对后要导入，请加 --confirm {count}。",
        "{count} people would be deactivated or renamed, more than usual (of {active} active here). To import it all the same, add --confirm {count}.",
    ),
    "roster.numbers_count_rows": (
        "编号像是行号，没有用来认人，也没有当卡号。",
        "The numbers seem to count the rows; nobody was recognised by them and they are no card numbers.",
    ),
    "roster.speaks_for_all": (
        "表里没有支部：按整个站点处理，不在表里的人会停用。",
        "The file names no branch: it speaks for the whole site, and whoever is not in it is deactivated.",
    ),
    "roster.stops_nobody": (
        "有的行看不出是谁，所以这次不停用任何人。",
        "Of some rows nobody can tell who they are, so nobody is deactivated this time.",
    ),
    "roster.answer_nobody": (
        "--same 里的 {person} 不是这个站点的人，没有导入。请照问题下面列出的编号填写。",
        "--same names {person}, who is nobody of this site; nothing was imported. Use an id listed below the question.",
    ),
    "roster.answer_twice": (
        "--same 把 {person} 用了两次，没有导入。一个人只能是一行。",
        "--same names {person} twice; nothing was imported. One person is one row.",
    ),
    "roster.answer_no_row": (
        "表里没有第 {row} 行这个人，没有导入。请核对行号。",
        "The file has nobody in row {row}; nothing was imported. Check the row.",
    ),
    "roster.answer_which_sheet": (
        "几个工作表都有第 {row} 行，没有导入。请照问题里那样，在行号前写上工作表的名字。",
        "Several sheets have a row {row}; nothing was imported. Write the sheet's name before the row, as the questions do.",
    ),
    "roster.answer_row_twice": (
        "第 {row} 行回答了两次，没有导入。请只留一个。",
        "Row {row} is answered twice; nothing was imported. Keep one answer.",
    ),
    "roster.answer_not_asked": (
        "第 {row} 行没有要回答的问题，没有导入。请核对行号，或去掉这个回答。",
        "Row {row} has no question; nothing was imported. Check the row, or leave that answer out.",
    ),
    "roster.answer_spelled": (
        "“{value}”看不懂，没有导入。请写成 行号=人员编号，如 --same 2=p…",
        "“{value}” can't be read; nothing was imported. Write row=person, such as --same 2=p…",
    ),
    "roster.state_stopped": ("停用", "not active"),
    "roster.row_ambiguous": (
        "第 {row} 行：“{name}”在支部里有同名的人，分不清是哪一位。请补手机、出生日期或会员号。",
        (
            "Row {row}: several people in the branch are called “{name}”. Add a telephone, a birth "
            "or a member number."
        ),
    ),
    "roster.row_namesake": (
        "第 {row} 行：“{name}”与第 {other} 行同名，分不清。请补手机、出生日期或会员号。",
        (
            "Row {row}: “{name}” has the same name as row {other}. Add a telephone, a birth or a "
            "member number."
        ),
    ),
    "roster.row_double": (
        "第 {row} 行：“{name}”与第 {other} 行是同一个人。请删去一行。",
        "Row {row}: “{name}” is the same person as in row {other}. Remove one.",
    ),
    "roster.file_unreadable": (
        "文件 {file} 打不开，没有做任何改动。请检查文件是否存在、是否正被别的程序占用。",
        (
            "The file {file} can't be opened; nothing was changed. Check that it exists and is not "
            "in use."
        ),
    ),
    "roster.many_elsewhere": (
        "表里有 {count} 人在“{site}”也在册（第 {row} 行“{name}”等）。请核对是不是拿错了别的站点的表。",
        "{count} people of the file are active at “{site}” too (row {row}, “{name}”, and others). Check that it is not another site's file.",
    ),
    "roster.also_elsewhere": (
        "第 {row} 行：“{name}”在“{site}”也在册。",
        "Row {row}: “{name}” is active at “{site}” too.",
    ),
}
