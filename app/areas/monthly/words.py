"""Words of the month: its theme day and its set."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "command.monthly": (
        "看本月主题党日和一课一片一实践",
        "this month's theme day and set: lesson, film, practice",
    ),
    "command.monthly.month": ("哪个月，如 2026-11", "which month, like 2026-11"),
    "monthly.day": ("{month}月{day}日", "{day}/{month}"),
    "monthly.theme_day": ("主题党日 {day}", "Theme day {day}"),
    "monthly.theme_day_today": ("今天是主题党日", "Today is the theme day"),
    "monthly.whole_site": ("全站", "Whole site"),
    "monthly.has": ("{item}：{count} 场", "{item}: {count}"),
    "monthly.pending": (
        "{item}：{count} 场，{pending} 场待审批",
        "{item}: {count}, {pending} pending",
    ),
    "monthly.lacks": ("{item}：还没有，{until}前", "{item}: missing, until {until}"),
    "monthly.missing": ("本月还差 {items}（{until}前）", "Still missing: {items} (until {until})"),
    "monthly.missing_of": ("{item}（{branches}）", "{item} ({branches})"),
    "monthly.and": ("、", ", "),
    "monthly.whole": ("本月一课一片一实践都有了", "This month has its lesson, film and practice"),
}
