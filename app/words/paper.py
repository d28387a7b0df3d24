"""Words of printed sheets: sign-in sheet, session record, member cards."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "paper.sign_in_sheet": ("签到表", "Sign-in sheet"),
    "paper.session_record": ("学习收看记录", "Session record"),
    "paper.site": ("站点：{name}", "Site: {name}"),
    "paper.when": ("时间：{when}", "Time: {when}"),
    "paper.subject": ("主题：{title}", "Subject: {title}"),
    "paper.host": ("主持人：", "Host:"),
    "paper.counts": (
        "应到 {expected}　实到 {arrived}　请假 {on_leave}　来宾 {visitors}",
        "Expected {expected} · came {arrived} · on leave {on_leave} · visitors {visitors}",
    ),
    "paper.code": ("本场编号：{code}", "Session code: {code}"),
    "paper.no": ("序号", "No."),
    "paper.name": ("姓名", "Name"),
    "paper.group": ("组（支部）", "Group"),
    "paper.state": ("情况", "Status"),
    "paper.time": ("签到时间", "Time"),
    "paper.signature": ("本人签名", "Signature"),
    "paper.page": ("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
    "paper.sign_in_note": (
        "本场编号由全场记录算出，可向中心核对。",
        "The session code is computed from the whole record; the centre can check it.",
    ),
    "paper.not_closed": (
        "本场还没有结束，没有编号。",
        "The session is not closed; it has no code yet.",
    ),
    "paper.none": ("无", "None"),
    "paper.comma": ("、", ", "),
    "paper.record.site": ("站点", "Site"),
    "paper.record.when": ("收看时间", "Time"),
    "paper.record.subject": ("学习主题", "Subject"),
    "paper.record.courses": ("收看课件", "Courses"),
    "paper.record.course": (
        "《{title}》放了 {percent}%，{outcome}",
        "“{title}”, {percent}% shown; {outcome}",
    ),
    "paper.record.people": ("参加人员", "People"),
    "paper.record.on_leave": ("请假人员", "On leave"),
    "paper.record.absent": ("缺席人员", "Absent"),
    "paper.record.visitors": ("来宾", "Visitors"),
    "paper.record.discussion": ("讨论情况", "Discussion"),
    "paper.record.feedback": ("信息反馈", "Feedback"),
    "paper.sign.host": ("主持人签名：", "Host:"),
    "paper.sign.writer": ("记录人签名：", "Written by:"),
    "paper.sign.day": ("日期：", "Date:"),
    "paper.card.note": ("签到卡：对准扫码枪", "Hold it to the scanner to sign in"),
    "paper.print": ("打印", "Print"),
    "paper.print_sheet": ("打印签到表", "Print sign-in sheet"),
    "paper.print_record": ("打印收看记录", "Print session record"),
    "paper.print_cards": ("打印签到卡", "Print member cards"),
    "paper.saved": (
        "没有打印机，已存在{place}：{name}",
        "No printer, so it was saved {place}: {name}",
    ),
    "paper.printed": ("已交给打印机。", "Sent to the printer."),
    "paper.no_cards": (
        "名册里还没有人有卡号，没有卡可打。请让中心在名册里加上卡号。",
        "Nobody in the roster has a card number yet. Ask the centre to add them.",
    ),
    "trouble.not_printed": (
        "没有打出来（K-142），打印机没有回应。记录没有变。请看看打印机开着没有，再打一次。",
        "The printer took nothing (K-142). The record is unchanged. Look at it and print again.",
    ),
    "trouble.file_not_written": (
        "文件没有存成（K-141）。记录没有变。请换个地方再存一次。",
        "The file was not saved (K-141). The record is unchanged. Save it somewhere else.",
    ),
}
