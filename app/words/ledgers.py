"""Sentences of the ledgers' commands."""

WORDS = {
    "command.ledger.hours": ("一个人或全体的学时", "Learning hours of one person or of everybody"),
    "command.ledger.absence": (
        "党员多久没有参加组织生活（书记用）",
        "How long members have not been seen (for the secretary)",
    ),
    "command.ledger.turnout": ("到会情况合计", "Turnout added up"),
    "command.ledger.running": ("设备运行记录", "The running book"),
    "command.ledger.yearly": ("个人年度学习情况", "A person's yearly evidence sheet"),
    "command.ledger.hint": ("说明一条提示的实际情况", "Say what really happened about a hint"),
    "ledger.hours_line": (
        "{name}：{hours} 学时（其中待审批 {pending}），应达 {target}，还差 {missing}",
        "{name}: {hours} h ({pending} h waiting for approval) of {target} h, {missing} h missing",
    ),
    "ledger.hours_session": (
        "  {day} {title}：{minutes} 分钟，计 {counted} 分钟{why}",
        "  {day} {title}: {minutes} min, {counted} min counted{why}",
    ),
    "ledger.why.overlaps": ("（与更长的一场重叠）", " (a longer session of the same time counts)"),
    "ledger.why.returned": ("（补录被退回）", " (late entry was sent back)"),
    "ledger.why.capped": ("（超过上限的部分不计）", " (capped)"),
    "ledger.make_up": (
        "还差 {missing} 学时，可以这样补：{ways}",
        "{missing} h missing; they can be made up here: {ways}",
    ),
    "ledger.absence_line": (
        "{name}：上次参加是 {since}，已有 {days} 天",
        "{name}: last seen on {since}, {days} days ago",
    ),
    "ledger.absence_never": ("{name}：还没有参加过的记录", "{name}: never seen in the record"),
    "ledger.turnout_line": (
        "{name}：应到 {expected}，实到 {arrived}，到会率 {rate}，共 {attendances} 人次、{people} 人",
        "{name}: {expected} expected, {arrived} came, {rate}; {attendances} attendances of {people} people",
    ),
    "ledger.whole": ("合计", "In all"),
    "ledger.running_line": (
        "{day}：开机 {on} 次，学习 {sessions} 场，故障 {faults} 条，提示 {hints} 条",
        "{day}: on {on} times, {sessions} sessions, {faults} faults, {hints} hints",
    ),
    "ledger.yearly_line": (
        "{name} {year} 年：参加 {attended} 次，请假 {on_leave} 次，缺席 {absent} 次，讲课 {lessons} 次，实践 {practice} 次，学时 {hours}",
        "{name} {year}: came {attended} times, on leave {on_leave}, absent {absent}, gave {lessons} lessons, practised {practice} times, {hours} h",
    ),
    "ledger.answered": ("已记下。", "Written down."),
    "ledger.none": ("这段时间没有记录。", "Nothing is recorded for that time."),
}
