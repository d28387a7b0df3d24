"""What people are told when a rule says no or the machine fails.

Each sentence: what happened · is the record safe · what to do.
"""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "refusal.no_date": (
        "这不是一个日期（K-131）。记录没有变。请照 2026-11-23 这样再写一次。",
        "This is not a date (K-131). Nothing was changed. Write it like 2026-11-23.",
    ),
    "refusal.not_recordable": (
        "这一条没有记下来：里面有中心读不了的编号。其他记录都在。请联系中心。",
        (
            "This was not recorded: it holds an id that no centre can read. All else is here. "
            "Contact the centre."
        ),
    ),
    "refusal.already_signed_in": (
        "{name}，您 {first_at} 已经签过了。",
        "{name}, you signed in at {first_at} already.",
    ),
    "refusal.move.prepare": (
        "还没有打开签到，现在不能到这一步。记录没有变。请先打开签到。",
        "Sign-in is not open yet, so this step can't be taken. Nothing was changed. Open sign-in first.",
    ),
    "refusal.move.sign_in": (
        "正在签到，不能到这一步。记录没有变。请照上面的步骤走。",
        "Sign-in is open, so this step can't be taken. Nothing was changed. Follow the steps above.",
    ),
    "refusal.move.play": (
        "正在播放，不能到这一步。记录没有变。请照上面的步骤走。",
        "A course is on, so this step can't be taken. Nothing was changed. Follow the steps above.",
    ),
    "refusal.move.discuss": (
        "正在讨论，不能到这一步。记录没有变。请照上面的步骤走。",
        "The discussion is on, so this step can't be taken. Nothing was changed. Follow the steps above.",
    ),
    "refusal.move.closed": (
        "这场学习已经结束，记录已存好。要补人请用补签。",
        "This session is closed and its record is kept. Use a late entry to add someone.",
    ),
    "refusal.move.not_held": (
        "这场学习已登记为未开展，记录没有变。要学习请临时加一场。",
        "This session is on record as not held; nothing was changed. Start an extra session instead.",
    ),
    "refusal.not_running.prepare": (
        "签到还没开始，记录没有变。请管理员先打开签到。",
        "Sign-in has not started; nothing was changed. Ask the operator to open it.",
    ),
    "refusal.not_running.sign_in": (
        "现在是签到，不能这样做。记录没有变。请照上面的步骤走。",
        "Sign-in is open, so that can't be done. Nothing was changed. Follow the steps above.",
    ),
    "refusal.not_running.play": (
        "现在是播放，不能这样做。记录没有变。请照上面的步骤走。",
        "A course is on, so that can't be done. Nothing was changed. Follow the steps above.",
    ),
    "refusal.not_running.discuss": (
        "现在是讨论，不能这样做。记录没有变。请照上面的步骤走。",
        "The discussion is on, so that can't be done. Nothing was changed. Follow the steps above.",
    ),
    "refusal.not_running.closed": (
        "签到已结束，记录已存好。要补请找管理员补签。",
        "Sign-in is over and the record is kept. Ask the operator for a late entry.",
    ),
    "refusal.not_running.not_held": (
        "这场学习没有开展，不能签到。记录没有变。要学习请临时加一场。",
        "This session was not held; no one can sign in. Nothing was changed. Start an extra session.",
    ),
    "refusal.another_running": (
        "已有一场学习在进行：{title}。它的记录没有变。请先结束它。",
        "Another session is running: {title}. Its record is as it was. Close it first.",
    ),
    "refusal.nothing_to_undo": (
        "没有可以撤销的签到。记录没有变。要改请到名单里找人。",
        "There is no mark to undo. Nothing was changed. Look for the person in the list.",
    ),
    "refusal.no_session": (
        "没有找到这场学习。记录没有变。请从“记录”里再选一次。",
        "That session was not found. Nothing was changed. Choose it again in the records.",
    ),
    "refusal.no_running_session": (
        "现在没有进行中的学习，记录没有变。请先开始一场。",
        "No session is running now; nothing was changed. Start one first.",
    ),
    "refusal.no_plan": (
        "没有找到这项安排，记录没有变。请从首页再选一次，或临时加一场。",
        "That plan entry was not found; nothing was changed. Choose again, or start an extra session.",
    ),
    "refusal.no_course": (
        "没有找到这门课程，记录没有变。请从“课程”里再选一次。",
        "That course was not found; nothing was changed. Choose it again in the courses.",
    ),
    "refusal.no_person": (
        "没有找到这个人，记录没有变。可以按小组找，或请管理员加为来宾。",
        "No such person; nothing was changed. Look by group, or ask the operator to add a visitor.",
    ),
    "refusal.many_people": (
        "找到 {count} 个人，记录没有变。请写得更清楚：{names}。",
        "{count} people match; nothing was changed. Say it more exactly: {names}.",
    ),
    "refusal.unknown_card": (
        "这张卡还没登记，记录没有变。请用手机尾号签到，或请管理员点名。",
        "This card is not registered; nothing was changed. Use the last four digits of your phone, or ask the operator.",
    ),
    "refusal.card_of_several": (
        "这张卡对得上 {count} 个人：{names}。记录没有变。请用手机尾号或姓名签到。",
        "This card fits {count} people: {names}. Nothing was changed. Use the last four digits of a phone, or a name.",
    ),
    "refusal.visitor_known": (
        "已经有这个名字的人：{names}。记录没有变。是他就给他签到；真是另一个人，请再确认一次。",
        (
            "Somebody of that name is known: {names}. Nothing was changed. Sign that person in, or "
            "confirm that it is somebody else."
        ),
    ),
    "refusal.too_long": (
        "写了 {count} 个字，最多 {most} 个字。没有存，记录没有变。请删短一些，或分几次写。",
        (
            "This has {count} characters, {most} are the most. It was not stored; nothing was "
            "changed. Shorten it, or write it in parts."
        ),
    ),
    "refusal.no_text": (
        "里面有不能保存的符号，没有存，记录没有变。请删掉再写。",
        "There are signs in it that can't be stored; nothing was changed. Take them out.",
    ),
    "refusal.needs_title": (
        "还没有写这场学习的名称，记录没有变。请写上名称。",
        "The session has no title yet; nothing was changed. Please give one.",
    ),
    "refusal.needs_name": (
        "还没有写姓名，记录没有变。请写上姓名。",
        "There is no name yet; nothing was changed. Please give a name.",
    ),
    "refusal.needs_reason": (
        "补签还没有写原因，记录没有变。请写明原因。",
        "The late entry has no reason yet; nothing was changed. Please give one.",
    ),
    "refusal.needs_leave_kind": (
        "还没有选请假的种类，记录没有变。请选一种。",
        "No kind of leave is chosen yet; nothing was changed. Please choose one.",
    ),
    "refusal.reopen_not_closed": (
        "这场学习还没有结束，记录没有变。不用撤销，接着办就行。",
        "This session is not closed and is as it was. Simply go on with it.",
    ),
    "refusal.reopen_late": (
        "结束已经超过 {minutes} 分钟，不能撤销了。记录都在。漏签的人可以点名字补签。",
        "It was closed more than {minutes} minutes ago, so that stays; all records are kept. "
        "Whoever was missed can be entered late: touch the name.",
    ),
    "refusal.people_marked": (
        "已经有 {count} 人签到，不能登记为未开展。签到都在。请正常结束。",
        "{count} people have signed in and stay so; it can't be recorded as not held. Close it as usual.",
    ),
    "refusal.bad_tail": (
        "手机尾号是四位数字，记录没有变。请再输一次。",
        "The last part of a phone number has four digits; nothing was changed. Please enter it again.",
    ),
    "refusal.bad_seek": (
        "不能跳到那里，播放和记录照常。请在课程长度以内选。",
        "Can't go there; the course and its record go on. Choose a place within the course.",
    ),
    "refusal.withdrawn_course": (
        "这门课程已被中心收回，不能播放。记录没有变。请选别的课程。",
        "The centre has withdrawn this course. Nothing was changed. Please choose another.",
    ),
    "refusal.not_enrolled": (
        "本站还没有和中心登记。请向中心要登记码。签到和播放不受影响。",
        "This station is not enrolled. Ask the centre for a code. Sign-in and playing still work.",
    ),
    "refusal.bad_enrol_code": (
        "登记码不对、用过了或过期了。记录没有动。请向中心要一个新的。",
        "The code is wrong, used or expired. Nothing was touched. Ask the centre for a new one.",
    ),
    "trouble.store_full": (
        "本机磁盘满了，刚才这一项没有存上。以前的记录都在。请到“课程”页删除看过的课程腾出空间（K-101）。",
        (
            "The disk is full; this last item was not stored. All earlier records are safe. "
            "On the page “Courses”, delete courses you have watched to make room (K-101)."
        ),
    ),
    "trouble.store_failed": (
        "刚才这一项没有存上。以前的记录都在。请再试一次，还不行就重开程序（K-102）。",
        (
            "This last item was not stored. All earlier records are safe. "
            "Try again; if it fails, restart the program (K-102)."
        ),
    ),
    "trouble.home_unusable": (
        "放记录的文件夹用不了（{why}）。记录没有动。请看看磁盘是不是满了或拔掉了（K-108）。",
        (
            "The folder of the record can't be used ({why}). Nothing was touched. See whether the "
            "disk is full or was pulled out (K-108)."
        ),
    ),
    "trouble.store_newer": (
        "记录是更新版本的程序写的，这个旧程序不能打开。记录没有动。请安装新版程序（K-103）。",
        (
            "The record was written by a newer program, so this older one can't open it. "
            "Nothing was touched. Install the newer program (K-103)."
        ),
    ),
    "trouble.store_locked": (
        "程序已经在运行。请用已打开的窗口。记录没有动（K-104）。",
        "The program is running already. Use the open window. Nothing was touched (K-104).",
    ),
    "trouble.store_upgrade": (
        "升级记录时没有成功，已恢复原样，记录都在。请联系中心（K-105）。",
        (
            "Upgrading the record did not succeed; it was put back as it was and is safe. "
            "Contact the centre (K-105)."
        ),
    ),
    "trouble.backup_failed": (
        "备份没有做成。记录都在本机。请看看磁盘还有没有空间（K-106）。",
        "The backup was not made. The record is safe here. Check the free disk space (K-106).",
    ),
    "trouble.backup_bad": (
        "这个备份打不开，没有使用它。现在的记录没有动（K-107）。",
        "This backup can't be opened and was not used. The present record was not touched (K-107).",
    ),
    "refusal.session_open": (
        "有一场学习还没结束，现在不能登记。什么都没有变，记录都在。请先结束这一场，再登记。",
        "A session is still open, so nothing was enrolled. Nothing was changed. Close it first.",
    ),
    "refusal.record_of_another_site": (
        (
            "这份记录是另一个学习点的，这样会混到一起，所以没有做。什么都没有变，记录都在。"
            "请中心先给这台电脑一个原来学习点的登记码，登记好了再换。"
        ),
        (
            "This record is another site's and would be mixed with this one's, so nothing was done. "
            "Nothing was changed. Ask the centre for a code of the old site, enrol, then move."
        ),
    ),
    "media.missing": (
        "课程《{title}》的文件不在本机，会在连网时下载。先放别的课程吗？",
        (
            "The file of “{title}” is not on this PC; it will be downloaded when there is a "
            "connection. Play another one first?"
        ),
    ),
    "media.partial": (
        "课程《{title}》还没下载完（{percent}%），可先放别的。",
        "“{title}” is not downloaded yet ({percent} %). Play another one first.",
    ),
    "media.broken": (
        "课程《{title}》的文件坏了，会自动重新下载。可先放别的，签到不受影响（K-311）。",
        (
            "The file of “{title}” is broken and will be downloaded again. Play another one; "
            "sign-in is not affected (K-311)."
        ),
    ),
    "media.not_shown": (
        "课程《{title}》的文件完好，但这台电脑放不了这种格式，不会再重新下载。可先放别的，签到不受影响。"
        "请让中心换成旧电脑也能放的格式（K-314）。",
        (
            "The file of “{title}” is sound, but this PC can't show its format; it won't be "
            "downloaded again. Play another one; sign-in is not affected. Ask the centre for "
            "H.264 (K-314)."
        ),
    ),
    "media.no_player": (
        "这台电脑缺少播放组件，放不了视频。签到照常。请联系中心（K-312）。",
        (
            "This PC lacks the player component, so video can't be shown. Sign-in works. "
            "Contact the centre (K-312)."
        ),
    ),
    "media.disk_full": (
        "磁盘空间不够，课程先不下载。签到记录不受影响。可到“课程”页删除看过的课程。",
        (
            "There is not enough disk space, so courses are not downloaded for now. Sign-in is not "
            "affected. On the page “Courses” you can delete those you have watched."
        ),
    ),
    "media.centre_lost": (
        "中心没有课程《{title}》的文件，下载不了。记录照常上报。请告诉中心重新发布这门课程。",
        (
            "The centre has no file of “{title}”, so it can't be downloaded. Records are sent as "
            "ever. Ask the centre to publish it again."
        ),
    ),
    "media.centre_damaged": (
        "中心的课程《{title}》文件坏了，下载不了。记录照常上报。请告诉中心重新发布这门课程。",
        (
            "The file of “{title}” is damaged at the centre, so it can't be downloaded. Records "
            "are sent as ever. Ask the centre to publish it again."
        ),
    ),
    "media.not_kept": (
        "课程《{title}》写不进本机磁盘。签到记录不受影响。请检查磁盘，过后会自动再试。",
        (
            "“{title}” can't be written to this PC's disk. Sign-in records are not affected. "
            "Check the disk; it will be tried again automatically."
        ),
    ),
    "refusal.course_in_use": (
        "《{title}》正在用，或正在放课程，没有删，文件都在。结束后再删。",
        "“{title}” is in use, or a course is playing; nothing was deleted. Delete it afterwards.",
    ),
    "refusal.course_planned": (
        "《{title}》排在 {day} 要放，没有删，文件都在。放过以后再删。",
        "“{title}” is planned for {day}; nothing was deleted. Delete it after that.",
    ),
}
