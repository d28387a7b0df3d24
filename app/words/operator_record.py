"""Words of the pages courses, records, sending, roster and settings."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "op.courses.title": ("课程", "Courses"),
    "op.courses.none": (
        "还没有课程。课程从中心来：本站登记并连上网，就会自动下载。签到不受影响。",
        "There are no courses yet. The centre sends them once this station is enrolled and has a "
        "connection; all else works.",
    ),
    "op.courses.play": ("播放《{title}》", "Play “{title}”"),
    "op.courses.look": ("试放《{title}》", "Try “{title}”"),
    "op.courses.session": ("用它临时加一场", "Extra session with this"),
    "op.courses.length": ("时长", "Length"),
    "op.courses.size": ("大小", "Size"),
    "op.courses.subtitle": ("字幕", "Subtitles"),
    "op.courses.licence": ("授权", "Licence"),
    "op.courses.yes": ("有", "yes"),
    "op.courses.no": ("没有", "none"),
    "op.courses.state": ("在本机", "On this PC"),
    "op.courses.shown": ("上次放", "Last shown"),
    "op.courses.never": ("还没放过", "Not yet"),
    "op.courses.resume": ("放到", "Stopped at"),
    "op.courses.here": (
        "课程占 {here}，磁盘还有 {free}",
        "Courses take {here}; {free} free on the disk",
    ),
    "op.courses.fetching": (
        "正在下载《{title}》：{far}",
        "Downloading “{title}”: {far}",
    ),
    "op.courses.checking": (
        "正在核对《{title}》：{far}",
        "Checking “{title}”: {far}",
    ),
    "op.courses.planned": ("排在", "Planned for"),
    "op.courses.delete": ("删除，省出 {size}", "Delete (frees {size})"),
    "op.courses.free": (
        "删除放过的 {count} 门，省出 {size}",
        "Delete {count} played courses (frees {size})",
    ),
    "op.courses.delete_ask": (
        "删除《{title}》？省出 {size}。要再放，得重新下载。签到记录不受影响。",
        "Delete “{title}”? It frees {size}. To show it again it must be downloaded again. Records stay.",
    ),
    "op.courses.free_ask": (
        "删除放过的 {count} 门？省出 {size}。要再放，得重新下载。签到记录不受影响。",
        "Delete {count} played courses? It frees {size}. To show them again they must be downloaded again. Records stay.",
    ),
    "op.courses.delete_no": ("不删", "Keep"),
    "op.courses.delete_yes": ("删除", "Delete"),
    "op.courses.deleted": ("已删除，省出 {size}。", "Deleted; {size} freed."),
    "op.courses.fetch": ("下载", "Download"),
    "op.courses.not_coming": (
        "这门课程不在本机，也不会自动下载。要放它，请点“下载”。",
        "This course is not on this PC and is not downloaded automatically. To show it, choose “Download”.",
    ),
    "op.courses.comes": (
        "《{title}》会在连网时下载。",
        "“{title}” will be downloaded with a connection.",
    ),
    "op.courses.played": ("放过，{size}", "Played, {size}"),
    "op.courses.no_topic": ("其他", "Other"),
    "op.records.search": ("找以往的学习", "Find a past session"),
    "op.records.search_hint": ("主题，或 2024-03", "Subject, or 2024-03"),
    "op.records.not_found": (
        "没有找到。换几个字，或写年份（如 2024）看那一年的。",
        "Nothing found. Try other words, or write a year such as 2024.",
    ),
    "op.records.earlier": ("再早一些", "Further back"),
    "op.books.sessions": ("学习记录", "Sessions"),
    "op.books.month": ("本月台账", "Month's books"),
    "op.books.earlier": ("上月", "Earlier"),
    "op.books.later": ("下月", "Later"),
    "op.books.print_month": ("打印本月台账", "Print the month's books"),
    "op.books.for_secretary": ("给书记看", "For the secretary"),
    "op.books.lines": ("{count} 行", "{count} lines"),
    "op.books.one_sheet": ("一张", "One sheet"),
    "op.books.behind": ("是哪几条：{count} 场", "Which ones: {count} sessions"),
    "op.records.none": (
        "还没有记录。办过一场学习后，这里会有签到和播放的记录。",
        "There are no records yet. They appear after the first session.",
    ),
    "op.records.line": ("{arrived} / {expected} 人", "{arrived} / {expected}"),
    "op.records.sent": ("已上报", "Sent"),
    "op.records.waiting": ("待上报", "Waiting"),
    "op.records.to_check": ("{count} 条待中心核对", "{count} to be checked"),
    "op.records.to_check_why": (
        "{count} 条待中心核对：核对前不计入中心的汇总，记录都在。请中心核对。",
        (
            "{count} records wait at the centre to be checked; its report is without them until then. "
            "Nothing is lost. Ask the centre to look through: centre queue."
        ),
    ),
    "op.records.twice": ("同一场有两份记录", "Recorded twice"),
    "op.records.twice_why": (
        "同一场学习有两份记录，两份都保留；合计每人只算一次：应到 {expected}，实到 {arrived}。",
        (
            "This session was recorded twice. Both sheets are kept; together everybody counts "
            "once: {expected} expected, {arrived} came."
        ),
    ),
    "op.records.twice_other": ("另一份的编号：{codes}", "Code of the other sheet: {codes}"),
    "op.records.code": ("本场编号", "Session code"),
    "op.records.code_copy": ("复制", "Copy"),
    "op.records.code_copied": (
        "已复制本场编号 {code}。",
        "The session code {code} was copied.",
    ),
    "op.records.code_under": ("编号 {code}", "code {code}"),
    "op.records.length": ("{from_time}–{to_time}", "{from_time}–{to_time}"),
    "op.sending.title": ("上报", "Sending"),
    "op.sending.now": ("现在上报", "Send now"),
    "op.sending.busy": ("正在上报…", "Sending…"),
    "op.sending.held_back": (
        "中心很忙，请它歇一会儿：{wait}后自动再报。记录都在本机。",
        "The centre is busy and asks for a pause; it is sent automatically in {wait}. Everything is kept here.",
    ),
    "op.sending.here": ("等着上报", "To be sent"),
    "op.sending.received": ("中心已收到 ✓", "Centre has it ✓"),
    "op.sending.entered": ("中心已入账 ✓", "In the centre's books ✓"),
    "op.sending.to_check": ("{count} 条待中心核对", "{count} to be checked"),
    "op.sending.step.here": ("存在本机", "On this PC"),
    "op.sending.step.received": ("中心已收到", "Centre has it"),
    "op.sending.step.entered": ("中心已入账", "In its books"),
    "op.sending.waiting_head": ("等着上报", "To be sent"),
    "op.sending.sessions": ("{count} 场", "{count} sessions"),
    "op.sending.compared_head": ("两边核对", "Compared"),
    "op.sending.compared.agreed": ("和中心的一模一样 ✓", "the same here and there ✓"),
    "op.sending.compared.differs": ("两边还不一样，正在补", "not yet the same; being mended"),
    "op.sending.compared.unsaid": ("上报以后再核对", "after all is sent"),
    "op.sending.means": ("这三步是什么意思", "What the three steps mean"),
    "op.sending.means.here": (
        "签到、播放和记录都写进了这台电脑，断电也不会丢。",
        "Sign-ins, plays and notes are written on this PC; a power cut loses nothing.",
    ),
    "op.sending.means.received": (
        "整场记录已到中心，这台电脑坏了也不会丢。",
        "All of the session has come to the centre; if this PC breaks nothing is lost.",
    ),
    "op.sending.means.entered": (
        "已算进中心的台账和学时，这一场不用再管。",
        "It counts in the centre's books and hours; nothing is left to do.",
    ),
    "op.sending.quarantined": (
        "中心收下了记录，但先不计入统计。记录都在。请联系中心。",
        "The centre keeps the record but does not count it yet. Nothing is lost; contact it.",
    ),
    "op.sending.safe": (
        "没有连网不影响签到和播放。记录都存在本机，连上网会自动上报。",
        "Sign-in and playing work offline. Everything is kept here and sent later.",
    ),
    "op.sending.last_head": ("最近一次上报", "Last sent"),
    "op.sending.next_head": ("下次自动上报", "Next automatic try"),
    "op.sending.in_wait": ("{wait}后", "in {wait}"),
    "op.sending.is_on": ("正在进行", "going on now"),
    "op.sending.seconds": ("{count} 秒", "{count} s"),
    "op.sending.minutes_seconds": ("{minutes} 分 {seconds} 秒", "{minutes} min {seconds} s"),
    "op.sending.moment_ago": ("{moment}（{ago}）", "{moment} ({ago})"),
    "op.sending.ago_now": ("刚刚", "just now"),
    "op.sending.ago_minutes": ("{count} 分钟前", "{count} min ago"),
    "op.sending.ago_hours": ("{count} 小时前", "{count} h ago"),
    "op.sending.ago_days": ("{count} 天前", "{count} days ago"),
    "op.sending.no_sessions": (
        "办过学习以后，这里会看到每一场报到了没有。",
        "After a session you see here whether it has reached the centre.",
    ),
    "op.sending.never": ("还没有上报过", "Nothing sent yet"),
    "op.sending.last": ("最近一次上报：{when}", "Last sent: {when}"),
    "op.sending.stick": ("没有网：用 U 盘", "Without network"),
    "op.sending.stick_how": (
        "导出后把 U 盘带给中心；拿回来再导入，回执和新课程就到本机。",
        "Take it to the centre; bring back receipts and courses.",
    ),
    "op.sending.carry_out": ("导出到 U 盘", "Export to USB stick"),
    "op.sending.carry_in": ("从 U 盘导入", "Import from USB stick"),
    "op.sending.which_stick": ("选 U 盘", "Choose the USB stick"),
    "op.sending.looking": ("正在找 U 盘…", "Looking for the USB stick…"),
    "op.sending.carrying": (
        "正在读写 U 盘，先别拔。",
        "The USB stick is in use; please don't pull it out.",
    ),
    "op.roster.title": (
        "学员",
        "People",
    ),
    "op.roster.counts": (
        "共 {total} 人 · 其中 {left_out} 人不作要求",
        "{total} people · {left_out} not required",
    ),
    "op.roster.note": (
        "点一个人，看记录、改资料、写情况。改了马上用。",
        "Touch somebody to see or correct their record. It is used at once.",
    ),
    "op.roster.name": ("姓名", "Name"),
    "op.roster.unit": ("支部", "Branch"),
    "op.roster.group": ("小组", "Group"),
    "op.roster.kind": ("身份", "Kind"),
    "op.roster.born": ("出生年", "Born"),
    "op.roster.phone": ("手机", "Phone"),
    "op.roster.card": ("卡", "Card"),
    "op.roster.standing": (
        "情况",
        "Standing",
    ),
    "op.roster.none": (
        "还没有学员。按“读表格”读进花名册，或按“添加”一个个加；登记了中心的，名册会自己下来。",
        "Nobody is here yet. Read a roster with “Read a sheet”, or add people one by one; a centre sends its own roster.",
    ),
    "op.roster.reading": ("正在读名册……", "Reading the roster…"),
    "op.roster.no_one": ("没有找到。", "No one found."),
    "op.roster.has_card": ("有", "yes"),
    "op.settings.title": ("设置", "Settings"),
    "op.settings.at_once": (
        "选了就生效，不用保存。",
        "A choice holds at once; nothing to save.",
    ),
    "op.settings.language": ("语言", "Language"),
    "op.settings.zh": ("中文", "中文"),
    "op.settings.en": ("English", "English"),
    "op.settings.size": ("字号", "Size"),
    "op.settings.size.standard": ("标准", "Standard"),
    "op.settings.size.large": ("大", "Large"),
    "op.settings.size.largest": ("特大", "Largest"),
    "op.settings.screens": ("大家看哪个屏幕", "Screen for the room"),
    "op.settings.screen": ("{name}（{width}×{height}）", "{name} ({width}×{height})"),
    "op.settings.one_screen": ("只用这一个屏幕", "Use this one screen only"),
    "op.settings.one_screen_note": (
        "现在只用这一个屏幕：一播放就放满，点一下画面出按键。接投影仪后按 Win+P 选“扩展”。",
        (
            "One screen: playing fills it, a touch brings the keys. "
            "With a projector press Win+P and choose Extend."
        ),
    ),
    "op.settings.two_screens_note": (
        "大屏上只出现给大家看的画面，操作都在这个窗口。",
        "The room sees only what is meant for it; all controls are in this window.",
    ),
    "op.settings.identify": ("识别屏幕", "Identify screens"),
    "op.settings.sound": ("播放音量", "Course volume"),
    "op.settings.even.on": ("各课一样响", "All equally loud"),
    "op.settings.even.off": ("按原来的响度", "As recorded"),
    "op.settings.keys": ("按键", "Keys"),
    "op.keys.page": (
        "F1 帮助 · F5 按绿色的键 · Esc 收起 · 回车 按下",
        "F1 help · F5 the green button · Esc away · Enter press",
    ),
    "op.settings.keys_play": (
        "空格 暂停/继续 · ←→ 10秒 · Shift+←→ 3秒 · Ctrl+←→ 1分钟 · ↑↓ 音量 · B 黑屏 · F 静帧 · "
        "V 字幕 · M 静音 · [ ] 速度 · = 原速 · 退格 回到刚才",
        "Space pause · ←→ 10 s · Shift+←→ 3 s · Ctrl+←→ 1 min · ↑↓ volume · B black · F still · "
        "V subtitles · M mute · [ ] speed · = normal · Backspace undo seek",
    ),
    "op.settings.keys_roll": (
        "直接打字找人 · 回车 记到 · Ctrl+Z 撤销 · F2 迟到签到 · F11 全屏",
        "Type to find · Enter signs in · Ctrl+Z undo · F2 late-comers · F11 full screen",
    ),
}
