"""What the centre says about who somebody is, and its lists; ``centre.words`` has it all."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "centre.roster_undo_hint": (
        "这次导入是第 {number} 号；24 小时内可以整个撤销：undo-import {number} --site {site}",
        "This import is number {number}; within 24 hours it can be undone as a whole: undo-import {number} --site {site}",
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
    "centre.no_proposals": ("没有待核对的人。", "Nobody is proposed."),
    "centre.proposal_line": (
        "{id}  {site}  {name}  {what}  可能是 {likely} 人",
        "{id}  {site}  {name}  {what}  {likely} may be the same",
    ),
    "centre.proposal_is_new": ("新提的人", "somebody new"),
    "centre.proposal_changes": ("改正", "a correction"),
    "centre.proposal_likely": (
        "  可能是{name}（{about}）：answer --same {id}",
        "  may be {name} ({about}): answer --same {id}",
    ),
    "centre.proposal_word_proposed": ("提出", "proposed"),
    "centre.proposal_word_stopped": ("停用", "stopped"),
    "centre.proposal_word_resumed": ("恢复", "taken back"),
    "centre.proposal_word_standing": ("情况", "standing"),
    "centre.proposal_taken": (
        "已收进名册：{name}（{id}）。站点下次上报时就知道。",
        "Taken into the roster: {name} ({id}). Stations learn it with their next exchange.",
    ),
    "centre.proposal_same": (
        "{name}就是名册里的 {id}。以前的 {sessions} 次学习都归到这个人。",
        "{name} is {id} of the roster. The {sessions} sessions of before are theirs.",
    ),
    "centre.proposal_refused": (
        "没有收进名册：{name}。以前的记录都在。",
        "Not taken in: {name}. The records of before stay.",
    ),
    "centre.no_proposal": (
        "没有待核对的 {id}，没有做任何改动。用 proposals list 看有哪些。",
        "Nothing waits of {id}; nothing was changed. See proposals list.",
    ),
    "centre.proposal_needs_by": (
        "要写明是谁核对的（--by）。什么都没有改。",
        "Say who answers (--by). Nothing was changed.",
    ),
    "centre.proposal_one_answer": (
        "一次只能答一样，什么都没有改。请只留 --same、--new、--no 中的一个。",
        "Only one answer is possible; nothing was changed. Keep one of --same, --new and --no.",
    ),
    "centre.proposal_known": (
        "{name}已经在名册里，不能说成另一个人，什么都没有改。请用 --new 或 --no。",
        "{name} is in the roster already and can't be said to be another; nothing was changed. Use --new or --no.",
    ),
    "centre.township_circle": (
        "{site}不能归在自己下面，没有改动。请核对站点。",
        "{site} can't lie under itself; nothing was changed. Check the sites.",
    ),
    "centre.township_put": ("{site}归在{township}下面。", "{site} lies under {township}."),
    "centre.township_none": ("{site}不再归在别的站点下面。", "{site} lies under no other site."),
    "centre.directory_on": (
        "乡镇名录开着：站点能找到本乡镇的人（姓名、支部、手机后四位）。",
        "The directory is on: stations find people of their township (name, branch, four digits).",
    ),
    "centre.directory_off": (
        "乡镇名录关着：站点只知道自己的人。",
        "The directory is off: a station knows only its own people.",
    ),
    "centre.directory_done": ("改了 {count} 行。", "{count} rows changed."),
    "centre.no_matches": ("没有像同一个人的。", "Nobody looks like one person twice."),
    "centre.match_visitor": (
        "{id}  {name}  {site_name}的来宾，来过 {sessions} 次",
        "{id}  {name}  a visitor of {site_name}, came {sessions} times",
    ),
    "centre.match_double": (
        "{id}  {name}  {site_name}的名册里有，别处也有",
        "{id}  {name}  in the roster of {site_name}, and elsewhere too",
    ),
    "centre.match_likely": (
        "    可能是{site_name}的{name}（尾号 {phone_tail}）：same-person {before} {id}",
        "    may be {name} of {site_name} (tail {phone_tail}): same-person {before} {id}",
    ),
    "centre.same_self": (
        "两个编号是一样的，没有改动。请核对编号。",
        "Both ids are one; nothing was changed. Check them.",
    ),
    "centre.same_nothing": (
        "没有人说过 {id} 是谁，没有改动。请核对编号。",
        "Nobody said who {id} is; nothing was changed. Check the id.",
    ),
    "centre.same_done": (
        "记下了：是同一个人。{sessions} 次学习重新归好了，学时不会算两次。",
        "Noted: one person. {sessions} sessions were read anew; no hour counts twice.",
    ),
    "centre.same_undone": (
        "已取消。{sessions} 次学习重新归好了。",
        "Taken back. {sessions} sessions were read anew.",
    ),
}
