"""What the centre says when its folder, its disk or its database can't be used."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "centre.home_unusable": (
        "中心的文件夹 {path} 用不了（{why}），什么都没有改。请看看磁盘是不是满了、拔掉了或者只能读。",
        (
            "The centre's folder {path} can't be used ({why}); nothing was changed. See whether the "
            "disk is full, was pulled out or can only be read."
        ),
    ),
    "centre.store_full": (
        "中心的磁盘满了，这一次没有存上，以前的数据都在。请腾出空间再试。",
        "The centre's disk is full; this was not stored, all earlier data is safe. Make room first.",
    ),
    "centre.store_damaged": (
        "数据库文件读不出来，什么都没有改。请不要删它，用最近的备份换上，再运行 new-generation。",
        (
            "The database file can't be read; nothing was changed. Don't delete it; put the newest "
            "backup in its place, then run new-generation."
        ),
    ),
}
