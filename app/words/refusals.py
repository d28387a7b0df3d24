"""What people are told when a rule says no or the machine fails.

Each sentence: what happened · is the record safe · what to do.
"""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "refusal.no_date": (
        "这不是一个日期（K-131）。记录没有变。请照 2026-11-23 这样再写一次。",
        "This is not a date (K-131). Nothing was changed. Write it like 2026-11-23.",
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
        "This card is not registered; nothing was changed. Use your phone tail, or ask the operator.",
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
    "refusal.people_marked": (
        "已经有 {count} 人签到，不能登记为未开展。签到都在。请正常结束。",
        "{count} people have signed in and stay so; it can't be recorded as not held. Close it as usual.",
    ),
    "refusal.bad_tail": (
        "手机尾号是四位数字，记录没有变。请再输一次。",
        "A phone tail has four digits; nothing was changed. Please enter it again.",
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
        "本机磁盘满了，刚才这一项没有存上。以前的记录都在。请删除看过的课程腾出空间（K-101）。",
        (
            "The disk is full; this last item was not stored. All earlier records are safe. "
            "Delete courses you have watched to make room (K-101)."
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
    "notice.recovered_all": (
        "上次的记录文件坏了，已用备份和第二份记录补全，{facts} 条记录都在。坏的文件留着备查。",
        (
            "The record file was damaged; it was rebuilt from the backup and the second copy. "
            "All {facts} facts are here. The damaged file was kept aside."
        ),
    ),
    "notice.recovered_some": (
        (
            "上次的记录文件坏了，已从备份和第二份记录找回 {facts} 条；"
            "{day} 之后的可能缺，请对照签到表。坏的文件留着备查。"
        ),
        (
            "The record file was damaged; {facts} facts were recovered from the backup and the second "
            "copy; some after {day} may be missing, please compare with the paper sheet. "
            "The damaged file was kept aside."
        ),
    ),
    "notice.recovered_none": (
        "上次的记录文件坏了，也没有可用的备份。已建新的记录，坏的文件留着，请联系中心。",
        (
            "The record file was damaged and there is no usable backup. A new record was begun; "
            "the damaged file was kept. Contact the centre."
        ),
    ),
    "notice.resumed": (
        "软件刚才意外关闭，已恢复。这场学习的 {arrived} 人签到都在。",
        "The program closed unexpectedly and has recovered. All {arrived} sign-ins are here.",
    ),
    "notice.copied": (
        (
            "有两台电脑在用本站的身份上报。两边的记录都在，一条没丢，也不会重复算。"
            "请告诉中心，停用其中一台。"
        ),
        (
            "Two PCs report as this station. The records of both are kept, nothing is lost or "
            "counted twice. Tell the centre, and stop using one of them."
        ),
    ),
    "notice.put_back": (
        (
            "本机的文件被还原到了以前的样子。中心收到过的记录已经找回来了。"
            "请检查这台电脑是不是装了还原卡或还原软件。"
        ),
        (
            "This PC's files were put back to an earlier state. What the centre had received is "
            "here again. Check whether the PC has a restore card or restore software."
        ),
    ),
    "notice.revoked": (
        "中心停用了本站的凭证。记录照样收着，先不计入统计。请联系中心。",
        (
            "The centre has withdrawn this station's credential. Records are kept there but not "
            "counted yet. Contact the centre."
        ),
    ),
    "notice.expired": (
        "本站的凭证过期了。记录照样收着，先不计入统计。请联系中心换一个。",
        (
            "This station's credential has expired. Records are kept there but not counted yet. "
            "Ask the centre for a new one."
        ),
    ),
    "notice.gap": (
        "本机磁盘坏了一块，有 {facts} 条记录读不出来，其余都在。签到照常。请告诉中心。",
        (
            "A part of the disk is damaged: {facts} facts can't be read, all others are here. "
            "Sign-in goes on. Tell the centre."
        ),
    ),
    "notice.clock_bad": (
        "本机时间好像不对：显示 {shown}。请改好时间；签到照常，记录会注明时间不准。",
        (
            "This PC's clock seems wrong: it shows {shown}. Please set it; sign-in goes on and the "
            "record notes that the time is unsure."
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
        "请让中心换一种格式再发（K-314）。",
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
        "磁盘空间不够，课程先不下载。签到记录不受影响。可删除看过的课程。",
        (
            "There is not enough disk space, so courses are not downloaded for now. Sign-in is not "
            "affected. Delete courses you have watched."
        ),
    ),
}
