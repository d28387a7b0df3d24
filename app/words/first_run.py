"""Sentences of the first setting up: four steps that can be skipped, and the PIN at its end."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "first.title": ("第一次使用：设置本站", "Set up this station"),
    "first.step.enrol": ("登记", "Enrol"),
    "first.step.screens": ("屏幕", "Screens"),
    "first.step.sound": ("声音", "Sound"),
    "first.step.print": ("打印", "Printing"),
    "first.note.now": ("正在做", "now"),
    "first.note.done": ("好了", "done"),
    "first.note.skipped": ("跳过了", "skipped"),
    "first.note.later": ("还没做", "to come"),
    "first.skip": ("跳过", "Skip"),
    "first.back": ("上一步", "Back"),
    "first.next": ("下一步", "Next"),
    "first.any_time": (
        "每一步都可以跳过，以后在“设置”里重做。",
        "Every step can be skipped and done again later in Settings.",
    ),
    "first.enrol.title": ("把本站登记到中心", "Enrol this station with its centre"),
    "first.enrol.by_code": ("有网：用登记码", "Online: with a code"),
    "first.enrol.by_stick": ("没网：用 U 盘", "Offline: with a stick"),
    "first.enrol.alone": ("先单独用", "On its own for now"),
    "first.enrol.alone_how": (
        "不登记也能用：在“学员”里读进花名册表格，或一个个添加。以后登记到中心，名单和记录都会报上去，一条不少。",
        "It works without a centre: read the roster's spreadsheet under People, or add them one by "
        "one. When it is enrolled later, people and records all go up.",
    ),
    "first.enrol.address": ("中心地址", "Address of the centre"),
    "first.enrol.address_hint": ("https://…", "https://…"),
    "first.enrol.code": ("登记码（24 位）", "Code (24 letters)"),
    "first.enrol.go": ("登记", "Enrol"),
    "first.enrol.going": ("正在和中心联系，请稍等。", "Calling the centre; one moment."),
    "first.enrol.unreachable": (
        "连不上中心（K-161），本站没有变。请看网线和地址对不对，再按一次；也可以用 U 盘，或先跳过。",
        (
            "The centre does not answer (K-161); nothing was changed. Check cable and address and "
            "try again, use a stick, or skip it for now."
        ),
    ),
    "first.enrol.missing": (
        "请先填好中心地址和登记码。登记码在中心给的单子上。",
        "Fill in the address and the code first. Both are on the centre's sheet.",
    ),
    "first.enrol.done": (
        "登记好了：{site}。名册、计划和课程会自己下来。",
        "Enrolled: {site}. Roster, plan and courses will come by themselves.",
    ),
    "first.enrol.already": ("本站已经登记：{site}", "This station is enrolled: {site}"),
    "first.enrol.stick_how": (
        "1. 插上 U 盘，写申请。2. 把 U 盘交给中心。3. U 盘带回来，打电话问核对码，读答复。",
        (
            "1. Write a request to a stick. 2. Take it to the centre. 3. Bring it back, ask for "
            "the check letters by telephone, read the answer."
        ),
    ),
    "first.enrol.write": ("写申请到 {place}", "Write the request to {place}"),
    "first.enrol.read": ("从 {place} 读答复", "Read the answer from {place}"),
    "first.enrol.look": ("再找一次 U 盘", "Look for sticks again"),
    "first.enrol.no_stick": (
        "没有看到 U 盘。插上后按“再找一次 U 盘”。",
        "No stick is seen. Put one in and press “Look for sticks again”.",
    ),
    "first.enrol.mark": ("核对码（12 位）", "Check letters (12)"),
    "first.enrol.mark_missing": (
        "请先填核对码：打电话问中心，12 位。",
        "Enter the check letters first: ask the centre by telephone, 12 letters.",
    ),
    "first.enrol.written": (
        "申请写好了：{name}。可以拔 U 盘，交给中心。",
        "The request is written: {name}. Take the stick to the centre.",
    ),
    "first.enrol.no_answer": (
        "这个 U 盘上没有中心的答复。请让中心把答复存到 U 盘里，名字叫 {name}。",
        "There is no answer of the centre on this stick. It must be a file named {name}.",
    ),
    "first.enrol.unusable": (
        "这个 U 盘读写不了，什么都没有变。请换一个 U 盘再试。",
        "This stick can't be read or written; nothing was changed. Try another.",
    ),
    "first.screens.title": ("大家看哪个屏幕", "Which screen does the room see"),
    "first.screens.one": (
        "现在只看到一个屏幕。接了投影仪或电视，请按键盘 Win+P，选“扩展”。只有一个屏幕也能用。",
        (
            "Only one screen is seen. With a projector or television press Win+P and choose "
            "“Extend”. One screen is enough too."
        ),
    ),
    "first.screens.two": (
        "按“识别屏幕”，每个屏幕上出现一个大号码；再点大家看的那一个。",
        "Press “Identify”, then touch the number that the room sees.",
    ),
    "first.screens.here": ("{number} 号 · 您用的这个（{size}）", "{number} · yours ({size})"),
    "first.screens.other": ("{number} 号 · {name}（{size}）", "{number} · {name} ({size})"),
    "first.screens.single": ("只用这一个屏幕", "Use this one screen only"),
    "first.screens.identify": ("识别屏幕", "Identify"),
    "first.screens.swap": ("交换两个屏幕", "Swap screens"),
    "first.screens.swapped": (
        "换过来了：这个窗口和大家看的画面互换了屏幕。",
        "Swapped: this window and the room's picture have changed screens.",
    ),
    "first.screens.right": ("屏幕对了，下一步", "The screens are right"),
    "first.sound.title": ("大家听得到吗", "Can the room hear it"),
    "first.sound.how": (
        "打开音箱，按“放一段声音”，听不清就把音量调大。",
        "Switch the loudspeaker on and press “Play a sound”. Turn it up if it is faint.",
    ),
    "first.sound.play": ("放一段声音", "Play a sound"),
    "first.sound.voice": ("试听语音", "Hear the voice"),
    "first.sound.speaking": (
        "正在说“签到成功”，请听。签到时出不出声、响一声还是说话，都在“设置”里选。",
        (
            "Saying “signed in” in Chinese; listen. Voice, tone or silence at sign-in is "
            "chosen in Settings."
        ),
    ),
    "first.sound.volume": ("音量", "Volume"),
    "first.sound.playing": ("正在放，请听。", "Playing now; listen."),
    "first.sound.none": (
        "这台电脑放不出声音（K-160），别的都照常。请看音箱插好没有，以后在“设置”里再试。",
        (
            "This PC plays no sound (K-160); all else works. Check the loudspeaker's plug and "
            "try again later in Settings."
        ),
    ),
    "first.sound.right": ("听到了，下一步", "It can be heard"),
    "first.print.title": ("打印一张试试", "Print a test page"),
    "first.print.none": (
        "这台电脑没有装打印机。不要紧：签到表可以存成 PDF，拿到别处打印。",
        "No printer is installed here. That is no matter: sheets can be kept as PDF files.",
    ),
    "first.print.there": (
        "打印机：{name}。装好 A4 纸，按“打印试页”；在弹出的窗口里可以换一台。",
        "Printer: {name}. Put in A4 paper and press the button; another can be chosen there.",
    ),
    "first.print.go": ("打印试页", "Print a test page"),
    "first.print.save": ("存成 PDF", "Keep as PDF"),
    "first.print.printed": (
        "已送到打印机，请看纸上清不清楚。",
        "Sent. See whether the page is clear.",
    ),
    "first.print.right": ("打出来了，下一步", "It is printed"),
    "first.print.without": ("下一步", "Next"),
    "first.page.title": ("打印试页", "Test page"),
    "first.page.clear": (
        "这几行字都看得清，四边的框都在，就可以打印签到表。",
        "If every line can be read and the frame is whole, sign-in sheets can be printed.",
    ),
    "first.page.sizes": ("字号 {mm} 毫米：陈桂英 签到", "Letters of {mm} mm: sign-in sheet"),
    "first.pin.title": ("最后：设一个管理员密码", "Last: set an operator's PIN"),
    "first.pin.ask": (
        "设了密码，离开一会儿窗口就锁住，学员动不了。4 到 8 位数字。",
        "With a PIN (4 to 8 digits) the window locks when you are away.",
    ),
    "first.pin.again": ("请再输一次", "Once more, please"),
    "first.pin.skip": ("不设密码，开始使用", "Begin without a PIN"),
    "first.pin.set": ("设好，开始使用", "Set it and begin"),
    "first.pin.there": (
        "管理员密码已经设好。可以开始用了。",
        "The operator's PIN is set. Everything is ready.",
    ),
    "first.begin": ("开始使用", "Begin"),
    "first.again.title": ("首次设置", "First setting up"),
    "first.again.note": (
        "换中心、换屏幕、换音箱或打印机：四步再走一遍，记录不会动。",
        "Another centre, screen, loudspeaker or printer: the four steps again. The record stays.",
    ),
    "first.again.enrol": ("登记本站", "Enrol this station"),
    "first.again": ("重做首次设置", "Go through it again"),
    "first.again.not_now": (
        "正在学习，现在不能重新设置。请结束后再来。",
        "A session is running; set up again after it.",
    ),
    "help.page.first": ("首次设置", "First setting up"),
    "help.first.1": (
        "四步：登记、屏幕、声音、打印。绿色按钮往下走，做不了就按<first.skip>，以后在<op.nav.settings>里重做。",
        (
            "Four steps: enrol, screens, sound, printing. The green button goes on; "
            "<first.skip> leaves a step for later, in <op.nav.settings>."
        ),
    ),
    "help.first.2": (
        "登记码在中心给的单子上。没有网就用 U 盘：写申请，交给中心，带回来读答复。",
        "The code is on the centre's sheet. Offline use a stick: request, centre, answer.",
    ),
    "help.first.3": (
        "没有登记也能签到、放课；登记以后，名册、计划和课程自己下来。",
        "Sign-in and playing work without enrolment; roster, plan and courses come after it.",
    ),
    "help.first.4": (
        "弄不好，就把屏幕上的编号（如 K-510）打电话念给中心听。",
        "When stuck, read the code on the screen (such as K-510) to the centre by telephone.",
    ),
}
