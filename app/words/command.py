"""Sentences of the command line."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "command.about": (
        "远教站点：屏幕能做的，命令都能做。",
        "A learning station: whatever the screens can do, a command can do.",
    ),
    "command.home": ("本站资料所在的文件夹", "the folder that holds this station"),
    "command.status": ("看本站现在的情况", "how the station stands now"),
    "command.courses": (
        "列出课程，删除或重新下载",
        "list the courses, delete or fetch one",
    ),
    "command.courses.delete": (
        "删除这门课程在本机的文件",
        "delete this course's files from this PC",
    ),
    "command.courses.free": (
        "删除放过的（没排计划的）和已收回的课程文件",
        "delete played (not planned) and withdrawn courses' files",
    ),
    "command.courses.fetch": (
        "下次连网时下载这门课程",
        "fetch this course when there is a connection",
    ),
    "command.courses.freed": (
        "已删除：{titles}。省出 {megabytes} MB。",
        "Deleted: {titles}. {megabytes} MB became free.",
    ),
    "command.courses.and": ("、", ", "),
    "command.courses.freed_none": ("没有可以删除的。", "There was nothing to delete."),
    "command.courses.freed_dead": ("已收回或被替换的 {files} 门", "{files} withdrawn or replaced"),
    "command.courses.comes": (
        "《{title}》会在下次连网时下载。",
        "“{title}” will be fetched when there is a connection.",
    ),
    "command.courses.line": (
        "{id}  {percent:>3} %  {here:>7} MB  {title}{note}",
        "{id}  {percent:>3} %  {here:>7} MB  {title}{note}",
    ),
    "command.courses.played": ("（放过，可删）", " (played, may be deleted)"),
    "command.courses.planned": ("（{day} 要放）", " (planned for {day})"),
    "command.courses.away": ("（不自动下载）", " (not downloaded automatically)"),
    "command.sync.course": ("课程没有下载全：{why}", "A course was not fetched: {why}"),
    "command.enrol": (
        "用登记码向中心登记本站",
        "enrol this station with a one-time code",
    ),
    "command.enrol.address": ("中心的地址", "the centre's address"),
    "command.enrol.code": (
        "中心念给你的登记码（24 位）",
        "the code as it was read out (24 letters)",
    ),
    "command.enrol.request": (
        "不连网：把申请写进这个文件，用 U 盘带到中心",
        "without a network: write a request to this file and carry it to the centre",
    ),
    "command.enrol.answer": (
        "不连网：读中心答复的文件",
        "without a network: take the centre's answer from this file",
    ),
    "command.enrol.mark": (
        "中心电话里念的 12 位核对码",
        "the centre's mark of 12 letters, as read out by telephone",
    ),
    "command.enrol.asked": (
        "申请已写好。请用 U 盘带到中心，并记下中心念的 12 位核对码。",
        "The request is written. Carry it to the centre and note the 12 letters it reads out.",
    ),
    "command.visitor_known": (
        "已经有这个名字的人：{names}。记录没有变。是他就给他签到；真是另一个人，请加 --really-visitor。",
        (
            "Somebody of that name is known: {names}. Nothing was changed. Sign that person in; if "
            "it is somebody else, say --really-visitor."
        ),
    ),
    "command.not_together": (
        "{options} 和这条命令的其他内容合不到一起，记录没有变。请去掉它，或分开写。",
        "{options} does not go with the rest of this command; nothing was changed. Leave it out.",
    ),
    "command.enrol.how": (
        "没有登记。请给出地址和登记码，或者用 --request 写申请、用 --answer 和 --code 读答复。",
        (
            "Nothing was enrolled. Give an address and a code, or write a request with --request "
            "and take the answer with --answer and --code."
        ),
    ),
    "command.enrol.same_village": (
        "中心重建过：还是同一个村，记录跟着走",
        "the centre was made anew: it is the same village, and the record goes with it",
    ),
    "command.moved": (
        "{site} 的记录另存了，仍算{site}的；没报完的会自动补报。",
        "The record of {site} is kept apart and stays {site}'s; what is unsent is sent automatically.",
    ),
    "command.moves_later": (
        "软件正开着：{site} 的记录等软件重开时另存，之后这台电脑才换到新的学习点。",
        "The program is open: when it starts again the record of {site} is kept apart, and only "
        "then is this PC at the new site.",
    ),
    "command.sync": ("上报和下载一次", "send and fetch once"),
    "command.backup": ("现在备份并检验", "back up now and prove it"),
    "command.restore": ("用备份恢复", "put a backup in place"),
    "command.doctor": ("检查本站", "check this station"),
    "command.play": ("不开窗口放一门课程", "play a course without a window"),
    "command.session": ("一场学习", "a session"),
    "command.session.open": ("准备并打开签到", "prepare and open sign-in"),
    "command.session.mark": ("登记一个人", "mark someone"),
    "command.session.undo": ("撤销最近一次登记", "take back the newest mark"),
    "command.session.move": ("换到另一步", "go to another step"),
    "command.session.close": ("结束", "close"),
    "command.session.show": ("看一场学习", "show a session"),
    "command.session.list": ("列出学习记录", "list sessions"),
    "command.session.not-held": ("登记为未开展", "record as not held"),
    "command.journal": ("流水记录", "the journal"),
    "command.journal.verify": ("从头核对", "walk the whole chain"),
    "command.journal.list": ("列出最近的记录", "list the newest facts"),
    "command.journal.export": (
        "把全部记录导出成可核对的文件",
        "export the whole record as files that can be checked",
    ),
    "command.journal.export.folder": ("放到哪个文件夹", "the folder to put them into"),
    "command.journal.export.personal": (
        "连同姓名等个人信息（默认不带）",
        "with what names people (left out otherwise)",
    ),
    "command.exported": (
        "已导出 {facts} 条记录到 {folder}。用 docs/verifier/verify_export.py 核对。",
        "{facts} facts exported to {folder}. Check them with docs/verifier/verify_export.py.",
    ),
    "command.journal.rebuild": ("用流水重做各表", "make all rows anew from the facts"),
    "command.folding": (
        "程序换了新版，先整理以前的记录，请稍等。",
        "The program is a new version: it sorts the earlier records first, please wait.",
    ),
    "command.os_error": (
        "这个文件夹用不了（{why}）。记录没有动。请换一个位置或看看磁盘。",
        "This folder can't be used ({why}). Nothing was touched. Choose another or check the disk.",
    ),
    "command.no_site": ("（还没有站点名称）", "(no site name yet)"),
    "command.turnout": (
        "应到 {expected} · 实到 {arrived} · 请假 {leave} · 来宾 {visitors}",
        "expected {expected} · present {arrived} · on leave {leave} · visitors {visitors}",
    ),
    "command.undone": ("已撤销：{name} {was}", "Taken back: {name} {was}"),
    "command.chain_sound": (
        "记录完整：{facts} 条，{segments} 段。",
        "The record is whole: {facts} facts in {segments} segments.",
    ),
    "command.chain_broken": (
        "记录在 {place} 处对不上，前面的都好。请重开程序，会自动修复；不要删文件。",
        (
            "The record does not fit at {place}; all before it is good. Restart the program, "
            "it repairs itself; delete nothing."
        ),
    ),
    "command.rebuilt": ("已用 {facts} 条流水重做。", "Made anew from {facts} facts."),
    "command.enrolled": ("已登记：{site}", "Enrolled: {site}"),
    "command.backed_up": ("已备份并检验：{file}", "Backed up and proven: {file}"),
    "demo.preparing": (
        "正在准备示例中心和示例站点，第一次要一两分钟……",
        "Preparing the sample centre and station; the first time takes a minute or two …",
    ),
    "demo.roster": ("读入示例花名册……", "Reading the sample roster …"),
    "demo.course": ("发布课程《{title}》……", "Publishing the course “{title}” …"),
    "demo.starting": ("启动示例中心……", "Starting the sample centre …"),
    "demo.fetching": (
        "登记示例站点，取课程和计划……",
        "Enrolling the sample station; fetching courses and plan …",
    ),
    "demo.ready": (
        "示例中心在 {address}，正在打开窗口。",
        "The sample centre is at {address}; opening the window.",
    ),
    "demo.centre_refused": (
        "示例中心没有准备好：{why}。可删去 .demo 文件夹再试。",
        "The sample centre could not be prepared: {why}. Remove the .demo folder and try again.",
    ),
}
