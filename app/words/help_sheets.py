"""The help sheet of each page: what it is for, what to press, what to do when something is wrong."""

from __future__ import annotations

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
    "help.page.records": ("记录", "Records"),
    "help.page.sending": ("上报", "Sending"),
    "help.page.roster": ("名册", "Roster"),
    "help.page.settings": ("设置", "Settings"),
    "help.today.1": (
        "今天有安排时，按「开始准备」。没有安排也可以「临时加一场」。",
        "With a plan for today press “Prepare”. Without one, add an extra session.",
    ),
    "help.today.2": (
        "停电、农忙办不成的，按「今天不办」，选一个原因，也算有交代。",
        "If it can't take place, press “Not held” and choose the reason. That is a record too.",
    ),
    "help.today.3": (
        "右上角的小牌说记录报到哪一步了，按它看详情。",
        "The sign at the top right says how far the record has been sent. Press it for more.",
    ),
    "help.today.4": (
        "没有网不要紧：签到、放课都照常，记录存在本机，有网自动上报。",
        "Without a connection all goes on. The record is kept here and sent automatically later.",
    ),
    "help.prepare.1": (
        "四行都打勾就可以开始。没打勾的那一行写着该怎么办。",
        "When all four lines are ticked you can begin. A line without a tick says what to do.",
    ),
    "help.prepare.2": (
        "看不到大屏幕：按「识别屏幕」，每块屏幕上会出现一个大号码。",
        "No picture on the big screen: press “Identify”; each screen shows a large number.",
    ),
    "help.prepare.3": (
        "只有一块屏幕也能办：先签到，再放课。",
        "One screen is enough: first sign in, then play.",
    ),
    "help.roll_call.1": (
        "人来了，让本人在触摸屏上按手机尾号，或点自己的名字。",
        "People sign in on the touch screen: last four digits of the phone, or their name.",
    ),
    "help.roll_call.2": (
        "也可以由您点名：点一下名字就是到了，再点一下可以撤销。",
        "You can also call the roll: a tap on a name means present; tap again to undo.",
    ),
    "help.roll_call.3": (
        "找人：直接打拼音首字母，比如张爱党打 zad。",
        "To find somebody, type pinyin initials: zad finds 张爱党.",
    ),
    "help.roll_call.4": (
        "点错了：按 Ctrl+Z，或按下面的「撤销」。撤销也留着记录。",
        "A mistake: Ctrl+Z or “Undo” below. The trail stays.",
    ),
    "help.roll_call.5": (
        "名册里没有的人，按「来宾」，写个名字就行。",
        "Someone not in the roster: “Visitor”, the name is enough.",
    ),
    "help.play.1": ("空格键：放和停。也可以按 F5。", "Space plays and pauses, F5 too."),
    "help.play.2": (
        "左右键：退回、前进 10 秒。跳错了按退格键跳回来。",
        "Left and right: 10 seconds back and on. Backspace takes a jump back.",
    ),
    "help.play.3": (
        "B：黑屏。F：定住画面。两样都只管大屏幕。",
        "B: black. F: freeze. Both only for the big screen.",
    ),
    "help.play.4": (
        "有人迟到：按 F2，不用停课就能补上。",
        "Someone is late: F2, without stopping the course.",
    ),
    "help.play.5": (
        "大屏幕的线掉了，课会自动停住；接回去再按空格。",
        "If the screen's cable comes off, the course pauses. Plug it in and press space.",
    ),
    "help.discuss.1": (
        "把讨论题放到大屏幕上，大家边看边说。",
        "Put the questions on the big screen while people talk.",
    ),
    "help.discuss.2": (
        "说了什么、要办什么，写几句，会印在收看记录上。",
        "Write down what was said; it is printed on the session record.",
    ),
    "help.discuss.3": (
        "B 或翻页笔的黑屏键：大屏幕变黑，再按一次还原。",
        "B, or a clicker's black key: the big screen goes black; once more brings it back.",
    ),
    "help.close.1": (
        "先核对人数，再按「结束」。没来的会记成缺席。",
        "Check the numbers, then close. Whoever did not come is recorded as absent.",
    ),
    "help.close.2": (
        "结束后大屏幕上有本场编号，八个字，抄到记录簿上。",
        "After closing the big screen shows the session code: eight characters for the book.",
    ),
    "help.close.3": (
        "结束以后还能补签，要写原因，会一直标着「补签」。",
        "Late entries are still possible with a reason; they stay marked as such.",
    ),
    "help.courses.1": (
        "打勾的课程在本机，没网也能放。",
        "Courses with a tick are on this PC and play without a connection.",
    ),
    "help.courses.2": (
        "没下载完的会接着下，不会从头来。",
        "What is not here yet goes on downloading, never from the start.",
    ),
    "help.records.1": (
        "左边选一场，右边看谁来了、谁没来。",
        "Choose a session at the left; the right side says who came.",
    ),
    "help.records.2": (
        "「打印签到表」留着签名的格子；「打印收看记录」一场一张。",
        "The sign-in sheet has room for signatures; the session record is one sheet a session.",
    ),
    "help.records.3": (
        "忘了签的人，点他的名字补签，要写原因。",
        "For somebody who forgot to sign in: tap the name, with a reason.",
    ),
    "help.sending.1": (
        "三个数一样，就是都报上去了，中心也看懂了。",
        "When the three numbers are the same, all is sent and understood.",
    ),
    "help.sending.2": (
        "一直没网：插上 U 盘，按「导出到 U 盘」，带到有网的地方或中心。",
        "No connection for long: plug in a stick and export; take it to the centre.",
    ),
    "help.sending.3": (
        "写着「需要处理」：照那句话做，或打电话给中心，念出 K 开头的号码。",
        "“Needs attention”: do what the sentence says, or call the centre with the K number.",
    ),
    "help.roster.1": (
        "名册由中心管，这里只能看。有错请告诉中心。",
        "The roster is kept by the centre; here it can only be read. Tell the centre of mistakes.",
    ),
    "help.roster.2": (
        "「打印签到卡」印在 A4 纸上，剪开发给大家，对着扫码枪就能签到。",
        "Member cards are printed on A4; cut them out, and the scanner reads them.",
    ),
    "help.settings.1": (
        "字太小：选「大」或「特大」，马上生效。",
        "Letters too small: choose large or largest; it works at once.",
    ),
    "help.settings.2": (
        "大屏幕选错了，在「大屏幕」下面换一块。",
        "The wrong screen: choose another one under “Big screen”.",
    ),
    "help.settings.3": (
        "要找人帮忙：按「导出诊断包」，把文件交给中心。里面没有人名和电话。",
        "To get help: export the diagnostics file for the centre. It has no names or phones in it.",
    ),
}
