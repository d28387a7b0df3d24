"""Every sentence the centre says to people, in Chinese and in English."""

from __future__ import annotations

from app.domain.errors import UserError
from app.rosters import words as words_sheets
from app.rosters.words import machine_language
from centre.words import catalogue as words_catalogue
from centre.words import courses as words_courses
from centre.words import disk as words_disk
from centre.words import films as words_films
from centre.words import home as words_home
from centre.words import pcs as words_pcs
from centre.words import people as words_people
from centre.words import policies as words_policies
from centre.words import stations as words_stations
from centre.words import sticks as words_sticks
from centre.words import texts as words_texts
from centre.words.subjects import cases as words_cases
from centre.words.subjects import forms as words_forms
from centre.words.subjects import late as words_late
from centre.words.subjects import ledgers as words_ledgers
from centre.words.subjects import needs as words_needs
from centre.words.subjects import ratings as words_ratings
from centre.words.subjects import tests_of_courses as words_tests

WORDS: dict[str, tuple[str, str]] = {
    "centre.queue_empty": ("没有要人处理的记录。", "Nothing waits for anybody."),
    "centre.queue_line": (
        "{arrival}　{site}　{session}　{kind}　{since} 起　{why}",
        "{arrival}  {site}  {session}  {kind}  since {since}  {why}",
    ),
    "centre.waits_unreadable": (
        "这条记录看不懂，原样留着。",
        "This fact can't be read; it is kept as it is.",
    ),
    "centre.waits_wrong_number": (
        "这条记录的编号和位置对不上，原样留着。",
        "This fact's number is not its place; it is kept as it is.",
    ),
    "centre.waits_unknown_kind": (
        "这是新版程序的记录（{detail}），升级中心后自动处理。",
        "A fact of a newer program ({detail}); it is read once the centre is upgraded.",
    ),
    "centre.waits_unknown_person": (
        "名册里没有这个人（{detail}）。补上名册，或用 --as 指明是谁。",
        "The roster has no such person ({detail}). Add them, or say with --as who it is.",
    ),
    "centre.waits_unknown_mark": (
        "要撤销的那条签到还没收到，收到后自动处理。",
        "The mark it takes back has not come yet; it is read when it comes.",
    ),
    "centre.waits_unknown_play": (
        "只收到播放结束，没收到开始，收到后自动处理。",
        "The end of a play without its start; it is read when that comes.",
    ),
    "centre.waits_failed": (
        "汇总这一场时出错（{detail}），记录都在。请联系维护人员。",
        (
            "Making this session's report failed ({detail}); all facts are kept. Ask whoever looks "
            "after the program."
        ),
    ),
    "centre.no_person": (
        "没有这个人：{person}。什么都没有改。",
        "Nobody has the id {person}. Nothing was changed.",
    ),
    "centre.no_waiting": (
        "第 {arrival} 条没有在等人指明是谁，没有改动。",
        "Fact {arrival} does not wait for a person to be named; nothing was changed.",
    ),
    "centre.resolve_needs_fact": (
        "用 --fact 写明是队列里的第几条。什么都没有改。",
        "Say with --fact which one of the queue it is. Nothing was changed.",
    ),
    "centre.resolve_needs_reason": (
        "要写明是谁决定的、为什么（--by、--reason）。什么都没有改。",
        "Say who decides and why (--by, --reason). Nothing was changed.",
    ),
    "centre.erase_needs_reason": (
        "要写明是谁要求的、为什么（--by、--reason）。什么都没有删。",
        "Say who asks and why (--by, --reason). Nothing was erased.",
    ),
    "centre.erased": (
        (
            "已删除 {person} 的个人信息：{payloads} 条附注，涉及 {sessions} 场，人数不变。"
            "各站点下次联系时也会删除。数据库的旧备份和以前导出的文件要另外处理。"
        ),
        (
            "Erased what is personal about {person}: {payloads} payloads in {sessions} sessions; "
            "counts are the same. Stations do so at their next contact. Old backups of the database "
            "and files exported before have to be seen to separately."
        ),
    ),
    "centre.store_newer": (
        "数据库由更新的程序写成（版本 {revision}），本程序没有改动它。请换用新版程序。",
        (
            "The store was written by a newer program (revision {revision}) and was not touched. "
            "Please use the newer program."
        ),
    ),
    "centre.store_upgrade": (
        "数据库升级没有成功，原来的数据没有变。请保留文件并联系维护人员。",
        (
            "Upgrading the store did not succeed; the old data is unchanged. Keep the files and ask "
            "whoever looks after the program."
        ),
    ),
    "centre.store_unreachable": (
        "连不上数据库，没有做任何改动。请检查数据库地址和服务。",
        "The database can't be reached; nothing was changed. Check its address and service.",
    ),
    "centre.key_broken": (
        "中心密钥文件 {path} 读不出来，服务没有启动，数据没有变。请从备份恢复这个文件。",
        (
            "The centre's key file {path} can't be read; the service did not start and no data was "
            "changed. Restore the file from a backup."
        ),
    ),
    "centre.certificate_broken": (
        "证书文件 {path} 读不出来，服务没有启动，数据没有变。请换好这个文件，或删去它再启动（会重新做一个）。",
        (
            "The certificate file {path} can't be read; the service did not start and no data was "
            "changed. Replace it, or remove it and a new one is made."
        ),
    ),
    "centre.plain_only_here": (
        "不加密只能用在本机地址上（--plain 配 --host 127.0.0.1），服务没有启动。请去掉 --plain。",
        (
            "Without encryption the service answers this machine only (--plain with --host "
            "127.0.0.1); it did not start. Leave --plain out."
        ),
    ),
    "centre.processes_need_postgres": (
        "多个进程（--processes）要用 PostgreSQL 数据库，服务没有启动。请加 --database，或只用一个进程。",
        (
            "Several processes need PostgreSQL; the service did not start. Give --database, or use "
            "one process."
        ),
    ),
    "centre.file_answered": (
        "已答复：{file}（学习点：{site}）。请带回站点，并在电话里念核对码：{mark}",
        (
            "Answered: {file} (site: {site}). Carry it back to the station and read this mark out "
            "by telephone: {mark}"
        ),
    ),
    "centre.request_unreadable": (
        "{file} 不是站点写的登记申请，没有登记。请让站点再写一次。",
        "{file} is no station's request; nobody was enrolled. Ask the station to write it again.",
    ),
    "centre.file_unwritable": (
        "文件 {file} 写不进去，没有写答复。请检查位置和空间，再运行一次。",
        "The file {file} can't be written; no answer was given. Check the place and run it again.",
    ),
    "centre.address_taken": (
        "地址 {address} 用不了（可能已被占用），服务没有启动。请换一个端口。",
        (
            "The address {address} can't be used (it may be taken); the service did not start. "
            "Choose another port."
        ),
    ),
    "centre.no_site": (
        "没有叫“{site}”的学习点，没有做任何改动。请核对名称，或加上 --create 新建。",
        "There is no site called “{site}”; nothing was changed. Check the name, or add --create.",
    ),
    "centre.code_made": (
        "注册码：{code}（只能用一次，7 天内有效，学习点：{site}）",
        "Code: {code} (works once, within 7 days, for the site {site})",
    ),
    "centre.no_station": (
        "没有编号为“{station}”的站点，没有做任何改动。请核对编号。",
        "There is no station “{station}”; nothing was changed. Check its id.",
    ),
    "centre.made": ("中心已就绪：{home}", "The centre is ready: {home}"),
    "centre.file_unreadable": (
        "文件 {file} 打不开，没有做任何改动。请检查文件是否存在、是否正被别的程序占用。",
        (
            "The file {file} can't be opened; nothing was changed. Check that it exists and is not "
            "in use."
        ),
    ),
    "centre.video_not_mp4": (
        "{file} 不是 MP4 视频，没有发布。请换成 MP4（H.264）文件。",
        "{file} is no MP4 video and was not published. Choose an MP4 (H.264) file.",
    ),
    "centre.video_no_index": (
        "{file} 缺少索引（录制或转换没有正常结束），没有发布。请重新导出这个视频。",
        (
            "{file} has no index (its recording or conversion did not end properly) and was not "
            "published. Export the video again."
        ),
    ),
    "centre.video_cut_off": (
        "{file} 不完整（后面缺了一段），没有发布。请重新复制或下载后再试。",
        ("{file} is cut off and was not published. Copy or download it again, then publish it."),
    ),
    "centre.video_broken": (
        "{file} 的内部结构损坏，没有发布。请重新导出这个视频。",
        "{file} is broken inside and was not published. Export the video again.",
    ),
    "centre.video_no_picture": (
        "{file} 里没有画面或读不出时长，没有发布。请换一个视频文件。",
        "{file} has no picture or no known length and was not published. Choose another video.",
    ),
    **words_films.WORDS,
    "centre.not_kept": (
        "{file} 没能复制到中心（磁盘可能满了），没有发布。请腾出空间后再试。",
        (
            "{file} could not be copied to the centre (the disk may be full) and was not published. "
            "Make room and try again."
        ),
    ),
    "centre.bad_course_id": (
        "课程编号“{id}”只能用小写字母、数字和短横线，没有发布。",
        "The course id “{id}” may hold small letters, digits and dashes only; not published.",
    ),
    "centre.published": (
        "已发布：{title}（{id}，{minutes} 分钟，{codec}，{width}×{height}，{megabytes} MB）",
        "Published: {title} ({id}, {minutes} min, {codec}, {width}×{height}, {megabytes} MB)",
    ),
    "centre.withdrawn": ("已撤回：{title}（{id}）", "Withdrawn: {title} ({id})"),
    "centre.no_course": (
        "没有编号为“{course}”的课程，没有做任何改动。请核对编号。",
        "There is no course “{course}”; nothing was changed. Check its id.",
    ),
    "centre.course_withdrawn": (
        "课程“{title}”已撤回，不能再排进计划；没有做任何改动。",
        "The course “{title}” was withdrawn and can't be planned; nothing was changed.",
    ),
    "centre.no_plan": (
        "没有编号为“{plan}”的计划，没有做任何改动。",
        "There is no plan “{plan}”; nothing was changed.",
    ),
    "centre.no_unit": (
        "没有叫“{unit}”的支部，没有做任何改动。请先导入名册。",
        "There is no branch “{unit}”; nothing was changed. Import the roster first.",
    ),
    "centre.bad_when": (
        "日期“{date}”或时间“{start}”看不懂，没有做任何改动。请写成 2026-11-20 和 19:30。",
        (
            "The date “{date}” or time “{start}” can't be read; nothing was changed. Write "
            "2026-11-20 and 19:30."
        ),
    ),
    "centre.planned": (
        "已排计划：{date} {start} {title}（{id}）",
        "Planned: {date} {start} {title} ({id})",
    ),
    **words_home.WORDS,
    **words_late.WORDS,
    **words_ledgers.WORDS,
    **words_ratings.WORDS,
    **words_needs.WORDS,
    **words_tests.WORDS,
    **words_forms.WORDS,
    **words_pcs.WORDS,
    **words_courses.WORDS,
    **words_sheets.WORDS,
    **words_people.WORDS,
    **words_cases.WORDS,
    **words_policies.WORDS,
    **words_catalogue.WORDS,
    **words_stations.WORDS,
    **words_sticks.WORDS,
    **words_disk.WORDS,
    **words_texts.WORDS,
}


def say(key: str, **values: object) -> str:
    """The sentence for ``key`` in this machine's language, with its values filled in."""
    return WORDS[key][0 if machine_language() == "zh" else 1].format(**values)


def say_error(error: UserError) -> str:
    """The one plain sentence for a refusal or a trouble."""
    return say(error.key, **error.values)


def said_or(key: str, otherwise: str) -> str:
    """The sentence for ``key`` if there is one."""
    return say(key) if key in WORDS else otherwise
