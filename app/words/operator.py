"""Sentences of the operator's window; every key begins with ``op.``."""

from __future__ import annotations

from app.words import operator_play, operator_record, operator_session

WORDS: dict[str, tuple[str, str]] = {
    **operator_session.WORDS,
    **operator_play.WORDS,
    **operator_record.WORDS,
    "op.program": ("远教站", "Learning Station"),
    "op.opening": ("正在打开记录…", "Opening the record…"),
    "op.closing": (
        "程序正在关闭，这一项没有做。记录都在。请下次打开再做。",
        "The program is closing; this was not done. The record is safe. Do it after the next start.",
    ),
    "op.apology": (
        "程序出了点问题，这一项没有做成，已有的记录都在。请再试一次；还不行请打电话给中心（K-900）。",
        "Something went wrong in the program and this was not done; all records are safe. "
        "Try again, or call the centre (K-900).",
    ),
    "op.home_empty": (
        "没有写记录放在哪个文件夹，程序没有打开，记录没有动。请写上文件夹，再打开一次。",
        "No folder for the record was named. Nothing was opened or changed; name it and start again.",
    ),
    "op.already_open": (
        "程序已经在运行，已把打开的窗口放到前面。",
        "The program is running already; its window was brought to the front.",
    ),
    "op.seal": ("学", "学"),
    "op.clock.ask": ("今天是 {day} 吗？", "Is today {day}?"),
    "op.clock.yes": ("是", "Yes"),
    "op.clock.no": ("不是，改日期", "No, change the date"),
    "op.clock.which": ("今天是：", "Today is:"),
    "op.clock.take": ("就是这一天", "Use this date"),
    "op.clock.thanks": (
        "记下了。签到和播放照常，联网后中心会把时间对好。",
        "Noted. Sign-in and playing go on; the centre puts the times right later.",
    ),
    "op.elsewhere.came": (
        "从中心找回一场没有结束的学习：{title}。签到都在。别的电脑没在办，就在这里接着办。",
        (
            "A session came back unfinished from the centre, with its sign-ins: {title}. Go on "
            "here unless another PC does."
        ),
    ),
    "op.elsewhere.go_on": ("接着办", "Go on here"),
    "op.elsewhere.later": ("以后再说", "Not now"),
    "op.help": ("帮助", "Help"),
    "op.enrol.why": (
        "登记以后，名册、计划和课程才会下来，记录才能上报。现在也能签到、放课，记录都存在本机。",
        "Roster, plan and courses come, and the record is sent, only after enrolling. Sign-in and "
        "playing work now; all is kept on this PC.",
    ),
    "op.enrol.by_code": ("用登记码", "With a code"),
    "op.enrol.by_stick": ("用 U 盘", "With a stick"),
    "op.minutes": ("{count} 分钟", "{count} min"),
    "op.hours": ("{hours} 小时", "{hours} h"),
    "op.born": ("{year} 年生", "born {year}"),
    "op.people": ("{count} 人", "{count}"),
    "op.nav.today": ("今天", "Today"),
    "op.nav.courses": ("课程", "Courses"),
    "op.nav.records": ("台账", "Books"),
    "op.nav.sending": ("上报", "Sending"),
    "op.nav.roster": (
        "学员",
        "People",
    ),
    "op.nav.settings": ("设置", "Settings"),
    "op.nav.label": ("主要页面", "Main pages"),
    "op.screen.two": ("大屏已连接", "Room screen on"),
    "op.screen.one": ("单屏模式", "One screen"),
    "op.screen.lost": ("大屏断开", "Room screen off"),
    "op.screen.lost_banner": (
        "大屏断开了，节目已暂停。请查看投影仪的线和电源；接好后会自动回到大屏。",
        "The room's screen is gone and the course is paused: check cable and power.",
    ),
    "op.screen.returned": (
        "大屏回来了，按空格键继续播放。",
        "The room's screen is back. Press Space to go on.",
    ),
    "op.screen.full": ("全屏放给大家看（F11）", "Show to the room (F11)"),
    "op.quit.title": ("这场学习还没有结束", "This session is not closed"),
    "op.quit.ask": (
        "《{title}》还没有结束。现在关闭程序，签到都在，下次打开接着做。",
        "“{title}” is not closed. If you quit now, all sign-ins are kept and you can go on later.",
    ),
    "op.quit.stay": ("不关闭", "Stay"),
    "op.quit.leave": ("关闭程序", "Quit"),
    "op.quit.busy": ("正在保存…", "Saving…"),
    "op.close_panel": ("收起", "Close"),
    "op.cancel": ("取消", "Cancel"),
    "op.mirror": ("大屏现在显示", "The room sees"),
    "op.size": ("字号", "Size"),
    "op.line.none": ("记录都存在本机。", "All records are kept on this PC."),
    "op.line.folding": (
        "记录都存在本机。正在整理以前的记录（{percent}%），签到照常。",
        "All records are kept on this PC. Earlier ones are being sorted ({percent}%); sign in as usual.",
    ),
}
