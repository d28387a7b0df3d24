"""What the centre says about sticks, in Chinese and in English; ``centre.words`` has it all."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "centre.stick_taken": (
        "U 盘：收下 {stations} 个站点的 {parts} 份记录（{facts} 条，含已有的），写回 {answers} 份回执。",
        (
            "Stick: {parts} parts of {stations} stations taken in ({facts} facts, known ones "
            "included), {answers} answers written."
        ),
    ),
    "centre.stick_passed_over": (
        "U 盘上有 {foreign} 个文件不是远教的、{damaged} 个已损坏或不是给本中心的、{unseen} 处没看完，都没有使用；其余照常。有损坏的，请站点再写一次。",
        (
            "On the stick {foreign} files are not ours, {damaged} are broken or not for this "
            "centre, {unseen} were not looked at; none was used, all else went on. Ask stations "
            "to export broken ones again."
        ),
    ),
    "centre.stick_no_recipient": (
        "站点 {station} 还没有登记 U 盘钥匙：记录已收下，回执没有写。请它更新程序并连一次网或重新登记。",
        (
            "The station {station} has no key for sticks: its record was taken in, no answer was "
            "written. It should connect once with a newer program, or enrol again."
        ),
    ),
    "centre.stick_courses": (
        "课程文件：写入 {written} 个，原有 {there} 个。",
        "Course files: {written} written, {there} were there.",
    ),
    "centre.stick_too_large": (
        "课程“{title}”的文件不小于 4 GB，U 盘（FAT32）放不下，没有写；请让站点连网下载。",
        "The course “{title}” has a file of 4 GB or more; it was left out. Fetch it by network.",
    ),
    "centre.stick_no_file": (
        "课程“{title}”有文件不在中心，没有写。请重新发布这门课程。",
        "A file of the course “{title}” is not at the centre; left out. Publish it again.",
    ),
    "centre.stick_damaged": (
        "课程“{title}”的文件在中心坏了，没有写。请重新发布这门课程。",
        "A file of the course “{title}” is damaged at the centre; left out. Publish it again.",
    ),
    "centre.stick_not_there": (
        "找不到这个 U 盘，没有做任何改动。请插好再试。",
        "There is no such stick; nothing was changed. Plug it in and try again.",
    ),
    "centre.stick_gone": (
        "U 盘中途读写不了，可能被拔出。已收下的记录都在；请插好再运行一次。",
        "The stick stopped answering. What was taken in is kept; plug it in and run this again.",
    ),
    "centre.stick_full": (
        "U 盘满了，回执或课程没有写完。已收下的记录都在；请腾出空间再运行一次。",
        "The stick is full; not all was written. What was taken in is kept; make room, run again.",
    ),
    "centre.stick_read_only": (
        "U 盘不让写，回执没有写。已收下的记录都在；请打开写保护再运行一次。",
        "The stick can't be written; no answers on it. What was taken in is kept; unlock it.",
    ),
    "centre.stick_strange_folder": (
        "U 盘上的“{name}”不是普通文件夹，没有写入。已收下的记录都在；请换一个 U 盘。",
        "“{name}” on the stick is no plain folder; nothing written. What was taken in is kept.",
    ),
    "centre.stick_false_capacity": (
        "U 盘容量不实：写进去读不出来。已收下的记录都在；请换一个 U 盘，这个不要再用。",
        "The stick does not hold what was written (false capacity). Take another one.",
    ),
}
