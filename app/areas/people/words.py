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
    "people.unchecked": ("待核对", "not checked yet"),
    "people.stopped": ("已停用", "stopped"),
    "people.needs_visit": ("送学上门", "visited at home"),
    "people.field.name": ("姓名", "Name"),
    "people.field.phone_tail": ("手机后四位", "Last four digits of the phone"),
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
