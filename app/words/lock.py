"""Sentences of the operator's PIN, the locked window and the locked single screen."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "refusal.pin_shape": (
        "密码要 {least} 到 {most} 位数字（K-151）。原来的没有变。请再输一次。",
        "A PIN has {least} to {most} digits (K-151). Nothing was changed. Enter it again.",
    ),
    "refusal.pin_plain": (
        "这个密码太好猜（K-152）。原来的没有变。请不要用 1111、1234 这样的，换一个。",
        (
            "This PIN is guessed at once (K-152). Nothing was changed. "
            "Choose another, not 1111 or 1234."
        ),
    ),
    "refusal.pin_wrong": (
        "原来的密码不对（K-153），没有改动。请再输一次。",
        "The present PIN is wrong (K-153); nothing was changed. Enter it again.",
    ),
    "refusal.pin_wait": (
        "试得太多了（K-154），请等 {seconds} 秒再输。记录都在。",
        "Too many tries (K-154). Wait {seconds} s and enter it again. The record is safe.",
    ),
    "refusal.lock_minutes": (
        "没有这个时间可选（K-155），原来的没有变。请从列出的里面选一个。",
        "This time can't be chosen (K-155). Nothing was changed. Choose one of those shown.",
    ),
    "command.pin": ("管理员密码", "the operator's PIN"),
    "command.pin.forget": (
        "忘了管理员密码：去掉密码和锁定（先关掉程序）",
        "drop a forgotten PIN and every lock (close the program first)",
    ),
    "command.pin.forgotten": (
        "管理员密码和锁定都去掉了，记录没有动。打开程序，在“设置”里可以设新密码。",
        "The PIN and every lock are gone; the record was not touched. Set a new PIN in Settings.",
    ),
    "lock.title": ("已锁定", "Locked"),
    "lock.enter": ("请输入管理员密码", "Enter the operator's PIN"),
    "lock.to_operator": ("回到管理员窗口，请输入密码", "Enter the PIN to go back to the console"),
    "lock.to_close": ("要关闭程序，请先输密码", "Enter the PIN before closing the program"),
    "lock.goes_on": (
        "签到、刷卡、播放都照常，记录都在。",
        "Sign-in, cards and playing go on. The record is safe.",
    ),
    "lock.arrived": ("已到 {arrived} 人", "{arrived} have arrived"),
    "lock.open": ("打开", "Open"),
    "lock.vouch.title": ("补签\n{name}", "Late entry\n{name}"),
    "lock.vouch.main": ("补签", "Enter"),
    "lock.stay": ("回到签到", "Back to sign-in"),
    "lock.stay_room": ("不退出", "Stay here"),
    "lock.help": ("忘了密码？", "Forgot the PIN?"),
    "lock.wrong": (
        "密码不对，再试一次。（再错 {free} 次要等一会儿）",
        "That is not the PIN. Try again ({free} more before a pause).",
    ),
    "lock.wrong_last": ("密码不对，请慢慢再输一次。", "That is not the PIN. Try again slowly."),
    "lock.wait": ("试得太多了，请等 {time} 再输。", "Too many tries. Wait {time}."),
    "lock.wait_clock": ("{minutes} 分 {seconds} 秒", "{minutes} min {seconds} s"),
    "lock.digits.spoken": ("已输入 {count} 位密码", "{count} digits of the PIN entered"),
    "lock.desk": (
        "学员在这台电脑上签到，大屏放名单。",
        "Members sign in at this PC; the room's screen shows the names.",
    ),
    "lock.operator": ("管理员", "Operator"),
    "lock.hold": ("按住 2 秒退出", "Hold for 2 seconds to leave"),
    "lock.keep_holding": ("别松手", "Keep holding"),
    "help.page.lock": ("已锁定", "Locked"),
    "help.lock.1": (
        "这个窗口锁住了，输入管理员密码就打开：按屏幕上的数字，或用键盘，再按<lock.open>。",
        "This window is locked. Enter the operator's PIN on the screen or keyboard, press <lock.open>.",
    ),
    "help.lock.2": (
        "锁住的时候，学员照常签到、刷卡，课程照常放，记录一条不少。",
        "While it is locked people sign in, cards are read and courses play. Nothing is lost.",
    ),
    "help.lock.3": (
        "错 5 次要等半分钟，再错等得更久，最多一刻钟。关机重开也一样。",
        "After 5 wrong tries wait half a minute, then longer, at most 15 min. A restart is no help.",
    ),
    "help.lock.4": (
        "忘了密码：给中心打电话。懂电脑的人在本机上运行 station pin forget，密码就去掉，记录不动。",
        (
            "PIN forgotten: call the centre. Somebody with access to this PC runs "
            "“station pin forget”; the PIN is gone, the record stays."
        ),
    ),
    "lock.settings.title": ("管理员密码", "Operator's PIN"),
    "lock.settings.none": (
        "没有设密码：谁都能操作这个窗口，离开多久也不会锁。",
        "No PIN is set: anybody can use this window, and it never locks.",
    ),
    "lock.settings.there": (
        "设了密码：离开一会儿就锁住，学员看不到也动不了这里。",
        "A PIN is set: the window locks when you are away.",
    ),
    "lock.settings.set": ("设密码", "Set a PIN"),
    "lock.settings.change": ("改密码", "Change it"),
    "lock.settings.remove": ("去掉密码", "Remove it"),
    "lock.settings.now": ("马上锁住", "Lock now"),
    "lock.settings.after": ("离开多久锁住（播放时不锁）", "Lock after (never while playing)"),
    "lock.settings.minutes": ("{minutes} 分钟", "{minutes} min"),
    "lock.settings.single": ("单屏锁定", "Lock the single screen"),
    "lock.settings.single_note_pin": (
        "只有一个屏幕时，给学员用的画面放满屏，要输密码才能退出。",
        "With one screen the members' picture fills it and is left with the PIN only.",
    ),
    "lock.settings.single_note": (
        "只有一个屏幕时，给学员用的画面放满屏；没有密码，按住“管理员”2 秒退出。",
        "With one screen the members' picture fills it; hold “Operator” for 2 seconds to leave.",
    ),
    "lock.settings.on": ("开", "On"),
    "lock.settings.off": ("关", "Off"),
    "lock.settings.single_now": ("锁定，交给学员", "Lock and hand over"),
    "lock.pin.old": ("请输入现在的密码", "Enter the present PIN"),
    "lock.pin.new": ("请输入新密码（4 到 8 位数字）", "Enter a new PIN (4 to 8 digits)"),
    "lock.pin.again": ("请再输一次新密码", "Enter the new PIN once more"),
    "lock.pin.differs": (
        "两次不一样，请从头再输。原来的没有变。",
        "The two are not the same. Nothing was changed; enter it anew.",
    ),
    "lock.pin.next": ("下一步", "Next"),
    "lock.pin.set": ("密码设好了。请记在本子上，收好。", "The PIN is set. Write it down safely."),
    "lock.pin.removed": ("密码去掉了，不会再锁。", "The PIN is removed; nothing locks any more."),
    "lock.cancel": ("取消", "Cancel"),
}
