"""What stands on forms, and what the commands for forms say."""

from __future__ import annotations

from app.areas.attendance.words import WORDS as STATES
from app.areas.forms.words import WORDS as FORMS
from app.areas.sessions.words import WORDS as SESSIONS

_OF_SESSIONS = ("session_kind.", "late_state.", "item.", "agenda_item.", "head_kind.", "pairing.")

WORDS: dict[str, tuple[str, str]] = {
    **STATES,
    **FORMS,
    **{key: said for key, said in SESSIONS.items() if key.startswith(_OF_SESSIONS)},
    "centre.form_bad_month": (
        "月份“{month}”看不懂，什么都没有写。请写成 2026-11。",
        "The month “{month}” can't be read; nothing was written. Write it as 2026-11.",
    ),
    "centre.form_needs": (
        "这张表要写明 {options}，什么都没有写。",
        "This form needs {options}; nothing was written.",
    ),
    "centre.form_no_session": (
        "没有编号为“{session}”的场次，什么都没有写。请核对编号。",
        "There is no session “{session}”; nothing was written. Check its id or code.",
    ),
    "centre.form_no_class": (
        "没有叫“{name}”的班次，什么都没有写。请核对名称或编号。",
        "There is no class “{name}”; nothing was written. Check its name or id.",
    ),
    "centre.xapi_written": (
        "已写出 {count} 条学习记录（xAPI）：{path}",
        "Written: {count} xAPI statements, {path}",
    ),
    "centre.xapi_sent": (
        "已送出 {taken} 条学习记录；对方原有 {known} 条，没有改动。",
        "Sent: {taken} statements; {known} were known there and stay as they are.",
    ),
    "centre.xapi_no_address": (
        "“{address}”不是地址，什么都没有送出。请写 https:// 开头的地址。",
        "“{address}” is no address; nothing was sent. Write one that begins with https://.",
    ),
    "centre.xapi_refused": (
        "对方没有收（{code}），本中心的记录没有变。请核对地址和令牌文件，再送一次，不会重复。",
        (
            "The record store took nothing ({code}); no record here was changed. Check the address "
            "and the token file and send again: nothing counts twice."
        ),
    ),
    "centre.xapi_unreachable": (
        "连不上 {address}，本中心的记录没有变。请检查网络和地址，再送一次，不会重复。",
        (
            "{address} can't be reached; no record here was changed. Check the network and the "
            "address and send again: nothing counts twice."
        ),
    ),
    "centre.form_written": ("已写好：{path}", "Written: {path}"),
    "centre.forms_written": (
        "已写好 {count} 个站点的台账：{path}",
        "Written: the books of {count} sites, in {path}",
    ),
}
