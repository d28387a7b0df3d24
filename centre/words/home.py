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
        "{home} 是一个已有的中心，但它的记录库 {address} 不在或是空的；没有另建新的。请检查磁盘和数据库，或用 restore 从备份恢复。实在没有备份，运行 init --new-store，各站点会把记录再报上来。",
        (
            "{home} is a centre already, but its store {address} is missing or empty; no other one "
            "was made. Look at the disk and the database, or restore a backup. If there is none, "
            "run init --new-store; stations will send their records again."
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
    "centre.store_there": (
        "记录库 {address} 还在，没有另建。--new-store 只在记录丢了又没有备份时用。",
        (
            "The store {address} is there; no other was made. --new-store is for records that are "
            "lost and have no backup."
        ),
    ),
    "centre.store_new": (
        "已从空的记录库开始，密钥没变。请给各站点新的登记码，再导入名册、课程和计划；各站点会把记录再报上来。",
        (
            "An empty store was begun under the same key. Give stations new codes, then import "
            "rosters, courses and plans; stations will send their records again."
        ),
    ),
    "centre.already_serving": (
        "{home} 的中心已经在运行，没有再开一个。",
        "The centre of {home} is serving already; no second one was started.",
    ),
    "centre.backup_made": (
        "备份好了：{path}。记录 {facts} 条，名册 {people} 人，站点电脑 {stations} 台，课程文件 {courses} 个，共 {megabytes} MB；已打开检查过。里面有密钥和个人信息，请锁好。",
        (
            "Backup made: {path}. {facts} facts, {people} people, {stations} station PCs, "
            "{courses} course files, {megabytes} MB; opened and checked. It holds the key and "
            "personal data: keep it locked."
        ),
    ),
    "centre.backup_without_courses": (
        "有 {count} 个课程文件在中心已丢失或损坏，备份里没有；其余都在。请重新发布这些课程，check 会列出来。",
        (
            "{count} course files are lost or damaged at the centre and are not in the backup; all "
            "else is. Publish those courses again; check lists them."
        ),
    ),
    "centre.backup_folder_own": (
        "{path} 和中心自己的文件夹重叠，没有备份。请换一个文件夹，最好在另一块硬盘上。",
        (
            "{path} lies in the centre's own folder or around it; no backup was made. Choose "
            "another folder, best on another disk."
        ),
    ),
    "centre.backup_running": (
        "另一次备份正在写 {path}，这次没有备份，那一次不受影响。请等它完成后再试。",
        (
            "Another backup into {path} is under way and goes on; this one was not made. Wait "
            "until it is done and try again."
        ),
    ),
    "centre.restore_unfinished": (
        "{home} 的恢复中途断了，中心没有打开；原来的在 before-restore-… 文件夹里，没有丢。请再运行一次同样的 restore 命令。",
        (
            "The restore into {home} was cut off, so the centre was not opened; what was there is "
            "kept in a folder before-restore-…. Run the same restore command again."
        ),
    ),
    "centre.none_here": (
        "{home} 里没有中心，什么都没有做。请检查 --home 或 YJ_CENTRE_HOME；新中心请先运行 init。",
        (
            "There is no centre in {home}; nothing was done. Check --home or YJ_CENTRE_HOME; for a "
            "new centre run init first."
        ),
    ),
    "centre.no_projection": (
        "没有叫“{name}”的汇总，什么都没有改。现有：{known}。",
        "There is no projection {name}; nothing was changed. There are: {known}.",
    ),
    "centre.replay_index": (
        "{name}：正在找出有关的记录，已看 {done} 条，共 {of_all} 条。",
        "{name}: finding its facts, {done} of {of_all} looked through.",
    ),
    "centre.replay_fold": (
        "{name}：已重算 {done} 项，共 {of_all} 项。",
        "{name}: {done} of {of_all} folded anew.",
    ),
    "centre.replay_done": (
        "{name}：{done} 项全部重算好了。原始记录一条也没有改。",
        "{name}: all {done} are folded anew. No fact was changed.",
    ),
    "centre.disk_full": (
        "磁盘满了，没有做成，原来的没有变。请在 {path} 所在的磁盘腾出空间，再运行一次同样的命令。",
        (
            "The disk is full and it was not done; what was there is unchanged. Make room on the "
            "disk of {path} and run the same command again."
        ),
    ),
    "centre.file_failed": (
        "{path} 用不了（{why}），没有做成，已有的数据没有变。请检查这个位置后再试。",
        (
            "{path} can't be used ({why}); it was not done and no data was changed. Look at this "
            "place and try again."
        ),
    ),
    "centre.argument_no_text": (
        "{what} 里有不成文字的字节，没有做成，什么都没有改。请重新输入。",
        "What was given as {what} is no text; nothing was changed. Type it again.",
    ),
    "centre.no_backup": (
        "{path} 里没有备份，什么都没有改。请选 backup 写过的那个文件夹。",
        ("There is no backup in {path}; nothing was changed. Name the folder that backup wrote."),
    ),
    "centre.backup_broken": (
        "备份不完整：{path} 和清单对不上；什么都没有改。请用另一份备份。",
        (
            "The backup is not whole: {path} is not as its manifest says; nothing was changed. Use "
            "another backup."
        ),
    ),
    "centre.copy_broken": (
        "记录库副本 {path} 打不开或不完整；原来的没有动。请检查磁盘后再备份一次。",
        (
            "The copy of the store {path} can't be opened or is not whole; the original was not "
            "touched. Check the disk and make the backup again."
        ),
    ),
    "centre.backup_of_another": (
        "{path} 里是另一个中心的备份，没有覆盖。请换一个文件夹。",
        "{path} holds another centre's backup, which was left alone. Choose another folder.",
    ),
    "centre.backup_folder_used": (
        "{path} 里有别的文件，没有备份。请用一个空文件夹，或上次备份的文件夹。",
        (
            "{path} holds other files; no backup was made. Choose an empty folder, or that of the "
            "last backup."
        ),
    ),
    "centre.restored": (
        "已恢复到 {home}：记录 {facts} 条，名册 {people} 人，站点电脑 {stations} 台，课程文件 {courses} 个。备份之后的记录，各站点下次联系时会自己补上。",
        (
            "Restored into {home}: {facts} facts, {people} people, {stations} station PCs, "
            "{courses} course files. What came after the backup, stations send again at their next "
            "contact."
        ),
    ),
    "centre.restore_home_used": (
        "{home} 里已有一个中心，没有恢复。请换一个空文件夹；确实要替换，加 --replace，原来的会移到旁边，不会删除。",
        (
            "There is a centre in {home} already; nothing was restored. Choose an empty folder, or "
            "add --replace: what is there is set aside, not deleted."
        ),
    ),
    "centre.restore_store_used": (
        "这个数据库里已有一个中心，没有恢复，什么都没有改。请新建一个空数据库，用 --database 指明。",
        (
            "There is a centre in this database already; nothing was restored or changed. Make an "
            "empty database and name it with --database."
        ),
    ),
    "centre.check_sound": (
        "都好：记录 {facts} 条，课程 {courses} 个，密钥、证书、课程文件都完整。",
        "All is well: {facts} facts, {courses} courses; key, certificate and course files whole.",
    ),
    "centre.check_store": (
        "记录库有损坏（{detail}）。请停下服务，用 restore 从备份恢复；各站点会把之后的补上来。",
        (
            "The store is damaged ({detail}). Stop the service and restore a backup; stations send "
            "again what came since."
        ),
    ),
    "centre.check_readable": (
        "文件 {path} 别的账号也能看到，里面有个人信息或密钥。请改成只有自己能读（chmod 600）。",
        (
            "Other accounts can read {path}, which holds personal data or a key. Make it readable "
            "by its owner only (chmod 600)."
        ),
    ),
}
