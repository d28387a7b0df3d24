"""Words of handouts: PDF pages on the room's screen."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "handout.open": ("讲义通知…", "File…"),
    "handout.back": ("往前", "Back"),
    "handout.on": ("往后", "Next"),
    "handout.away": ("收起", "Hide"),
    "handout.page_of": ("讲义 {page} / {pages} 页", "Page {page} of {pages}"),
    "handout.part_of": ("{page} · 第 {part} / {parts} 段", "{page} · part {part} of {parts}"),
    "handout.zoom": ("大小 × {times}", "Size × {times}"),
    "handout.picture": ("这一页和大家看到的部分", "The page, and what of it the room sees"),
    "handout.opening": ("正在打开…", "Opening…"),
    "handout.title": ("放哪份讲义到大屏上？", "Which handout should the room see?"),
    "handout.looking": ("正在看 U 盘…", "Looking at the USB stick…"),
    "handout.none": (
        "没有找到 U 盘上的 PDF 讲义。插好 U 盘后点“再找一次”，或点“从别处选…”。",
        "No PDF was found on a USB stick. Plug one in and look again, or choose “From elsewhere…”.",
    ),
    "handout.again": ("再找一次", "Look again"),
    "handout.folder": ("从别处选…", "From elsewhere…"),
    "handout.cancel": ("不放了", "Cancel"),
    "handout.line": ("{name}（{size}）", "{name} ({size})"),
    "handout.last": ("这是最后一页。", "This is the last page."),
    "handout.first": ("这是第一页。", "This is the first page."),
    "handout.broken": (
        "这份讲义打不开（K-321），文件坏了或不是 PDF。学习和记录不受影响，请换一份。",
        "This handout can't be opened (K-321): damaged or no PDF. Records are safe; try another.",
    ),
    "handout.locked": (
        "这份讲义加了密码（K-322），放不出来。学习和记录不受影响，请换没有密码的。",
        "This handout has a password (K-322). Records are safe; use one without a password.",
    ),
    "handout.too_large": (
        "这份讲义太大（K-323），超过 {megabytes} MB。学习和记录不受影响，请换小一点的。",
        "This handout is over {megabytes} MB (K-323). Records are safe; use a smaller one.",
    ),
    "handout.page": (
        "第 {page} 页画不出来（K-324）。学习和记录不受影响，请翻到别的页。",
        "Page {page} can't be drawn (K-324). Records are safe; turn to another page.",
    ),
    "handout.too_many": (
        "这份讲义超过 {most} 页（K-326），放不了。学习和记录不受影响，请换短一点的。",
        "This handout has over {most} pages (K-326). Records are safe; use a shorter one.",
    ),
    "handout.too_hard": (
        "这份讲义太复杂或做坏了（K-327），打不开。学习和记录不受影响，请换一份。",
        "This handout is too complex or damaged (K-327). Records are safe; try another.",
    ),
    "handout.gone": (
        "读不到这份讲义（K-325），U 盘可能拔了。学习和记录不受影响，插好再选一次。",
        "The handout can't be read (K-325): stick pulled? Records are safe; choose it again.",
    ),
}
