"""What stands on forms, and what the commands for forms say."""

from __future__ import annotations

from app.areas.attendance.words import WORDS as STATES
from app.areas.forms.words import WORDS as FORMS
from app.areas.sessions.words import WORDS as SESSIONS

_OF_SESSIONS = ("session_kind.", "late_state.", "item.", "agenda.", "heads.", "pairing.")

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
    "centre.form_written": ("已写好：{path}", "Written: {path}"),
    "centre.forms_written": (
        "已写好 {count} 个站点的台账：{path}",
        "Written: the books of {count} sites, in {path}",
    ),
}
