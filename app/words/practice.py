"""Words of a practice: a session with invented people of which nothing is kept."""

WORDS: dict[str, tuple[str, str]] = {
    "practice.begin": ("先练习一场", "Practise first"),
    "practice.end": ("结束练习", "End the practice"),
    "practice.site": ("练习（不作数，什么都不留下）", "Practice (nothing is kept)"),
    "practice.title": ("练习：冬季果树修剪", "Practice: pruning in winter"),
    "practice.chip": ("练习", "Practice"),
    "practice.line": ("这是练习，什么都不会留下。", "This is a practice; nothing is kept."),
    "practice.not_sent": (
        "这是练习：人名是编的，什么都不上报。按右上角的“结束练习”，就回到本站。",
        "This is a practice with invented people; nothing is sent. “End the practice” at the top "
        "right leads back to this station.",
    ),
    "practice.group": ("{number}组", "Group {number}"),
    "practice.names": (
        "陈桂英|王建国|李秀兰|赵文华|孙国平|周淑芳|吴志强|郑红卫|刘金山|覃大勇|买买提·吐尔逊|欧阳春梅",
        "陈桂英|王建国|李秀兰|赵文华|孙国平|周淑芳|吴志强|郑红卫|刘金山|覃大勇|买买提·吐尔逊|欧阳春梅",
    ),
}
