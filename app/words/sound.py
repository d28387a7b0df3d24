"""What is said about the soft tones at sign-in."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "sound.title": ("签到提示音", "Tones at sign-in"),
    "sound.on": ("开", "On"),
    "sound.off": ("关", "Off"),
    "sound.volume": ("提示音大小", "How loud the tones are"),
    "sound.note": (
        "签到成功响一声高的，需要管理员时响一声低的；放课程时不响。",
        "A high tone when somebody has signed in, a low one to ask the operator; none during a course.",
    ),
    "sound.try": ("听一听", "Listen"),
}
