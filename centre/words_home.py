"""What the centre says about its home, its copies and its checks, in Chinese and in English."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "centre.config_broken": (
        "中心的配置文件 {path} 读不出来，什么都没有改。请从备份放回这个文件，或改好里面的 centre 和 database 两行。",
        (
            "The centre's configuration {path} can't be read; nothing was changed. Put it back "
            "from a backup, or mend its two lines, centre and database."
        ),
    ),
    "centre.other_database": (
        "这个文件夹的中心用的是 {known}，这次给的却是 {named}；什么都没有改。请去掉 --database 或 YJ_CENTRE_DATABASE；真的搬了数据库，请改 {path}。",
        (
            "The centre of this folder uses {known}, but {named} was given; nothing was changed. "
            "Leave out --database or YJ_CENTRE_DATABASE; if the database has really moved, change "
            "{path}."
        ),
    ),
    "centre.database_address": (
        "数据库地址写得不对。用 SQLite 就不写；用 PostgreSQL 请写 postgresql+psycopg://用户:密码@主机/库名。",
        (
            "This is no database address. Leave it out for SQLite; for PostgreSQL write "
            "postgresql+psycopg://user:password@host/name."
        ),
    ),
    "centre.store_missing": (
        "{home} 是一个已有的中心，但它的记录库 {address} 不在或是空的；没有另建新的。请检查磁盘和数据库，或用 restore 从备份恢复。",
        (
            "{home} is a centre already, but its store {address} is missing or empty; no other one "
            "was made. Look at the disk and the database, or restore a backup."
        ),
    ),
    "centre.store_not_begun": (
        "{home} 里有中心的密钥，但 {address} 是空的；没有另建新的。原来用 PostgreSQL 的，请带上 --database；真的是新中心，请先运行 init。",
        (
            "{home} has a centre's key, but {address} is empty; no store was made. If the centre "
            "uses PostgreSQL, give --database; if it is really a new centre, run init first."
        ),
    ),
    "centre.store_of_another": (
        "{address} 是另一个中心的记录库，不是 {home} 的；什么都没有改。请检查地址，或用 restore 从备份恢复。",
        (
            "{address} is the store of another centre, not that of {home}; nothing was changed. "
            "Check the address, or restore a backup."
        ),
    ),
    "centre.key_missing": (
        "记录库里已有记录，密钥文件 {path} 却不在；没有另造新的，数据没有变。请从备份放回。实在没有了，运行 init --new-key，之后每个站点都要重新登记。",
        (
            "The store holds records, but the key file {path} is missing; no other one was made "
            "and no data was changed. Put it back from a backup. If it is lost for good, run "
            "init --new-key; every station must then be enrolled anew."
        ),
    ),
    "centre.key_of_another": (
        "密钥文件 {path} 不是这个记录库的，什么都没有改。请放回原来的密钥。",
        (
            "The key file {path} does not belong to this store; nothing was changed. Put the right "
            "key back."
        ),
    ),
    "centre.key_there": (
        "密钥文件 {path} 还在，没有另造。--new-key 只在密钥丢了以后用。",
        "The key file {path} is there; no other was made. --new-key is for a key that is lost.",
    ),
    "centre.key_new": (
        "已造新的密钥。所有站点都要用新的登记码重新登记，已收到的记录不受影响。",
        (
            "A new key was made. Every station must be enrolled anew with a code; records already "
            "received are not touched."
        ),
    ),
    "centre.already_serving": (
        "{home} 的中心已经在运行，没有再开一个。",
        "The centre of {home} is serving already; no second one was started.",
    ),
}
