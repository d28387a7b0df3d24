"""What the centre says about plans of many sessions; ``centre.words`` has it all."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "centre.no_session_kind": (
        "没有“{kind}”这种场次，什么都没有改。有：{kinds}",
        "There is no kind of session “{kind}”; nothing was changed. There are: {kinds}",
    ),
    "centre.plan_reason_long": (
        "原因太长（最多 {most} 个字），什么都没有改。",
        "The reason is too long (at most {most} characters); nothing was changed.",
    ),
    "centre.plan_needs_reason": (
        "要写明原因（--reason），站点会看到；什么都没有改。",
        "Say why (--reason), the stations show it; nothing was changed.",
    ),
    "centre.plan_no_site": (
        "没有写明在哪里：用 --site、--township 或 --all。什么都没有改。",
        "It does not say where: use --site, --township or --all. Nothing was changed.",
    ),
    "centre.plan_many": (
        "一次要排 {count} 场，太多（最多 {most} 场），什么都没有改。",
        "{count} sessions at once are too many (at most {most}); nothing was changed.",
    ),
    "centre.plan_minutes": (
        "时长要在 0 到 {most} 分钟之间，什么都没有改。",
        "The length is 0 to {most} minutes; nothing was changed.",
    ),
    "centre.plan_class_no_lessons": (
        "“{name}”没有以后的课表，什么都没有改。先写课表，或用 --date、--every 写明时间。",
        "“{name}” has no lessons to come; nothing was changed. Give it a timetable, or say when with --date or --every.",
    ),
    "centre.plan_one_day": (
        "整个系列不能改到同一天；请用单个计划的编号改日期。什么都没有改。",
        "A series can't be put on one day; change the date of one entry by its id. Nothing was changed.",
    ),
    "centre.plan_units_one": (
        "指定支部（--unit）只能用在一个学习点的一场上，什么都没有改。",
        "--unit goes with one session of one site; nothing was changed.",
    ),
    "centre.series_planned": (
        "已在 {sites} 个学习点排了 {count} 场（系列 {series}）。",
        "Planned {count} sessions at {sites} sites (series {series}).",
    ),
    "centre.series_would": (
        "将在 {sites} 个学习点排 {count} 场；现在什么都没有改（系列 {series} 未用）。",
        "Would plan {count} sessions at {sites} sites; nothing was changed (series {series} unused).",
    ),
    "centre.series_changed": (
        "已修改 {sites} 个学习点的 {count} 场（{series}），站点会看到原因。",
        "Changed {count} sessions at {sites} sites ({series}); the stations show why.",
    ),
    "centre.series_withdrawn": (
        "已撤回 {sites} 个学习点的 {count} 场（{series}），站点会看到原因。",
        "Withdrew {count} sessions at {sites} sites ({series}); the stations show why.",
    ),
    "centre.conflict_taken": (
        "{site}：{date} {start} 已经有一场“{about}”，没有再排。",
        "{site}: {date} {start} has “{about}” already; not planned again.",
    ),
    "centre.conflict_overlap": (
        "{site}：{date} {start} 与“{about}”时间重叠，请核对。",
        "{site}: {date} {start} overlaps “{about}”; please check.",
    ),
    "centre.conflict_holiday": (
        "{site}：{date} 是放假（{about}），请核对。",
        "{site}: {date} is a holiday ({about}); please check.",
    ),
    "centre.conflict_lecturer": (
        "{site}：{date} {start} 讲师在别处也有课：{about}，请核对。",
        "{site}: {date} {start} the lecturer is also elsewhere: {about}; please check.",
    ),
    "centre.conflict_lecturer_out": (
        "{site}：{date} {start} 讲师 {about} 这天不在库（暂停或出库），请核对。",
        "{site}: {date} {start} the lecturer {about} is paused or out that day; please check.",
    ),
    "centre.head_kind": ("类型", "kind"),
    "centre.head_series": ("系列", "series"),
    "centre.head_attended": ("参加", "attended"),
    "centre.head_batch": ("期次", "batch"),
    "centre.class_people": ("{name}：学员 {count} 人", "{name}: {count} people"),
    "centre.class_large": (
        "提醒：要来 {count} 人，{venue} 只有 {seats} 座，请换场地或分期。",
        "Note: {count} are to come and {venue} has {seats} seats; choose another venue, or batches.",
    ),
    "centre.class_check_by": (
        "要写明是谁审的（--by），什么都没有改。",
        "Say who checked it (--by); nothing was changed.",
    ),
    "centre.class_checked": ("{name}：{check}已确认。", "{name}: {check} is ticked."),
    "centre.class_checks_open": ("五统一还差：{checks}", "Still open: {checks}"),
    "centre.class_complete": ("已结业", "completed"),
    "centre.class_not_yet": ("未结业", "not yet"),
    "centre.class_progress": (
        "{name}：{count} 人中已结业 {done} 人",
        "{name}: {done} of {count} have completed it",
    ),
    "centre.class_missing": (
        "{name}：还没有参加完任何一期的 {count} 人",
        "{name}: {count} have been through no batch",
    ),
    "centre.class_restricted": (
        "“{name}”的名单只给有权的人看，没有显示。有权查看请加 --restricted。",
        "Who is in “{name}” is for entitled people only and was not shown. If you are, add --restricted.",
    ),
    "centre.class_nobody": (
        "没有找到这样的人，什么都没有改。",
        "Nobody was found; nothing was changed.",
    ),
    "centre.calendar_large": (
        "{file} 太大（最多 {megabytes} MB），什么都没有改。",
        "{file} is too large (at most {megabytes} MB); nothing was changed.",
    ),
    "centre.calendar_unreadable": (
        "{file} 不是日历文件（.ics），什么都没有改。",
        "{file} is no calendar file (.ics); nothing was changed.",
    ),
    "centre.calendar_events": (
        "{file} 里有 {count} 个日程（要有 1 到 {most} 个），什么都没有改。",
        "{file} has {count} events (1 to {most} are expected); nothing was changed.",
    ),
    "centre.calendar_event": (
        "日程“{event}”看不懂（没有时间、标题或编号），什么都没有改。",
        "The event “{event}” can't be read (no time, title or id); nothing was changed.",
    ),
    "centre.calendar_added": ("新排（{count} 场）：", "Planned ({count}):"),
    "centre.calendar_changed": ("修改（{count} 场）：", "Changed ({count}):"),
    "centre.calendar_withdrawn": ("撤回（{count} 场）：", "Withdrawn ({count}):"),
    "centre.calendar_taken": (
        "这个时间已有别的场次，没有排（{count} 场）：",
        "Not planned, another session is at that time ({count}):",
    ),
    "centre.calendar_rest": (
        "不变 {same} 场；已过去的 {past} 场没有看。",
        "{same} as before; {past} are over and were passed over.",
    ),
    "centre.calendar_would": (
        "现在什么都没有改；加 --apply 才会排。",
        "Nothing was changed; --apply plans it.",
    ),
}
