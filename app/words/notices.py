"""What is said by itself on the first page: what was found at a start or told by the centre."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
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
            "有两台电脑在用本站的身份上报（硬盘或文件夹被复制过）。两边的记录都在，一条没丢，"
            "也不会重复算。请告诉中心，给其中一台发新的登记码；旧的那台已不用就不必管。"
        ),
        (
            "Two PCs report as this station (a disk or folder was copied). Both records are kept, "
            "nothing is lost or counted twice. Tell the centre: one of them needs a new code; one "
            "that is out of use needs nothing."
        ),
    ),
    "notice.moved": (
        "这台电脑原来在{site}，现在换了学习点。原来的记录另存了一份，仍算{site}的，一条没丢；没报完的会自动补报。",
        (
            "This PC was at {site} before. Its record from there is kept apart and stays {site}'s; "
            "nothing is lost, and what is unsent is sent automatically."
        ),
    ),
    "notice.former_waits": (
        "{site}的记录还有 {facts} 条没有上报，都在本机。连上网或用 U 盘上报时会一起报给{site}。",
        (
            "{facts} facts of {site} are not sent yet; all are on this PC. They go up as {site}'s "
            "with the next sending, by network or stick."
        ),
    ),
    "notice.lacking": (
        "有一段文字没有到中心（太长或看不懂）。签到都到了，文字在本机，没有丢。请联系中心。",
        (
            "A text you wrote did not reach the centre (too long, or unreadable). All marks did; the "
            "text is safe on this PC. Please tell the centre."
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
        "本站的凭证到期太久了。签到记录照常计入，名册、计划和课程先不更新。请中心给站点 {station} 续期。",
        (
            "This station's credential ended long ago. Its records count; roster, plans and courses "
            "are not renewed. Ask the centre to run: centre release {station}."
        ),
    ),
    "notice.replaced": (
        "中心已让另一台电脑接替本站。换机以前的场次照常计入，以后的先不计入。请联系中心。",
        (
            "Another PC has taken this station's place. What was begun before counts, what was begun "
            "later does not yet. Contact the centre."
        ),
    ),
    "notice.waiting": (
        "中心还有 {count} 条记录等放行，记录都在。请中心核对后放行站点 {station}。",
        (
            "{count} records are kept at the centre and wait to be released; nothing is lost. Ask the "
            "centre to check and run: centre release {station}."
        ),
    ),
    "notice.to_check": (
        "中心有 {count} 条记录待核对，核对前不计入中心的汇总；记录都在。请中心核对。",
        (
            "{count} records wait at the centre to be checked; its reports are without them until "
            "then. Nothing is lost. Ask the centre to look through: centre queue."
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
}
