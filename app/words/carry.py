"""What is said about carrying the record on a stick: what happened, what is safe, what to do."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "command.stick": (
        "用 U 盘带上报和回执",
        "carry the record and its receipts on a stick",
    ),
    "command.stick.export": (
        "把中心还没确认的记录写到 U 盘",
        "put what the centre has not confirmed on a stick",
    ),
    "command.stick.import": (
        "从 U 盘取回中心的回执、名册和课程",
        "take receipts, lists and courses from a stick",
    ),
    "command.stick.folder": (
        "U 盘所在的位置",
        "where the stick is",
    ),
    "stick.exported": (
        "已写到 U 盘：{facts} 条记录，{parts} 份，逐份读回核对过。可以拔出了，请把 U 盘交给中心。",
        "On the stick now: {facts} facts in {parts} parts, each read back. You can pull it out now; take it to the centre.",
    ),
    "stick.nothing_new": (
        "没有新的内容要带，U 盘没有改动，可以拔出了。",
        "There is nothing new to carry; the stick was not changed. You can pull it out.",
    ),
    "stick.imported": (
        "已从 U 盘取回：{answers} 份回执，{rows} 行名册和计划，{files} 个课程文件。可以拔出了。",
        "Taken from the stick: {answers} answers, {rows} rows of lists, {files} course files. You can pull it out now.",
    ),
    "stick.passed_over": (
        "U 盘上有 {foreign} 个文件不是远教的、{damaged} 个已损坏或不是给本站的、{unseen} 处没看完，都没有使用；其余照常。",
        (
            "On the stick {foreign} files are not ours, {damaged} are broken or not for this "
            "station, {unseen} were not looked at; none was used, all else went on."
        ),
    ),
    "stick.not_there": (
        "找不到这个 U 盘。记录在本机没有动。请插好再试。",
        "There is no such stick. The record is here, untouched. Plug it in and try again.",
    ),
    "stick.gone": (
        "U 盘中途读写不了，可能被拔出。记录在本机没有丢，请插好再试一次。",
        "The stick stopped answering; it may have been pulled. Nothing is lost here; try again.",
    ),
    "stick.full": (
        "U 盘满了，没有写完。记录在本机没有丢，请换一个或腾出空间再试。",
        "The stick is full. Nothing is lost here; take another or make room, then try again.",
    ),
    "stick.read_only": (
        "U 盘不让写（可能有写保护开关）。记录在本机没有丢，请打开写保护再试。",
        (
            "The stick can't be written; it may have a protection switch. Nothing is lost here; "
            "unlock it and try again."
        ),
    ),
    "stick.strange_folder": (
        "U 盘上的“{name}”不是普通文件夹，没有写入。记录在本机没有丢，请换一个 U 盘。",
        "“{name}” on the stick is no plain folder; nothing was written. Nothing is lost here; take another.",
    ),
    "stick.false_capacity": (
        "U 盘容量不实：写进去读不出来。记录在本机没有丢，请换一个 U 盘，这个不要再用。",
        (
            "The stick does not hold what was written to it (false capacity). Nothing is lost "
            "here; take another and don't use this one again."
        ),
    ),
    "stick.no_recipient": (
        "本站还没有中心的 U 盘钥匙，没有写入。记录在本机没有丢，请连一次网或重新登记。",
        (
            "This station has no key of the centre for sticks yet; nothing was written. Nothing is "
            "lost here; connect once or enrol again."
        ),
    ),
    "stick.no_identity": (
        "本站的 U 盘钥匙读不出来，没有读取。记录在本机没有丢，请联系中心。",
        "This station's key for sticks can't be read. Nothing is lost here; ask the centre.",
    ),
    "stick.part_too_large": (
        "有一份内容太大，U 盘带不了。记录在本机没有丢，请连网上报。",
        "One part is too large for a stick. Nothing is lost here; send it over the network.",
    ),
    "stick.nonsense": (
        "U 盘上的一份回执对不上，没有使用。记录在本机没有丢，请让中心重新写一次。",
        "An answer on the stick does not fit and was not used. Nothing is lost; ask for a new one.",
    ),
}
