"""The help sheet of each page: what it is for, what to press, what to do when something is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping

WORDS: dict[str, tuple[str, str]] = {
    "help.title": ("帮助：{page}", "Help: {page}"),
    "help.close": ("关闭", "Close"),
    "help.print": ("打印这一页", "Print this page"),
    "help.page.today": ("首页", "Today"),
    "help.page.prepare": ("准备", "Prepare"),
    "help.page.roll_call": ("签到", "Sign-in"),
    "help.page.play": ("播放", "Play"),
    "help.page.discuss": ("讨论", "Discuss"),
    "help.page.close": ("结束", "Close"),
    "help.page.courses": ("课程", "Courses"),
    "help.page.records": ("台账", "Books"),
    "help.page.sending": ("上报", "Sending"),
    "help.page.roster": (
        "学员",
        "People",
    ),
    "help.page.settings": ("设置", "Settings"),
    "help.today.1": (
        "今天有安排：按<op.today.begin>。没有安排：按<op.today.extra>。",
        "With a plan for today press <op.today.begin>, without one <op.today.extra>.",
    ),
    "help.today.2": (
        "停电、农忙办不成：按<op.today.not_held>，选一个原因，也算有交代。",
        "If it can't take place: <op.today.not_held>, and choose the reason. That is a record too.",
    ),
    "help.today.3": (
        "下面五个小牌说本站怎么样：登记、大屏、声音、课程、上报。按哪个，就到哪一页。",
        "The five signs below say how the station stands. Touch one for more.",
    ),
    "help.today.4": (
        "办完以后，这里可以<paper.print_sheet>，也可以<op.today.see_record>。",
        "After the session: <paper.print_sheet>, or <op.today.see_record>.",
    ),
    "help.today.5": (
        "没有网不要紧：签到、放课都照常，记录存在本机。",
        "Without a connection all goes on; the record is kept on this PC.",
    ),
    "help.prepare.1": (
        "每一行都打勾，就按<op.prepare.open>。没打勾的那一行写着该怎么办。",
        "When every line is ticked press <op.prepare.open>. A line without a tick says what to do.",
    ),
    "help.prepare.2": (
        "看不到大屏：按<op.prepare.identify>，每个屏幕上会出现一个大号码。",
        "No picture in the room: <op.prepare.identify>; each screen shows a large number.",
    ),
    "help.prepare.3": (
        "只有一个屏幕也能办：先签到，再放课。",
        "One screen is enough: first sign in, then play.",
    ),
    "help.roll_call.1": (
        "人来了，点一下名字就是到了。名字不会换位置，来了的变灰、打勾。",
        "Touch a name: that person is here. Names keep their places; who is here turns grey with a tick.",
    ),
    "help.roll_call.2": (
        "点错了：按 Ctrl+Z，或再点他的名字，在他那一页上撤销、请假或补签。撤销也留着记录。",
        "A mistake: Ctrl+Z, or touch the name again: undo, leave and late entry are there. The trail stays.",
    ),
    "help.roll_call.3": (
        "找人：直接打拼音首字母，比如张爱党打 zad，再按回车。",
        "To find somebody, type pinyin initials and Enter: zad finds 张爱党.",
    ),
    "help.roll_call.4": (
        "有人请假：按<op.roll.leave>，选种类，再点名字。",
        "Somebody is on leave: <op.roll.leave>, the kind, then the name.",
    ),
    "help.roll_call.5": (
        "名册里没有的人：按<op.roll.visitor>，写个名字就行。",
        "Someone not on the roster: <op.roll.visitor>; the name is enough.",
    ),
    "help.play.1": ("空格键：放和停。也可以按 F5。", "Space plays and pauses, F5 too."),
    "help.play.2": (
        "左右键：退回、前进 10 秒。跳错了按退格键跳回来。",
        "Left and right: 10 seconds back and on. Backspace takes a jump back.",
    ),
    "help.play.3": (
        "B：黑屏。F：定住画面。两样都只管大屏。",
        "B: black. F: freeze. Both only for the room's screen.",
    ),
    "help.play.4": (
        "有人迟到：按<op.play.late>，不用停课就能补上。",
        "Someone is late: <op.play.late>, without stopping the course.",
    ),
    "help.play.4.spread": (
        "有人迟到：在左边点他的名字，不用停课就能补上。",
        "Someone is late: touch the name at the left, without stopping the course.",
    ),
    "help.play.5": (
        "大屏的线掉了，课会自动停住；接回去再按空格。",
        "If the screen's cable comes off, the course pauses. Plug it in and press Space.",
    ),
    "help.discuss.1": (
        "按<op.discuss.show>，大家看着讨论题说。",
        "<op.discuss.show>: the room sees the questions while people talk.",
    ),
    "help.discuss.2": (
        "说了什么、要办什么，写几句，按<op.discuss.keep>，会印在收看记录上。",
        "Write down what was said and press <op.discuss.keep>; it is printed on the record.",
    ),
    "help.discuss.3": (
        "说完了按<op.discuss.finish>。",
        "When all is said: <op.discuss.finish>.",
    ),
    "help.close.1": (
        "先核对人数，再按<op.close.print>或<op.close.only>。没来的会记成缺席，半小时内可以<op.close.reopen>；一个人也没来，可以登记为未开展。",
        "Check the numbers, then <op.close.print> or <op.close.only>. Whoever did not come is absent; "
        "for half an hour <op.close.reopen> takes it back. If nobody came it can be recorded as not held.",
    ),
    "help.close.2": (
        "结束后这里写着本场编号，八个字，抄到记录簿上。",
        "After closing the session code stands here: eight characters for the book.",
    ),
    "help.close.3": (
        "结束早了：30 分钟内按<op.close.reopen>。以后还能补签，要写原因，会一直注明是补签。",
        "Closed too early: <op.close.reopen> within 30 minutes. Late entries with a reason stay possible "
        "and stay marked as such.",
    ),
    "help.courses.1": (
        "打勾的课程在本机，没网也能放。",
        "Courses with a tick are on this PC and play without a connection.",
    ),
    "help.courses.2": (
        "没下载完的会接着下，不会从头来。",
        "What is not here yet goes on downloading, never from the start.",
    ),
    "help.courses.3": (
        "想现在就办一场：选好课程，按<op.courses.session>。",
        "To hold a session with it now: <op.courses.session>.",
    ),
    "help.records.1": (
        "左边选一场，右边看谁来了、谁没来；点谁的名字，就看他这一场和最近几次，忘了签的在那里补签。",
        "Choose a session at the left; touch a name to see how they signed in, and to enter who forgot.",
    ),
    "help.records.2": (
        "找以前的：写主题里的字，或写年份、月份（如 2024-03）；往下拉到底，按<op.records.earlier>。",
        "For older ones write words of the subject, or a month such as 2024-03; at the end: <op.records.earlier>.",
    ),
    "help.records.3": (
        "按<op.books.month>看这个月的各本台账；点一个数，就看是哪几场。",
        "<op.books.month>: this month's forms. Touch a figure to see which sessions it comes from.",
    ),
    "help.records.4": (
        "月底按<op.books.print_month>，整套一次打出来；<paper.save_table>存到 U 盘，没有 U 盘就存在桌面。",
        "At its end: <op.books.print_month>. <paper.save_table> puts a form on the stick or the desktop.",
    ),
    "help.sending.1": (
        "一场一行，后面写着报到哪里：本机、中心已收到、中心已入账。",
        "One line a session says how far it has come: here, received, in the centre's books.",
    ),
    "help.sending.2": (
        "一直没网：插上 U 盘，按<op.sending.carry_out>，带到中心。",
        "No connection for long: plug in a stick, <op.sending.carry_out>, take it to the centre.",
    ),
    "help.sending.3": (
        "有一句话说要办什么，就照着办；不行打电话给中心，念出 K 开头的号码。",
        "Where a sentence says what to do, do it, or call the centre with the K number.",
    ),
    "help.roster.1": (
        "点一个人，看他最近来没来，改正资料，写明情况。标着待核对的，等中心核对。",
        "Touch somebody to see their last sessions, correct them or say why they need not come. What is marked is still to be checked by the centre.",
    ),
    "help.roster.2": (
        "<paper.print_cards>印在 A4 纸上，剪开发给大家，对着扫码枪就能签到。",
        "<paper.print_cards>: on A4; cut them out, and the scanner reads them.",
    ),
    "help.settings.1": (
        "字太小：选<op.settings.size.large>或<op.settings.size.largest>。",
        "Letters too small: <op.settings.size.large> or <op.settings.size.largest>.",
    ),
    "help.settings.2": (
        "大屏选错了：按<op.settings.identify>，再选大家看的那一个。",
        "The wrong screen: <op.settings.identify>, then choose the one the room sees.",
    ),
    "help.settings.3": (
        "要找人帮忙：按<diagnostics.to_stick>，把文件交给中心。里面没有人名和电话。",
        "To get help: <diagnostics.to_stick>, for the centre. It has no names or phones in it.",
    ),
}

REFERENCE = re.compile(r"<([a-z_0-9.]+)>")
"""The key of a word that stands on a button: what is renamed there is renamed here."""
_QUOTED = "“{}”"


def with_buttons(written: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """All sentences; those of the help with the names of buttons as they are on the screen."""

    def named(sentence: str, at: int) -> str:
        return REFERENCE.sub(lambda m: _QUOTED.format(written[m[1]][at].rstrip("…")), sentence)

    return {
        key: (named(said[0], 0), named(said[1], 1)) if key.startswith("help.") else said
        for key, said in written.items()
    }
