"""What the centre says about who somebody is, and its lists; ``centre.words`` has it all."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "centre.roster_would": (
        "将新增 {added} 人，修改 {changed} 人，停用 {deactivated} 人，不变 {unchanged} 人。",
        "Would add {added}, change {changed}, deactivate {deactivated}; {unchanged} stay as they are.",
    ),
    "centre.roster_done": (
        "已新增 {added} 人，修改 {changed} 人，停用 {deactivated} 人，不变 {unchanged} 人。",
        "Added {added}, changed {changed}, deactivated {deactivated}; {unchanged} as before.",
    ),
    "centre.roster_undo_hint": (
        "这次导入是第 {number} 号；24 小时内可以整个撤销：undo-import {number} --site {site}",
        "This import is number {number}; within 24 hours it can be undone as a whole: undo-import {number} --site {site}",
    ),
    "centre.list_added": ("新增（{count} 人）：", "Added ({count}):"),
    "centre.list_changed": ("修改（{count} 人）：", "Changed ({count}):"),
    "centre.list_moved": ("换支部（{count} 人）：", "To another branch ({count}):"),
    "centre.list_stopped": ("停用（{count} 人）：", "Deactivated ({count}):"),
    "centre.list_returned": ("恢复（{count} 人）：", "Active again ({count}):"),
    "centre.list_columns": ("看懂的列：{columns}", "Columns understood: {columns}"),
    "centre.list_ignored": ("没有用到的列：{columns}", "Columns not used: {columns}"),
    "centre.list_left_out": ("没有读进来的（{count} 处）：", "Left out ({count}):"),
    "centre.list_cleaned": ("用前整理过的（{count} 处）：", "Cleaned before use ({count}):"),
    "centre.list_rows_left_out": ("这些行没有导入（{count} 行）：", "Rows not imported ({count}):"),
    "centre.list_faults": ("要改的（{count} 行）：", "To be mended ({count} rows):"),
    "centre.list_questions": ("要回答的（{count} 行）：", "To be answered ({count} rows):"),
    "centre.list_more": (
        "  … 还有 {count} 条，用 --json 看全部",
        "  … {count} more; --json has them all",
    ),
    "centre.told_birth": ("{birth} 生", "born {birth}"),
    "centre.nothing": ("（空）", "(empty)"),
    "centre.answer_same": (
        "    就是{person}：加 --same {row}={id}",
        "    it is {person}: add --same {row}={id}",
    ),
    "centre.answer_new": (
        "    是新来的人：加 --new {row}；这一行先不管：加 --leave-out-faulty",
        "    it is somebody new: add --new {row}; to leave such rows out: --leave-out-faulty",
    ),
    "centre.field_name": ("姓名", "name"),
    "centre.field_member_no": ("编号", "member number"),
    "centre.field_phone": ("电话", "telephone"),
    "centre.field_birth": ("出生日期", "birth"),
    "centre.field_gender": ("性别", "gender"),
    "centre.field_group": ("小组", "group"),
    "centre.field_kind": ("类别", "kind"),
    "centre.field_card_no": ("卡号", "card"),
    "centre.field_standing": ("状态", "standing"),
    "centre.field_identity": ("身份证号", "identity number"),
    "centre.field_branch": ("支部", "branch"),
    "centre.value_member": ("正式党员", "member"),
    "centre.value_probationary_member": ("预备党员", "probationary member"),
    "centre.value_activist": ("入党积极分子", "activist"),
    "centre.value_villager": ("群众", "villager"),
    "centre.value_male": ("男", "male"),
    "centre.value_female": ("女", "female"),
    "centre.value_frail": ("体弱", "frail"),
    "centre.value_away": ("外出", "away"),
    "centre.value_on_leave": ("长期请假", "on leave"),
    "centre.value_known": ("已登记", "known"),
    "centre.in_sheet": ("工作表“{sheet}”{sentence}", "Sheet “{sheet}”, {sentence}"),
    "centre.row_number_of": (
        "第 {row} 行：编号 {number} 原来是{old}，这一行是{name}。是同一个人改了名字，还是号码给了别人？",
        "Row {row}: the number {number} was {old}, this row is {name}. The same person under another name, or was the number given away?",
    ),
    "centre.row_number_between": (
        "第 {row} 行：{name}的编号 {number} 原来是{old}的，其他资料却像{chosen}。是谁？",
        "Row {row}: the number {number} of {name} was that of {old}, all else is as of {chosen}. Who is it?",
    ),
    "centre.row_identity_of": (
        "第 {row} 行：身份证号是{old}的，这一行是{name}，姓名、电话、出生日期都不同。是同一个人吗？",
        "Row {row}: the identity number is of {old}; this row is {name}, with another name, telephone and birth. The same person?",
    ),
    "centre.row_identity_between": (
        "第 {row} 行：{name}的身份证号是{old}的，其他资料却像{chosen}。是谁？",
        "Row {row}: all else of {name} is {chosen}, but the identity number is of {old}. Who is it?",
    ),
    "centre.row_name_of": (
        "第 {row} 行：照号码和电话像{chosen}，名字“{name}”却是{old}的。是谁？",
        "Row {row}: by numbers and telephone it is {chosen}, but “{name}” is what {old} is called. Who is it?",
    ),
    "centre.row_perhaps": (
        "第 {row} 行：{name}有几样和{old}一样，也有不一样的。是同一个人吗？",
        "Row {row}: some of {name} is as of {old}, some is not. The same person?",
    ),
    "centre.and": ("{first}和{last}", "{first} and {last}"),
    "centre.row_differs": (
        "第 {row} 行：{name}和名册里的{old}，{alike}相同，{unlike}不同。是同一个人吗？",
        "Row {row}: {name} and {old} of the roster: same {alike}, different {unlike}. The same person?",
    ),
    "centre.row_beside": (
        "第 {row} 行：“{name}”与第 {other} 行的姓名和另一项相同，出生日期不同。是一个人，就删去一行；是两个人，就回答这一行是谁。",
        "Row {row}: “{name}” has the name and more of row {other}, but another birth. If they are one person, remove a row; if two, answer who this is.",
    ),
    "centre.row_card_twice": (
        "第 {row} 行：“{name}”和第 {other} 行的“{other_name}”卡号相同。请改正其中一行。",
        "Row {row}: “{name}” has the same card number as “{other_name}” in row {other}. Correct one.",
    ),
    "centre.many_elsewhere": (
        "表里有 {count} 人在“{site}”也在册（第 {row} 行“{name}”等）。请核对是不是拿错了别的站点的表。",
        "{count} people of the file are active at “{site}” too (row {row}, “{name}”, and others). Check that it is not another site's file.",
    ),
    "centre.row_number_twice": (
        "第 {row} 行：“{name}”和第 {other} 行的“{other_name}”编号相同。请改正其中一行。",
        "Row {row}: “{name}” has the same member number as “{other_name}” in row {other}. Correct one.",
    ),
    "centre.row_identity_twice": (
        "第 {row} 行：“{name}”和第 {other} 行的“{other_name}”身份证号相同。请改正其中一行。",
        "Row {row}: “{name}” has the same identity number as “{other_name}” in row {other}. Correct one.",
    ),
    "centre.rows_wrong": (
        "有 {count} 行要改或要回答，名册没有导入，原来的没有变。不加 --apply 可以看是哪几行；先不管这些行，加 --leave-out-faulty。",
        "{count} rows need mending or an answer; nothing was imported and the old roster stands. Run without --apply to see which, or leave them out with --leave-out-faulty.",
    ),
    "centre.roster_many": (
        "这次会停用 {stopped} 人、改名 {renamed} 人，一共 {count} 人（本站点在册 {active} 人），名册没有导入，原来的没有变。请先不加 --apply 核对名单；确实如此，请加 --confirm {count}。",
        "This would deactivate {stopped} and rename {renamed}, {count} people in all (of {active} active here); nothing was imported and the old roster stands. Check the names without --apply; if it is right, add --confirm {count}.",
    ),
    "centre.roster_asks": (
        "停用和改名的一共 {count} 人，比平常多（本站点在册 {active} 人）。核对后要导入，请加 --confirm {count}。",
        "{count} people would be deactivated or renamed, more than usual (of {active} active here). To import it all the same, add --confirm {count}.",
    ),
    "centre.numbers_count_rows": (
        "编号像是行号，没有用来认人，也没有当卡号。",
        "The numbers seem to count the rows; nobody was recognised by them and they are no card numbers.",
    ),
    "centre.speaks_for_all": (
        "表里没有支部：按整个站点处理，不在表里的人会停用。",
        "The file names no branch: it speaks for the whole site, and whoever is not in it is deactivated.",
    ),
    "centre.stops_nobody": (
        "有的行看不出是谁，所以这次不停用任何人。",
        "Of some rows nobody can tell who they are, so nobody is deactivated this time.",
    ),
    "centre.also_elsewhere": (
        "第 {row} 行：“{name}”在“{site}”也在册。",
        "Row {row}: “{name}” is active at “{site}” too.",
    ),
    "centre.answer_nobody": (
        "--same 里的 {person} 不是这个站点的人，没有导入。请照问题下面列出的编号填写。",
        "--same names {person}, who is nobody of this site; nothing was imported. Use an id listed below the question.",
    ),
    "centre.answer_twice": (
        "--same 把 {person} 用了两次，没有导入。一个人只能是一行。",
        "--same names {person} twice; nothing was imported. One person is one row.",
    ),
    "centre.answer_no_row": (
        "表里没有第 {row} 行这个人，没有导入。请核对行号。",
        "The file has nobody in row {row}; nothing was imported. Check the row.",
    ),
    "centre.answer_which_sheet": (
        "几个工作表都有第 {row} 行，没有导入。请写成 工作表!行号。",
        "Several sheets have a row {row}; nothing was imported. Write sheet!row.",
    ),
    "centre.answer_row_twice": (
        "第 {row} 行回答了两次，没有导入。请只留一个。",
        "Row {row} is answered twice; nothing was imported. Keep one answer.",
    ),
    "centre.answer_not_asked": (
        "第 {row} 行没有要回答的问题，没有导入。请核对行号，或去掉这个回答。",
        "Row {row} has no question; nothing was imported. Check the row, or leave that answer out.",
    ),
    "centre.answer_spelled": (
        "“{value}”看不懂，没有导入。请写成 行号=人员编号，如 --same 2=p…",
        "“{value}” can't be read; nothing was imported. Write row=person, such as --same 2=p…",
    ),
    "centre.undone": (
        "已撤销第 {number} 号（{about}）：{restored} 人恢复原样，它新增的 {stopped} 人已停用。",
        "Number {number} ({about}) is undone: {restored} people are as before, the {stopped} it had added are deactivated.",
    ),
    "centre.undo_nothing": (
        "没有可以撤销的导入，没有做任何改动。",
        "There is no import to undo; nothing was changed.",
    ),
    "centre.undo_no_such": (
        "这个站点没有第 {number} 号，没有做任何改动。请核对编号。",
        "This site has no number {number}; nothing was changed. Check the number.",
    ),
    "centre.undo_further": (
        "最近的第 {newest} 号已经撤销过了。再往前是第 {number} 号（{about}），撤销它会停用它新增的 {count} 人；没有做任何改动。确实要撤销，请写明编号：undo-import {number} --site {site}",
        "The newest, number {newest}, was undone before. Before it comes number {number} ({about}); to undo it would deactivate the {count} people it had added. Nothing was changed. If that is meant, name it: undo-import {number} --site {site}",
    ),
    "centre.undo_done": (
        "第 {number} 号已经撤销过了，没有做任何改动。",
        "Number {number} was undone before; nothing was changed.",
    ),
    "centre.undo_late": (
        "第 {number} 号已超过 24 小时，不能整个撤销，没有做任何改动。请导入改正后的名册。",
        "Number {number} is more than 24 hours old and can't be undone as a whole; nothing was changed. Import a corrected roster.",
    ),
    "centre.undo_touched": (
        "第 {number} 号之后，第 {later} 号又改了同样的人（{names}），没有做任何改动。请先撤销第 {later} 号。",
        "After number {number}, number {later} changed the same people ({names}); nothing was changed. Undo number {later} first.",
    ),
    "centre.stopped": (
        "已停用：{name}（{id}）。记录都在；24 小时内可以撤销：undo-import {number} --site {site}",
        "Deactivated: {name} ({id}). The record stays; within 24 hours: undo-import {number} --site {site}",
    ),
    "centre.stop_already": (
        "{name}（{id}）本来就停用了，没有做任何改动。",
        "{name} ({id}) is not active already; nothing was changed.",
    ),
    "centre.stop_needs_reason": (
        "要写明是谁要求的、为什么（--by、--reason）。什么都没有改。",
        "Say who asks and why (--by, --reason). Nothing was changed.",
    ),
    "centre.list_empty": ("没有可列的。", "There is nothing to list."),
    "centre.head_id": ("编号", "id"),
    "centre.head_name": ("姓名", "name"),
    "centre.head_site": ("站点", "site"),
    "centre.head_state": ("状态", "state"),
    "centre.head_branch": ("支部", "branch"),
    "centre.head_phone": ("电话", "telephone"),
    "centre.head_member_no": ("会员号", "member no"),
    "centre.head_standing": ("不计应到", "left out"),
    "centre.head_people": ("在册人数", "people"),
    "centre.head_stations": ("站点机", "stations"),
    "centre.head_title": ("标题", "title"),
    "centre.head_minutes": ("分钟", "minutes"),
    "centre.head_megabytes": ("大小（MB）", "size (MB)"),
    "centre.head_date": ("日期", "date"),
    "centre.head_start": ("时间", "time"),
    "centre.state_stopped": ("停用", "not active"),
    "centre.state_withdrawn": ("已撤回", "withdrawn"),
    "centre.plan_past": (
        "{date} 已经过去了，没有排计划。请核对日期（今天是 {today}）。",
        "{date} is in the past; nothing was planned. Check the date (today is {today}).",
    ),
    "centre.plan_far": (
        "{date} 离今天太远（最多 {days} 天），没有排计划。请核对日期。",
        "{date} is too far off (at most {days} days); nothing was planned. Check the date.",
    ),
    "centre.plan_twice": (
        "这个站点 {date} {start} 已经有“{title}”（{id}），没有排计划。请换时间，或先撤回那一个。",
        "The site has “{title}” ({id}) on {date} at {start} already; nothing was planned. Choose another time, or withdraw that one first.",
    ),
    "centre.title_empty": (
        "标题空着，没有做任何改动。请写上标题。",
        "The title is empty; nothing was changed. Give one.",
    ),
    "centre.title_long": (
        "标题有 {count} 个字，最多 {most} 个，没有做任何改动。请写短一点。",
        "The title has {count} signs, at most {most} are possible; nothing was changed. Shorten it.",
    ),
    "centre.course_same_file": (
        "{file} 与《{title}》（{id}）是同一个文件，没有发布。要更新那门课，请加 --id {id}。",
        "{file} is the same file as “{title}” ({id}) and was not published. To publish that course anew, add --id {id}.",
    ),
    "centre.site_name": (
        "站点名称要写 1 到 {most} 个字，没有新建。",
        "A site's name has 1 to {most} characters; none was made.",
    ),
    "centre.template_ending": (
        "请把文件名写成 .xlsx 结尾，例如 花名册.xlsx；没有写。",
        "Give the file a name that ends in .xlsx, such as roster.xlsx; nothing was written.",
    ),
    "centre.template_there": (
        "{file} 已经有了，没有覆盖。请换一个名字。",
        "{file} is there already and was left alone. Choose another name.",
    ),
    "centre.template_written": (
        "空花名册写好了：{file}。第二张表是填写说明。",
        "Empty roster written: {file}. Its second sheet explains how to fill it in.",
    ),
}
