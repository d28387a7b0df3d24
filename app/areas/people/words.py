"""Sentences about people: the roster, what is proposed, and why somebody need not come."""

from __future__ import annotations

from app.rosters import words as roster_words

WORDS: dict[str, tuple[str, str]] = {
    "refusal.person_known": (
        "名册里已经有 {names}，没有再加，记录没有变。是同一个人就不用加；确实是另一个人，请再确认一次。",
        "The roster has {names} already; nobody was added. If it is somebody else, say so and add "
        "them again.",
    ),
    "refusal.person_stopped": (
        "这个人已经停用，记录没有变，不用再做。",
        "This person was stopped already; nothing was changed.",
    ),
    "refusal.person_active": (
        "这个人没有停用，记录没有变，不用恢复。",
        "This person is not stopped; nothing was changed.",
    ),
    "refusal.bad_day": (
        "日期没看懂，记录没有变。请写成 2026-03-26 这样。",
        "The date is not clear; nothing was changed. Write it as 2026-03-26.",
    ),
    "refusal.bad_person_kind": (
        "没有这种身份，记录没有变。请从列出的身份里选。",
        "There is no such kind of person; nothing was changed. Choose one of those listed.",
    ),
    "refusal.bad_birth": (
        "出生年月没看懂，记录没有变。请写成 1958、1958-03 或 1958-03-02。",
        "The birth is not clear; nothing was changed. Write 1958, 1958-03 or 1958-03-02.",
    ),
    "refusal.template_file": (
        "{file} 已经有了，或不是 Excel 表格的名字，没有写，记录不受影响。请换一个名字。",
        "{file} is there already or does not end in .xlsx; nothing was written. Choose another name.",
    ),
    "command.roster.import": (
        "读一张花名册（先说会改什么，加 --apply 才改）",
        "read a roster's spreadsheet; --apply does what it says",
    ),
    "command.roster.template": ("写一张空花名册", "write an empty roster to fill in"),
    "command.roster.written": ("空花名册写好了：{file}", "Empty roster written: {file}"),
    "op.roll.known_nearby": (
        "{place}有{name}{tail}，是他吗？是他，学时记回他自己的支部。",
        "{place} has {name}{tail}. Is it them? Then the hours go home to their own branch.",
    ),
    "op.people.add": ("添加", "Add"),
    "op.people.import": ("读表格", "Read a sheet"),
    "op.people.back": ("返回", "Back"),
    "op.people.save": ("保存", "Save"),
    "op.people.stop": ("停用", "Stop"),
    "op.people.resume": ("恢复", "Take back"),
    "op.people.new": ("添加学员", "Add somebody"),
    "op.people.group": ("{name} {count}人", "{name} {count}"),
    "op.people.more": ("资料和记录", "Particulars and record"),
    "op.people.all": ("看全部记录", "See all"),
    "op.people.everyone": ("全部", "Everyone"),
    "op.people.fields": ("资料", "Particulars"),
    "op.people.record": ("记录", "Record"),
    "op.people.standing": ("情况", "Standing"),
    "op.people.reason": ("原因", "Reason"),
    "op.people.until": ("到哪天", "Until"),
    "op.people.until_hint": ("2026-12-31", "2026-12-31"),
    "op.people.birth_hint": ("1958-03", "1958-03"),
    "op.people.tail_hint": ("0001", "0001"),
    "op.people.none": ("正常", "As ever"),
    "op.people.frail": ("年老体弱", "Frail"),
    "op.people.visit": ("送学上门", "Home visits"),
    "op.people.away": ("外出", "Away"),
    "op.people.on_leave": ("长期请假", "Leave"),
    "op.people.attended": ("来过 {came} 次，应到 {expected} 次", "Came {came} of {expected} times"),
    "op.people.hours": (
        "{year} 年学时 {minutes} / {target}，还差 {missing}",
        "Hours of {year}: {minutes} of {target}, {missing} to go",
    ),
    "op.people.given": (
        "讲课 {lessons} 次 · 实践 {practice} 次 · 被上门 {visits} 次",
        "{lessons} lessons given · {practice} practice · {visits} visits",
    ),
    "op.people.never": ("还没有记录。", "No record yet."),
    "op.people.saved": ("已保存：{name}", "Saved: {name}"),
    "op.people.stopped": ("已停用：{name}。记录都在。", "Stopped: {name}. The record stays."),
    "op.people.resumed": ("已恢复：{name}", "Taken back: {name}"),
    "op.people.waits": ("待中心核对", "To be checked by the centre"),
    "op.people.choose": ("选一张花名册表格", "Choose the roster's spreadsheet"),
    "op.people.would": (
        "{file}：新增 {added} 人，修改 {changed} 人，停用 {stopped} 人，不变 {unchanged} 人。还没有改。",
        "{file}: {added} new, {changed} changed, {stopped} stopped, {unchanged} as before. Nothing is "
        "done yet.",
    ),
    "op.people.open_rows": (
        "有 {count} 行看不懂，先不读这些行；别的照做，谁也不会因此停用。",
        "{count} rows are not clear and are left out; the others are taken, and nobody is stopped for it.",
    ),
    "op.people.take": ("照这样读进来", "Take it in"),
    "op.people.taken": ("读好了：{count} 人有变化。", "Done: {count} people changed."),
    "op.people.same": ("不是同一个人，还是加", "Somebody else: add them"),
    "people.unchecked": ("待核对", "not checked yet"),
    "people.stopped": ("已停用", "stopped"),
    "people.needs_visit": ("送学上门", "visited at home"),
    "people.field.name": ("姓名", "Name"),
    "people.field.phone_tail": ("手机尾号", "Phone, last four"),
    "people.field.birth": ("出生年月", "Born"),
    "people.field.gender": ("性别", "Gender"),
    "people.field.kind": ("身份", "Kind"),
    "people.field.unit": ("支部", "Branch"),
    "people.field.group": ("小组", "Group"),
    "people.field.card_no": ("卡号", "Card"),
    "people.field.member_no": ("会员号", "Member number"),
    "command.roster": (
        "名册：导入、添加、改正、停用、列出",
        "the roster: import, add, correct, stop, list",
    ),
    "command.roster.list": ("列出名册里的人", "list the people of the roster"),
    "command.roster.show": ("看一个人的全部记录", "show all that is known of one person"),
    "command.roster.add": ("添加一个人", "add somebody"),
    "command.roster.correct": ("改正一个人的资料", "correct what is known of somebody"),
    "command.roster.stop": ("停用一个人（迁走、去世等）", "take somebody out of the lists"),
    "command.roster.resume": ("恢复停用的人", "take a stop back"),
    "command.standing": ("为什么不作要求：年老体弱、外出、请假", "why somebody need not come"),
    "command.standing.set": ("写下原因和日期", "write down a reason with its dates"),
    "command.standing.end": ("原因没有了", "it holds no more"),
    "command.roster.line": (
        "{id}  {name}  {branch}  {group}  {tail}{notes}",
        "{id}  {name}  {branch}  {group}  {tail}{notes}",
    ),
    "command.roster.none": ("名册里还没有人。", "There is nobody in the roster yet."),
    "command.roster.kept": ("已记下：{name}（{id}）。", "Noted: {name} ({id})."),
    "command.roster.session": (
        "{day}  {title}  {status}",
        "{day}  {title}  {status}",
    ),
    **roster_words.WORDS,
}
