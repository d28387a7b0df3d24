"""What the centre says about what was entered late; ``centre.words`` has it all."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "centre.head_late_people": ("人数", "people"),
    "centre.head_late_by": ("补记人", "written by"),
    "centre.head_late_reason": ("补记原因", "reason"),
    "centre.late_state_draft": ("暂存", "draft"),
    "centre.late_state_pending": ("待审批", "awaiting approval"),
    "centre.late_state_approved": ("已通过", "approved"),
    "centre.late_state_returned": ("已退回", "returned"),
    "centre.late_state_dropped": ("已作废", "given up"),
    "centre.late_approved": (
        "{id}：{by} 已通过。站点下次联系时知道。",
        "{id}: approved by {by}. The station learns it when it next comes.",
    ),
    "centre.late_returned": (
        "{id}：{by} 已退回，不计入各项数字。站点下次联系时知道。",
        "{id}: returned by {by}; it counts nowhere. The station learns it when it next comes.",
    ),
    "centre.no_late": (
        "没有交上来的补记场次或补签是 {id}，什么都没有改。用 centre late list 看有哪些。",
        "No late session or late entry handed in is {id}; nothing was changed. centre late list has them.",
    ),
    "centre.late_needs_by": (
        "请用 --by 写明是谁审批的；什么都没有改。",
        "Say with --by who decides; nothing was changed.",
    ),
    "centre.late_needs_note": (
        "退回要用 --note 写明原因；什么都没有改。",
        "Say with --note why it is returned; nothing was changed.",
    ),
    "centre.head_month_theme_day": ("主题党日", "theme day"),
    "centre.head_month_lesson": ("一课", "lesson"),
    "centre.head_month_film": ("一片", "film"),
    "centre.head_month_practice": ("一实践", "practice"),
    "centre.month_missing": ("缺", "missing"),
    "centre.month_whole_site": ("全站", "whole site"),
    "centre.bad_month": (
        "“{month}”不是一个月份。请照 2026-11 这样写。",
        "“{month}” is not a month. Write it like 2026-11.",
    ),
    "centre.kind_late_decided": ("补记审批（centre late）", "a word on a late entry (centre late)"),
}
