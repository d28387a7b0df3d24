"""What is said about damaged files beside the record, and about a disk that can't be written."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "trouble.store_read_only": (
        "放记录的磁盘或文件夹现在只能读，不能写。记录没有动，也没有坏。请让它可以写，再重开程序。",
        (
            "The disk or folder of the record can only be read, not written. The record is as it "
            "was and not damaged. Make it writable, then restart the program."
        ),
    ),
    "trouble.store_replaced": (
        "程序开着时，记录文件被别的文件换掉了。刚才这一项没有存上。请重开程序，看看谁还没登记。",
        (
            "While the program ran, another file was put in place of the record. This last item "
            "was not stored. Restart the program and see who is not marked yet."
        ),
    ),
    "trouble.key_broken": (
        "本机的密钥坏了或不见了，不能上报，也不能用 U 盘带走。记录都在本机。请重新登记。",
        (
            "This PC's key is damaged or gone, so nothing can be sent or carried on a stick. "
            "The record is here. Enrol this station again."
        ),
    ),
    "trouble.enrolment_broken": (
        "本机的登记文件坏了，不能上报，也不能用 U 盘带走。记录都在本机。请重新登记。",
        (
            "This PC's enrolment file is damaged, so nothing can be sent or carried on a stick. "
            "The record is here. Enrol this station again."
        ),
    ),
    "notice.key_broken": (
        "本机的密钥坏了或不见了，暂时不能上报。签到照常，记录都在本机。请向中心要登记码，重新登记。",
        (
            "This PC's key is damaged or gone; nothing can be sent for now. Sign-in goes on and the "
            "record is here. Ask the centre for a code and enrol again."
        ),
    ),
    "notice.stick_key_broken": (
        "本机的 U 盘钥匙坏了或不见了，读不了 U 盘带回的回执。签到和上报照常。请向中心要登记码，重新登记。",
        (
            "This PC's key for sticks is damaged or gone; answers on sticks can't be read. Sign-in "
            "and sending go on. Ask the centre for a code and enrol again."
        ),
    ),
    "notice.enrolment_broken": (
        "本机的登记文件坏了，暂时不能上报。签到照常，记录都在本机。请向中心要登记码，重新登记。",
        (
            "This PC's enrolment file is damaged; nothing can be sent for now. Sign-in goes on and "
            "the record is here. Ask the centre for a code and enrol again."
        ),
    ),
    "notice.enrolment_healed": (
        "本机的登记文件坏了或不见了，已用记录里的副本补上。签到和上报照常，不用做什么。",
        (
            "This PC's enrolment file was damaged or gone and was put back from the copy in the "
            "record. Sign-in and sending go on; nothing is to be done."
        ),
    ),
    "notice.choices_broken": (
        "本机的设置文件坏了，读不出来的用了默认值，坏的文件留着。签到照常。请到“设置”里看一遍。",
        (
            "This PC's file of settings was damaged; what can't be read is as usual again, and the "
            "file was kept. Sign-in goes on. Look through the settings."
        ),
    ),
    "notice.copy_mended": (
        "第二份记录里少了 {facts} 条，已经补上。记录都在，签到照常。再出现就请检查磁盘。",
        (
            "The second copy of the record lacked {facts} facts and was made whole. The record is "
            "here, sign-in goes on. If it comes again, check the disk."
        ),
    ),
    "notice.copy_lacks": (
        "第二份记录里还少 {facts} 条，空闲时会接着补。记录都在，签到照常。请看看磁盘还有没有空间。",
        (
            "The second copy of the record still lacks {facts} facts; it is completed in a quiet "
            "time. The record is here, sign-in goes on. Check the free disk space."
        ),
    ),
    "notice.set_aside": (
        "本机文件夹里的 {names} 不是该有的样子，已改名留着，另建了新的。记录都在，签到照常，不用做什么。",
        (
            "In this PC's folder {names} was not what it should be; it was renamed to .broken and "
            "made anew. The record is here, sign-in goes on; nothing is to be done."
        ),
    ),
    "notice.roster_back": (
        "名册上的 {people} 人也在。",
        "The {people} people of the roster are here too.",
    ),
    "notice.no_roster": (
        "名册没有找回来，记录都在。请连一次网或插上中心带来的 U 盘，名册就会回来；在那以前来的人可以先记为来宾。",
        (
            "The roster could not be recovered; the record is here. Connect once, or plug in a "
            "stick from the centre, and it comes back. Until then add people as visitors."
        ),
    ),
    "check.enrolment": (
        "本机的密钥或登记文件坏了，不能上报。请向中心要登记码，重新登记",
        "This PC's key or enrolment is damaged, nothing can be sent. Ask for a code and enrol again",
    ),
    "op.check.enrolment.good": ("本机已登记", "This PC is enrolled"),
    "op.check.enrolment.bad": (
        "本机的密钥或登记文件坏了，不能上报",
        "This PC's key or enrolment is damaged, nothing can be sent",
    ),
    "op.check.enrolment.do": (
        "签到照常，记录都在本机。请向中心要登记码，重新登记。",
        "Sign-in goes on, the record is here. Ask the centre for a code and enrol again.",
    ),
}
