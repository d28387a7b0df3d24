"""Words of printing, and of member cards; what stands on forms is in ``app.areas.forms.words``."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "paper.card.note": ("签到卡：对准扫码枪", "Hold it to the scanner to sign in"),
    "paper.print": ("打印", "Print"),
    "paper.print_sheet": ("打印签到表", "Print sign-in sheet"),
    "paper.print_record": ("打印收看记录", "Print the record"),
    "paper.print_cards": ("打印签到卡", "Print member cards"),
    "paper.saved": (
        "没有打印机，已存在{place}：{name}",
        "No printer, so it was saved {place}: {name}",
    ),
    "paper.kept": ("已存在{place}：{name}", "Saved {place}: {name}"),
    "paper.save_table": ("存成表格", "Save as spreadsheet"),
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
