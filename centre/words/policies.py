"""What the centre says about its rules for late and in time; ``centre.words`` has it all."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "centre.head_policy_from": ("起始日期", "from"),
    "centre.head_policy_grace": ("宽限（分钟）", "grace (minutes)"),
    "centre.head_policy_start": ("从何时算起", "counted from"),
    "centre.policy_county": ("全县", "the whole county"),
    "centre.policy_start_later": (
        "计划开始和实际开始中较晚的一个",
        "the later of plan and opening",
    ),
    "centre.policy_start_planned": ("计划开始", "the planned start"),
    "centre.policy_start_opened": ("开放签到", "the opening of sign-in"),
    "centre.policy_set": (
        "{site}：从 {date} 起，{start}之后 {minutes} 分钟以内签到算按时，再晚算迟到。站点下次联系时生效，当天以后的场次会重新判定。",
        (
            "{site}: from {date} on a sign-in is in time until {minutes} minutes after {start}, late "
            "from then on. Stations learn it when they next come; sessions from that day on are "
            "judged anew."
        ),
    ),
    "centre.policy_dropped": (
        "{site}：已撤回从 {date} 起的规定，当天以后的场次会重新判定。",
        "{site}: the rule from {date} on is taken back; sessions from that day on are judged anew.",
    ),
    "centre.policy_none": (
        "没有设置过：开始后 {minutes} 分钟以内签到算按时。设置：centre policy --grace 分钟",
        (
            "Nothing is set: a sign-in is in time until {minutes} minutes after the start. To set "
            "it: centre policy --grace MINUTES"
        ),
    ),
    "centre.no_policy": (
        "没有从 {date} 起的规定，什么都没有改。用 centre policy 看有哪些。",
        "No rule is set from {date} on; nothing was changed. centre policy lists them.",
    ),
    "centre.bad_policy": (
        "日期要写成 2026-03-01 这样，宽限要在 0 到 {most} 分钟之间；什么都没有改。",
        "The date is written like 2026-03-01, the grace is 0 to {most} minutes; nothing was changed.",
    ),
    "centre.policy_needs_grace": (
        "请用 --grace 写明开始后多少分钟以内算按时；什么都没有改。",
        "Say with --grace how many minutes after the start are in time; nothing was changed.",
    ),
    "centre.policy_needs_from": (
        "请用 --from 写明撤回从哪一天起的规定；什么都没有改。",
        "Say with --from which day's rule is to be taken back; nothing was changed.",
    ),
    "centre.kind_policy": ("迟到规定（centre policy）", "a rule for late (centre policy)"),
}
